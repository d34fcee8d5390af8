"""A happening held against the record: which row it is, and what the texts say otherwise."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from pipeline.happenings.days import NEVER, When
from pipeline.happenings.likeness import LONGEST_NEWS, load_weights, misprint
from pipeline.happenings.subjects import About, load_subjects
from pipeline.record.answers import Difference, Profile, Verdict
from pipeline.record.reference import SEATS, Reference, Vote

# Bits, the prior counted in, from which a row is taken for the happening, and by which it must lead the next one.
ACCEPTED, LEAD = 0.0, 2.0
# Without a day of its own a row may fall below: it is one of several that the text does not choose among.
_POSSIBLE = -9.0
# Rows named where several are possible.
_NAMED = 8
# A day apart is a matter of the clock: the Council sits in New York.
_CLOCK = 1
# What the right number says where the day is another.
_OTHER_DAY = -4.0
# Named states that agree count up to here: more say no more.
_NAMES_COUNTED = 3
# What is told without its year is mostly of the last years.
_RECENT, _RECENT_DAYS = 2.5, 3 * 366


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with what comparing it takes, worked out once."""

    vote: Vote
    day: int
    date: date
    number: str
    about: About
    vetoing: frozenset[str]
    sponsors: frozenset[str]
    abstaining: frozenset[str]
    opposing: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Score:
    """What speaks for a row: `firm` by what every row has, `soft` by what a row may lack, None where it does."""

    vote: Vote
    firm: float
    soft: tuple[float | None, ...]

    @property
    def bits(self) -> float:
        return self.firm + sum(part or 0.0 for part in self.soft)

    def lead(self, other: _Score) -> float:
        """By how much it is ahead. That the other row lacks something is half a reason to prefer one that has it."""
        ahead = self.firm - other.firm
        for ours, theirs in zip(self.soft, other.soft, strict=True):
            ahead += (ours or 0.0) - theirs if theirs is not None else (ours or 0.0) / 2
        return ahead


