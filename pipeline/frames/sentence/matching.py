"""Patterns over chunks: the language and the matches of spaCy's Matcher, by arithmetic on many chunks at a time.

For each tag a row keeps the chunks that have it as the bits of one integer, and so it does for each place of a pattern.
One pass over a pattern from its end, a few operations on integers an item, then tells at which chunks a match can
begin: for most patterns and sentences nowhere. Only from there its states are followed one by one, in the order in
which spaCy follows them, for of the ways to match the same chunks spaCy tells the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

from pipeline.frames.rules.schema import Item
from pipeline.frames.sentence.chunks import Chunk

# What ends the clause that a match stands in.
CLAUSE_ENDS = frozenset({"boundary", "stop"})


@dataclass(frozen=True, slots=True, eq=False)
class _Test:
    """What a place of a pattern asks of a chunk: all of these tags, one of those if any are given, and none of these.
    Equal tests are one object, so that a row answers each once."""

    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]


_test = cache(_Test)


class Tags:
    """Which chunks of a row have which tag; what changes in the row later is not seen. present: all that occur."""

    def __init__(self, row: Sequence[Chunk]) -> None:
        at: dict[str, int] = defaultdict(int)
        for place, chunk in enumerate(row):
            bit = 1 << place
            for tag in chunk.tags:
                at[tag] |= bit
        self._know(len(row), at)

    def _know(self, length: int, at: dict[str, int]) -> None:
        self.length, self._at = length, at
        self.present = frozenset(at)
        self._fitting: dict[_Test, int] = {}

    def places(self, *tags: str) -> Iterator[int]:
        """The chunks that have any of some tags, in order."""
        found = self._any(tags)
        while found:
            yield (found & -found).bit_length() - 1
            found &= found - 1

    def marked(self, **places: int) -> Tags:
        """These tags and, by name, one more of a single chunk each, which the row itself does not have."""
        marked = type(self).__new__(type(self))
        marked._know(self.length, {**self._at, **{tag: 1 << place for tag, place in places.items()}})
        return marked

    def fitting(self, test: _Test) -> int:
        """The chunks that pass a test, a bit each."""
        found = self._fitting.get(test)
        if found is None:
            found = (1 << self.length) - 1
            for tag in test.all:
                found &= self._at.get(tag, 0)
            if found and test.any:
                found &= self._any(test.any)
            if found and test.none:
                found &= ~self._any(test.none)
            self._fitting[test] = found
        return found

    def _any(self, tags: Iterable[str]) -> int:
        found = 0
        for tag in tags:
            found |= self._at.get(tag, 0)
        return found


@dataclass(frozen=True, slots=True)
class Match:
    """Chunks [start, end) match; `items[i]` lists the chunks that item i of the pattern took."""

    start: int
    end: int
    items: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A place of a pattern as spaCy compiles it: + is one step that takes a chunk and one that takes any number."""

    item: int
    test: _Test
    optional: bool
    repeats: bool
    last: bool


@dataclass(frozen=True, slots=True)
class _State:
    """A match under way: the step it stands at, its first chunk, the items that took the chunks from there on, how many
    the last of them took, and whether one took more than it may."""

    step: int
    start: int
    taken: tuple[int, ...] = ()
    run: int = 0
    over: bool = False


