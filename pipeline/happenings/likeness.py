"""How much speaks for two reports telling of one happening, in bits; over many reports at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.happenings.tellings import Telling
from pipeline.record.reference import SEATS, Rarity

Bits = NDArray[np.float32]
# A range of days longer than this says no more than a month.
LONGEST_NEWS = 10
_GRANULARITY = {"day": 0, "month": 1, "year": 2, "none": 3}
# Abstaining states that both name count up to here: more say no more.
_NAMES_COUNTED = 3


@lru_cache(maxsize=1)
def load_weights() -> dict[str, Any]:
    """weights.yaml, read once."""
    text = resources.files("pipeline.happenings").joinpath("weights.yaml").read_text(encoding="utf-8")
    weights: dict[str, Any] = yaml.safe_load(text)
    return weights


def likeness(tellings: Sequence[Telling], rarity: Rarity, days: int) -> Bits:
    """The bits for every pair, prior included, as a symmetric matrix; -99 or less where a pair cannot be one happening.

    tellings: of one type and class; rarity: what agreement in numbers and vetoing states says; days: how far apart
    calls of one caller may be, and still be one.
    """
    weights = load_weights()
    kind = tellings[0].type if tellings else "other"
    total = np.full((len(tellings), len(tellings)), weights["prior"].get(kind, weights["prior"]["other"]), np.float32)
    for part in (_days(tellings, weights, days), _votes(tellings, weights, rarity), _codes(tellings, weights)):
        total += part
    total += _doers(tellings, weights["doers"] | weights["doers"].get(kind, {}), rarity)
    total += _sets([telling.sponsors for telling in tellings], weights["sponsors"])
    total += _sets([telling.about.places for telling in tellings], weights["places"])
    total += _sets([telling.about.matters for telling in tellings], weights["matters"])
    total += _settings(tellings, weights)
    total += _named(tellings, weights["abstainers"])
    return total


def _days(tellings: Sequence[Telling], weights: Mapping[str, Any], apart: int) -> Bits:
    """What the days say. Calls repeat themselves, so that `apart` days between them are still one call."""
    kind = tellings[0].type
    w = weights["day"] | weights["day"].get(kind, weights["day"]["other"])
    first, last = (np.array([getattr(t.when, name) for t in tellings]) for name in ("first", "last"))
    known = np.array([t.when.known for t in tellings])
    grain = np.array([_GRANULARITY[t.when.granularity] for t in tellings])
    bounded = np.array([t.when.bounded for t in tellings])
    wide = last - first > LONGEST_NEWS
    slack = apart if kind == "ceasefire_call" else 1
    gap = np.maximum(first[:, None] - last[None, :], first[None, :] - last[:, None])
    both = known[:, None] & known[None, :]
    coarse = np.maximum(grain[:, None], grain[None, :])
    dated = (grain < 3)[:, None] & (grain < 3)[None, :]
    bits = np.where(
        coarse == 0, w["same"], np.where(coarse == 1, w["month"], np.where(coarse == 2, w["year"], w["news"]))
    )
    bits = np.where((coarse == 3) & np.maximum(wide[:, None], wide[None, :]), w["month"], bits)
    bits = np.where(both & (gap >= 1), w["near"], bits)
    bits = np.where(~(bounded[:, None] & bounded[None, :]), w["open"], bits)
    bits = np.where(gap > slack, np.where(dated, w["apart"], w["news_apart"]), bits)
    never_before = (gap > slack) & ~(bounded[:, None] & bounded[None, :])
    bits = np.where(never_before, w["apart"], bits)
    return _with_hints(tellings, bits.astype(np.float32), w)


def _with_hints(tellings: Sequence[Telling], bits: Bits, w: Mapping[str, float]) -> Bits:
    """Weekdays, months and days of the month that words name: against those of known days, and among themselves."""
    fits = np.zeros_like(bits)
    never = np.zeros(bits.shape, bool)
    for of_day, of_words in ((date.weekday, "weekday"), (lambda d: d.month, "month"), (lambda d: d.day, "day")):
        told = np.array([getattr(t.when, of_words) for t in tellings])
        fact = np.array([of_day(date.fromordinal(t.when.first)) if t.when.known else -1 for t in tellings])
        for one, other in ((told, fact), (fact, told), (told, told)):
            both = (one >= 0)[:, None] & (other >= 0)[None, :]
            alike = one[:, None] == other[None, :]
            fits += np.where(both & alike, w["hints"], 0).astype(np.float32)
            never |= both & ~alike
    undated = bits == w["open"]
    bits = np.where(fits > 0, np.where(undated, fits, bits + fits), bits)
    return np.where(never, w["apart"], bits).astype(np.float32)


def _doers(tellings: Sequence[Telling], w: Mapping[str, float], rarity: Rarity) -> Bits:
    """What it says that both have one doer: of vetoes as much as the state's vetoes are rare."""
    bits = _sets([telling.doers for telling in tellings], w)
    if tellings[0].type == "veto":
        worth = np.array([max((rarity.doer(doer) for doer in t.doers), default=w["same"]) for t in tellings])
        bits = np.where(bits == w["same"], worth[:, None], bits)
    return bits.astype(np.float32)


