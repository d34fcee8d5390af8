from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tagger.words import entity_spans, split_words


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار الوفد بيروت.", ["زار", "الوفد", "بيروت", "."]),
        ("(الفيتو)، اليوم", ["(", "الفيتو", ")", "،", "اليوم"]),
        ('لـ"الراية" اليوم', ["لـ", '"', "الراية", '"', "اليوم"]),
        ("نحو 34.3 مليون", ["نحو", "34.3", "مليون"]),
        ("شركة AT&T هنا", ["شركة", "AT&T", "هنا"]),
        ("قال:إن", ["قال", ":", "إن"]),
        ("محزنًا", ["محزنًا"]),
        ("\u200fمصر\u200e", ["\u200fمصر\u200e"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_punctuation_stands_apart_as_in_the_corpora(text: str, expected: list[str]) -> None:
    assert _words(text) == expected


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_every_character_that_is_no_space_is_in_exactly_one_word(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    covered = [place for first, last in split_words(text, start, end) for place in range(first, last)]
    assert covered == [place for place in range(start, end) if not text[place].isspace()]


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("زار جون سميث، بيروت.", {"جون": "B-PERS", "سميث": "I-PERS", "بيروت": "B-LOC"}, ["جون سميث", "بيروت"]),
        ('قال لـ"الراية"، إنه', {"الراية": "B-ORG"}, ['لـ"الراية']),
        ("(وبيروت)", {"وبيروت": "B-LOC"}, ["وبيروت"]),
        ("قال .", {".": "B-LOC"}, []),
    ],
)
def test_entities_are_whole_tokens_without_edge_punctuation(
    text: str, labels: dict[str, str], expected: list[str]
) -> None:
    words = split_words(text, 0, len(text))
    tags = [(labels.get(text[start:end], "O"), 0.5) for start, end in words]
    assert [text[span.start : span.end] for span in entity_spans(text, words, tags)] == expected


def test_of_two_entities_in_one_token_the_likelier_stays() -> None:
    text = "قمة بيروت/دمشق غدا"
    words = split_words(text, 0, len(text))
    tags = [("O", 1.0), ("B-LOC", 0.6), ("O", 1.0), ("B-ORG", 0.9), ("O", 1.0)]
    assert [(text[s.start : s.end], s.label) for s in entity_spans(text, words, tags)] == [("بيروت/دمشق", "ORG")]


def test_an_entity_does_not_reach_beyond_its_sentence() -> None:
    text = "عاد إلى بيروت.وقال"
    words = split_words(text, 0, 14)
    tags = [("O", 1.0), ("O", 1.0), ("B-LOC", 0.9), ("O", 1.0)]
    assert [text[s.start : s.end] for s in entity_spans(text, words, tags)] == ["بيروت"]
