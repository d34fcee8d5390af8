"""Foreign names in the spellings of different newsrooms."""

from __future__ import annotations

import pytest

from pipeline.actors.transliteration import spellings


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("غوتيريش", "جوتيريش"),
        ("أنغولا", "أنجولا"),
        ("بلينكن", "بلينكين"),
        ("لافروف", None),
        ("فون دير لاين", "فون دير لايين"),
    ],
)
def test_a_name_has_its_other_spellings(name: str, other: str | None) -> None:
    found = spellings(name)
    assert found[0] == name
    assert found[1:] == [] if other is None else other in found
