from __future__ import annotations

from pathlib import Path

from pipeline.happenings.assemble import assemble
from pipeline.happenings.clustering import cluster
from pipeline.record.coverage import coverage
from pipeline.record.matching import Matcher
from pipeline.record.reference import load_reference
from tests.happenings.build import on, telling

REFERENCE = load_reference(Path(__file__).parent.parent.parent / "data" / "reference")
TOLD = [
    telling("a", when=on("2024-02-20"), doers="USA", places="PSE", outlet="x", house="x"),
    telling("b", when=on("2024-02-20"), doers="USA", places="PSE", outlet="y", house="y"),
    telling("c", "vote_tally", when=on("2024-03-08"), doers="UNSC", votes="13-0-1", resolution="2724"),
    telling("d", when=on("2024-05-05"), doers="USA"),
    telling("e", doers="USA"),
]


def lines(first: int, last: int) -> list[str]:
    groups = cluster(TOLD, REFERENCE.rarity, 0, 7)
    found = list(assemble(TOLD, groups, Matcher(REFERENCE)))
    return list(coverage(REFERENCE, found, first, last))


def test_vetoes_told_of_all_in_the_years_and_by_how_many() -> None:
    told = "\n".join(lines(2024, 2024))
    assert "Council, vetoes           1 of 7 told (14%)" in told
    assert "2 articles, 2 outlets  Gaza: immediate humanitarian ceasefire" in told
    assert "Council, vetoes           0 of 1 told (0%)" in "\n".join(lines(2021, 2021))


def test_agreement_and_what_differs() -> None:
    told = lines(2024, 2024)
    assert "Numbers as in the record: in_favour 0 of 1, against 1 of 1, abstaining 1 of 1" in told
    assert any("S/RES/2724 (2024)  in_favour: 13, record 14" in line for line in told)


def test_what_is_in_no_record_and_why() -> None:
    told = lines(2024, 2024)
    assert "In no record: 1" in told and "One of several: 1" in told
    assert any("no vote of the record fits" in line for line in told)
