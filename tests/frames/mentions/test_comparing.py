"""When fillers and sets of slots are the same, and when they contradict."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.frames.mentions.comparing import contradict, count_of, key, keys, unique
from pipeline.records import Filler
from tests.frames.mentions.build import fillers, frame_type


def test_a_filler_is_known_by_its_actor_else_by_its_value() -> None:
    assert [key(filler) for filler in fillers(["RUS", "دول", 3, True])] == ["RUS", "دول", 3, True]
    moscow, russia = (Filler(value=word, actor="RUS", text=word, start=0, end=5) for word in ("موسكو", "روسيا"))
    assert keys([moscow, russia]) == {"RUS"}


def test_a_list_counts_its_names_and_is_its_own_evidence() -> None:
    text = "روسيا والصين وموسكو"
    names = [
        Filler(value="موسكو", actor="RUS", text="موسكو", start=14, end=19),
        Filler(value="روسيا", actor="RUS", text="روسيا", start=0, end=5),
        Filler(value="الصين", actor="CHN", text="الصين", start=7, end=12),
    ]
    assert count_of(text, names) == Filler(value=2, text=text, start=0, end=19)


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        ({"votes": 3}, {"votes": 3}, False),
        ({"votes": 3}, {"votes": 4}, True),
        ({"votes": 3}, {"who": "RUS"}, False),
        ({"who": "RUS"}, {"who": "CHN"}, False),
        ({"all": True}, {"votes": 4}, True),
        ({"votes": 4}, {"all": True}, True),
        ({"all": True}, {"votes": 0}, False),
        ({}, {"votes": 4}, False),
    ],
)
def test_what_contradicts(one: Any, other: Any, contradicts: bool) -> None:
    kind = frame_type({"clash": [["all", "votes"]]}, all={"kind": "flag"})
    slots = [{name: fillers(value) for name, value in side.items()} for side in (one, other)]
    assert contradict(*slots, kind) is contradicts


def test_fillers_in_text_order_one_for_each() -> None:
    second, first = fillers(["RUS", "CHN"], at=10), fillers(["CHN", "FRA"])
    found = unique([*second, *first])
    assert [filler.value for filler in found] == ["CHN", "FRA", "RUS"]
    assert found[0].start == 0  # the earlier place stands
    longer = Filler(value="CHN", actor="CHN", text="CHN", start=0, end=9)
    assert unique([longer, *first])[0].end == 1  # of two at one place the shorter
