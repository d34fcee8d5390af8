"""The mentions of one article: what the engine finds, checked. Every way into the engine goes through here."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.articles import blanked
from pipeline.checking import checked
from pipeline.frames.engine import Engine
from pipeline.records import Dropped, Entity, Event, Segments


def read_mentions(
    engine: Engine, record: Segments, text: str, entities: Sequence[Entity], dropped: list[Dropped]
) -> list[Event]:
    """The mentions that the engine finds in an article, checked; what was left out of them is added to `dropped`.

    text: the article as it stands in its file; it is read without control characters, which count as white space.
    """
    read = blanked(text)
    found = [frame for s in record.stories for frame in engine.frames(record.article, read, s, entities, dropped)]
    return checked(found, text, {frame.frame: frame for frame in engine.types}, dropped)
