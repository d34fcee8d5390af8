"""Happenings held against the record: the right row, what differs, and no row where the texts do not say which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.happenings.days import When
from pipeline.happenings.subjects import About
from pipeline.record.matching import Matcher, Profile, same_number
from pipeline.record.reference import load_reference
from tests.happenings.build import news, on

MATCHER = Matcher(load_reference(Path(__file__).parent.parent.parent / "data" / "reference"))


def profile(type_: str = "veto", **told: Any) -> Profile:
    sets = {n: frozenset(told.pop(n, "").split()) for n in ("doers", "sponsors", "abstainers", "opponents", "setting")}
    about = About(frozenset(told.pop("places", "").split()), frozenset(told.pop("matters", "").split()))
    votes = tuple(-1 if number == "?" else int(number) for number in told.pop("votes", "?-?-?").split("-"))
    fields: dict[str, Any] = {
        "type": type_, "when": When(), "votes": votes, "unanimous": False, "outcome": "", "resolution": "",
        "about": about,
        "body": "UNSC", "vetoed": type_ == "veto",
    } | sets | told  # fmt: skip
    return Profile(**fields)


VOTE = "vote_tally"
SAME = [
    ("S/2024/173", profile(doers="USA", when=on("2024-02-20"), places="PSE")),
    ("S/2024/173", profile(doers="USA", when=on("2024-02-21"), places="PSE")),
    (
        "S/2024/173",
        profile(doers="USA", when=When(weekday=1), sponsors="DZA", places="PSE", matters="halt", votes="13-1-1"),
    ),
    ("S/2024/239", profile(doers="RUS CHN", sponsors="USA", places="PSE", matters="halt", votes="11-?-?")),
    ("S/2024/255", profile(doers="RUS", when=news("2024-03-29"), places="PRK")),
    ("S/2017/970", profile(doers="RUS", when=on("2017-11-17"), votes="12-2-1")),
    ("S/2017/962", profile(doers="RUS", when=on("2017-11-16"), votes="11-2-2")),
    ("S/2011/24", profile(doers="USA", when=on("2011-02"), places="PSE", matters="settlements")),
    ("S/10771", profile(doers="CHN", when=on("1972"), places="BGD", matters="admission")),
    ("S/2023/792", profile(VOTE, when=on("2023-10-25"), votes="10-3-2", vetoed=True, doers="RUS CHN")),
    ("S/2023/795", profile(VOTE, when=on("2023-10-25"), votes="4-2-9", outcome="rejected")),
    ("S/RES/1973 (2011)", profile(VOTE, resolution="1973", votes="10-0-5")),
    ("A/RES/ES-10/21", profile(VOTE, body="UNGA", when=on("2023-10-27"), votes="121-14-44", places="PSE")),
    ("A/RES/ES-10/21", profile(VOTE, body="UNGA", when=news("2023-10-28"), votes="121-?-?", places="PSE")),
    ("A/RES/67/19", profile(VOTE, body="UNGA", votes="138-9-41")),
    ("A/RES/ES-11/1", profile(VOTE, body="UNGA", resolution="A/RES/ES-11/1", votes="141-5-35")),
]
DIFFERS = [
    (
        "S/RES/2720 (2023)",
        profile(VOTE, when=on("2023-12-22"), votes="13-0-2", resolution="2722", places="PSE", abstainers="USA RUS"),
        [("resolution", "2722", "2720")],
    ),
    (
        "A/RES/ES-10/21",
        profile(VOTE, body="UNGA", when=on("2023-10-27"), votes="120-14-45"),
        [("in_favour", "120", "121"), ("abstaining", "45", "44")],
    ),
    ("S/2024/312", profile(doers="USA", when=on("2024-04-18"), votes="12-1-3"), [("abstaining", "3", "2")]),
    ("S/2024/239", profile(doers="RUS", when=on("2024-03-22"), places="PSE"), [("vetoer", "RUS", "CHN, RUS")]),
    (
        "S/2023/970",
        profile(doers="USA", when=on("2023-12-08"), sponsors="DZA", votes="13-1-1", places="PSE"),
        [("sponsor", "DZA", "ARE")],
    ),
    (
        "S/RES/2728 (2024)",
        profile(VOTE, when=on("2024-03-25"), resolution="2728", unanimous=True),
        [("unanimous", "true", "14–0–1")],
    ),
]
NOT_FOUND = [
    (profile(doers="FRA", when=on("2024-02-20")), "no vote of the record fits"),
    (profile(doers="USA", when=on("2024-02-25"), places="PSE"), "no vote of the record fits"),
    (profile(VOTE, body="UNGA", when=on("1997-03-13"), votes="130-2-2"), "few of the Assembly's"),
    (profile(VOTE, when=on("2031-03-13"), votes="14-0-1"), "later than the record"),
]
SEVERAL = [
    (profile(doers="USA"), 90),
    (profile(doers="USA", when=on("2024"), places="PSE"), 3),
    (profile(VOTE, unanimous=True), 0),
    (profile(doers="USA", aggregate=True, when=on("2024-02-20")), 0),
]


@pytest.mark.parametrize(("id_", "told"), SAME)
def test_the_row_that_it_is(id_: str, told: Profile) -> None:
    verdict = MATCHER.match(told)
    assert (verdict.status, verdict.id, verdict.differs) == ("same", id_, ())


@pytest.mark.parametrize(("id_", "told", "differs"), DIFFERS)
def test_the_row_that_it_is_with_what_differs(id_: str, told: Profile, differs: list[tuple[str, str, str]]) -> None:
    verdict = MATCHER.match(told)
    assert (verdict.status, verdict.id) == ("differs", id_)
    assert [(d.slot, d.text, d.record) for d in verdict.differs] == differs


@pytest.mark.parametrize(("told", "why"), NOT_FOUND)
def test_no_row(told: Profile, why: str) -> None:
    verdict = MATCHER.match(told)
    assert (verdict.status, verdict.id) == ("not found", None)
    assert why in (verdict.why or "")


@pytest.mark.parametrize(("told", "possible"), SEVERAL)
def test_rows_that_the_text_does_not_choose_among(told: Profile, possible: int) -> None:
    verdict = MATCHER.match(told)
    assert (verdict.status, verdict.id) == ("several", None)
    assert (possible == 0) == (not verdict.candidates)
    assert verdict.possible >= possible and verdict.why


@pytest.mark.parametrize(
    ("told", "number", "same"),
    [
        ("ES-11/1", "ES-11/1", True),
        ("2735 (2024)", "2735", True),
        ("A/RES/67/19", "67/19", True),
        ("2722", "2720", False),
    ],
)
def test_numbers_however_written(told: str, number: str, same: bool) -> None:
    assert same_number(told, number) is same
