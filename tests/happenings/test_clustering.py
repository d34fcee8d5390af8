"""Which reports are one happening: tables of pairs, and what holds for any number of them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from pipeline.cache import Cache
from pipeline.happenings import clustering, linkage
from pipeline.happenings.clustering import KeptBlocks, cluster
from pipeline.happenings.tellings import Telling
from pipeline.record.reference import Rarity
from tests.happenings.build import news, on, telling

RARITY = Rarity(
    tallies={(13, 1, 1): 5.0, (15, 0, 0): 0.8, (14, 0, 1): 3.5, (12, 0, 3): 5.0, (10, 0, 5): 7.0},
    numbers=[{15: 0.8, 14: 2.5, 13: 3.0, 12: 3.5, 10: 5.0}, {0: 0.2, 1: 3.0, 2: 4.0}, {0: 0.6, 1: 3.0, 2: 3.3}],
    doers={"USA": 1.4, "RUS": 0.9, "CHN": 3.6},
)


def groups(*tellings: Telling, evidence: float = 0.0) -> list[list[int]]:
    return cluster(list(tellings), RARITY, evidence, 7)


GAZA = {"doers": "USA", "places": "PSE", "matters": "halt", "sponsors": "DZA"}
ONE = [
    pytest.param(
        telling("a", when=on("2024-02-20"), **GAZA), telling("b", when=on("2024-02-20"), **GAZA), id="the same twice"
    ),
    pytest.param(
        telling("a", when=on("2024-02-20"), **GAZA), telling("b", when=on("2024-02-21"), **GAZA), id="after midnight"
    ),
    pytest.param(
        telling("a", when=on("2011-02"), doers="USA", places="PSE", votes="14-?-?"),
        telling("b", when=on("2011-02-18"), doers="USA", places="PSE", votes="14-1-0"),
        id="one gives the month alone",
    ),
    pytest.param(
        telling("a", when=on("2024-03-22"), doers="RUS CHN", sponsors="USA", votes="11-3-1"),
        telling("b", when=news("2024-03-23"), doers="RUS", sponsors="USA", votes="11-?-?"),
        id="one names one of two vetoers and no day",
    ),
    pytest.param(
        telling("a", "vote_tally", when=on("2023-12-22"), doers="UNSC", votes="13-0-2", resolution="2720"),
        telling("b", "vote_tally", when=on("2023-12-22"), doers="UNSC", votes="13-?-2", resolution="2722"),
        id="a misprinted number",
    ),
    pytest.param(
        telling("a", "vote_tally", when=on("2023-10-27"), doers="UNGA", votes="120-14-45", places="PSE"),
        telling("b", "vote_tally", when=on("2023-10-27"), doers="UNGA", votes="121-14-44", places="PSE"),
        id="a tally corrected later",
    ),
    pytest.param(
        telling("a", "vote_tally", doers="UNSC", resolution="1973"),
        telling("b", "vote_tally", when=on("2011-03-17"), doers="UNSC", resolution="1973", votes="10-0-5"),
        id="a number and no day",
    ),
    pytest.param(
        telling("a", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-19"), places="AZE"),
        telling("b", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-24"), places="AZE"),
        id="calls of one caller in one week on one conflict",
    ),
]  # fmt: skip
TWO = [
    pytest.param(
        telling("a", when=on("2017-11-16"), doers="RUS", places="SYR", matters="inquiry", votes="11-2-2"),
        telling("b", when=on("2017-11-17"), doers="RUS", places="SYR", matters="mandate", votes="12-2-1"),
        id="a re-vote the day after, other numbers",
    ),
    pytest.param(
        telling("a", when=on("2024-03-22"), doers="RUS CHN", places="PSE", sponsors="USA"),
        telling("b", when=on("2024-03-28"), doers="RUS", places="PRK", sponsors="USA"),
        id="two vetoes in one week",
    ),
    pytest.param(
        telling("a", "vote_tally", when=on("2023-10-25"), doers="UNSC", votes="10-3-2", sponsors="USA"),
        telling("b", "vote_tally", when=on("2023-10-25"), doers="UNSC", votes="4-2-9", sponsors="RUS"),
        id="two drafts in one sitting",
    ),
    pytest.param(
        telling("a", "vote_tally", doers="UNSC", votes="15-0-0", unanimous=True),
        telling("b", "vote_tally", doers="UNSC", votes="15-0-0", unanimous=True),
        id="unanimous and nothing else: every second vote is",
    ),
    pytest.param(telling("a", doers="USA"), telling("b", doers="USA"), id="a veto and nothing else"),
    pytest.param(
        telling("a", when=on("2024-02-20"), **GAZA),
        telling("b", when=on("2024-02-20"), modality="threatened", **GAZA),
        id="one only threatened",
    ),
    pytest.param(
        telling("a", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-19"), places="AZE"),
        telling("b", "ceasefire_call", doers="UN", stance="reject", when=on("2023-09-19"), places="AZE"),
        id="a call and a refusal",
    ),
    pytest.param(
        telling("a", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-19"), places="AZE"),
        telling("b", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-19"), places="SDN"),
        id="calls on two conflicts on one day",
    ),
    pytest.param(
        telling("a", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-01"), places="AZE"),
        telling("b", "ceasefire_call", doers="UN", stance="call", when=on("2023-09-19"), places="AZE"),
        id="calls more than a week apart",
    ),
    pytest.param(
        telling("a", "vote_tally", 1, when=on("2024-02-20"), doers="UNSC", votes="13-1-1"),
        telling("a", "vote_tally", 2, when=on("2024-02-20"), doers="UNSC", votes="13-1-1"),
        id="two of one story: events of a story are two happenings",
    ),
    pytest.param(
        telling("a", doers="USA", aggregate=True, when=on("2024-02-20")),
        telling("b", doers="USA", when=on("2024-02-20")),
        id="a number of vetoes and one",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_happening(one: Telling, other: Telling) -> None:
    assert groups(one, other) == [[0, 1]]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_happenings(one: Telling, other: Telling) -> None:
    assert groups(one, other) == [[0], [1]]


CROWD = [
    telling("a", when=on("2024-02-20"), votes="13-1-1", **GAZA),
    telling("b", when=news("2024-02-21"), **GAZA),
    telling("c", when=on("2024-02-20"), doers="USA", votes="13-?-1"),
    telling("d", when=on("2024-04-18"), doers="USA", places="PSE", matters="admission", votes="12-1-2"),
    telling("e", when=on("2024-04"), doers="USA", places="PSE", matters="admission", votes="12-?-?"),
    telling("f", doers="USA"),
    telling("g", when=on("2024-04-24"), doers="RUS", matters="space", votes="13-1-1"),
]


def test_order_changes_nothing() -> None:
    expected = {frozenset("abc"), frozenset("de"), frozenset("f"), frozenset("g")}
    for seed in range(6):
        shuffled = random.Random(seed).sample(CROWD, len(CROWD))
        assert {frozenset(shuffled[i].article for i in group) for group in groups(*shuffled)} == expected


def test_unrelated_reports_change_nothing() -> None:
    alone = {frozenset(CROWD[i].article for i in group) for group in groups(*CROWD[:3])}
    assert alone <= {frozenset(CROWD[i].article for i in group) for group in groups(*CROWD)}


def test_more_evidence_asked_parts_them() -> None:
    one, other = ONE[0].values
    assert groups(one, other, evidence=40) == [[0], [1]]


def test_reports_that_say_the_same_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    whole = linkage.likeness
    monkeypatch.setattr(linkage, "likeness", lambda t, *rest: sizes.append(len(t)) or whole(t, *rest))
    many = [telling(f"n{i}", when=on("2024-02-20"), **GAZA) for i in range(200)]
    assert groups(*many, CROWD[3]) == [list(range(200)), [200]]
    assert sizes[:1] == [2]


def test_a_large_block_is_cut_by_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "LARGEST_BLOCK", 3)
    assert {frozenset(CROWD[i].article for i in group) for group in groups(*CROWD)} == {
        frozenset("abc"), frozenset("de"), frozenset("f"), frozenset("g"),
    }  # fmt: skip


def test_a_type_of_somebody_elses_is_compared_slot_by_slot() -> None:
    told = (("condemner", "تونس", "TUN"), ("target", "الهجوم", None))
    one = telling("a", "condemnation", when=on("2024-02-20"), values=told)
    other = telling("b", "condemnation", when=on("2024-02-20"), values=told)
    third = telling("c", "condemnation", when=on("2024-02-20"), values=(("condemner", "قطر", "QAT"),))
    assert groups(one, other, third) == [[0, 1], [2]]


def test_blocks_that_were_parted_before_are_not_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = [telling(f"r{i}", doers="RUS", when=on(f"2024-04-{i + 20}"), places="UKR") for i in range(4)]
    compared: list[list[str]] = []
    within = linkage.within

    def counting(told: list[Telling], block: list[int], *rest: Any) -> list[list[int]]:
        compared.append([told[index].article for index in block])
        return within(told, block, *rest)

    monkeypatch.setattr(linkage, "within", counting)

    def parted(told: list[Telling], cache: Cache) -> list[list[int]]:
        return cluster(told, lambda: RARITY, 0, 7, KeptBlocks(cache, [one.event for one in told]))

    with Cache(tmp_path / "x.sqlite", "blocks") as cache:
        told = [*CROWD, *other]
        whole = cluster(told, RARITY, 0, 7)
        compared.clear()
        assert parted(told, cache) == whole and len(compared) > 1
        compared.clear()
        assert parted(told, cache) == whole and compared == []
        # All others are now one place further on, and one block is another.
        more = [telling("r9", doers="RUS", when=on("2024-04-20"), places="UKR"), *told]
        found = parted(more, cache)
        assert len(compared) == 1 and "r9" in compared[0]
        assert found == cluster(more, RARITY, 0, 7)