class Matcher:
    """Finds rows of a reference. What is told alike is looked up once."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._verdicts: dict[Profile, Verdict] = {}

    @cached_property
    def _rows(self) -> list[_Row]:
        english = lru_cache(maxsize=None)(load_subjects().english)
        return [
            _Row(
                vote, vote.day, date.fromisoformat(vote.date), vote.number, english(vote.subject),
                frozenset(vote.vetoed_by), frozenset(vote.sponsor), frozenset(vote.members_abstaining),
                frozenset(vote.members_against),
            )
            for vote in self.reference.votes
        ]  # fmt: skip

    @cached_property
    def _days(self) -> list[int]:
        return [row.day for row in self._rows]

    @cached_property
    def _numbered(self) -> dict[str, list[_Row]]:
        found: dict[str, list[_Row]] = defaultdict(list)
        for row in self._rows:
            found[row.number].append(row)
        return found

    def match(self, profile: Profile) -> Verdict:
        """The verdict on a veto or a tally of the Council or the Assembly."""
        if profile not in self._verdicts:
            self._verdicts[profile] = self._match(profile)
        return self._verdicts[profile]

    def _match(self, profile: Profile) -> Verdict:
        if profile.aggregate:
            return Verdict("several", why="it is told as a number of times or in the plural")
        if not _tells_which(profile):
            return Verdict("several", why="neither a day nor a number nor a subject is told")
        return self._verdict(profile, self._candidates(profile))

    def match_linked(self, profile: Profile, id_: str) -> Verdict | None:
        """The verdict on a veto or tally of which what it is linked to is known to be the row `id_`; None where it is
        not that row."""
        verdict = self._verdict(profile, [row for row in self._rows if row.vote.id == id_])
        return verdict if verdict.id else None

    def _verdict(self, profile: Profile, candidates: Iterable[_Row]) -> Verdict:
        """The best row, if it leads the others; else those that are possible."""
        found = (self._score(profile, row) for row in candidates)
        scored = sorted((score for score in found if score), key=lambda score: (-score.bits, score.vote.id))
        if not scored:
            return Verdict("not found", why=self._why(profile))
        best, others = scored[0], scored[1:]
        rivals = [other for other in others if best.lead(other) < LEAD]
        if best.bits >= ACCEPTED and not rivals:
            differs = tuple(differences(profile, best.vote))
            return Verdict("differs" if differs else "same", best.vote.id, differs)
        possible = [best, *rivals] if best.bits >= ACCEPTED else [s for s in scored if s.bits >= _POSSIBLE]
        if len(possible) > 1:
            ids = tuple(score.vote.id for score in possible[:_NAMED])
            return Verdict("several", candidates=ids, possible=len(possible), why=_undecided(profile))
        return Verdict("not found", why=self._why(profile))

    def _candidates(self, profile: Profile) -> Iterator[_Row]:
        """Rows of the body within the days, and those of the number wherever they are."""
        bodies = {profile.body} if profile.body in SEATS else set(SEATS)
        first, last = profile.when.first - _CLOCK, profile.when.last + _CLOCK
        start, end = bisect.bisect_left(self._days, first), bisect.bisect_right(self._days, last)
        yield from (
            row
            for row in self._rows[start:end]
            if row.vote.body in bodies and (not profile.vetoed or row.vetoing) and _numbers_near(profile, row)
        )
        number = _bare(profile.resolution)
        for row in self._numbered.get(number, ()) if number else ():
            if not first <= row.day <= last and row.day <= last and row.vote.body in bodies:
                yield row

    def _score(self, profile: Profile, row: _Row) -> _Score | None:
        """How much speaks for a row; None where it cannot be the one."""
        weights = load_weights()
        day = _day_bits(profile, row)
        doers = self._doer_bits(profile, row)
        if day is None or doers is None:
            return None
        firm = (day, doers, self._vote_bits(profile, row.vote), _number_bits(profile, row))
        places = profile.about.places or profile.setting
        about_places = weights["places"] if profile.about.places else weights["setting"]
        return _Score(
            row.vote,
            weights["prior"][profile.type] + sum(firm) + _outcome_bits(profile, row.vote),
            (
                _overlap(profile.sponsors, row.sponsors, weights["sponsors"]),
                _overlap(places, row.about.places, about_places),
                _overlap(profile.about.matters, row.about.matters, weights["matters"]),
                _members(profile.abstainers, row.abstaining, weights["abstainers"]),
                _members(profile.opponents, row.opposing, weights["abstainers"]),
            ),
        )

    def _doer_bits(self, profile: Profile, row: _Row) -> float | None:
        if not profile.doers and not profile.vetoed:
            return 1.0 if profile.body == row.vote.body else 0.0
        if not profile.doers <= row.vetoing:
            return None
        rarity = self.reference.rarity
        return max((rarity.doer(code) for code in profile.doers), default=0.0) + (
            1.0 if profile.doers == row.vetoing else 0.0
        )

    def _vote_bits(self, profile: Profile, vote: Vote) -> float:
        rarity, unlike = self.reference.rarity, load_weights()["votes"]
        told = [(i, ours, theirs) for i, (ours, theirs) in enumerate(zip(profile.votes, vote.votes, strict=True))]
        large = sum(profile.votes) > SEATS["UNSC"]
        both = [(i, ours, theirs) for i, ours, theirs in told if ours >= 0 and theirs is not None]
        if len(both) == len(told) and all(ours == theirs for _, ours, theirs in both):
            return rarity.tally(profile.votes)
        return sum(
            rarity.number(i, ours)
            if ours == theirs
            else unlike["near" if large and abs(ours - theirs) == 1 else "unlike"]
            for i, ours, theirs in both
        )

    def _why(self, profile: Profile) -> str:
        if profile.when.bounded and profile.when.first > self.reference.last_day:
            return "it is later than the record goes"
        if profile.body in SEATS and profile.body == "UNGA":
            return "the record has few of the Assembly's votes, and none that fits"
        return "no vote of the record fits day, numbers and subject"


def _tells_which(profile: Profile) -> bool:
    """Whether anything is told by which one vote could be known from another."""
    day = profile.when.bounded or max(profile.when.weekday, profile.when.month) >= 0
    numbers = bool(profile.resolution) or max(profile.votes) >= 0
    return day or numbers or bool(profile.doers or profile.sponsors or profile.about.places)


def _numbers_near(profile: Profile, row: _Row) -> bool:
    """Whether an undated vote and a row can be one by how many were in favour: work must not grow with the record."""
    told, fact = profile.votes[0], row.vote.in_favour
    return profile.when.bounded or told < 0 or fact is None or abs(told - fact) <= 1


def _undecided(profile: Profile) -> str:
    return "several votes of the record fit alike" + ("" if profile.when.known else ", for it is not dated to the day")


def _day_bits(profile: Profile, row: _Row) -> float | None:
    """What the day says: a vote outside the days told is another, unless its number is the text's."""
    when, w = profile.when, load_weights()["day"]
    w = w | w.get(profile.type, w["other"])
    if max(when.first - row.day, row.day - when.last) > _CLOCK:
        return _OTHER_DAY if profile.resolution and same_number(profile.resolution, row.number) else None
    if not when.fits(row.date):
        return None
    hints = sum(told >= 0 for told in (when.weekday, when.month, when.day)) * float(w["hints"])
    if when.known:
        return float(w["same"] if when.first <= row.day <= when.last else w["near"])
    if when.basis == "published" and when.bounded:
        return float(w["news" if when.last - when.first <= LONGEST_NEWS else "month"]) + hints
    recent = _RECENT if not when.bounded and when.last < NEVER and when.last - row.day <= _RECENT_DAYS else 0.0
    by_grain = {"month": w["month"], "year": w["year"]}
    return float(by_grain.get(when.granularity, 0.0)) + hints + recent