def _votes(tellings: Sequence[Telling], weights: Mapping[str, Any], rarity: Rarity) -> Bits:
    """What the numbers say: each, and a whole tally, as much as it is rare."""
    w = weights["votes"]
    votes = np.array([t.votes for t in tellings])
    bits = np.zeros((len(tellings), len(tellings)), np.float32)
    many = votes.sum(axis=1) > SEATS["UNSC"]
    large = many[:, None] & many[None, :]
    for column in range(votes.shape[1]):
        ours, theirs = votes[:, column][:, None], votes[:, column][None, :]
        unlike = np.where((np.abs(ours - theirs) == 1) & large, w["near"], w["unlike"])
        equal = np.array([rarity.number(column, value) for value in votes[:, column].tolist()])
        bits += np.where((ours < 0) | (theirs < 0), 0, np.where(ours == theirs, equal[:, None], unlike)).astype(
            np.float32
        )
    codes = _interned([t.votes if min(t.votes) >= 0 else None for t in tellings])
    worth = np.array([rarity.tally(t.votes) for t in tellings])
    whole = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
    return np.where(whole, worth[:, None], bits).astype(np.float32)


def _codes(tellings: Sequence[Telling], weights: Mapping[str, Any]) -> Bits:
    """Single values: resolution, outcome, unanimity, ordinal, aggregates, and the slots of types not known here."""
    bits = _near_numbers(tellings, _single([t.resolution or None for t in tellings], weights["resolution"]), weights)
    bits += _single([t.outcome or None for t in tellings], weights["outcome"])
    bits += _single([t.ordinal if t.ordinal >= 0 else None for t in tellings], weights["ordinal"])
    aggregate = np.array([t.aggregate for t in tellings])
    w = weights["aggregate"]
    both, either = aggregate[:, None] & aggregate[None, :], aggregate[:, None] != aggregate[None, :]
    bits += np.where(both, w["same"], np.where(either, w["apart"], 0)).astype(np.float32)
    # All in favour is unanimous, told or not; a vote against or an abstention is not.
    split = np.array([t.votes[1] > 0 or t.votes[2] > 0 for t in tellings])
    alike = np.array([t.unanimous for t in tellings])
    w = weights["unanimous"]
    bits += np.where(alike[:, None] & alike[None, :], w["same"], 0).astype(np.float32)
    bits += np.where((alike[:, None] & split[None, :]) | (split[:, None] & alike[None, :]), w["apart"], 0)
    return (bits + _kept(tellings, weights["kept"])).astype(np.float32)


def _kept(tellings: Sequence[Telling], w: Mapping[str, float]) -> Bits:
    """Slot by slot, for types that nothing here knows."""
    bits = np.zeros((len(tellings), len(tellings)), np.float32)
    for name in sorted({name for telling in tellings for name, _ in telling.kept}):
        bits += _sets([frozenset(v for n, v in telling.kept if n == name) for telling in tellings], w)
    return bits


