"""Event scores: which events were found, and what their slots are worth.

An event is found when its type and class are a gold event's and one of its mentions overlaps one of the gold mentions,
one to one. Class: the value of the slot that splits the type (call or reject) where it has one, else whether it is
actual or not. A second prediction for one gold event is a false alarm. Slots are compared on the events found, and
over all events ("attached": the slots of a missed event are missed, those of a false alarm are false). Fillers are
equal when their actor is the same, or, without an actor, their value; text values compare folded (see
`pipeline.arabic.normalise`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.arabic.normalise import fold
from pipeline.frames.rules.heads import frame_types
from pipeline.records import Event, Filler
from pipeline.scoring.matching import assign, overlap
from pipeline.scoring.measures import Counts, Ledger, compare

ALL = "all"
NONE = "none"


def event_class(event: Event) -> str:
    """The value of the slot that splits the type, its first one where the event leaves it out; `actual` or `not actual`
    for a type without such a slot."""
    schema = frame_types().get(event.type)
    if schema and schema.class_slot:
        given = event.slots.get(schema.class_slot)
        return str(given[0].value) if given else next(iter(schema.slots[schema.class_slot].values))
    return "actual" if event.modality == "actual" else "not actual"


def kind(event: Event) -> str:
    """Type and class in one name, `veto · actual`."""
    return f"{event.type} · {event_class(event)}"


def filler_key(filler: Filler) -> str:
    """What two fillers must share to be equal: the actor's id, else the folded value with single spaces."""
    if filler.actor:
        return f"@{filler.actor}"
    return " ".join(fold(str(filler.value)).split())


def slot_keys(event: Event) -> dict[str, set[str]]:
    """The keys of each slot's fillers, without the slot that is the event's class."""
    schema = frame_types().get(event.type)
    class_slot = schema.class_slot if schema else None
    return {name: set(map(filler_key, fillers)) for name, fillers in event.slots.items() if name != class_slot}


def touching(first: Event, second: Event) -> int:
    """How many code points the mentions of two events share, over all pairs of mentions."""
    return sum(overlap((a.start, a.end), (b.start, b.end)) for a in first.mentions for b in second.mentions)


@dataclass(frozen=True)
class Matched:
    """One article's events, gold and predicted, told apart.

    found: (gold, predicted) pairs; missed: gold without a prediction; false: predictions without gold;
    confused: pairs of missed and false ones that overlap all the same, differing in type or class; repeats: false ones
    that overlap a gold event of their type and class which another prediction has found.
    """

    article: str
    found: tuple[tuple[Event, Event], ...]
    missed: tuple[Event, ...]
    false: tuple[Event, ...]
    confused: tuple[tuple[Event, Event], ...]
    repeats: tuple[Event, ...]


def match(article: str, gold: Sequence[Event], predicted: Sequence[Event]) -> Matched:
    """Match one article's events one to one, as many as can be, preferring pairs with more equal slots."""

    def merit(g: Event, p: Event) -> int | None:
        if kind(g) != kind(p) or not touching(g, p):
            return None
        gold_slots, predicted_slots = slot_keys(g), slot_keys(p)
        return sum(gold_slots[name] == predicted_slots.get(name) for name in gold_slots)

    pairs = assign(gold, predicted, merit)
    missed = [g for i, g in enumerate(gold) if i not in {i for i, _ in pairs}]
    false = [p for j, p in enumerate(predicted) if j not in {j for _, j in pairs}]
    confused = assign(missed, false, lambda g, p: touching(g, p) or None)
    return Matched(
        article=article,
        found=tuple((gold[i], predicted[j]) for i, j in pairs),
        missed=tuple(missed),
        false=tuple(false),
        confused=tuple((missed[i], false[j]) for i, j in confused),
        repeats=tuple(p for p in false if any(merit(g, p) is not None for g in gold)),
    )


def single(events: Sequence[Event]) -> list[Event]:
    """Each mention as an event of its own, as data/frames.jsonl holds them."""
    return [event.model_copy(update={"mentions": [mention]}) for event in events for mention in event.mentions]


def score_events(ledger: Ledger, matched: Matched) -> None:
    """Add one article's counts; columns type, class, measure. Measures: `found`, `core slots right` (those that
    the type's file calls core, all of them where it calls none so) and `all slots right`, each by type and class, by
    type, and for all."""
    for measure in ("found", "core slots right", "all slots right"):
        for event, counts in tallied(matched, measure):
            for key in levels(event):
                ledger.add((*key, measure), matched.article, counts)


def tallied(matched: Matched, measure: str = "found") -> Iterator[tuple[Event, Counts]]:
    """Each event with its counts, a found one once: as found, if it satisfies `measure`, and as gold and predicted."""
    for g, p in matched.found:
        yield g, Counts(int(_right(g, p, measure)), 1, 1)
    for g in matched.missed:
        yield g, Counts(gold=1)
    for p in matched.false:
        yield p, Counts(predicted=1)


