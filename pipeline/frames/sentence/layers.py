"""From a sentence's base layers to the row of chunks that one frame type's rules see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word
from pipeline.frames.rules.schema import Cascade, FrameType, Shared
from pipeline.frames.sentence.agreement import agrees
from pipeline.frames.sentence.base import Base, actor_chunk
from pipeline.frames.sentence.chunks import Chunk, merge_adjacent, tile
from pipeline.frames.sentence.fillers import PARTICLES, fillers, phrase_filler, whole
from pipeline.frames.sentence.lexicon import Lexicon
from pipeline.frames.sentence.matching import Match, Pattern, Patterns, Tags, leftmost_longest
from pipeline.frames.sentence.spelling import is_people, spell

# Before a subject that its verb follows, a clause begins: with nothing, a mark, or one of these.
_OPENERS = frozenset(map(fold, ["إن", "أن", "بأن", "وأن", "وإن", "لأن", "لكن", "ولكن", "أما", "وأما", "فإن"]))


class FrameLayers:
    """The terms and cascades of one frame type over the shared ones: from a Base to the row its rules see."""

    def __init__(self, shared: Shared, frame: FrameType) -> None:
        self._lexicon = Lexicon({**shared.terms, **frame.terms})
        self.sets = {name: frozenset(ids) for name, ids in {**shared.sets, **frame.sets}.items()}
        self._cascades = [*shared.chunks, *frame.chunks]
        self._patterns = Patterns([Pattern(cascade.pattern) for cascade in self._cascades])
        self._doubled = frozenset({*shared.doubled, *frame.doubled})
        self._recalls = frame.recalls
        self._bodies = frozenset(shared.bodies)
        self._stands = {(fold(noun),): actor for noun, actor in frame.stands.items()}

    def row(self, text: str, base: Base, earlier: Mapping[str, Chunk]) -> tuple[list[Chunk], dict[str, Chunk]]:
        """Lay terms over the base and run the cascades, each over what the one before it left.

        earlier: the last chunk of each kind that anaphors may take up, of the sentence before; the second result is
        the same of this one.
        """
        hits = [Chunk(hit.term, hit.start, hit.end, set(hit.tags), hit.value) for hit in self._lexicon.find(base.words)]
        for hit in hits:
            hit.tags |= {f"{hit.kind}:{tag.removeprefix('+')}" for tag in hit.tags if tag == "+pron" or tag[0] != "+"}
        single = [_copy(chunk) for chunk in base.actors]
        for chunk in single:
            chunk.members = [
                replace(m, actor=self._stands[m.words]) if m.actor is None and m.words in self._stands else m
                for m in chunk.members
            ]
            person = any(member.form in {"person", "office"} for member in chunk.members)
            who = {member.actor for member in chunk.members}
            for name, ids in self.sets.items():
                if who <= ids and not (person and name in self._bodies):
                    chunk.tags.add(name)
                if who & ids:
                    chunk.tags.add("some:" + name)
            chunk.tags |= {"several"} if len(who) > 1 else set()
        phrases = [hit for hit in hits if hit.end - hit.start > 1]
        base_layers = ([_copy(chunk) for chunk in layer] for layer in (base.dates, base.numbers, base.places))
        dates_, numbers, places = base_layers
        row = tile(
            base.words, [dates_, [*single, *phrases], numbers, [h for h in hits if h.end - h.start == 1], places]
        )
        row = merge_adjacent(row, self._doubled)
        for chunk, tag in zip((*row[:1], *row[-1:]), ("opens", "closes"), strict=False):
            chunk.tags.add(tag)
        for chunk in row:
            spell(chunk, base.words[chunk.start].norm)
        row = self._merged(text, base.words, row)
        for before, chunk in pairwise(row):
            if "preposition" in before.tags and "verb" in chunk.tags and "finite" not in chunk.tags:
                chunk.tags -= {tag for tag in chunk.tags if tag == "verb" or tag.endswith(":verb")}  # على دعم 67 نائبا
            if "adjective" in chunk.tags and "verb" in before.tags and is_people(chunk):
                chunk.tags.discard("adjective")
            if "actors" in chunk.tags and ("preposition" in before.tags or chunk.tags & {"+ل", "+ب", "+ك"}):
                chunk.tags.add("governed")
                if "preposition" in before.tags:
                    chunk.tags.add("after:" + base.words[before.end - 1].text)
        for chunk in row:
            if "actors" in chunk.tags and not chunk.tags & {"governed", "adjective", "oblique"}:
                chunk.tags.add("free")
        spoken = False
        for at, chunk in enumerate(row):
            fresh = at > 0 and "stop" in row[at - 1].tags and "first" not in chunk.tags
            if "verb" in chunk.tags and (not spoken or fresh):
                chunk.tags.add("opening")  # nobody named before it in the sentence can be its subject
            spoken = spoken or "free" in chunk.tags
        for at in range(1, len(row)):
            lead = at - 2 if at > 1 and "aside" in row[at - 1].tags else at - 1
            opened = lead == 0 or bool(row[lead - 1].tags & {"comma", "stop", "boundary"})
            opened = opened or base.words[row[lead - 1].end - 1].norm in _OPENERS or "+و" in row[lead].tags
            if opened and "verb" in row[at].tags and "free" in row[lead].tags and agrees(row[at], row[lead]):
                row[at].tags.add("led")  # its subject stands before it: what follows is none
        return row, self._recall(row, earlier)

    def _recall(self, row: Sequence[Chunk], earlier: Mapping[str, Chunk]) -> dict[str, Chunk]:
        """Let anaphors (ذلك، خطوة مماثلة) carry the slots of what they take up, in this sentence or the last; the last
        chunk of each kind in this one."""
        told: dict[str, Chunk] = {}
        for anaphor, kind in self._recalls.items():
            known = earlier.get(kind)
            for chunk in row:
                if kind in chunk.tags:
                    told[kind] = known = chunk
                elif anaphor in chunk.tags and known is not None:
                    chunk.tags |= {"recalled", "recalled:" + anaphor}
                    chunk.parts.update(known.parts)
        return told

    @staticmethod
    def _people(text: str, ws: Sequence[Word], chunk: Chunk) -> Chunk:
        """A run of words as one who acts: a group without a name, whose verb may be of either gender."""
        apart = ws[chunk.start].norm == "و"  # و25 دولة: before digits the particle is a word
        held = () if apart else chunk.tags & PARTICLES
        clitics = tuple(sorted((tag[1:] for tag in held), key="وفبلك".index))
        found = actor_chunk(text, ws, chunk.start + apart, chunk.end, None, "group", clitics)
        found.members[0].gender = None
        return found

    def _merged(self, text: str, ws: Sequence[Word], row: list[Chunk]) -> list[Chunk]:
        """The row after all cascades, in their order; those that it has no tags for are passed over."""
        first, found = 0, True
        while found:
            tags, found = Tags(row), False
            for number, pattern in self._patterns.possible(tags, first):
                if matches := leftmost_longest(pattern.find(tags)):
                    row = self._apply(text, ws, row, self._cascades[number], pattern, matches)
                    first, found = number + 1, True
                    break
        return row

    def _apply(
        self,
        text: str,
        ws: Sequence[Word],
        row: list[Chunk],
        cascade: Cascade,
        pattern: Pattern,
        matches: Sequence[Match],
    ) -> list[Chunk]:
        merged: list[Chunk] = []
        done = 0
        for match in matches:
            merged += row[done : match.start]
            done = match.end
            first, last = row[match.start], row[match.end - 1]
            tags = {tag for tag in first.tags if tag.startswith("+")} | set(cascade.tags)
            tags |= {tag for part in row[match.start : match.end] for tag in part.tags if tag in cascade.keep}
            chunk = Chunk(cascade.chunk, first.start, last.end, tags)
            if first.kind == chunk.kind or cascade.head:
                chunk.core = first.core or first.end
            phrases: dict[str, list[Chunk]] = {}
            for item, places in zip(pattern.items, match.items, strict=True):
                if item.joined and item.slot:
                    phrases.setdefault(item.slot, []).extend(row[place] for place in places)
                    continue
                for place in places:
                    inner = row[place]
                    for slot, fillers_ in inner.parts.items():
                        chunk.parts.setdefault(slot, []).extend(fillers_)
                    if item.slot == "value":
                        chunk.value = inner.value
                        chunk.tags |= {tag for tag in inner.tags if tag.startswith("unit:")}
                    elif item.slot:
                        chunk.parts.setdefault(item.slot, []).extend(fillers(text, ws, inner, item))
            if cascade.acts:
                mine = self._people(text, ws, chunk)
                chunk.tags |= {"unnamed", *mine.tags}
                chunk.members = mine.members
            elif all(row[place].members for place in range(match.start, match.end)):
                chunk.members = [member for part in row[match.start : match.end] for member in part.members]
            for slot, phrase in phrases.items():
                chunk.parts.setdefault(slot, []).append(phrase_filler(text, ws, phrase, cascade.bare))
            for slot, value in cascade.set.items():
                chunk.parts[slot] = [whole(text, ws, chunk, value)]
            merged.append(chunk)
        return [*merged, *row[done:]]


def _copy(chunk: Chunk) -> Chunk:
    return replace(chunk, tags=set(chunk.tags), parts=dict(chunk.parts))
