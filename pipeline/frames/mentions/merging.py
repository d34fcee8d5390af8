"""From mentions to events: what headline, lede and body tell of one happening becomes one event of its story."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.arabic.normalise import fold
from pipeline.frames.mentions.comparing import clashes, key, keys
from pipeline.frames.rules.schema import FrameType
from pipeline.frames.rules.slots import Listing, Slot
from pipeline.records import Event, Filler, Mention

# A general mention tells of an institution (the power of veto, its reform), not of a happening.
MODALITIES = ("actual", "threatened", "hypothetical", "negated", "called_for")

# A month, week or year of the past, told from today.
_LAST = re.compile("(الشهر|الأسبوع|العام) (الماضي|الفائت|المنصرم)|السنة (الماضية|الفائتة|المنصرمة)")
Key = str | int | bool
_COARSE = re.compile(r"\d{4}(-\d{2})?")


def merge(
    frames: Iterable[Event], types: Sequence[FrameType], window: int, modalities: Sequence[str] = MODALITIES
) -> list[Event]:
    """One event for all mentions of one happening, per story and frame type.

    frames: mentions grouped by article and story, in text order within a story and type (as frames.jsonl holds them);
    modalities: those kept; window: sentences between two mentions beyond which they are one event only if a linking
    slot agrees.
    Greedy in text order: a mention joins the event that it agrees with in most slots, the later one on a tie, or
    opens a new one. Events keep the order of their first mention; one that in the end lacks what its type needs (a
    veto by nobody) is left out. Their ids are numbers within the story, for `naming.named` to give those that stay.
    """
    known = {frame.frame: frame for frame in types}
    merged: list[Event] = []
    for (article, story, kind), group in groupby(frames, key=lambda f: (f.article, f.story, f.type)):
        events: list[Event] = []
        places = _Places(known[kind], window)
        for frame in group:
            if frame.modality not in modalities:
                continue
            fits = [at for at in places.near(frame) if compatible(events[at], frame, known[kind], window)]
            if fits:
                weighs = known[kind].with_key("weighs")
                best = max(fits, key=lambda at: (agreement(events[at], frame, weighs), events[at].mentions[-1].start))
                absorb(events[best], frame, known[kind])
            else:
                best = len(events)
                events.append(frame.model_copy(deep=True))
            places.note(best, frame)
        needs = known[kind].needs
        whole = []
        for event in events:
            told = set(event.slots)
            settle(event, known[kind])
            if not needs or any(set(need) <= told | set(event.slots) for need in needs):
                whole.append(event)
        for number, event in enumerate(whole, 1):
            event.id = f"{article}-{story}-{kind}-{number}"
            merged.append(event)
    return merged


class _Places:
    """Which events of a story and type a mention can join at all, so that it is not held against every one of a
    thousand: of those told of within the window before it, and those that it shares a value of a linking slot with, the
    ones without another value in a slot of which two are two events."""

    def __init__(self, kind: FrameType, window: int) -> None:
        self._links, self._single = kind.with_key("link"), kind.single
        self._window = min(window, kind.merging.window)
        self._last: list[int] = []
        self._linked: dict[tuple[str, Key], set[int]] = defaultdict(set)
        self._fixed: list[dict[str, set[Key]]] = []

    def note(self, at: int, frame: Event) -> None:
        """A mention is one of event number `at`, which may be the next new one."""
        if at == len(self._last):
            self._last.append(0)
            self._fixed.append({})
        self._last[at] = _sentence(frame.mentions[-1])
        for link in self._keys(frame):
            self._linked[link].add(at)
        self._fixed[at] = {**self._fixed_by(frame), **self._fixed[at]}

    def near(self, frame: Event) -> list[int]:
        """The numbers of the events that a mention may join, in order."""
        here = _sentence(frame.mentions[0])
        found = {at for at, last in enumerate(self._last) if abs(here - last) <= self._window}
        found.update(*(self._linked.get(link, ()) for link in self._keys(frame)))
        mine = self._fixed_by(frame)
        return [
            at for at in sorted(found) if all(self._fixed[at].get(slot, value) == value for slot, value in mine.items())
        ]

    def _fixed_by(self, frame: Event) -> dict[str, set[Key]]:
        return {slot: keys(frame.slots[slot]) for slot in self._single if slot in frame.slots}

    def _keys(self, frame: Event) -> list[tuple[str, Key]]:
        return [(slot, value) for slot in self._links for value in keys(frame.slots.get(slot, []))]


def compatible(event: Event, frame: Event, kind: FrameType, window: int) -> bool:
    """Whether a mention may tell of an event, by its frame type's merging rules."""
    if "_another" in frame.slots:
        return False
    rules = kind.merging
    if event.modality != frame.modality:
        return False
    if any((slot in event.slots) != (slot in frame.slots) for slot in kind.with_key("tells_apart")):
        return False
    if clashes(event.slots, frame.slots, kind):
        return False
    both = set(event.slots) & set(frame.slots)
    if any(keys(event.slots[slot]) != keys(frame.slots[slot]) for slot in both & set(kind.single)):
        return False
    if any(
        set(map(_head, event.slots[slot])).isdisjoint(map(_head, frame.slots[slot]))
        for slot in both & set(kind.with_key("common"))
    ):
        return False
    day, other_day = _dates(event), _dates(frame)
    if day and other_day and _other_day(day, other_day):
        return False
    if rules.background and other_day and not day and _background(other_day):
        return False
    linked = any(keys(event.slots[slot]) & keys(frame.slots[slot]) for slot in both & set(kind.with_key("link")))
    return linked or _within(event, frame, min(window, rules.window))


