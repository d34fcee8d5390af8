"""The day a page was published: what a whole date looks like in a date line, and its ISO form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.date_words import date_lexicon
from pipeline.arabic.dates import dates
from pipeline.arabic.words import words

# A month told by its name: letters behind the day, or before it and the year.
_NAMED_MONTH = re.compile(
    r"\d(?:st|nd|rd|th)?[\s,/.-]*(?:من\s+)?[^\W\d_]{3}|[^\W\d_]{3}\.?\s+\d{1,2}[a-z]{0,2},?\s+\d{4}"
)


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """A regular expression for a full date in folded text, a weekday before it included; it has no groups.

    Only a date line needs its shape: what the date means is for pipeline.arabic.dates to say.
    """
    weekday = rf"(?:{weekday_pattern()}\s*[،,]?\s*(?:الموافق\s+)?)?"
    month = month_pattern()
    months = rf"{month}\.?(?:\s*[/(]\s*{month}\s*\)?)?"
    year = r"(?:1[89]|20)\d\d"
    return (
        rf"(?:(?<!\d){weekday}(?:\d{{1,2}}(?:st|nd|rd|th)?[\s,/-]*(?:من\s+)?{months}[\s,،/-]*(?:(?:عام|سنة)\s+)?{year}"
        rf"|{month}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{year}"
        rf"|{year}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{1,2}}|\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*{year})"
        r"(?!\d(?!\d?:\d\d))(?:\s*م\b)?)"
    )


def weekday_pattern() -> str:
    """A regular expression for the name of a day of the week, in Arabic or English, in folded text; without groups."""
    days = date_lexicon().weekdays
    english = r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    return rf"(?:(?:يوم\s+)?{_any((*days, *(ARTICLE + day for day in days)))}|{english})"


def month_pattern() -> str:
    """A regular expression for the name of a month of the common calendar in folded text, without groups."""
    lexicon = date_lexicon()
    return rf"(?:{_any(' '.join(name) for name in (*lexicon.months, *lexicon.english_months))})"


@lru_cache(maxsize=1)
def hijri_pattern() -> str:
    """A regular expression for a full date of the Islamic calendar in folded text, which date lines print beside the
    other; without groups."""
    month = _any(" ".join(name) for name in date_lexicon().hijri)
    day = r"\d{1,2}"
    return (
        rf"(?<!\d)(?:{day}[\s/-]*(?:من\s+)?(?:شهر\s+)?{month}[\s,،/-]*(?:(?:عام|سنة)\s+)?1[34]\d\d"
        rf"|{day}\s*[/.-]\s*{day}\s*[/.-]\s*1[34]\d\d|1[34]\d\d\s*[/.-]\s*{day}\s*[/.-]\s*{day})(?!\d)\s*(?:ه(?!\w))?"
    )


def iso_date(folded: str) -> str | None:
    """YYYY-MM-DD of what `date_pattern` matched, or None where it is no day of the calendar (31 February)."""
    # Around a month's name marks only part the words, a slash between two names aside; in 20-2-2024 they make the date.
    named = _NAMED_MONTH.search(folded)
    plain = re.sub(r"[-.,،]|(?<=\d)\s*/|/\s*(?=\d)", " ", folded) if named else re.sub(r"\s", "", folded)
    return next((found.value for found in dates(words(plain), None) if found.granularity == "day"), None)


def _any(names: Iterable[str]) -> str:
    """Alternation of the names, longest first; without the boundary a name would be found inside a longer word."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
