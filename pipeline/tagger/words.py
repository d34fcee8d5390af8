"""The words a tagger sees, and the whitespace tokens its entities are reported in.

Corpora such as ANERcorp set punctuation apart from words, so a model never saw a word with a bracket glued to it:
`(الفيتو)،` is tagged as four words. What comes out is in whole whitespace tokens again, edge punctuation trimmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """An entity over a text: half-open code-point range, label, mean probability of its words."""

    start: int
    end: int
    label: str
    score: float


@lru_cache(maxsize=8192)
def is_edge(char: str) -> bool:
    """Whether a character is no part of a name at a token's edge: punctuation, symbols, format and control signs."""
    return unicodedata.category(char)[0] in "PSC"


def split_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The model words of text[start:end] as ranges into `text`: whitespace tokens with punctuation set apart, except a
    sign between two digits or two Latin letters (34.3, AT&T). Every non-space character is in exactly one word."""
    found: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text, start, end):
        first, last = token.span()
        begin = first
        for place in range(first, last):
            if not _splits(text, place, first, last):
                continue
            if begin < place:
                found.append((begin, place))
            found.append((place, place + 1))
            begin = place + 1
        if begin < last:
            found.append((begin, last))
    return found


def _splits(text: str, place: int, first: int, last: int) -> bool:
    """Whether the character at `place`, in the token [first, last), is a word of its own."""
    if unicodedata.category(text[place])[0] not in "PS":
        return False
    if not first < place < last - 1:
        return True
    before, after = text[place - 1], text[place + 1]
    if before.isdigit() and after.isdigit():
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def entity_spans(text: str, words: Sequence[tuple[int, int]], tags: Sequence[tuple[str, float]]) -> list[TaggedSpan]:
    """The entities of tagged words, widened to whole whitespace tokens with edge punctuation trimmed.

    Words and tags run side by side. Two entities that meet in one token cannot both have it: the likelier stays.
    """
    spans: list[TaggedSpan] = []
    for first, last, label in _runs([label for label, _ in tags]):
        start, end = _widen(text, words[first][0], words[last - 1][1], (words[0][0], words[-1][1]))
        if start == end:
            continue
        span = TaggedSpan(start, end, label, sum(score for _, score in tags[first:last]) / (last - first))
        if spans and spans[-1].end > span.start:
            if spans[-1].score >= span.score:
                continue
            spans.pop()
        spans.append(span)
    return spans


def _runs(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, word after the last, type) of each entity of a valid BIO sequence."""
    runs: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        if label[0] == "B":
            runs.append((index, index + 1, label[2:]))
        elif label[0] == "I":
            runs[-1] = (runs[-1][0], index + 1, runs[-1][2])
    return runs


def _widen(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """The whole whitespace tokens around [start, end) as far as the sentence goes, less punctuation at both edges."""
    while start > within[0] and not text[start - 1].isspace():
        start -= 1
    while end < within[1] and not text[end].isspace():
        end += 1
    while start < end and is_edge(text[start]):
        start += 1
    while end > start and is_edge(text[end - 1]):
        end -= 1
    return start, end
