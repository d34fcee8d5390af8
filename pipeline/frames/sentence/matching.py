"""Patterns over chunks: spaCy's Matcher, with slot names brought back from its alignments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from pipeline.frames.rules.schema import Item
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.light_spacy import Doc, Matcher, Token, Vocab

if not Token.has_extension("tags"):
    Token.set_extension("tags", default=None)

_VOCAB = Vocab()
# What ends the clause that a match stands in.
CLAUSE_ENDS = frozenset({"boundary", "stop"})


def negated_tags(patterns: Iterable[Sequence[Item]]) -> frozenset[str]:
    """The tags whose absence some pattern asks for. Matcher has no such predicate, so absence is made a tag itself."""
    found = {"boundary"}
    for pattern in patterns:
        for item in pattern:
            found.update(item.none)
    return frozenset(found)


def as_doc(row: Sequence[Chunk], negatable: frozenset[str]) -> Doc:
    """A Doc with one token a chunk. Tags are read when a pattern runs, so a later change of them needs a new Doc."""
    doc = Doc(_VOCAB, words=[chunk.kind for chunk in row])
    for token, chunk in zip(doc, row, strict=True):
        token._.tags = [*chunk.tags, *("!" + tag for tag in negatable - chunk.tags)]
    return doc


@dataclass(frozen=True, slots=True)
class Match:
    """Chunks [start, end) match; `items[i]` lists the chunks that item i of the pattern took."""

    start: int
    end: int
    items: tuple[tuple[int, ...], ...]


class Pattern:
    """One compiled pattern."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        self._required = frozenset(tag for item in items if item.bounds[0] for tag in item.all)
        self._choices = [frozenset(item.any) for item in items if item.bounds[0] and item.any]
        self._matcher = Matcher(_VOCAB, validate=False)
        self._matcher.add("pattern", [[item.compiled() for item in items]])

    def possible(self, present: frozenset[str] | set[str]) -> bool:
        """Whether the tags that occur in a sentence are enough for the pattern to match."""
        return self._required <= present and all(choice & present for choice in self._choices)

    def find(self, doc: Doc, present: frozenset[str] | set[str]) -> list[Match]:
        """All matches, overlapping ones too. `present`: the tags that occur in the sentence, to save the attempt."""
        if not self.possible(present):
            return []
        found = []
        bounds = [item.bounds for item in self.items]
        aligned: Any = self._matcher(doc, with_alignments=True)
        for _, start, end, alignment in aligned:
            items: list[list[int]] = [[] for _ in self.items]
            for offset, item in enumerate(alignment):
                items[item].append(start + offset)
            if all(
                low <= len(taken) and (high is None or len(taken) <= high)
                for taken, (low, high) in zip(items, bounds, strict=True)
            ):
                found.append(Match(start, end, tuple(map(tuple, items))))
        return found


def leftmost_longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches the one that starts first, and of those the longest."""
    chosen: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if not chosen or match.start >= chosen[-1].end:
            chosen.append(match)
    return chosen


def neighbours(row: Sequence[Chunk], match: Match, within: int, ends: Set[str] = CLAUSE_ENDS) -> Iterable[Chunk]:
    """Chunks of a match, then those after and before it by distance, up to `within` and to the end of the clause, which
    chunks tagged as `ends` tell."""
    yield from row[match.start : match.end]
    for side in (row[match.end : match.end + within], row[max(0, match.start - within) : match.start][::-1]):
        for chunk in side:
            if chunk.tags & ends:
                break
            yield chunk


def following(row: Sequence[Chunk], match: Match, within: int, ends: Set[str] = CLAUSE_ENDS) -> Iterable[Chunk]:
    """Chunks behind a match, then its own from the last to the first, then those before it, but for what opens the
    sentence, which is the frame of the whole (في واشنطن، دعا …); up to `within` and to the ends of the clause."""
    after, before = row[match.end : match.end + within], row[max(1, match.start - within) : match.start]
    for side in (after, row[match.start : match.end][::-1], before[::-1]):
        for chunk in side:
            if chunk.tags & ends:
                break
            yield chunk
