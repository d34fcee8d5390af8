"""The record's answers kept from run to run: the same as if it were asked again, and asked once."""

from __future__ import annotations

from pathlib import Path

from pipeline.cache import Cache
from pipeline.record.answers import Kept
from pipeline.record.matching import Matcher
from tests.happenings.build import on
from tests.record.test_matching import MATCHER, SAME, profile

PROFILES = [told for _, told in SAME]


def test_answers_are_those_of_the_record_and_asked_for_once(tmp_path: Path) -> None:
    numbers = profile(doers="USA", when=on("2024-02-20"), places="PSE", votes="12-1-2")
    for turn in range(2):
        asked: list[int] = []

        def make(asked: list[int] = asked) -> Matcher:
            asked.append(1)
            return MATCHER

        with Cache(tmp_path / "x.sqlite", "record") as cache:
            kept = Kept(cache, make)
            for told in [*PROFILES, numbers]:
                assert kept.match(told) == MATCHER.match(told)
                for row in ("S/2024/173", "S/2024/239"):
                    assert kept.match_linked(told, row) == MATCHER.match_linked(told, row)
        assert asked == ([1] if turn == 0 else [])
    assert MATCHER.match(numbers).differs and MATCHER.match_linked(numbers, "S/2024/239") is None