def _number_bits(profile: Profile, row: _Row) -> float:
    w = load_weights()["resolution"]
    if not profile.resolution:
        return 0.0
    if not row.number:
        return float(w["apart"])
    if same_number(profile.resolution, row.number):
        return float(w["same"])
    return float(w["near"] if misprint(_bare(profile.resolution), row.number) else w["apart"])


def same_number(told: str, number: str) -> bool:
    """Whether two numbers are one, however the text writes it: ES-11/1, A/RES/ES-11/1, 2735 (2024)."""
    return _bare(told) == number


def _bare(told: str) -> str:
    return told.split("(")[0].strip().upper().removeprefix("A/RES/").removeprefix("S/RES/").rstrip("/")


def _outcome_bits(profile: Profile, vote: Vote) -> float:
    w = load_weights()
    bits = 0.0
    if profile.outcome:
        adopted = vote.outcome == "adopted"
        bits += w["outcome"]["same"] if (profile.outcome == "adopted") == adopted else w["outcome"]["apart"]
    if profile.unanimous:
        against = (vote.against or 0) + (vote.abstaining or 0)
        bits += w["unanimous"]["apart"] if against else w["unanimous"]["same"]
    return float(bits)


def _overlap(ours: frozenset[str], theirs: frozenset[str], w: Mapping[str, float]) -> float | None:
    if not ours or not theirs:
        return None
    return float(w["same"] if ours & theirs else w["apart"])


def _members(ours: frozenset[str], theirs: frozenset[str], w: Mapping[str, float]) -> float | None:
    """Named states that the record has on that side speak for a row, those that it has elsewhere against it."""
    states = _states(ours)
    if not states or not theirs:
        return None
    return min(len(states & theirs), _NAMES_COUNTED) * w["same"] + len(states - theirs) * w["apart"]


def _states(names: Iterable[str]) -> frozenset[str]:
    """The states among those named; others have no seat."""
    return frozenset(name for name in names if len(name) == 3 and name.isascii())


def differences(profile: Profile, vote: Vote) -> Iterator[Difference]:
    """What the reports say otherwise than the row, where both say something. What they leave out is no difference."""
    when = profile.when
    if when.value and not _within(when, vote.day):
        yield Difference("date", when.value, vote.date)
    if profile.type == "veto" and profile.doers != frozenset(vote.vetoed_by):
        yield Difference("vetoer", _listed(profile.doers), _listed(vote.vetoed_by))
    for slot, ours, theirs in zip(("in_favour", "against", "abstaining"), profile.votes, vote.votes, strict=True):
        if ours >= 0 and theirs is not None and ours != theirs:
            yield Difference(slot, str(ours), str(theirs))
    if profile.not_voting >= 0 and vote.not_voting is not None and profile.not_voting != vote.not_voting:
        yield Difference("not_voting", str(profile.not_voting), str(vote.not_voting))
    if profile.unanimous and (vote.against or vote.abstaining):
        yield Difference("unanimous", "true", "–".join(str(n) for n in vote.votes))
    if profile.resolution and not same_number(profile.resolution, vote.number):
        yield Difference("resolution", profile.resolution, vote.number or "none")
    if profile.outcome and (profile.outcome == "adopted") != (vote.outcome == "adopted"):
        yield Difference("outcome", profile.outcome, vote.outcome)
    for slot, named, members in (
        ("abstaining_actors", profile.abstainers, vote.members_abstaining),
        ("against_actors", profile.opponents, vote.members_against),
    ):
        states = _states(named)
        if members and states - set(members):
            yield Difference(slot, _listed(states), _listed(members))
    sponsors = _states(profile.sponsors)
    if sponsors and vote.sponsor and not sponsors & set(vote.sponsor) and "E10" not in vote.sponsor:
        yield Difference("sponsor", _listed(sponsors), _listed(vote.sponsor))


def _within(when: When, day: int) -> bool:
    slack = _CLOCK if when.granularity == "day" else 0
    return when.first - slack <= day <= when.last + slack


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
