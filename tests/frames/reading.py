"""Texts of the tests as stories, and what the engine makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.frames.engine import Engine
from pipeline.frames.mentions.comparing import keys
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules.loading import TYPES
from pipeline.records import Event, Section, Sentence, Story
from pipeline.segmentation.sentences import split

ALL = ("veto", "vote_tally", "ceasefire_call")


def story(text: str, published: str | None = None) -> Story:
    """One story whose sentences are the text's; a line is a paragraph."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans += split(text, at, at + len(line), 5000)
        at += len(line) + 1
    sentences = [
        Sentence(id=f"x-1-{number}", section="body", start=start, end=end)
        for number, (start, end) in enumerate(spans, 1)
    ]
    sections = [Section(kind="body", start=0, end=len(text))]
    return Story(story=1, published=published, sections=sections, sentences=sentences)


@cache
def _engine(types: tuple[str, ...], folder: Path) -> Engine:
    """An engine holds no state between stories, and takes long to compile."""
    return Engine(types, folder)


def events(text: str, types: Sequence[str] = ALL, folder: Path = TYPES, published: str | None = None) -> list[Event]:
    """The merged events of a text."""
    engine = _engine(tuple(types), folder)
    return merge(engine.frames("x", text, story(text, published)), engine.types, window=40)


def told(event: Event) -> dict[str, set[str | int | bool]]:
    """An event's slots as sets of ids and values."""
    return {slot: keys(values) for slot, values in event.slots.items()}
