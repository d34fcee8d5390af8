"""What a story says aside of a happening: in a sentence that does not tell of it, but of something that took part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.frames.candidates import keys
from pipeline.records import Event, Filler


def share(
    asides: Iterable[tuple[int, int, bool, Mapping[str, list[Filler]]]],
    told: Sequence[tuple[int, Event]],
    apart: Sequence[str],
    links: Sequence[str],
) -> None:
    """Add the slots of each aside to the nearest mention, in place, unless that mention has them.

    asides: the sentence's number in the story, how many sentences away its mention may be, whether it tells of
    something new, and the slots told there; told: the mentions of one frame type with their sentences' numbers. A
    mention with one of the slots `apart` is of many happenings, and takes nothing; nor does one that agrees in a
    slot of `links` with a mention that has them, which may tell of the same happening; nor does anyone play two
    parts in a mention. Of two mentions equally near, what is new means the one that follows, anything else the one
    without the slot, then the earlier.
    """
    pairs = []
    for order, (at, within, new, slots) in enumerate(asides):
        near = [
            (abs(at - where), new and where < at, bool(set(slots) & set(event.slots)), number)
            for number, (where, event) in enumerate(told)
            if abs(at - where) <= within and not set(apart) & set(event.slots)
        ]
        if near:
            distance, _, _, number = min(near)
            pairs.append((distance, order, number, slots))
    for _, _, number, slots in sorted(pairs, key=lambda pair: pair[:3]):
        event = told[number][1]
        playing = {filler.actor for values in event.slots.values() for filler in values}
        acting = {f.actor for values in slots.values() for f in values} - {None}
        known = any(set(slots) & set(other.slots) and _linked(event, other, links) for _, other in told)
        if not known and not playing & acting:
            event.slots = dict(sorted({**event.slots, **slots}.items()))


def _linked(one: Event, other: Event, links: Sequence[str]) -> bool:
    """Whether two mentions are one, or have a value in common in one of these slots."""
    if one is other:
        return True
    return any(keys(one.slots.get(slot, [])) & keys(other.slots.get(slot, [])) for slot in links)
