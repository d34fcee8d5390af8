"""Words for rules and gazetteers: letters, digits and punctuation apart, each with its place and its folded form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.arabic.normalise import fold

# Marks and format signs (harakat, tatweel, bidi controls) stay inside the word they sit in.
_WORD = re.compile(
    r"(?P<number>\d+(?:[.,٫٬]\d+)*)"
    r"|(?P<word>(?:[^\W\d_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad])+)"
    r"|(?P<punct>\S)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """`text` is the surface at [start, end) of the article, `norm` its folded form, possibly empty for stray marks."""

    text: str
    start: int
    end: int
    norm: str
    kind: Literal["word", "number", "punct"]


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Cut text[start:end] into words; offsets are into `text`. Glued tokens come apart: بغالبية12 is two words."""
    found = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        surface = match.group()
        found.append(Word(surface, match.start(), match.end(), fold(surface), match.lastgroup))  # type: ignore[arg-type]
    return found
