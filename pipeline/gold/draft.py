"""What the workflow found, in the shape of gold: the first draft that a person corrects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.files import sha256
from pipeline.records import Entity, Event, GoldArticle, Segments

MODEL = "model"


def draft(segments: Segments, entities: Sequence[Entity], events: Sequence[Event], split: str) -> GoldArticle:
    """One article's records as a gold article; its annotator is `model` until somebody imports a correction."""
    return GoldArticle(
        article=segments.article,
        sha256=segments.sha256,
        split=split,
        annotator=MODEL,
        stories=segments.stories,
        entities=[entity for entity in entities if entity.article == segments.article],
        events=[event for event in events if event.article == segments.article],
    )


def split_of(article: str, shares: Mapping[str, int]) -> str:
    """The split of a new article, by its name alone, so that adding articles moves none: `shares` are parts of 100."""
    at = int(sha256(article)[:8], 16) % 100
    for split, share in shares.items():
        if at < share:
            return split
        at -= share
    return next(iter(shares))
