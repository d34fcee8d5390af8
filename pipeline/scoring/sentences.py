"""How well a page was cut: sentence boundaries, whole sentences, sections by kind, and what is said of its stories."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Sentence, Story
from pipeline.scoring.measures import Ledger, compare


def boundaries(sentences: Sequence[Sentence]) -> set[tuple[str, int]]:
    """The places where sentences start and those where they end, told apart, as code-point offsets.

    Both count because sentences need not touch: leaving a date line outside a sentence is a start to get right.
    """
    return {("start", s.start) for s in sentences} | {("end", s.end) for s in sentences}


def score_segmentation(ledger: Ledger, article: str, gold: Sequence[Story], predicted: Sequence[Story]) -> None:
    """Add one article's counts to `ledger`, whose only column names what is compared:

    `boundary` (starts and ends of sentences), `sentence` (both ends right), `story` (its first and last offset right),
    `section KIND` (kind and both ends right), `published` and `outlet` (of a story at the same start).
    """
    gold_sentences, predicted_sentences = _sentences(gold), _sentences(predicted)
    ledger.add(("boundary",), article, compare(boundaries(gold_sentences), boundaries(predicted_sentences)))
    spans = [{(s.start, s.end) for s in sentences} for sentences in (gold_sentences, predicted_sentences)]
    ledger.add(("sentence",), article, compare(*spans))
    ledger.add(("story",), article, compare(set(map(_extent, gold)), set(map(_extent, predicted))))
    for kind in sorted({section.kind for story in (*gold, *predicted) for section in story.sections}):
        sections = [
            {(s.start, s.end) for story in stories for s in story.sections if s.kind == kind}
            for stories in (gold, predicted)
        ]
        ledger.add((f"section {kind}",), article, compare(*sections))
    for field in ("published", "outlet"):
        told = [
            {(_extent(story)[0], getattr(story, field)) for story in stories if getattr(story, field)}
            for stories in (gold, predicted)
        ]
        ledger.add((field,), article, compare(*told))


def _sentences(stories: Sequence[Story]) -> list[Sentence]:
    return [sentence for story in stories for sentence in story.sentences]


def _extent(story: Story) -> tuple[int, int]:
    """Where a story's sections start and end; (0, 0) for one without any."""
    return (
        min((section.start for section in story.sections), default=0),
        max((section.end for section in story.sections), default=0),
    )