class Pattern:
    """One compiled pattern. required: the tags that a row must have for it to match."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        self._bounds = [item.bounds for item in items]
        self._tests = [_asked(item) for item in items]
        sure = [(item, test) for item, test in zip(items, self._tests, strict=True) if item.bounds[0]]
        self.required = frozenset(tag for item, _ in sure for tag in item.all)
        self._sure = list(dict.fromkeys(test for _, test in sure))
        self._steps = list(self._compiled())

    def _compiled(self) -> Iterator[_Step]:
        """The steps as spaCy makes them. Bounds above one are not spelt out but checked on the match: of {0,n} spaCy
        makes n optional places, and the ways to choose among them grow beyond memory."""
        for item, (test, (low, high)) in enumerate(zip(self._tests, self._bounds, strict=True)):
            last = item == len(self._tests) - 1
            if low:
                yield _Step(item, test, optional=False, repeats=False, last=last and high == 1)
            if high != 1:
                yield _Step(item, test, optional=True, repeats=True, last=last)
            elif not low:
                yield _Step(item, test, optional=True, repeats=False, last=last)

    def find(self, tags: Tags) -> list[Match]:
        """All matches, overlapping ones too; of several ways to match the same chunks the one that spaCy tells."""
        if not self.required <= tags.present or not all(map(tags.fitting, self._sure)):
            return []
        starts = self._starts(tags)
        return list(self._follow(tags, starts)) if starts else []

    def _starts(self, tags: Tags) -> int:
        """The chunks at which a match within all bounds begins, a bit each."""
        ahead = (2 << tags.length) - 1  # where the rest of the pattern can begin; its end, behind the last chunk, too
        for test, (low, high) in zip(reversed(self._tests), reversed(self._bounds), strict=True):
            fitting = tags.fitting(test)
            for _ in range(low):
                ahead = ahead >> 1 & fitting
            for _ in range(tags.length if high is None else high - low):
                more = ahead | ahead >> 1 & fitting
                if more == ahead:
                    break
                ahead = more
            if not ahead:
                break
        return ahead

    def _follow(self, tags: Tags, starts: int) -> Iterator[Match]:
        """The matches that begin at `starts`, in spaCy's order.

        Of the states that began at one chunk and stand at one step, the first tells all that the others would: they go.
        A state beyond a bound stays, for its match hides a later one of the same chunks, but only while one within
        bounds began where it did. So the work for a start ends with the longest match that the bounds allow.
        """
        states: list[_State] = []
        told: set[tuple[int, int]] = set()
        for place in range(tags.length + 1):
            if starts >> place & 1 and place < tags.length:
                states.append(_State(0, place))
            stay: list[_State] = []
            new: list[_State] = []
            for state in states:
                ended = self._finish(state) if place == tags.length else self._take(state, tags, place, stay, new)
                for taken in ended:
                    if taken and (state.start, len(taken)) not in told:
                        told.add((state.start, len(taken)))
                        yield from self._within(state.start, taken)
            first: dict[tuple[int, int], _State] = {}
            for state in (*stay, *new):
                first.setdefault((state.step, state.start), state)
            alive = {state.start for state in first.values() if not state.over}
            states = [state for state in first.values() if state.start in alive]

    def _take(
        self, state: _State, tags: Tags, place: int, stay: list[_State], new: list[_State]
    ) -> Iterator[tuple[int, ...]]:
        """Let a state take the chunk at `place`, or pass by it what need not take one: yields what the matches that end
        here took; where the match goes on, its states go to `stay` or, beside it, to `new`."""
        for at in range(state.step, len(self._steps)):
            step = self._steps[at]
            fits = tags.fitting(step.test) >> place & 1
            if step.optional and step.last:
                yield state.taken
            if fits and not step.last:
                (new if step.optional else stay).append(self._taking(state, step, at if step.repeats else at + 1))
            elif fits and step.repeats:
                stay.append(self._taking(state, step, at))
            elif fits:
                yield (*state.taken, step.item)
            if not step.optional:
                break

    def _finish(self, state: _State) -> Iterator[tuple[int, ...]]:
        """What a state took that the end of the row completes, as nothing else must follow."""
        if all(step.optional for step in self._steps[state.step :]):
            yield state.taken

    def _taking(self, state: _State, step: _Step, at: int) -> _State:
        run = state.run + 1 if state.taken[-1:] == (step.item,) else 1
        high = self._bounds[step.item][1]
        over = state.over or (high is not None and run > high)
        return _State(at, state.start, (*state.taken, step.item), run, over)

    def _within(self, start: int, taken: tuple[int, ...]) -> Iterator[Match]:
        """The match whose chunks from `start` on were taken by these items, unless an item took too few or too many."""
        items = tuple(
            tuple(place for place, item in enumerate(taken, start) if item == number)
            for number in range(len(self.items))
        )
        if all(
            low <= len(places) and (high is None or len(places) <= high)
            for places, (low, high) in zip(items, self._bounds, strict=True)
        ):
            yield Match(start, start + len(taken), items)


class Needing(Protocol):
    """What cannot match a row that lacks one of these tags."""

    required: frozenset[str]


P = TypeVar("P", bound=Needing)


class Patterns(Generic[P]):
    """Patterns, told apart by a tag that each cannot do without, the one that fewest others need."""

    def __init__(self, patterns: Sequence[P]) -> None:
        self._patterns = patterns
        needed = Counter(tag for pattern in patterns for tag in pattern.required)
        self._by_tag: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for number, pattern in enumerate(patterns):
            rarest = min(pattern.required, key=lambda tag: (needed[tag], tag), default=None)
            (self._always if rarest is None else self._by_tag[rarest]).append(number)

    def possible(self, tags: Tags, first: int = 0) -> Iterator[tuple[int, P]]:
        """The patterns that a row has enough tags for, from number `first` on, with their numbers, in order."""
        found = [number for tag in tags.present & self._by_tag.keys() for number in self._by_tag[tag]]
        for number in sorted([*self._always, *found]):
            if number >= first and self._patterns[number].required <= tags.present:
                yield number, self._patterns[number]


def _asked(item: Item) -> _Test:
    """The test of a pattern's item; a gap ends before a boundary."""
    absent = [*(["boundary"] if item.gap is not None else []), *item.none]
    return _test(frozenset(item.all), frozenset(item.any), frozenset(absent))


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
