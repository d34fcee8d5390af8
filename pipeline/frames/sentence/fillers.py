"""Fillers from chunks: which words of the text a slot gets."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.matcher import core_start
from pipeline.arabic.words import Word
from pipeline.frames.rules.schema import Item
from pipeline.frames.sentence.chunks import Chunk, Member
from pipeline.frames.sentence.spelling import opens_clause
from pipeline.records import Filler

# Tags of particles written together with the word behind them.
PARTICLES = frozenset({"+و", "+ف", "+ب", "+ل", "+ك"})


def whole(text: str, ws: Sequence[Word], chunk: Chunk, value: str | int | bool | None = None) -> Filler:
    """The chunk as one filler, without particles attached in front and clauses behind; without a value its own words,
    spaces made one, are the value."""
    start = core_start(ws[chunk.start], len(chunk.tags & PARTICLES))
    end = ws[(chunk.core or chunk.end) - 1].end
    surface = text[start:end]
    return Filler(value=" ".join(surface.split()) if value is None else value, text=surface, start=start, end=end)


def phrase_filler(text: str, ws: Sequence[Word], chunks: Sequence[Chunk], bare: bool) -> Filler:
    """Neighbouring chunks as one filler, up to a clause that describes an indefinite noun (محكمة خاصة تلاحق …), without
    a preposition left at their end; `bare`: nor the one letter of a preposition that is attached in front."""
    cut = next(
        (i for i in range(2, len(chunks)) if opens_clause(ws[chunks[i].start].norm, ws[chunks[i].start - 1].norm)), None
    )
    kept = chunks[:cut]
    last = next((chunk for chunk in reversed(kept) if "preposition" not in chunk.tags), chunks[0])
    start, end = core_start(ws[chunks[0].start], int(bare)), ws[last.end - 1].end
    surface = text[start:end]
    return Filler(value=" ".join(surface.split()), text=surface, start=start, end=end)


def fillers(text: str, ws: Sequence[Word], chunk: Chunk, item: Item) -> list[Filler]:
    """What a chunk puts into an item's slot: each member of a list of actors, else its value, else its words."""
    if item.words:
        return [whole(text, ws, chunk)]
    if item.text:
        return [whole(text, ws, chunk, " ".join(word.norm for word in ws[chunk.start : chunk.end]))]
    if item.value is None and chunk.members:
        return [member_filler(member) for member in chunk.members]
    return [whole(text, ws, chunk, chunk.value if item.value is None else item.value)]


def member_filler(member: Member) -> Filler:
    """A filler for one who acts."""
    return Filler(
        value=" ".join(member.text.split()), actor=member.actor, text=member.text, start=member.start, end=member.end
    )