def _single(values: Sequence[Hashable | None], w: Mapping[str, float]) -> Bits:
    """`same` where two have one value, `apart` where each has another."""
    codes = _interned(values)
    both = (codes >= 0)[:, None] & (codes >= 0)[None, :]
    return np.where(both, np.where(codes[:, None] == codes[None, :], w["same"], w["apart"]), 0).astype(np.float32)


def _near_numbers(tellings: Sequence[Telling], bits: Bits, weights: Mapping[str, Any]) -> Bits:
    """Numbers that a misprint makes of one another say less against."""
    numbers = sorted({t.resolution for t in tellings if t.resolution})
    near = {(a, b) for a in numbers for b in numbers if a != b and misprint(a, b)} if len(numbers) < 200 else set()
    where = {number: [i for i, t in enumerate(tellings) if t.resolution == number] for number in numbers}
    for one, other in near:
        bits[np.ix_(where[one], where[other])] = weights["resolution"]["near"]
    return bits


def misprint(one: str, other: str) -> bool:
    """Whether two numbers differ by one digit, or by two that changed places."""
    if len(one) != len(other):
        return False
    unlike = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(unlike) == 2 and unlike[1] == unlike[0] + 1:
        i, j = unlike
        return one[i] == other[j] and one[j] == other[i]
    return len(unlike) == 1


def _sets(values: Sequence[frozenset[str]], w: Mapping[str, float]) -> Bits:
    """`same` where two sets share a member (`part`, if given, where each also has others), `apart` where none."""
    member = _members(values)
    sizes = member.sum(axis=1)
    shared = member @ member.T
    both = (sizes > 0)[:, None] & (sizes > 0)[None, :]
    equal = (shared == sizes[:, None]) & (shared == sizes[None, :])
    some = np.where(equal, w.get("same", 0), w.get("part", w.get("same", 0)))
    return np.where(both, np.where(shared > 0, some, w["apart"]), 0).astype(np.float32)


def _named(tellings: Sequence[Telling], w: Mapping[str, float]) -> Bits:
    """Shared names count each, none shared counts against; so do two lists that are whole and not the same."""
    member = _members([t.abstainers for t in tellings])
    sizes = member.sum(axis=1)
    counts = member @ member.T
    shared = np.minimum(counts, _NAMES_COUNTED)
    whole = (sizes > 0) & (sizes == np.array([t.votes[2] for t in tellings]))
    unlike = whole[:, None] & whole[None, :] & (counts < np.maximum(sizes[:, None], sizes[None, :]))
    both = (sizes > 0)[:, None] & (sizes > 0)[None, :]
    bits = np.where(both, np.where(shared > 0, shared * w["same"], w["apart"]), 0)
    return np.where(unlike, w["unlike"], bits).astype(np.float32)


def _settings(tellings: Sequence[Telling], weights: Mapping[str, Any]) -> Bits:
    """Where one of two does not say what it is about, what its story is about stands in for it. Background may be about
    something else."""
    member = _members([t.about.places or t.setting for t in tellings])
    said = np.array([bool(t.about.places) for t in tellings])
    some = member.sum(axis=1) > 0
    stands_in = ~(said[:, None] & said[None, :]) & some[:, None] & some[None, :]
    w = weights["setting"]
    news = np.array([not t.background for t in tellings])
    apart = np.where(news[:, None] & news[None, :], w["apart"], 0)
    return np.where(stands_in, np.where(member @ member.T > 0, w["same"], apart), 0).astype(np.float32)


def _members(values: Sequence[Iterable[str]]) -> NDArray[np.float32]:
    """A row a set, a column a member."""
    columns = {name: index for index, name in enumerate(sorted({name for names in values for name in names}))}
    found = np.zeros((len(values), max(len(columns), 1)), np.float32)
    for row, names in enumerate(values):
        found[row, [columns[name] for name in names]] = 1
    return found


def _interned(values: Sequence[Hashable | None]) -> NDArray[np.int64]:
    """Values as numbers; -1 for None."""
    codes: dict[Hashable, int] = {}
    return np.array([-1 if value is None else codes.setdefault(value, len(codes)) for value in values])
