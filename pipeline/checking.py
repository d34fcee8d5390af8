"""No result that cannot be: the one check of every mention and event before it is written.

What a rule, a merging or a value worked out from the text may get wrong is held against the text and against what the
frame type's file says of its slots. A filler that fails is dropped, noted and counted; the rest of the event stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.articles import blanked
from pipeline.frames.rules.slots import TypeSchema
from pipeline.records import Dropped, Event, Filler


def checked(events: Iterable[Event], text: str, types: Mapping[str, TypeSchema], dropped: list[Dropped]) -> list[Event]:
    """The mentions or events with the fillers alone that can be; what was left out of them is added to `dropped`.

    text: the article as it stands in its file; types: what each frame type holds. A filler's text is the article's own,
    control characters included, though it was read without them.
    """
    return [_checked(event, text, types.get(event.type), dropped) for event in events]


def by_slot(dropped: Mapping[str, int]) -> str:
    """How many fillers were dropped from which slot, as `veto.count 2, vote_tally.in_favour 1`."""
    return ", ".join(f"{slot} {count}" for slot, count in sorted(dropped.items()))


def _checked(event: Event, text: str, schema: TypeSchema | None, dropped: list[Dropped]) -> Event:
    slots: dict[str, list[Filler]] = {}
    for name, fillers in event.slots.items():
        for filler in fillers:
            kept = _as_written(filler, text)
            fault = _misplaced(kept, text) or _faulty(kept, name, slots.get(name, ()), schema)
            if fault is None:
                slots.setdefault(name, []).append(kept)
            else:
                dropped.append(_note(event, name, filler, fault))
    return event if slots == event.slots else event.model_copy(update={"slots": slots})


def _as_written(filler: Filler, text: str) -> Filler:
    """The filler with the article's own words, where those it has are the same read without control characters."""
    own = text[max(0, filler.start) : filler.end]
    return filler.model_copy(update={"text": own}) if own != filler.text == blanked(own) else filler


def _misplaced(filler: Filler, text: str) -> str | None:
    """What is wrong with a filler's place, or None."""
    if not 0 <= filler.start < filler.end <= len(text):
        return f"stands at [{filler.start}, {filler.end}), and the text has {len(text)} characters"
    own = text[filler.start : filler.end]
    return None if own == filler.text else f"says «{filler.text}» where the text has «{own}»"


def _faulty(filler: Filler, name: str, before: Sequence[Filler], schema: TypeSchema | None) -> str | None:
    """What is wrong with a filler's value for its slot, or None. Slots that serve merging alone are in no event, and of
    those that the type does not declare nothing is known."""
    slot = schema.slots.get(name) if schema else None
    if slot is None:
        return None
    if before and slot.kind in ("integer", "flag"):
        return "holds one value, and has one"
    return slot.fault(filler.value, filler.actor)


def _note(event: Event, slot: str, filler: Filler, reason: str) -> Dropped:
    return Dropped(
        article=event.article,
        story=event.story,
        sentence=event.mentions[0].sentence,
        type=event.type,
        slot=slot,
        rule=event.mentions[0].rule,
        reason=reason,
        **filler.model_dump(),
    )
