from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold.spans import tokens, trim, whole_tokens, whole_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("رفضت (تركيا)، النص.", ["رفضت", "تركيا", "النص"]),
        ('حركة "فتح" - 12%', ["حركة", "فتح", "-", "12"]),
        ("أ.ف.ب 2.3 قراراً", ["أ.ف.ب", "2.3", "قراراً"]),
        (' لـ"صدى البلد" ', ['لـ"صدى', "البلد"]),
        ("\u200fمصر\u200f", ["مصر"]),
        ("   ", []),
    ],
)
def test_tokens_have_no_punctuation_at_their_edges(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in tokens(text, 0, len(text))] == found


@given(st.text(alphabet=st.sampled_from('اب ،."12\u200f\u064b\n🕊'), max_size=30))
def test_tokens_keep_every_letter_and_digit(text: str) -> None:
    spans = tokens(text, 0, len(text))
    assert spans == sorted(spans) and all(start < end for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert [char for char in text if char.isalnum()] == [char for char in kept if char.isalnum()]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("نص (وروسيا).", "روسيا", "وروسيا"),
        ("وللأمم المتحدة،", "لأمم المتحدة", "وللأمم المتحدة"),
        ('لـ"فتح" اليوم', "فتح", 'لـ"فتح'),
        ("قطر", "قطر", "قطر"),
    ],
)
def test_whole_tokens(text: str, part: str, whole: str) -> None:
    start = text.index(part)
    low, high = whole_tokens(text, start, start + len(part), within=(0, len(text)))
    assert text[low:high] == whole


def test_whole_tokens_stay_within_their_sentence() -> None:
    assert whole_tokens("الجديدالمصدر", 0, 6, within=(0, 6)) == (0, 6)


def test_trim_can_leave_nothing() -> None:
    start, end = trim(" «» ", 0, 4)
    assert start == end


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("نص وروسيا،", "روسي", "وروسيا"),
        ("12عضوا", "12", "12"),
        ("نصاً آخر", "نصا", "نصاً"),
        ("27", "7", "27"),
    ],
)
def test_whole_words(text: str, part: str, whole: str) -> None:
    start = text.index(part)
    low, high = whole_words(text, start, start + len(part), within=(0, len(text)))
    assert text[low:high] == whole
