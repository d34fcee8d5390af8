"""A sentence's words with what every frame type needs of it: who, how many, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.actors.matcher import core_start
from pipeline.arabic.words import Word
from pipeline.frames.sentence.agreement import COUNTERPART, gender
from pipeline.frames.sentence.chunks import Chunk, Member
from pipeline.frames.sentence.clauses import Clauses, read_clauses
from pipeline.records import Sentence


@dataclass
class Base:
    """A sentence's words (quotation marks and brackets left out) and the layers all frame types share."""

    sentence: Sentence
    words: list[Word]
    dates: list[Chunk]
    actors: list[Chunk]
    numbers: list[Chunk]
    places: list[Chunk]

    @cached_property
    def clauses(self) -> Clauses:
        """The sentence's clauses, read when first asked for; who, how many and when stand in them as nouns."""
        within = {word for chunk in self.actors for word in range(chunk.start, chunk.end)}
        others = [chunk for chunk in (*self.numbers, *self.dates) if chunk.start not in within]
        known = sorted({(chunk.start, chunk.end) for chunk in (*self.actors, *others)})
        return read_clauses(self.words, known, {chunk.start: g for chunk in self.actors if (g := _gender(chunk))})


def _gender(chunk: Chunk) -> str | None:
    """What the clauses are told of an actor's gender: f, m, o for an oblique dual or plural (الجانبين)."""
    if "oblique" in chunk.tags:
        return "o"
    return {"fem": "f", "masc": "m"}.get(chunk.members[0].gender or "") if chunk.members else None


def actor_chunk(
    text: str, ws: Sequence[Word], start: int, end: int, actor: str | None, form: str, proclitics: tuple[str, ...]
) -> Chunk:
    """A chunk of one member whose span leaves out the conjunction and preposition attached in front."""
    attached = [clitic for clitic in proclitics if clitic != "ال"]
    first, last = core_start(ws[start], len(attached)), ws[end - 1].end
    folded = tuple(word.norm for word in ws[start:end])
    head = folded[0][len(attached) :]
    member = Member(
        actor, form, first, last, text[first:last], (head, *folded[1:]), gender(actor, form, (head, *folded[1:]))
    )
    tags = {form, *("+" + clitic for clitic in proclitics)}
    if COUNTERPART.match(head):
        tags.add("counterpart")
    if head.endswith("يين") or (actor is None and head.endswith("ين")):  # الحوثيين, no state by its name (الصين)
        tags.add("oblique")
    return Chunk("actors", start, end, tags, members=[member])
