"""Slots that a rule leaves to what stands around its match, and to what the story said before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.arabic.clitics import readings
from pipeline.frames.rules.schema import FrameType, Rule
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.fillers import whole
from pipeline.frames.sentence.matching import CLAUSE_ENDS, Match, Tags, following, neighbours
from pipeline.frames.sentence.syntax import Syntax
from pipeline.frames.story import documents
from pipeline.frames.story.memory import Memory, TypeMemory
from pipeline.records import Filler

# How a text is called that is no body's yet.
_DRAFTS = frozenset({"مشروع", "مسودة", "نسخة"})

Slots = dict[str, list[Filler]]


@dataclass(frozen=True)
class Context:
    """What candidates are made from: the article's text, the sentence, its row for a frame type with its tags, and what
    the story said before, of all and of that type. Nothing here is written.

    What many candidates of a sentence ask for is found once, so that a sentence of a thousand triggers takes no more
    time for each than one of three.
    """

    text: str
    base: Base
    row: list[Chunk]
    tags: Tags
    syntax: Syntax
    story: Memory
    memory: TypeMemory

    @cached_property
    def starts(self) -> list[int]:
        """Where each chunk of the row begins in the text."""
        return [self.base.words[chunk.start].start for chunk in self.row]

    @cached_property
    def told_within(self) -> dict[str, list[Filler]]:
        """By slot, the fillers of the first chunk of the row that carries it."""
        found: dict[str, list[Filler]] = {}
        for chunk in self.row:
            for slot, fillers in chunk.parts.items():
                found.setdefault(slot, fillers)
        return found

    def covering(self, offset: int) -> Chunk | None:
        """The chunk that has an offset of the text, if any has."""
        at = bisect_right(self.starts, offset) - 1
        return self.row[at] if at >= 0 and offset < self.base.words[self.row[at].end - 1].end else None


def owned(context: Context, chunk: Chunk, bodies: frozenset[str]) -> tuple[list[Filler], list[str | None]]:
    """A document as one who calls: its words, and as actor whose it is — the body where it names it (that of a draft
    only where no sponsor is known), the body named before a resolution (one with a number was passed, whoever drafted
    it), its sponsors, else the owners of the story's last document. One filler an owner; the owners are the second
    result."""
    actors: list[str | None] = [f.actor for f in chunk.parts.get("body", []) if f.actor]
    heads = {reading.stem for reading in readings(context.base.words[chunk.start].norm)}
    if context.memory.owners and heads & _DRAFTS:
        actors = []
    sponsors: list[str | None] = [f.actor for f in chunk.parts.get("sponsor", []) if f.actor]
    if not actors and "resolution" in chunk.tags and ("resolution" in chunk.parts or not sponsors):
        start = context.base.words[chunk.start].start
        before = [m.actor for m in context.story.members if m.actor in bodies and m.end <= start]
        actors = list(before[-1:])
    actors = actors or sponsors or context.memory.owners
    filler = whole(context.text, context.base.words, chunk)
    return [filler.model_copy(update={"actor": actor}) for actor in actors] or [filler], actors


def attach(context: Context, frame: FrameType, rule: Rule, match: Match, trigger: int, slots: Slots) -> None:
    """Fill, in place, slots taken from the nearest fitting chunk around the match, or from that chunk's own slots."""
    row, present = context.row, context.tags.present
    for slot, tries in frame.attach.items():
        if slot in slots or not any(tag in present for tag, _ in tries):
            continue
        around = following if slot in frame.follows else neighbours
        parted = slot in frame.unparted
        ends = CLAUSE_ENDS | ({"comma", "conjoined"} if parted else set())
        found = (
            c
            for tag, within in tries
            for c in around(row, match, within, ends)
            if tag in c.tags and not (parted and context.syntax.parted(c, trigger))
        )
        near = next(found, None)
        if near is not None:
            name = "_" + slot if slot in rule.lends else slot
            slots[name] = near.parts.get(slot) or [whole(context.text, context.base.words, near, near.value)]
    for slot, (tag, within) in frame.inherit.items():
        if slot in slots or tag not in present:
            continue
        near = next((c for c in neighbours(row, match, within) if tag in c.tags and slot in c.parts), None)
        if near is not None:
            slots[slot] = list(near.parts[slot])


def points_back(context: Context, slots: Mapping[str, Sequence[Filler]]) -> bool:
    """Whether the object is a definite document of which the sentence says no more."""
    chunks = (context.covering(filler.start) for filler in slots.get("object", ()))
    return any(chunk and "draft" in chunk.tags and documents.definite(context.base.words, chunk) for chunk in chunks)
