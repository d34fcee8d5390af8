"""Cells that a spreadsheet shows as they are: no text runs as a formula, and none turns into a date or another number.

A spreadsheet takes a cell for a formula where its first sign is one of a few, and before that it passes over white
space and marks that do not show. Where a locale parts columns by semicolons, a comma-separated file is cut at each
semicolon and at each line end, whatever quotation marks stand around them, so every piece between those is harmless.
"""

from __future__ import annotations

import re

# Signs that open a formula, and the full-width and small ones that East Asian locales take for the same.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
# White space, and what is passed over like it: control characters, zero-width marks, marks of direction.
_PASSED_OVER = "\\s\x00-\x1f\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(f"[{_PASSED_OVER}]*[{_SIGNS}]")
_PARTS = re.compile("([;\r\n\t]+)")
# What spreadsheets read as a day, a time or a fraction: figures and one or two strokes, dashes, dots or colons. And
# what they round or cut: zeros in front, many figures, an exponent.
_DATE = re.compile(r"\d{1,4}\s*([/.:-])\s*\d{1,4}(?:\s*\1\s*\d{1,4})?")
_NUMBER = re.compile(r"0\d+|\d{16,}|\d+(?:\.\d+)?[eE][+-]?\d+")
# A date as this project writes it is meant to be one.
_ISO = re.compile(r"\d{4}-\d\d(-\d\d)?")
# Columns of names, which must be the same in every file; only what would run is made harmless there.
NAMES = frozenset(
    {"id", "article", "articles", "event", "events", "happening", "rule", "rules", "sentence", "sentences"}
)


def safe(cell: str, column: str = "") -> str:
    """A cell with an apostrophe before whatever could open a formula, and before what would be read as a date or number
    that it is not (but in a column of names); without the apostrophe it is what the text says."""
    return "".join(map(_safe_name if column in NAMES else _safe_words, _PARTS.split(cell)))


def _safe_name(part: str) -> str:
    return "'" + part if _FORMULA.match(part) else part


def _safe_words(part: str) -> str:
    bare = part.strip()
    if (_DATE.fullmatch(bare) and not _ISO.fullmatch(bare)) or _NUMBER.fullmatch(bare):
        return part.replace(bare, "'" + bare)
    return _safe_name(part)
