"""Normalisation folds spellings and keeps the way back, for any Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.normalise import fold, normalise

from .strategies import TEXT


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أُسْلُوبٌ", "اسلوب"),
        ("إلـــى", "الي"),
        ("آسيا", "اسيا"),
        ("مشروعًا", "مشروعا"),
        ("الولایات المتحدة فی", "الولايات المتحدة في"),  # Persian ya
        ("کوریا", "كوريا"),
        ("١٢٫٥٪ ۳۴", "12.5% 34"),
        ("“نص” «نص»", '"نص" "نص"'),
        ("٢٠–٢١", "20-21"),
        ("لا\u200fحق", "لاحق"),
        ("ﻻﺣﻖ", "لاحق"),  # presentation forms
        ("دولة", "دولة"),  # ة and ه stay apart
        ("مسؤول شاطئ سماء", "مسؤول شاطئ سماء"),
        ("UN ", "un "),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_offsets_lead_back_past_dropped_signs() -> None:
    text = "قـرَار\u200f جديد"
    normal = normalise(text)
    assert normal.text == "قرار جديد"
    start, end = normal.to_source(normal.text.index("قرار"), 4)
    assert text[start:end] == "قـرَار"


@given(TEXT)
def test_fold_is_the_text_of_normalise(text: str) -> None:
    folded = fold(text)
    assert normalise(text).text == folded
    assert normalise(text).source_length == len(text)


@given(TEXT, st.data())
def test_every_normalised_range_leads_to_the_source_it_came_from(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    assert len(normal.offsets) == len(normal.text)
    assert list(normal.offsets) == sorted(normal.offsets)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    source_start, source_end = normal.to_source(start, end)
    assert 0 <= source_start < source_end <= len(text)
    assert normal.text[start:end] in fold(text[source_start:source_end])
