"""When something happened, as far as a report tells it: a range of days, and what its words say of the day besides."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.arabic.clitics import readings
from pipeline.arabic.date_words import date_lexicon
from pipeline.arabic.words import words
from pipeline.happenings.records import Basis
from pipeline.tables.dating import Dating

Granularity = Literal["day", "month", "year", "none"]
# Open ends: before any record, and after any article.
EVER = date(1, 1, 1).toordinal()
NEVER = date(9999, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class When:
    """The days `first` to `last` (ordinals, both inclusive) on one of which it was.

    value: ISO as far as known, else "". weekday (0 is Monday), month, day: what words that settle no date say of it all
    the same (الثلاثاء, 21 فبراير), -1 where nothing.
    """

    first: int = EVER
    last: int = NEVER
    value: str = ""
    granularity: Granularity = "none"
    basis: Basis = "none"
    weekday: int = -1
    month: int = -1
    day: int = -1

    @property
    def known(self) -> bool:
        """Whether the text dates it to the day."""
        return self.granularity == "day" and self.basis in ("stated", "resolved", "linked")

    @property
    def bounded(self) -> bool:
        return self.first > EVER

    @property
    def told(self) -> bool:
        """Whether the text says anything of the day."""
        return self.bounded or max(self.weekday, self.month, self.day) >= 0

    def fits(self, day: date) -> bool:
        """Whether weekday, month and day of the month, as far as told, are those of `day`."""
        told = ((self.weekday, day.weekday()), (self.month, day.month), (self.day, day.day))
        return all(own in (-1, other) for own, other in told)


def when(datings: Sequence[Dating], published: str | None, window: int | None, happened: bool = True) -> When:
    """The time of one event.

    datings: its own dates, the best known first; published: its page's date; window: how many days before that date it
    may have been, None for what is told as background; happened: whether it did, and so not after its page's date.
    """
    page = ordinal(published) if published else None
    if datings and datings[0].granularity != "words":
        best = datings[0]
        first, last = bounds(best.value)
        basis: Basis = "stated" if best.basis == "stated" else "resolved"
        if basis == "stated" or page is None or first <= page or not happened:
            return When(first, last, best.value, _granularity(best.value), basis)
    last = page if page is not None else NEVER
    hints = _hints(datings[0].text or "") if datings else (-1, -1, -1)
    if page is not None and window is not None:
        return When(page - window, page, "", "none", "published", *hints)
    return When(EVER, last, "", "none", "words" if datings else "none", *hints)


def ordinal(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def bounds(value: str) -> tuple[int, int]:
    """The first and the last day of an ISO date, month or year."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return ordinal(value), ordinal(value)
    year, month = parts[0], parts[1] if len(parts) == 2 else None
    start = date(year, month or 1, 1)
    end = date(year, month, monthrange(year, month)[1]) if month else date(year, 12, 31)
    return start.toordinal(), end.toordinal()


def _granularity(value: str) -> Granularity:
    return "day" if len(value) == 10 else "month" if len(value) == 7 else "year"


def _hints(text: str) -> tuple[int, int, int]:
    """Weekday, month and day of the month that words name without settling a date: الجمعة 21 فبراير/شباط."""
    lexicon = date_lexicon()
    ws = words(text)
    weekday = month = day = -1
    for index, word in enumerate(ws):
        stems = [reading.stem for reading in readings(word.norm)]
        if weekday < 0:
            weekday = next((lexicon.weekdays[stem] for stem in stems if stem in lexicon.weekdays), -1)
        if month < 0:
            phrases = [(word.norm,), (word.norm, *(w.norm for w in ws[index + 1 : index + 2]))]
            month = next((lexicon.months[phrase] for phrase in reversed(phrases) if phrase in lexicon.months), -1)
        if word.kind == "number" and word.norm.isdigit() and 1 <= int(word.norm) <= 31 and day < 0:
            day = int(word.norm)
    return weekday, month, day if month > 0 else -1
