"""The days that date lines print: their shapes, in the calendars that Arabic pages use, and the ISO form of each.

Only the shape of a date line is read here, strictly: what prose says of days is for pipeline.arabic.dates. Of two
numbers with slashes the first is the day, unless only the other can be (02/20/2024). Islamic dates are those of Umm
al-Qura, the civil calendar; another country's may begin a month a day earlier or later: a weekday beside them decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.date_words import date_lexicon
from pipeline.arabic.normalise import fold

Calendar = Literal["common", "islamic", "persian", "weekday"]

_YEAR = r"(?:1[89]|20)\d\d"
# A year may have the time of day glued to it (202410:35), or the same date in words.
_AFTER_YEAR = r"(?!\d(?!\d?:\d\d|\d?\s+(?:من\s+)?{month}))"
_DAY = r"(?:(?<!\d)|(?<=[./](?:19|20)\d\d))(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NUMBER = r"(?<!\d)\d\d?(?!\d)"
_MARKS = r"[\s,،./|-]*"
_SLASH = r"\s*[/.-]\s*"
_OF = r"(?:من\s+)?(?:شهر\s+)?"
_IN = r"(?:(?:من\s+)?(?:عام|سنة|لعام|لسنة)\s+)?"
_NTH = r"(?:st|nd|rd|th)?"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERSIAN_DAYS = ("دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
# The last year of the Persian calendar that a date in digits is taken for: 1402/12/1 is of 2024, 1445/8/10 Islamic.
_PERSIAN_YEARS = range(1300, 1421)


@dataclass(frozen=True, slots=True)
class Printed:
    """A date or the name of a weekday at [start, end) of a folded text; `day` is None for the name alone."""

    start: int
    end: int
    calendar: Calendar
    day: date | None = None

    @property
    def weekday(self) -> bool:
        return self.calendar == "weekday"


def printed_dates(folded: str) -> list[Printed]:
    """The dates of a folded text in order, and the weekdays named in it. A day that no calendar has is no date."""
    found: list[Printed] = []
    named: int | None = None
    for match in _shapes().finditer(folded):
        shape = match.lastgroup or ""
        if shape == "weekday":
            named = _weekdays()[" ".join(match.group().split())]
            found.append(Printed(*match.span(), "weekday"))
            continue
        calendar, day = _day(match)
        if day is not None:
            found.append(Printed(*match.span(), calendar, _beside(day, named) if calendar == "islamic" else day))
    return found


def month_pattern() -> str:
    """A regular expression for the name of a month of the common calendar in folded text, without groups."""
    lexicon = date_lexicon()
    return rf"(?:{_any(' '.join(name) for name in (*lexicon.months, *lexicon.english_months))})"


def _beside(day: date, weekday: int | None) -> date:
    """An Islamic day as its country counted it: the day next to Umm al-Qura's that is the weekday printed beside it."""
    near = (day + timedelta(days) for days in (0, 1, -1))
    return next((other for other in near if other.weekday() == weekday), day)


@lru_cache(maxsize=1)
def _shapes() -> re.Pattern[str]:
    """Every shape as an alternative, its last group naming it; the parts of each are groups before that."""
    lexicon = date_lexicon()
    month = month_pattern()
    twin = rf"{month}\.?(?:\s*[/(|-]\s*{month}\s*\)?)?"
    islamic = rf"(?:{_any(' '.join(name) for name in lexicon.hijri)})"
    persian = rf"(?:{_any(' '.join(name) for name in lexicon.persian)})"
    year = _YEAR + _AFTER_YEAR.replace("{month}", month)
    old_year = r"1[34]\d\d(?!\d)"
    islamic_end = r"\s*(?:ه(?:جري[اة]?)?(?!\w))?"
    shapes = {
        "day_month_year": rf"({_DAY}){_NTH}{_MARKS}{_OF}({twin}){_MARKS}{_IN}({year})",
        "month_day_year": rf"({twin})[\s/-]*({_DAY}){_NTH}[\s,،-]+({year})",
        "year_month_day": rf"(?<![\d:])({year})[\s,،/-]+({twin})[\s,،/-]*({_DAY})",
        "year_first": rf"(?<!\d)({_YEAR}){_SLASH}({_NUMBER}){_SLASH}(\d\d?(?!\d))",
        "year_last": rf"({_NUMBER}){_SLASH}({_NUMBER}){_SLASH}({year})",
        # Only behind a time and its zone: 1600 (GMT+04:00) - 17/09/09. Elsewhere nobody can tell which is the year.
        "short": r"(?<=\)\s-\s)(\d\d)/(\d\d)/(\d\d)(?!\d)",
        "islamic_named": rf"({_DAY}){_MARKS}{_OF}({islamic}){_MARKS}{_IN}({old_year}){islamic_end}",
        "islamic_month_first": rf"({islamic})\s*({_DAY})[\s,،-]+({old_year}){islamic_end}",
        "persian_named": rf"({_DAY}){_MARKS}({persian}){_MARKS}({old_year})",
        "old_year_first": rf"(?<!\d)({old_year}){_SLASH}({_NUMBER}){_SLASH}({_NUMBER}){islamic_end}",
        "old_year_last": rf"({_NUMBER}){_SLASH}({_NUMBER}){_SLASH}({old_year}){islamic_end}",
        "weekday": rf"(?:يوم\s+)?{_any(_weekdays())}",
    }
    common = r"(?:\s*م(?!\w))?"
    parts = [
        rf"(?P<{name}>{shape}{common if 'old' not in name and name != 'weekday' else ''})"
        for name, shape in shapes.items()
    ]
    return re.compile("|".join(parts))


