"""What the workflow found, in the shape of gold: the first draft that a person corrects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.files import sha256
from pipeline.gold.repair import strip
from pipeline.gold.spans import COMMAS
from pipeline.records import Entity, Event, Filler, GoldArticle, Mention, Segments

MODEL = "model"


def draft(
    segments: Segments, entities: Sequence[Entity], events: Sequence[Event], split: str, text: str
) -> GoldArticle:
    """One article's records as a gold article; its annotator is `model` until somebody imports a correction.

    Told as gold tells it: one mention a sentence, no comma at the edge of a span, and events numbered in their story.
    """
    counts: Counter[tuple[int, str]] = Counter()
    numbered = []
    for event in (event for event in events if event.article == segments.article):
        counts[event.story, event.type] += 1
        name = f"{event.article}-{event.story}-{event.type}-{counts[event.story, event.type]}"
        numbered.append(event.model_copy(update={"id": name}))
    return GoldArticle(
        article=segments.article,
        sha256=segments.sha256,
        split=split,
        annotator=MODEL,
        stories=segments.stories,
        entities=[entity for entity in entities if entity.article == segments.article],
        events=[_as_gold(event, text) for event in numbered],
    )


def _as_gold(event: Event, text: str) -> Event:
    slots = {slot: [_without_commas(filler) for filler in fillers] for slot, fillers in event.slots.items()}
    mentions: dict[str, Mention] = {}
    for mention in event.mentions:
        first = mentions.setdefault(mention.sentence, mention)
        start, end = strip(text, min(first.start, mention.start), max(first.end, mention.end), COMMAS)
        mentions[mention.sentence] = first.model_copy(update={"start": start, "end": end})
    return event.model_copy(update={"slots": slots, "mentions": list(mentions.values())})


def _without_commas(filler: Filler) -> Filler:
    start, end = strip(filler.text, 0, len(filler.text), COMMAS)
    words = filler.text[start:end]
    value = words if filler.value == filler.text else filler.value
    place = {"start": filler.start + start, "end": filler.start + end}
    return filler.model_copy(update={"text": words, "value": value, **place})


def split_of(article: str, shares: Mapping[str, int]) -> str:
    """The split of a new article, by its name alone, so that adding articles moves none: `shares` are parts of 100."""
    at = int(sha256(article)[:8], 16) % 100
    for split, share in shares.items():
        if at < share:
            return split
        at -= share
    return next(iter(shares))
