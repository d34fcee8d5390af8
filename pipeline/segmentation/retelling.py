"""Whether one passage of a page says again what another says, by the stems that their words share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pipeline.arabic.clitics import readings
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import words
from pipeline.segmentation.sentences import conventions

Span = tuple[int, int]

# How much of a paragraph opens a story, in characters; which part of a headline's words it must take up to retell it.
_LEAD_CHARS = 400
_RETOLD = 0.3
# How many words a summary has at least, and which part of them one paragraph repeats.
_SUMMARY_WORDS = 5
_REPEATED = 0.8
# No more of a passage is compared.
_PASSAGE_CHARS = 3000


def opens_story(text: str, headline: Span, body: Span, earlier: Iterable[Span]) -> bool:
    """Whether the paragraph `body` opens a story under `headline`, rather than going on with the `earlier` ones."""
    lead = fold(text[slice(*body)]).lstrip('" ')
    if lead.startswith(("و", "ف")) and not lead.startswith(conventions().own_waw):
        return False
    if lead.startswith(conventions().going_on):
        return False
    named = _stems(text, *headline)
    opening: set[str] = set().union(*_stems(text, body[0], min(body[1], body[0] + _LEAD_CHARS)))
    told = {stem for span in earlier for stems in _stems(text, *span) for stem in stems}
    shared = sum(1 for stems in named if stems & opening)
    taken_up = sum(1 for stems in named if stems & told)
    return shared >= 2 and shared >= _RETOLD * len(named) and shared > taken_up


def sums_up(text: str, sentence: Span, later: Iterable[Span]) -> bool:
    """Whether a sentence sums a story up: one of the `later` paragraphs says it again, nearly in full."""
    summary = _stems(text, *sentence)
    return len(summary) >= _SUMMARY_WORDS and any(
        sum(1 for stems in summary if stems & told) >= _REPEATED * len(summary)
        for told in (set().union(*_stems(text, *span)) for span in later)
    )


def _stems(text: str, start: int, end: int) -> tuple[frozenset[str], ...]:
    """For each word of three letters or more, the stems it may be read as; of long passages, of their beginning."""
    return _stems_of(text[start : min(end, start + _PASSAGE_CHARS)])


@lru_cache(maxsize=256)
def _stems_of(passage: str) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(reading.stem for reading in readings(word.norm) if len(reading.stem) >= 3)
        for word in words(passage)
        if word.kind == "word" and len(word.norm) >= 3
    )
