"""Words lie where they say, for any Unicode, whatever the segmentation above them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.normalise import fold
from pipeline.arabic.words import words

from .strategies import TEXT


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("صوّتت 13 دولة، وامتنعت اثنتان.", ["صوّتت", "13", "دولة", "،", "وامتنعت", "اثنتان", "."]),
        ("#187;الآن#171; &#171;غدا", ["#187;", "الآن", "#171;", "&#171;", "غدا"]),
        ("بغالبية12 دولةً15", ["بغالبية", "12", "دولةً", "15"]),
        ("2.3 مليون و1,500 و20/2/2024", ["2.3", "مليون", "و", "1,500", "و", "20", "/", "2", "/", "2024"]),
        ("الـ15", ["الـ", "15"]),
        ("١٤ صوتا", ["١٤", "صوتا"]),
        ("فبراير/ شباط", ["فبراير", "/", "شباط"]),
        ("«لا»", ["«", "لا", "»"]),
        ("#مجلس_الأمن", ["مجلس", "الأمن"]),
        ("حمـ.ـاس", ["حمـ.ـاس"]),
        ("snake_case", ["snake", "case"]),
        ("مجلس\u200cالأمن", ["مجلس", "الأمن"]),
        ("حق\u200bالنقض", ["حق", "النقض"]),
        ("حم\u200cاس", ["حم\u200cاس"]),
        ("هدنة\u00ad فورية", ["هدنة", "فورية"]),
        ("هدنة&nbsp;فورية", ["هدنة", "فورية"]),
        ("&quot;الآن&quot;.", ["&quot;", "الآن", "&quot;", "."]),
        ("شركة A&B; C", ["شركة", "A", "&", "B", ";", "C"]),
    ],
)
def test_cut(text: str, surfaces: list[str]) -> None:
    assert [word.text for word in words(text)] == surfaces


def test_kinds() -> None:
    assert [word.kind for word in words("قرار 2722 .")] == ["word", "number", "punct"]


def test_controls_between_words_part_nothing_and_belong_to_none() -> None:
    found = words("\u202bمجلس\u200f \u200fالأمن\u202c")
    assert [word.text for word in found] == ["مجلس", "الأمن"]
    assert [word.norm for word in words("ال\u200cأمن")] == ["الامن"]


def test_tatweel_alone_is_a_dash() -> None:
    assert [(word.norm, word.kind) for word in words("دمشق ـ بيروت")][1] == ("-", "punct")


@given(TEXT, st.data())
def test_words_lie_where_they_say(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = words(text, start, end)
    for word in found:
        assert start <= word.start < word.end <= end
        assert text[word.start : word.end] == word.text
        assert word.norm == fold(word.text) or (word.norm, word.kind) == ("-", "punct")
        assert word.norm
        assert not any(char.isspace() for char in word.text)
    for left, right in pairwise(found):
        assert left.end <= right.start


@given(TEXT)
def test_nothing_that_can_be_read_is_lost(text: str) -> None:
    covered = {index for word in words(text) for index in range(word.start, word.end)}
    assert all(
        index in covered
        for index, char in enumerate(text)
        if not char.isspace() and char not in "#_" and fold(char).strip()
    )
