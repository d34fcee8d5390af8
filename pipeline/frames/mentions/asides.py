"""What a story says aside of a happening: in a sentence that does not tell of it, but of something that took part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.mentions.comparing import keys, unique
from pipeline.frames.rules.schema import Rule
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk, span
from pipeline.frames.story import documents
from pipeline.records import Event, Filler


class Aside(NamedTuple):
    """Slots that the sentence with this number tells by a rule of a mention elsewhere; new: with a document that the
    story did not name before; rival: with one set against that told of before, so that it is no earlier mention's."""

    at: int
    rule: Rule
    new: bool
    rival: bool
    slots: dict[str, list[Filler]]


def captured(at: int, base: Base, row: Sequence[Chunk], candidate: Candidate) -> Aside:
    """What a candidate of an aside rule tells, of sentence `at`."""
    drafts = [chunk for chunk in row[candidate.match.start : candidate.match.end] if "draft" in chunk.tags]
    new = [chunk for chunk in drafts if not documents.definite(base.words, chunk)]
    rival = any("rival" in chunk.tags for chunk in new)
    slots = {slot: unique(_own_captures(base, row, candidate, slot)) for slot in candidate.rule.aside}
    return Aside(at, candidate.rule, bool(new), rival, slots)


def _own_captures(base: Base, row: Sequence[Chunk], candidate: Candidate, slot: str) -> list[Filler]:
    """The fillers that a rule's own items captured for a slot; where none did, those that came with its chunks."""
    places = [row[place] for place, claimed in candidate.claims.items() if claimed == slot]
    spans = [span(base.words, chunk.start, chunk.end) for chunk in places]
    own = [f for f in candidate.slots[slot] if any(start <= f.start < end for start, end in spans)]
    return own or candidate.slots[slot]


def share(
    asides: Iterable[Aside],
    told: Sequence[tuple[int, Event]],
    apart: Sequence[str],
    links: Sequence[str],
) -> None:
    """Add the slots of each aside to the nearest mention, in place, unless that mention has them.

    told: the mentions of one frame type with their sentences' numbers. A mention with one of the
    slots `apart` is of many happenings, and takes nothing; nor does one that agrees in a slot of `links` with a mention
    that has them, which may tell of the same happening; what happened and what might have are two. Nor does anyone play
    two parts in a mention. Of two mentions equally near, what is new means the one that follows, anything else the one
    without the slot, then the earlier.
    """
    pairs = []
    for order, (at, rule, new, rival, slots) in enumerate(asides):
        near = [
            (abs(at - where), new and where < at, bool(set(slots) & set(event.slots)), number)
            for number, (where, event) in enumerate(told)
            if abs(at - where) <= rule.within
            and not (rival and where < at)
            and not set(apart) & set(event.slots)
            and not (rule.happened and event.modality != "actual" and at != where)
        ]
        if near:
            distance, _, _, number = min(near)
            pairs.append((distance, order, number, slots, rule.id))
    for _, _, number, slots, gave in sorted(pairs, key=lambda pair: pair[:3]):
        event = told[number][1]
        known = any(set(slots) & set(other.slots) and _linked(event, other, links) for _, other in told)
        if not known and not _plays_twice(event, slots):
            event.slots = dict(sorted({**event.slots, **slots}.items()))
            event.mentions[0].rules = list(dict.fromkeys([*event.mentions[0].rules, gave]))


def _plays_twice(event: Event, slots: Mapping[str, list[Filler]]) -> bool:
    """Whether someone in these slots takes part in a mention already."""
    actors = [{f.actor for values in fillers.values() for f in values} - {None} for fillers in (event.slots, slots)]
    return not actors[0].isdisjoint(actors[1])


def _linked(one: Event, other: Event, links: Sequence[str]) -> bool:
    """Whether two mentions are one, or have a value in common in one of these slots."""
    if one is other:
        return True
    if one.modality != other.modality:
        return False
    return any(keys(one.slots.get(slot, [])) & keys(other.slots.get(slot, [])) for slot in links)
