"""When an event was, how exactly that is known, and from what: stated, resolved, or the page's own date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.arabic.dates import dates
from pipeline.arabic.words import words
from pipeline.records import Event, Filler, Sentence, Story

Granularity = Literal["day", "month", "year", "words"]
Basis = Literal["stated", "resolved", "published", "words"]
_GRANULARITY: dict[int, Granularity] = {4: "year", 7: "month", 10: "day"}
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Dating:
    """One date of an event.

    value: ISO 8601 to the granularity, or the text's words where they settle no date. basis: `stated` in full by the
    text; `resolved`, worked out from the day of publication; `words`, left as they are; `published`, the page's date in
    place of one that the text does not give. text, start, end: the words, absent for `published`.
    """

    value: str
    granularity: Granularity
    basis: Basis
    text: str | None = None
    start: int | None = None
    end: int | None = None


def datings(event: Event, text: str, story: Story | None) -> list[Dating]:
    """The event's own dates: those known best first, in text order among equals."""
    order = ("day", "month", "year", "words")
    found = [_dating(filler, text, story.sentences if story else ()) for filler in event.slots.get("date", ())]
    return sorted(found, key=lambda dating: order.index(dating.granularity))


def published(story: Story | None) -> Dating | None:
    """The page's date in place of the event's own."""
    return Dating(story.published, "day", "published") if story and story.published else None


def _dating(filler: Filler, text: str, sentences: Sequence[Sentence]) -> Dating:
    place = (filler.text, filler.start, filler.end)
    value = str(filler.value)
    if not _ISO.fullmatch(value):
        return Dating(value, "words", "words", *place)
    return Dating(value, _GRANULARITY[len(value)], "stated" if _stated(filler, text, sentences) else "resolved", *place)


def _stated(filler: Filler, text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether the text alone gives the value: read again without the day of publication, it comes out the same.

    Read within the sentence, for the first day of a range (17 و18 فبراير 2024) has its month and year from the second.
    """
    home = next(((s.start, s.end) for s in sentences if s.start <= filler.start < s.end), (filler.start, filler.end))
    ws = words(text, *home)
    return any(
        date.value == filler.value and ws[date.start].start < filler.end and filler.start < ws[date.end - 1].end
        for date in dates(ws, None)
    )
