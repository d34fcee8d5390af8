"""A paragraph as the patterns of furniture.yaml read it: folded, its dates as single signs, with the way back.

So a pattern says {date} in one character, whatever calendar and order the page prints, and works on a bounded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.arabic.normalise import Normalised, normalise
from pipeline.segmentation.published import Printed, printed_dates

# What stands for a date, for one of another calendar beside it, and for a weekday's name: no letters, digits or marks.
DAY, OTHER_DAY, WEEKDAY = "\ue000", "\ue001", "\ue002"
# A row of marks and spaces longer than twice this keeps this many at each end.
_ROW_END = 6
_LONG_ROW = re.compile(rf"[^\w\ue000-\ue002]{{{2 * _ROW_END + 1},}}")
# Dates are looked for in short paragraphs, and at the head of others.
_SHORT = 700
_HEAD = 300


@dataclass(frozen=True, slots=True)
class Line:
    """`text` for the patterns; for each of its characters the start and the end of the source it came from, and of its
    DAY signs the day. `converted`: the days are of another calendar, for the line gives none of the common one."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    days: dict[int, date]
    converted: bool

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source range that a non-empty half-open range of `text` came from."""
        return self.starts[start], self.ends[end - 1]

    def day(self, start: int, end: int) -> str | None:
        """The first day, as an ISO date, whose sign stands in a range of `text`."""
        return next((self.days[at].isoformat() for at in range(start, end) if at in self.days), None)


@lru_cache(maxsize=1024)
def read_line(surface: str) -> Line:
    """The line of a paragraph that has no white space at its ends."""
    folded = _without_long_rows(normalise(surface))
    head = folded.text if len(folded.text) <= _SHORT else folded.text[:_HEAD]
    found = printed_dates(head)
    common = any(printed.calendar == "common" for printed in found)
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    days: dict[int, date] = {}
    at = 0
    for printed in [*found, Printed(len(folded.text), len(folded.text), "weekday")]:
        plain = range(at, printed.start)
        text += folded.text[at : printed.start]
        starts += (folded.offsets[index] for index in plain)
        ends += (folded.offsets[index] + 1 for index in plain)
        at = printed.end
        if printed.start == printed.end:
            break
        sign = WEEKDAY if printed.weekday else DAY if (printed.calendar == "common") == common else OTHER_DAY
        if sign == DAY and printed.day:
            days[len(text)] = printed.day
        first, last = folded.to_source(printed.start, printed.end)
        text.append(sign)
        starts.append(first)
        ends.append(last)
    return Line("".join(text), tuple(starts), tuple(ends), days, not common)


def _without_long_rows(folded: Normalised) -> Normalised:
    """Long rows of marks and spaces cut to their two ends: no news needs them, and patterns that may begin anywhere
    in a row would take time by its square."""
    if not _LONG_ROW.search(folded.text):
        return folded
    kept: list[int] = []
    at = 0
    for row in _LONG_ROW.finditer(folded.text):
        kept += [*range(at, row.start() + _ROW_END), *range(row.end() - _ROW_END, row.end())]
        at = row.end()
    kept += range(at, len(folded.text))
    offsets = tuple(folded.offsets[index] for index in kept)
    return Normalised("".join(folded.text[index] for index in kept), offsets, folded.source_length)