def _day(match: re.Match[str]) -> tuple[Calendar, date | None]:
    """The calendar and the day of a match of `_shapes`."""
    shape = match.lastgroup or ""
    first = match.re.groupindex[shape]
    parts = [match.group(first + number) for number in (1, 2, 3)]
    if shape in ("day_month_year", "month_day_year", "year_month_day"):
        order = {"day_month_year": (2, 1, 0), "month_day_year": (2, 0, 1), "year_month_day": (0, 1, 2)}[shape]
        year, month, day = (parts[place] for place in order)
        return "common", _real(int(year), _months()[_name(month)], int(day))
    if shape in ("islamic_named", "islamic_month_first", "persian_named"):
        day, month = parts[:2] if shape != "islamic_month_first" else parts[1::-1]
        calendar: Calendar = "persian" if shape == "persian_named" else "islamic"
        return calendar, _converted(calendar, int(parts[2]), _months()[_name(month)], int(day))
    numbers = [int(part) for part in parts]
    if shape == "short":
        return "common", _real(2000 + numbers[2], numbers[1], numbers[0])
    year_, month_, day_ = numbers if shape.endswith("first") else numbers[::-1]
    if shape.startswith("old"):
        calendar = "persian" if year_ in _PERSIAN_YEARS else "islamic"
        return calendar, _converted(calendar, year_, month_, day_)
    return "common", _real(year_, month_, day_) or _real(year_, day_, month_)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _converted(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The common day of a day of another calendar, or None where it has no such day."""
    # Both are wanted by few pages only.
    if calendar == "islamic":
        from hijridate import Hijri

        try:
            return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
        except (ValueError, OverflowError):
            return None
    from convertdate import persian

    if not (1 <= month <= 12 and 1 <= day <= persian.month_length(year, month)):
        return None
    return date(*persian.to_gregorian(year, month, day))


def _name(printed: str) -> str:
    """The first of the names that a month is printed with: «شباط» of شباط/فبراير."""
    return " ".join(re.split(r"\s*[/(|.-]", printed)[0].split())


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The number of each month's name in its calendar."""
    lexicon = date_lexicon()
    calendars = (lexicon.hijri, lexicon.persian, lexicon.english_months, lexicon.months)
    return {" ".join(name): number for names in calendars for name, number in names.items()}


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    """Monday is 0, by every name that date lines print, with and without يوم."""
    names: dict[str, int] = {}
    for name, day in date_lexicon().weekdays.items():
        names |= dict.fromkeys((name, ARTICLE + name, f"يوم {name}", f"يوم {ARTICLE}{name}"), day)
    for day, short in enumerate(_ENGLISH_DAYS):
        long = {"tue": "tuesday", "wed": "wednesday", "thu": "thursday", "sat": "saturday"}.get(short, short + "day")
        names |= dict.fromkeys((short, long), day)
    names |= {"tues": 1, "thur": 3, "thurs": 3}
    for day, name in enumerate(_PERSIAN_DAYS):
        names |= dict.fromkeys((fold(name), fold(name).replace(" ", "")), day)
    return names


def _any(names: Iterable[str]) -> str:
    """Alternation of the names, longest first; without the boundary a name would be found inside a longer word."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    forms = [r"[\s-]+".join(map(re.escape, name.split())) for name in longest_first]
    return rf"\b(?:{'|'.join(forms)})\b"
