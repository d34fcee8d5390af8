"""When what two mentions tell is the same, and when it contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.frames.rules.schema import FrameType
from pipeline.records import Filler


def count_of(text: str, names: Sequence[Filler]) -> Filler:
    """How many a list names, with the list from its first to its last name as evidence."""
    start, end = min(f.start for f in names), max(f.end for f in names)
    return Filler(value=len(keys(names)), text=text[start:end], start=start, end=end)


def key(filler: Filler) -> str | int | bool:
    """What a filler is compared by: the actor where there is one, else the value."""
    return filler.actor or filler.value


def keys(values: Iterable[Filler]) -> set[str | int | bool]:
    """The keys of fillers."""
    return set(map(key, values))


def contradict(one: dict[str, list[Filler]], other: dict[str, list[Filler]], frame: FrameType) -> bool:
    """Whether two sets of slots give a single-valued slot different values, or slots that clash."""
    return any(
        slot in one and slot in other and keys(one[slot]) != keys(other[slot]) for slot in frame.single
    ) or clashes(one, other, frame)


def clashes(one: dict[str, list[Filler]], other: dict[str, list[Filler]], frame: FrameType) -> bool:
    """Whether one set of slots has what the other's cannot go with; a zero goes with everything."""
    given, others = ({slot for slot, values in slots.items() if keys(values) != {0}} for slots in (one, other))
    return any((a in given and b in others) or (b in given and a in others) for a, b in frame.merging.clash)


def unique(values: Iterable[Filler]) -> list[Filler]:
    """Fillers in text order, one for each key."""
    seen: dict[str | int | bool, Filler] = {}
    for filler in sorted(values, key=lambda f: (f.start, f.end)):
        seen.setdefault(key(filler), filler)
    return list(seen.values())
