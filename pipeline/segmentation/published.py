"""The day a page was published: the dates that date lines print, in both month systems, and their ISO form."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale

from pipeline.arabic.normalise import fold

# The names are CLDR's: Egypt and the Gulf (يناير), the Levant and Iraq (كانون الثاني), the Maghreb (جانفي), Morocco
# (غشت), Mauritania; English for the pages that print 20th, February 2024.
_LOCALES = ("ar", "ar_LB", "ar_TN", "ar_MA", "ar_MR", "en")
# Spellings CLDR does not list.
_MORE_MONTHS = {
    "ابريل": 4, "مايس": 5, "يونيه": 6, "يوليه": 7, "كانون ثاني": 1, "تشرين اول": 10, "تشرين ثاني": 11, "كانون اول": 12,
    "sept": 9,
}  # fmt: skip


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Folded month names, the English ones in short too, and their numbers."""
    names = dict(_MORE_MONTHS)
    for locale in _LOCALES:
        for width in ("wide", "abbreviated") if locale == "en" else ("wide",):
            names.update({fold(name): month for month, name in Locale.parse(locale).months["format"][width].items()})
    return names


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """A regular expression for a full date in folded text, a weekday before it included; it has no groups."""
    weekdays = {fold(day) for locale in ("ar", "en") for day in Locale.parse(locale).days["format"]["wide"].values()}
    weekday = rf"(?:(?:يوم )?(?:{_any(weekdays)})\s*[،,]?\s*(?:الموافق\s*)?)?"
    month = rf"(?:{_any(months())})\.?"
    months_ = rf"{month}(?:\s*[/(]\s*{month}\s*\)?)?"
    return (
        rf"(?:{weekday}(?:\d{{1,2}}(?:st|nd|rd|th)?[\s,/-]*(?:من\s+)?{months_}[\s,،/-]*(?:(?:عام|سنة)\s+)?\d{{4}}"
        rf"|{month}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
        r"|\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})(?:\s*م\b)?)"
    )


def iso_date(folded: str) -> str | None:
    """YYYY-MM-DD of what `date_pattern` matched, or None where it is no day of the calendar (31 February).

    Figures alone are read day first, as Arabic pages print them, and month first only where nothing else is possible.
    """
    numbers = [int(number) for number in re.findall(r"\d+", folded)]
    named = re.search(_any(months()), folded)
    if named:
        day, year = numbers[0], numbers[1]
        candidates = [(year, months()[named.group()], day)]
    elif numbers[0] > 31:
        candidates = [(numbers[0], numbers[1], numbers[2])]
    else:
        candidates = [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])]
    for candidate in candidates:
        try:
            return date(*candidate).isoformat()
        except ValueError:
            continue
    return None


def _any(names: set[str] | dict[str, int]) -> str:
    """Alternation of the names, longest first; without the boundary a name would be found inside a longer word."""
    return rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))})\b"
