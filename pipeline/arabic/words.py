"""Words for rules and gazetteers: letters, digits and punctuation apart, each with its place and its folded form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Literal

from pipeline.arabic.normalise import CONTROLS, MARKS, fold

# Pages hide a name from filters by a dot between two tatweels (حمـ.ـاس), which parts no word; neither the hash nor the
# underscores of a hashtag are words.
_HIDDEN = r"(?<=\u0640)[.*](?=\u0640)"
# A zero-width space, or non-joiner, parts words as a space does (مجلس‌الأمن), but neither the article from its word nor
# what is too short to be two words.
_PARTING = r"(?<!\bال)(?<!\b[وفبك]ال)(?<=[^\W\d_]{2})[\u200b\u200c](?=[^\W\d_]{3})"
# Marks stay with the letters they follow; controls only between letters, for at an end they belong to no word.
_WORD = re.compile(
    r"(?P<number>\d+(?:[.,٫٬]\d+)*)"
    rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{MARKS}]|{_HIDDEN}|(?!{_PARTING})[{CONTROLS}]+(?=[^\W\d_]|[{MARKS}]))*)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|\#\d{1,6}|\#[xX][0-9a-fA-F]{1,5});|\#\d{2,5};)"
    r"|(?P<punct>[^\s_#])"
)
_TATWEEL = "\u0640"
_HIDING = str.maketrans("", "", ".*")


@dataclass(frozen=True, slots=True)
class Word:
    """`text` is the surface at [start, end) of the article, `norm` its folded form, never empty."""

    text: str
    start: int
    end: int
    norm: str
    kind: Literal["word", "number", "punct"]


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Cut text[start:end] into words; offsets are into `text`. Glued tokens come apart: بغالبية12 is two words.

    Marks and controls that stand alone are left out, so they never part two words; tatweel that stands alone is a dash.
    """
    found = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        surface, kind = match.group(), match.lastgroup
        if kind == "entity":
            # What pages leave of HTML: &nbsp; is a space, &quot; a mark; any other is taken for a mark as it stands. Of
            # some the ampersand is gone (#171;).
            sign = fold(unescape(surface if surface[0] == "&" else f"&{surface}")).strip()
            if sign:
                found.append(Word(surface, match.start(), match.end(), sign, "punct"))
            continue
        norm = fold(surface).translate(_HIDING) if kind == "word" else fold(surface)
        if not norm and surface[0] == _TATWEEL:
            norm, kind = "-", "punct"
        if norm:
            found.append(Word(surface, match.start(), match.end(), norm, kind))  # type: ignore[arg-type]
    return found
