"""The events of one article: its mentions merged, checked and named. Every way to an event goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.checking import checked
from pipeline.frames.mentions.merging import merge
from pipeline.frames.mentions.naming import named
from pipeline.frames.rules.schema import FrameType
from pipeline.params import Events
from pipeline.records import Dropped, Event, Segments


def read_events(
    mentions: Iterable[Event],
    types: Sequence[FrameType],
    record: Segments,
    text: str,
    params: Events,
    dropped: list[Dropped],
) -> list[Event]:
    """The events that an article's mentions tell of, with the ids that they are to keep; fillers that cannot be are
    added to `dropped`. text: the article as it stands in its file."""
    merged = merge(mentions, types, params.window, params.modalities)
    events = checked(merged, text, {frame.frame: frame for frame in types}, dropped)
    return named(events, text, record.stories)
