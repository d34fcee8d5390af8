"""Normalisation for matching, with the way back: the text itself is never changed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Signs that carry no letter, as the insides of a character class: those that sit on or in a word (harakat, superscript
# alef, Quranic marks, tatweel) and those that steer its display (zero-width and bidi controls, soft hyphen, BOM).
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
CONTROLS = "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
_DROPPED = re.compile(f"[{MARKS}{CONTROLS}]")

# Spellings that Arabic newsrooms use for one another: hamza on alef, final ya without dots, Persian ya and kaf,
# Farsi and Arabic digits, curly and angle quotes, the dashes and the spaces.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېے", "ي"),
        **dict.fromkeys("کڪگ", "ك"),
        "پ": "ب",
        "چ": "ج",
        "ڤ": "ف",
        "ۀ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        **{chr(0x0660 + d): str(d) for d in range(10)},
        **{chr(0x06F0 + d): str(d) for d in range(10)},
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("–—―−‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003", " "),
        "٪": "%",
        "٫": ".",
        "٬": ",",
    }
)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """The folded form of one code point: '' where it carries no letter, several characters for a ligature."""
    if _DROPPED.match(char):
        return ""
    folded = unicodedata.normalize("NFKC", char) if "\ufb50" <= char <= "\ufefc" else char
    return _DROPPED.sub("", folded).translate(_FOLDED).lower()


class _Folding(dict[int, str]):
    """The folded form by code point, as str.translate asks for it; filled as texts bring code points up."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_char(chr(point))
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, for each of its code points, the index of the source code point it came from."""

    text: str
    offsets: tuple[int, ...]
    source_length: int

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source range that a non-empty half-open normalised range came from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """Fold spelling variants; O(len(text)). Dropped signs leave no trace, so offsets need the map to go back."""
    pieces: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        folded = _fold_char(char)
        pieces.append(folded)
        offsets.extend([index] * len(folded))
    return Normalised("".join(pieces), tuple(offsets), len(text))


def fold(text: str) -> str:
    """The normalised form alone, for dictionary keys and look-ups."""
    return text.translate(_FOLDING)
