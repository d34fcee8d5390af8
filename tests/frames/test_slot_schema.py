from __future__ import annotations

import pytest

from pipeline.frames.rules.heads import frame_types


@pytest.mark.parametrize(
    ("type_", "slot", "value", "actor", "fault"),
    [
        ("veto", "vetoer", "روسيا", "RUS", None),
        ("veto", "vetoer", "دولة ما", None, None),
        ("veto", "ordinal", 3, None, None),
        ("veto", "ordinal", "3", None, "not a whole number"),
        ("veto", "count", -1, None, "not a whole number"),
        ("veto", "object", "مشروع قرار", "RUS", "takes no actor"),
        ("vote_tally", "unanimous", True, None, None),
        ("vote_tally", "unanimous", "true", None, "not true"),
        ("vote_tally", "against", 0, None, None),
        ("vote_tally", "outcome", "adopted", None, None),
        ("vote_tally", "outcome", "failed", None, "none of adopted, rejected"),
        ("vote_tally", "resolution", "2735", None, None),
        ("vote_tally", "resolution", 2735, None, "not words"),
        ("veto", "date", "2024-02-29", None, None),
        ("veto", "date", "2024-02", None, None),
        ("veto", "date", "2024", None, None),
        ("veto", "date", "يوم الخميس 10 أفريل", None, None),
        ("veto", "date", "2023-02-29", None, "no date"),
        ("veto", "date", "2024-13", None, "no date"),
        ("veto", "date", "20/2/2024", None, "no date"),
        ("veto", "date", "20240220", None, "no date"),
        ("ceasefire_call", "kind", "cessation of hostilities", None, None),
        ("ceasefire_call", "stance", True, None, "none of call, reject"),
    ],
)
def test_values(type_: str, slot: str, value: str | int | bool, actor: str | None, fault: str | None) -> None:
    found = frame_types()[type_].slots[slot].fault(value, actor)
    assert found is None if fault is None else found is not None and fault in found


@pytest.mark.parametrize(
    ("type_", "filled", "missing"),
    [
        ("veto", {"vetoer"}, 0),
        ("veto", {"object"}, 1),
        ("vote_tally", {"unanimous"}, 0),
        ("vote_tally", {"body", "object"}, 1),
        ("ceasefire_call", {"caller"}, 1),
        ("ceasefire_call", set(), 2),
    ],
)
def test_needs(type_: str, filled: set[str], missing: int) -> None:
    assert len(frame_types()[type_].missing(filled)) == missing
