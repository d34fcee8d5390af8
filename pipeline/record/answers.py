"""What the record is asked of a happening and what it answers, and answers kept from run to run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Protocol

from pipeline.cache import Cache
from pipeline.files import sha256
from pipeline.happenings.days import When
from pipeline.happenings.subjects import About

Status = Literal["same", "differs", "not found", "several"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the reports of one happening say together, as far as the record has it too.

    doers: who vetoed; vetoed: a veto, or the tally of a text of which they tell that it was vetoed; numbers are -1
    where none is told.
    """

    type: str
    when: When
    doers: frozenset[str]
    votes: tuple[int, int, int]
    unanimous: bool
    outcome: str
    resolution: str
    sponsors: frozenset[str]
    abstainers: frozenset[str]
    opponents: frozenset[str]
    about: About
    setting: frozenset[str]
    body: str
    not_voting: int = -1
    aggregate: bool = False
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the reports say otherwise than the record."""

    slot: str
    text: str
    record: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """status: `same`, `differs` with what differs, `not found` or `several` with why, and the likeliest rows."""

    status: Status
    id: str | None = None
    differs: tuple[Difference, ...] = ()
    candidates: tuple[str, ...] = ()
    possible: int = 0
    why: str | None = None


class Answers(Protocol):
    """Whoever is asked: matching.Matcher, or Kept."""

    def match(self, profile: Profile) -> Verdict:
        """The verdict on a veto or a tally of the Council or the Assembly."""
        ...

    def match_linked(self, profile: Profile, id_: str) -> Verdict | None:
        """The verdict where what it is linked to is known to be the row `id_`; None where it is not that row."""
        ...


class Kept:
    """Answers kept by what was asked. make: builds what answers, where something is asked for the first time; the
    cache's namespace has to tell the record's rows and the code that compares them."""

    def __init__(self, cache: Cache, make: Callable[[], Answers]) -> None:
        self._cache, self._make = cache, make
        self._made: Answers | None = None

    def match(self, profile: Profile) -> Verdict:
        """As Answers.match."""
        verdict = self._kept(profile, "", lambda answers: answers.match(profile))
        assert verdict is not None
        return verdict

    def match_linked(self, profile: Profile, id_: str) -> Verdict | None:
        """As Answers.match_linked."""
        return self._kept(profile, id_, lambda answers: answers.match_linked(profile, id_))

    def _kept(self, profile: Profile, id_: str, ask: Callable[[Answers], Verdict | None]) -> Verdict | None:
        key = sha256(json.dumps([id_, profile], default=_plain))
        kept = self._cache.get(key)
        if kept is None:
            self._made = self._made or self._make()
            verdict = ask(self._made)
            self._cache.put(key, [asdict(verdict) if verdict else None])
            return verdict
        return _verdict(kept[0]) if kept[0] else None


def _plain(value: Any) -> list[Any]:
    """What JSON does not know: sets in their order, and the parts of what has fields."""
    return sorted(value) if isinstance(value, frozenset) else [getattr(value, one.name) for one in fields(value)]


def _verdict(told: dict[str, Any]) -> Verdict:
    differs = tuple(Difference(**one) for one in told["differs"])
    return Verdict(**told | {"differs": differs, "candidates": tuple(told["candidates"])})
