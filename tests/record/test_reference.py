"""data/reference/ is what it says: every row in its types, and facts that anybody can check."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pycountry
import pytest

from pipeline.errors import RecordError
from pipeline.record.reference import COLUMNS, FILES, Reference, load_reference, read_votes, votes_csv

FOLDER = Path(__file__).parent.parent.parent / "data" / "reference"
# A row that is right, to be made wrong.
ROW = {name: "" for name in COLUMNS} | {
    "id": "S/2024/173", "body": "UNSC", "date": "2024-02-20", "draft": "S/2024/173", "outcome": "vetoed",
    "vetoed_by": "USA",
    "vetoed_by_then": "United States", "in_favour": "13", "against": "1", "abstaining": "1", "source": "somebody",
    "confidence": "one source", "licence": "none",
}  # fmt: skip


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(FOLDER)


def test_vetoes_since_1946_by_state(reference: Reference) -> None:
    vetoes = [vote for vote in reference.votes if vote.outcome == "vetoed"]
    assert len(vetoes) == 232
    assert vetoes[0].date == "1946-02-16" and vetoes[-1].id == "S/2025/583"
    by = Counter(code for vote in vetoes for code in vote.vetoed_by)
    assert by == {"RUS": 131, "USA": 90, "GBR": 29, "CHN": 19, "FRA": 16}


@pytest.mark.parametrize(
    ("id_", "date", "votes", "vetoed_by", "then"),
    [
        ("S/2022/431", "2022-05-26", (13, 2, 0), ("CHN", "RUS"), "China; Russian Federation"),
        ("S/2024/173", "2024-02-20", (13, 1, 1), ("USA",), "United States"),
        ("S/2024/239", "2024-03-22", (11, 3, 1), ("CHN", "RUS"), "China; Russian Federation"),
        ("amendment to S/2023/1029", "2023-12-22", (10, 1, 4), ("USA",), "United States"),
        ("S/3710", "1956-10-30", (7, 2, 2), ("FRA", "GBR"), "France; United Kingdom"),
        ("S/PV.45", "1946-06-18", (9, 1, 0), ("RUS",), "USSR"),
        ("S/RES/2720 (2023)", "2023-12-22", (13, 0, 2), (), ""),
        ("S/RES/2722 (2024)", "2024-01-10", (11, 0, 4), (), ""),
        ("A/RES/ES-10/21", "2023-10-27", (121, 14, 44), (), ""),
    ],
)
def test_facts(reference: Reference, id_: str, date: str, votes: object, vetoed_by: object, then: str) -> None:
    vote = reference.by_id[id_]
    assert (vote.date, vote.votes, vote.vetoed_by, vote.vetoed_by_then) == (date, votes, vetoed_by, then)


def test_two_amendments_fell_on_24_february_2025(reference: Reference) -> None:
    fell = [vote for vote in reference.votes if vote.date == "2025-02-24" and vote.outcome == "vetoed"]
    assert [vote.votes for vote in fell] == [(11, 1, 3), (9, 1, 5)]


def test_every_row_tells_its_source_confidence_and_licence(reference: Reference) -> None:
    assert all(vote.source and vote.confidence and vote.licence and vote.subject for vote in reference.votes)


def test_states_have_todays_codes(reference: Reference) -> None:
    named = {
        code
        for vote in reference.votes
        for codes in (vote.vetoed_by, vote.members_against, vote.members_abstaining, vote.sponsor)
        for code in codes
    }
    assert {code for code in named if not pycountry.countries.get(alpha_3=code)} <= {"E10", "PSE"}


def test_members_named_are_those_who_voted_so(reference: Reference) -> None:
    for vote in reference.votes:
        assert not set(vote.members_against) & set(vote.members_abstaining), vote.id
        if vote.members_against:
            assert set(vote.vetoed_by) <= set(vote.members_against), vote.id


def test_resolutions_are_numbered_once_and_in_the_order_of_their_days(reference: Reference) -> None:
    numbered = [vote for vote in reference.votes if vote.body == "UNSC" and vote.number]
    assert max(Counter(vote.number for vote in numbered).values()) == 1
    by_number = sorted(numbered, key=lambda vote: int(vote.number))
    late = [v.id for v, w in pairwise(by_number) if v.day > w.day + 7]
    assert len(late) <= 10, late


@pytest.mark.parametrize("name", FILES)
def test_files_are_as_they_would_be_written(name: str) -> None:
    assert votes_csv(read_votes(FOLDER / name)) == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": "20 Feb 2024"}, "date is «20 Feb 2024»"),
        ({"in_favour": "many"}, "in_favour is «many»"),
        ({"in_favour": "15"}, "more votes than the 15 seats"),
        ({"date": "1960-02-20", "vetoed_by_then": "United States"}, "more votes than the 11 seats"),
        ({"outcome": "adopted"}, "vetoed by somebody and not vetoed"),
        ({"confidence": "sure"}, "confidence is «sure»"),
        ({"members_against": "USA; GBR"}, "names 2 members where 1"),
        ({"source": ""}, "id and source must be given"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, change: dict[str, str], told: str) -> None:
    row = ROW | change
    (tmp_path / "vetoes.csv").write_text(",".join(COLUMNS) + "\n" + ",".join(row[name] for name in COLUMNS) + "\n")
    with pytest.raises(RecordError, match=r"vetoes\.csv:2") as error:
        read_votes(tmp_path / "vetoes.csv")
    assert told in str(error.value)


def test_a_file_with_other_columns_or_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vetoes.csv").write_text("id,date\n")
    with pytest.raises(RecordError, match="columns"):
        read_votes(tmp_path / "vetoes.csv")
    with pytest.raises(RecordError, match="cannot be read"):
        load_reference(tmp_path / "nowhere")


def test_one_row_twice_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    lines = (FOLDER / "assembly.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "assembly.csv").write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    with pytest.raises(RecordError, match="is there twice"):
        load_reference(tmp_path)