def confusion(matched: Matched) -> list[tuple[str, str]]:
    """(gold kind, predicted kind) of every event, `none` for the side that has nothing; an event taken for another
    kind at the same place is one entry."""
    taken = [id(event) for pair in matched.confused for event in pair]
    return [
        *((kind(g), kind(p)) for g, p in (*matched.found, *matched.confused)),
        *((kind(g), NONE) for g in matched.missed if id(g) not in taken),
        *((NONE, kind(p)) for p in matched.false if id(p) not in taken),
    ]


def levels(event: Event) -> tuple[tuple[str, str], ...]:
    """The (type, class) keys an event counts under: its own, its type's, and everything's."""
    return (event.type, event_class(event)), (event.type, ALL), (ALL, ALL)


def _right(gold: Event, predicted: Event, measure: str) -> bool:
    """Whether a found event also satisfies `measure`."""
    gold_slots, predicted_slots = slot_keys(gold), slot_keys(predicted)
    names = gold_slots.keys() | predicted_slots.keys()
    if measure == "found":
        names = set()
    elif measure == "core slots right":
        schema = frame_types().get(gold.type)
        names = set(schema.core if schema else ()) or names
    return all(gold_slots.get(name) == predicted_slots.get(name) for name in names)


def score_slots(ledger: Ledger, matched: Matched) -> None:
    """Add one article's filler counts; columns type, slot, scope.

    Scopes: `found events`, equal fillers of matched events; `found events, overlapping`, the same where a filler with
    a text value also counts when it shares words with the gold one; `all events`, equal fillers with those of missed
    events and false alarms against them. Per slot, per type and for all. `modality` is compared like a slot.
    """
    for g, p in matched.found:
        gold_slots, predicted_slots = _slots_and_modality(g), _slots_and_modality(p)
        for name in gold_slots.keys() | predicted_slots.keys():
            counts = compare(gold_slots.get(name, set()), predicted_slots.get(name, set()))
            _add_slot(ledger, matched, g.type, name, "found events", counts)
            _add_slot(ledger, matched, g.type, name, "all events", counts)
            loose = Counts(_overlapping(g, p, name), counts.predicted, counts.gold)
            _add_slot(ledger, matched, g.type, name, "found events, overlapping", loose)
    for g in matched.missed:
        for name, keys in _slots_and_modality(g).items():
            _add_slot(ledger, matched, g.type, name, "all events", Counts(gold=len(keys)))
    for p in matched.false:
        for name, keys in _slots_and_modality(p).items():
            _add_slot(ledger, matched, p.type, name, "all events", Counts(predicted=len(keys)))


def _add_slot(ledger: Ledger, matched: Matched, type_: str, name: str, scope: str, counts: Counts) -> None:
    ledger.add((type_, name, scope), matched.article, counts)
    if name != "modality":
        ledger.add((type_, ALL, scope), matched.article, counts)
        ledger.add((ALL, ALL, scope), matched.article, counts)


def _slots_and_modality(event: Event) -> dict[str, set[str]]:
    return {**slot_keys(event), "modality": {event.modality}}


def _overlapping(gold: Event, predicted: Event, name: str) -> int:
    """How many of a slot's fillers are equal, or are text values that share words, one to one."""
    if name == "modality":
        return int(gold.modality == predicted.modality)
    first, second = (list({filler_key(f): f for f in e.slots.get(name, [])}.values()) for e in (gold, predicted))

    def merit(g: Filler, p: Filler) -> int | None:
        if filler_key(g) == filler_key(p):
            return 1
        texts = not (g.actor or p.actor) and isinstance(g.value, str) and isinstance(p.value, str)
        return 0 if texts and overlap((g.start, g.end), (p.start, p.end)) else None

    return len(assign(first, second, merit))


def score_rules(ledger: Ledger, article: str, gold: Sequence[Event], frames: Sequence[Event]) -> None:
    """Add one article's frame mentions by the rule that found them; columns type, rule. A mention is right when it
    overlaps a gold mention of its type and class. Only precision means anything: gold names no rule of ours."""
    for frame in frames:
        right = any(kind(frame) == kind(event) and touching(frame, event) for event in gold)
        ledger.add((frame.type, frame.mentions[0].rule), article, Counts(int(right), 1, 0))


def found_by_one_rule(matched: Matched) -> list[tuple[str, str]]:
    """(type, rule) of every found event whose mentions all come from one rule: what would be lost without it."""
    ruled = [(p.type, {mention.rule for mention in p.mentions}) for _, p in matched.found]
    return [(type_, rule) for type_, rules in ruled if len(rules) == 1 for rule in rules]
