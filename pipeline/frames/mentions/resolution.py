"""Which candidates of a sentence stand, and which of them are one mention."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.mentions.comparing import contradict
from pipeline.frames.rules.schema import FrameType
from pipeline.records import Filler


def resolve(
    frame: FrameType, candidates: Sequence[Candidate], tells: Callable[[Candidate], bool]
) -> tuple[list[Candidate], list[Candidate]]:
    """The mentions of a sentence, and what it says aside of others.

    candidates: all of the sentence, in rule order; tells: whether a candidate tells of an event at all. Mentions are
    one a trigger, or for `group: sentence` one for all parts that do not contradict; asides one a trigger and kind. The
    candidates given are left as they are.
    """
    aside = [c for c in candidates if c.rule.aside and set(c.rule.aside) <= set(c.slots)]
    kinds = sorted({tuple(c.rule.aside) for c in aside})
    asides = [best for kind in kinds for best in _by_trigger(frame, [c for c in aside if tuple(c.rule.aside) == kind])]
    asides.sort(key=lambda c: -len(c.claims))  # who submits a draft goes before those named with it
    own = [c for c in candidates if not c.rule.aside]
    if frame.group == "trigger":
        return _by_trigger(frame, own), asides
    return _by_sentence(frame, own, tells), asides


def _by_trigger(frame: FrameType, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate of each trigger, with the slots that only others of it have."""
    best: dict[int, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: c.rank):
        kept = best.get(candidate.trigger)
        if kept is None:
            best[candidate.trigger] = replace(candidate, slots=dict(candidate.slots), rules=dict(candidate.rules))
            continue
        taken = {f.start for values in kept.slots.values() for f in values}
        for slot, values in candidate.slots.items():
            known = {f.start for f in kept.slots.get(slot, [])}
            new = {f.start for f in values}
            # a longer list that goes on where the kept one ends (غانا وكينيا، ومعهما أوغندا) is the whole one
            longer = bool(known) and known < new and frame.slots[slot].kind == "actor"
            if longer or (not known and not taken & new):
                kept.slots[slot] = values
                kept.rules[slot] = candidate.gave(slot)
    return [best[trigger] for trigger in sorted(best)]


def _by_sentence(
    frame: FrameType, candidates: Sequence[Candidate], tells: Callable[[Candidate], bool]
) -> list[Candidate]:
    """Parts of one telling. A number can say one thing only, so the more specific match claims it first; a part that
    contradicts what is there opens a second telling."""
    claimed: dict[int, str] = {}
    accepted = []
    for candidate in sorted(candidates, key=lambda c: c.rank):
        free = all(claimed.get(place, slot) == slot for place, slot in candidate.claims.items())
        if free and not candidate.rule.names and tells(candidate):
            claimed.update(candidate.claims)
            accepted.append(candidate)
    accepted += filter(None, (_named(c, claimed) for c in candidates if c.rule.names))
    tellings: list[Candidate] = []
    lent: set[str] = set()
    told = False
    for candidate in sorted(accepted, key=lambda c: (c.match.start, c.order)):
        if tellings and not contradict(tellings[-1].slots, candidate.slots, frame):
            _join(tellings[-1], candidate)
        else:
            tellings.append(
                replace(candidate, slots={slot: list(values) for slot, values in candidate.slots.items()}, rules={})
            )
            tellings[-1].rules = {slot: [candidate.rule.id] for slot in candidate.slots}
            lent, told = set(), False
        lent, told = lent | set(candidate.rule.lends), told or not candidate.rule.lends
        if told:  # the sentence tells of this happening, too
            _own(tellings[-1], sorted(lent))
    return tellings


def _join(telling: Candidate, candidate: Candidate) -> None:
    """Add a part to a telling, in place."""
    for slot, values in candidate.slots.items():
        known = telling.slots.setdefault(slot, [])
        new = [v for v in values if all((v.start, v.end) != (k.start, k.end) for k in known)]
        known += new
        if new or not known:
            rules = telling.rules.setdefault(slot, [])
            rules += [rule for rule in candidate.gave(slot) if rule not in rules]


def _named(candidate: Candidate, claimed: Mapping[int, str]) -> Candidate | None:
    """What a rule that names the counted found, in the slot for those that the count it starts from was read as; None
    where no rule has read it."""
    counted = next(place for place, slot in candidate.claims.items() if slot == "_counted")
    slot = candidate.rule.names.get(claimed.get(counted, ""))
    return replace(candidate, slots={slot: candidate.slots["_names"]}) if slot else None


def _own(telling: Candidate, lent: Sequence[str]) -> None:
    """Let what was another happening's be this one's, in place, where the sentence gives nothing else."""
    slots: dict[str, list[Filler]] = telling.slots
    for slot in lent:
        if "_" + slot in slots and slot not in slots:
            slots[slot] = slots.pop("_" + slot)
            telling.rules[slot] = telling.rules.pop("_" + slot, [telling.rule.id])
