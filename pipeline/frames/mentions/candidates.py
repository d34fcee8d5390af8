"""The rules of one frame type over one sentence: every match with the fillers it gives. A pure function of the
sentence's row and of what the story said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.frames.mentions.comparing import count_of
from pipeline.frames.mentions.context import Context, attach, owned, points_back
from pipeline.frames.mentions.filling import fill_from_context
from pipeline.frames.mentions.predication import Predication
from pipeline.frames.rules.schema import FrameType, Item, Rule
from pipeline.frames.sentence.agreement import agrees
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.fillers import fillers, whole
from pipeline.frames.sentence.matching import Match, Pattern, Patterns, Tags
from pipeline.frames.story import documents
from pipeline.records import Filler


@dataclass(slots=True)
class Candidate:
    """A rule's match in a row.

    trigger: the place of its trigger; slots: the fillers it gives; claims: the slot that each place was taken for;
    start: the code point its sentence begins at; owners: whose the document is that it made a caller, where it did;
    unowned: the slot of a document of which nobody was named yet whose it is; rules: the rules that gave each slot, its
    own unless it took the slot from another candidate.
    """

    rule: Rule
    order: int
    match: Match
    trigger: int
    slots: dict[str, list[Filler]]
    start: int
    claims: dict[int, str] = field(default_factory=dict)
    owners: list[str | None] = field(default_factory=list)
    unowned: str | None = None
    rules: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, ...]:
        """Best first: higher priority, more captures and fillers, fewer chunks for them, earlier in the file, earlier
        captures."""
        values = sum(map(len, self.slots.values()))
        return (
            -self.rule.priority,
            -len(self.claims),
            -values,
            self.match.end - self.match.start,
            self.order,
            sum(self.claims),
        )

    def gave(self, slot: str) -> list[str]:
        """The ids of the rules that a slot's fillers come from."""
        return self.rules.get(slot, [self.rule.id])


class Rules:
    """The rules of a frame type, compiled."""

    def __init__(self, frame: FrameType, sets: Mapping[str, frozenset[str]]) -> None:
        self.frame = frame
        self.sets = sets
        self.patterns = [_pattern(rule) for rule in frame.rules]
        self._indexed = Patterns(self.patterns)
        self.only = {slot: frozenset(frame.sets[name]) for slot, name in frame.only.items()}

    def shut(self, tags: Tags, told: bool) -> str | None:
        """Why no rule is tried on a row, or None. told: whether one of the two sentences before told of the type."""
        needed = [*self.frame.context, *(self.frame.echo if told else [])]
        if needed and not any(tags.present.issuperset(tag.split("&")) for tag in needed):
            return "none of " + ", ".join(needed)
        return None

    def candidates(self, context: Context) -> list[Candidate]:
        """Every acceptable match of every rule, in rule order."""
        found: list[Candidate] = []
        for order, pattern in self._indexed.possible(context.tags):
            if isinstance(pattern, Pattern):
                found_here: Iterable[Match] = _closed(pattern.find(context.tags), pattern.items)
            else:
                found_here = pattern.find(context.syntax)
            for match in found_here:
                candidate = self._candidate(context, self.frame.rules[order], order, match)
                if candidate is not None:
                    self._complete(context, candidate)
                    found.append(candidate)
        return found

    def _candidate(self, context: Context, rule: Rule, order: int, match: Match) -> Candidate | None:
        """The match with what its items capture; None where a subject does not agree, or a slot gets who cannot be."""
        items = [rule.head, *rule.roles] if rule.head else rule.pattern
        at = next((i for i, item in enumerate(rule.pattern) if item.trigger), 0)
        trigger = match.items[at][0]
        candidate = Candidate(rule, order, match, trigger, {}, context.base.sentence.start)
        for item, places in zip(items, match.items, strict=True):
            for place in places:
                chunk = context.row[place]
                if not self._plays(context, rule, item, place, trigger):
                    return None
                if item.gap is None and item.reach is None:
                    for slot, inner in chunk.parts.items():
                        candidate.slots.setdefault(slot, []).extend(inner)
                if item.slot:
                    self._capture(context, candidate, place, item)
        for slot, value in rule.set.items():
            candidate.slots[slot] = [whole(context.text, context.base.words, context.row[trigger], value)]
        for slot, allowed in self.only.items():
            if slot in candidate.slots and not {f.actor for f in candidate.slots[slot]} <= allowed:
                return None
        return candidate

    @staticmethod
    def _plays(context: Context, rule: Rule, item: Item, place: int, trigger: int) -> bool:
        """Whether a chunk can play its item's part: as subject of the trigger, by its clause where that is sure, else
        by gender; in any other part of a rule that leaves the subject out, not if it is the subject itself."""
        if item.role == "subject" and rule.pattern:
            known = context.syntax.is_subject(place, trigger)
            return agrees(context.row[trigger], context.row[place]) if known is None else known
        acts = item.slot and context.row[place].members and "subject" in rule.fill.values() and not item.role
        return not (acts and context.syntax.acts_behind(place, trigger))

    def _capture(self, context: Context, candidate: Candidate, place: int, item: Item) -> None:
        """Put a chunk into its item's slot, with the count that a list of names gives."""
        chunk = context.row[place]
        assert item.slot is not None
        if item.owner and "draft" in chunk.tags:
            new, candidate.owners = owned(context, chunk, self.sets["deliberative"])
            candidate.unowned = None if candidate.owners else item.slot
        else:
            new = fillers(context.text, context.base.words, chunk, item)
        candidate.slots.setdefault(item.slot, []).extend(new)
        candidate.claims[place] = item.slot
        if goes_on(context.row, place):
            return
        if item.counts:
            candidate.slots[item.counts] = [count_of(context.text, candidate.slots[item.slot])]
        if item.listed:
            candidate.slots["_" + item.listed] = [count_of(context.text, candidate.slots[item.slot])]

    def _complete(self, context: Context, candidate: Candidate) -> None:
        """The slots that the pattern leaves to what stands around it and to the story."""
        attach(context, self.frame, candidate.rule, candidate.match, candidate.trigger, candidate.slots)
        sources = {**self.frame.fill, **candidate.rule.fill}
        fill_from_context(context, candidate.trigger, candidate.slots, sources, self.only, self.sets)
        if self.frame.resumes and not candidate.rule.aside and points_back(context, candidate.slots):
            documents.resume(candidate.slots, context.memory.document, self.frame.resumes)


def _pattern(rule: Rule) -> Pattern | Predication:
    return Predication(rule) if rule.head is not None else Pattern(rule.pattern)


def _closed(matches: Iterable[Match], items: Sequence[Item]) -> Iterator[Match]:
    """Matches without the chunks that a gap took behind the last one that the pattern asks for: what follows is none of
    the match. Those that then are alike come once."""
    distances = [item.gap is not None or item.reach is not None for item in items]
    if items[-1].bounds[0] and not distances[-1]:
        yield from matches  # it ends with what it asks for
        return
    told: set[tuple[tuple[int, ...], ...]] = set()
    for match in matches:
        taken = tuple(() if distance else places for places, distance in zip(match.items, distances, strict=True))
        if taken not in told:
            told.add(taken)
            end = max(places[-1] for places in taken if places) + 1
            inside = tuple(tuple(place for place in places if place < end) for places in match.items)
            yield Match(match.start, end, inside)


def goes_on(row: Sequence[Chunk], place: int) -> bool:
    """Whether a list of names ends in a number of others: كندا وبنما وأربع من جزر المحيط."""
    following = row[place + 1].tags if place + 1 < len(row) else frozenset()
    return "+و" in following and not following.isdisjoint({"count", "number"})
