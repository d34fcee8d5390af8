"""The day a page was published: what a whole date looks like in a date line, and its ISO form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.date_words import date_lexicon
from pipeline.arabic.dates import dates
from pipeline.arabic.words import words


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """A regular expression for a full date in folded text, a weekday before it included; it has no groups.

    Only a date line needs its shape: what the date means is for pipeline.arabic.dates to say.
    """
    lexicon = date_lexicon()
    arabic_days = rf"(?:يوم\s+)?{_any((*lexicon.weekdays, *(ARTICLE + day for day in lexicon.weekdays)))}"
    english_days = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    weekday = rf"(?:(?:{arabic_days}|{english_days})\s*[،,]?\s*(?:الموافق\s+)?)?"
    month = rf"(?:{_any(' '.join(name) for name in (*lexicon.months, *lexicon.english_months))})"
    months = rf"{month}\.?(?:\s*[/(]\s*{month}\s*\)?)?"
    return (
        rf"(?:(?<!\d){weekday}(?:\d{{1,2}}(?:st|nd|rd|th)?[\s,/-]*(?:من\s+)?{months}[\s,،/-]*(?:(?:عام|سنة)\s+)?\d{{4}}"
        rf"|{month}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
        r"|\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})(?!\d)(?:\s*م\b)?)"
    )


def iso_date(folded: str) -> str | None:
    """YYYY-MM-DD of what `date_pattern` matched, or None where it is no day of the calendar (31 February)."""
    # Around a month's name marks only part the words; in 20-2-2024 they make the date.
    named = re.search(r"[^\W\d_]{2}", folded)
    plain = re.sub(r"[-.,،]", " ", folded) if named else re.sub(r"\s", "", folded)
    return next((found.value for found in dates(words(plain), None) if found.granularity == "day"), None)


def _any(names: Iterable[str]) -> str:
    """Alternation of the names, longest first; without the boundary a name would be found inside a longer word."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