def agreement(event: Event, frame: Event, alike: Sequence[str] = ()) -> int:
    """How many slots have a value in common, of those in `alike` if there are any."""
    return sum(
        bool(keys(values) & keys(event.slots.get(slot, [])))
        for slot, values in frame.slots.items()
        if not alike or slot in alike
    )


def absorb(event: Event, frame: Event, kind: FrameType) -> None:
    """Add a mention to an event: new slots and new fillers; what is known keeps its first evidence."""
    for slot, values in frame.slots.items():
        known = event.slots.setdefault(slot, [])
        if known and slot in kind.single:
            continue
        stems = set(map(_stem, known))
        known += [value for value in values if _stem(value) not in stems]
    event.slots = dict(sorted(event.slots.items()))
    event.mentions += frame.mentions


def settle(event: Event, kind: FrameType) -> None:
    """Close an event: counts that lists give, preferred values, and away with what served merging alone (`_slot`)."""
    for name, slot in kind.slots.items():
        if slot.listed:
            _count_names(event, name, slot.listed)
    for name, slot in kind.slots.items():
        if name in event.slots:
            event.slots[name] = _kept(event.slots[name], slot)
    for name, slot in kind.slots.items():
        for implied, value in slot.implies.items():
            if name in event.slots and implied not in event.slots:
                event.slots[implied] = [filler.model_copy(update={"value": value}) for filler in event.slots[name]]
    event.slots = {slot: values for slot, values in sorted(event.slots.items()) if slot[0] != "_"}


def _kept(values: list[Filler], slot: Slot) -> list[Filler]:
    """Of the values that an event's mentions give a slot, those that its `keep` leaves."""
    if slot.keep == "preferred":
        order = list(slot.values)
        first = min(order.index(str(filler.value)) for filler in values)
        return [filler for filler in values if filler.value == order[first]]
    if slot.keep == "fullest":
        return [max(values, key=lambda filler: len(filler.text.split()))]
    return values[:1] if slot.keep == "first" else values


def _count_names(event: Event, count: str, listing: Listing) -> None:
    """Fill a count that nothing states from the list of names that gives it, if the list is whole."""
    names = keys(event.slots.get(listing.names, []))
    whole = [filler for filler in event.slots.get("_" + count, []) if filler.value == len(names)]
    covered = listing.covers is None or keys(event.slots.get(listing.covers, [])) <= names
    beside = set(listing.beside) <= set(event.slots) and (
        not listing.among or bool(set(listing.among) & set(event.slots))
    )
    if whole and covered and beside and count not in event.slots:
        event.slots[count] = whole[:1]


def _dates(event: Event) -> list[Filler]:
    """The event's own dates, else those of another happening that is told with it (the veto that felled the text)."""
    return event.slots.get("date") or event.slots.get("_date") or []


def _stem(filler: Filler) -> str | int | bool:
    """A filler's key, a phrase without the accusative's alef: عربيا is عربي."""
    found = key(filler)
    return found.removesuffix("ً").removesuffix("ا") if isinstance(found, str) and not filler.actor else found


def _head(filler: Filler) -> str | int | bool:
    """What a party is known by: its id, else its head noun without article (منظمات سورية, المنظمات)."""
    found = _stem(filler)
    if filler.actor or not isinstance(found, str):
        return found
    return fold(found).split()[0].removeprefix("ال")


def _other_day(one: Sequence[Filler], other: Sequence[Filler]) -> bool:
    """Whether two dates, resolved to ISO as far as each goes, exclude one another; a day of the news that is told in
    words alone is in no month or year of the past."""
    days = [str(values[0].value) for values in (one, other)]
    if sum(map(_background, (one, other))) == 1 and not all(day[:4].isdigit() for day in days):
        return True
    if not any(day[:4].isdigit() for day in days) and len([day for day in days if _LAST.search(day)]) == 1:
        return True  # last month, and today again
    if not all(day[:4].isdigit() and day[4:5] in {"", "-"} for day in days):
        return False
    return not (days[0].startswith(days[1]) or days[1].startswith(days[0]))


def _background(dates: Sequence[Filler]) -> bool:
    """Whether a telling is dated by year or month alone (في ديسمبر 1994): news tells the day of what is new, so after a
    happening without a date this is another one, told as its background."""
    return all(_COARSE.fullmatch(str(date.value)) for date in dates)


def _within(event: Event, frame: Event, window: int) -> bool:
    """Whether a mention is at most so many sentences away from the nearest of an event."""
    here = _sentence(frame.mentions[-1])
    return any(abs(here - _sentence(mention)) <= window for mention in reversed(event.mentions))


def _sentence(mention: Mention) -> int:
    """The number of a mention's sentence in its story."""
    return int(mention.sentence.rsplit("-", 1)[1])
