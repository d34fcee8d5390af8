"""A sentence as a row of chunks: actors, counts, dates and terms laid over its words.

The layers of the rule engine follow Abney's cascades (Partial Parsing via Finite-State Cascades, 1996): each level
turns runs of lower chunks into one higher chunk, deterministically, so that a rule sees "who - used - the veto -
against - draft" however many words each part takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.arabic.words import Word
from pipeline.records import Filler


@dataclass(slots=True)
class Member:
    """One who acts, within a chunk: code-point span of the whole phrase, register id, and how it is named."""

    actor: str | None
    form: str
    start: int
    end: int
    text: str
    words: tuple[str, ...] = ()
    gender: str | None = None


@dataclass(slots=True)
class Chunk:
    """Words [start, end) of a sentence as one unit. `tags` is all that patterns see of it. core: where its noun
    phrase ends, if a clause follows that belongs to it."""

    kind: str
    start: int
    end: int
    tags: set[str]
    value: str | int | None = None
    members: list[Member] = field(default_factory=list)
    parts: dict[str, list[Filler]] = field(default_factory=dict)
    core: int | None = None

    def __post_init__(self) -> None:
        self.tags.add(self.kind)


# Quotation marks and brackets are not part of the syntax: "حق النقض (الفيتو)" is one thing named twice.
SILENT = frozenset("\"'()[]{}<>*•|")


def span(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """Code-point span of the words [start, end)."""
    return words[start].start, words[end - 1].end


def tile(words: Sequence[Word], layers: Iterable[Iterable[Chunk]]) -> list[Chunk]:
    """Lay layers over words, earlier layers first, longer chunks first within a layer; what no layer claims is a word.

    Chunks that overlap one already laid are dropped, except that a term on exactly the same words adds its tags.
    """
    owner: list[Chunk | None] = [None] * len(words)
    for layer in layers:
        for chunk in sorted(layer, key=lambda c: (c.start - c.end, c.start)):
            held = owner[chunk.start]
            if all(owner[i] is None for i in range(chunk.start, chunk.end)):
                for i in range(chunk.start, chunk.end):
                    owner[i] = chunk
            elif held is not None and (held.start, held.end) == (chunk.start, chunk.end):
                held.tags |= chunk.tags
                held.value = chunk.value if held.value is None else held.value
    row: list[Chunk] = []
    for i, word in enumerate(words):
        laid = owner[i]
        if laid is None:
            # Digits that are no numeral (a percentage, a decimal) count nothing.
            kind = {"punct": "comma" if word.norm in "،,-/" else "stop", "number": "figure"}.get(word.kind, word.kind)
            row.append(Chunk(kind, i, i + 1, _marks(word)))
        elif laid.start == i:
            row.append(laid)
    return row


def _marks(word: Word) -> set[str]:
    """What tells signs and foreign letters apart, as the number of a resolution has them (ES-11/1)."""
    if word.norm in {"/", "-"}:
        return {"slash" if word.norm == "/" else "hyphen"}
    return {"latin"} if word.norm.isascii() and word.norm.isalpha() else set()


def merge_adjacent(row: list[Chunk], kinds: frozenset[str]) -> list[Chunk]:
    """Join neighbouring chunks of one of these kinds: a thing and its other name in apposition."""
    joined: list[Chunk] = []
    for chunk in row:
        last = joined[-1] if joined else None
        if last is not None and chunk.kind in kinds and last.kind == chunk.kind:
            last.end = chunk.end
        else:
            joined.append(chunk)
    return joined
