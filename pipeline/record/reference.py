"""data/reference/*.csv: vetoes, Council outcomes and Assembly votes, a row a vote, checked as they are read."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path

from pipeline.errors import RecordError

FILES = ("vetoes.csv", "council.csv", "assembly.csv")
OUTCOMES = ("vetoed", "adopted", "not adopted", "amendment not adopted")
CONFIDENCE = ("UN Digital Library", "two sources", "one source", "recalled")
_NUMBERS = ("in_favour", "against", "abstaining", "not_voting")
_LISTS = ("vetoed_by", "members_in_favour", "members_against", "members_abstaining", "sponsor")
_SEPARATOR = "; "
# Seats of the bodies: no vote has more.
SEATS = {"UNSC": 15, "UNGA": 193}
_COUNCIL = range(SEATS["UNSC"] + 1)
# The Council had eleven members until the end of 1965.
_ELEVEN_UNTIL = "1965-12-31"
# Agreement says at most this much, in bits: in one number of the Council or of a larger body, in a whole tally of
# either, in a vetoing state. More would make a rare number a proof, and votes on one subject repeat their numbers.
_MOST_NUMBER, _MOST_LARGE_NUMBER, _MOST_TALLY, _MOST_LARGE, _MOST_DOER = 4.0, 8.0, 9.0, 22.0, 4.0


@dataclass(frozen=True, slots=True)
class Vote:
    """One row: one vote of the Council or the Assembly. Numbers are None where the sources do not tell them.

    id: symbol of the resolution or draft, told apart in brackets where a source gives one symbol to several;
    vetoed_by: today's ISO codes, vetoed_by_then the states as they were called.
    """

    id: str
    body: str
    date: str
    draft: str
    resolution: str
    meeting: str
    outcome: str
    vetoed_by: tuple[str, ...]
    vetoed_by_then: str
    in_favour: int | None
    against: int | None
    abstaining: int | None
    not_voting: int | None
    members_in_favour: tuple[str, ...]
    members_against: tuple[str, ...]
    members_abstaining: tuple[str, ...]
    subject: str
    sponsor: tuple[str, ...]
    source: str
    confidence: str
    licence: str
    note: str

    @property
    def day(self) -> int:
        return date.fromisoformat(self.date).toordinal()

    @property
    def number(self) -> str:
        """The resolution's number as news print it: 2720, ES-10/21; "" where it has none."""
        return self.resolution.removeprefix("S/RES/").removeprefix("A/RES/").split(" (")[0]

    @property
    def votes(self) -> tuple[int | None, int | None, int | None]:
        return self.in_favour, self.against, self.abstaining


COLUMNS = tuple(field.name for field in fields(Vote))


class Reference:
    """All rows, by what they are looked up by."""

    def __init__(self, votes: Sequence[Vote]) -> None:
        self.votes = sorted(votes, key=lambda vote: (vote.date, vote.id))
        self.by_id = {vote.id: vote for vote in self.votes}

    @cached_property
    def by_number(self) -> Mapping[str, Sequence[Vote]]:
        found: dict[str, list[Vote]] = defaultdict(list)
        for vote in self.votes:
            if vote.number:
                found[vote.number].append(vote)
        return found

    @cached_property
    def last_day(self) -> int:
        return max((vote.day for vote in self.votes), default=0)

    @cached_property
    def rarity(self) -> Rarity:
        return Rarity.counted(self.votes)


@dataclass(frozen=True)
class Rarity:
    """What agreement in a value says, in bits: the rarer the value is among the record's votes, the more.

    tallies: by whole tally; numbers: by column (in favour, against, abstaining) and number; doers: by vetoing state.
    What the record does not have is as rare as can be.
    """

    tallies: Mapping[tuple[int, int, int], float]
    numbers: Sequence[Mapping[int, float]]
    doers: Mapping[str, float]

    @classmethod
    def counted(cls, votes: Sequence[Vote]) -> Rarity:
        whole = Counter(told for v in votes if (told := whole_tally(v.votes)))
        columns = [Counter(n for v in votes if (n := v.votes[i]) is not None) for i in range(3)]
        doers = Counter(code for v in votes for code in v.vetoed_by)
        vetoes = sum(bool(v.vetoed_by) for v in votes)
        return cls(
            tallies={key: _bits(n, whole.total(), _MOST_TALLY) for key, n in whole.items() if not _large(key)},
            numbers=[{k: _bits(n, c.total(), _MOST_NUMBER) for k, n in c.items() if k in _COUNCIL} for c in columns],
            doers={code: _bits(n, vetoes, _MOST_DOER) for code, n in doers.items()},
        )

    def tally(self, votes: tuple[int, int, int]) -> float:
        return _MOST_LARGE if _large(votes) else self.tallies.get(votes, _MOST_TALLY)

    def number(self, column: int, value: int) -> float:
        if value not in _COUNCIL:
            return _MOST_LARGE_NUMBER
        return self.numbers[column].get(value, _MOST_NUMBER) if self.numbers else 0.0

    def doer(self, code: str) -> float:
        return self.doers.get(code, _MOST_DOER)


def whole_tally(votes: tuple[int | None, int | None, int | None]) -> tuple[int, int, int] | None:
    """All three numbers, or None where one is not told."""
    favour, against, abstaining = votes
    return None if favour is None or against is None or abstaining is None else (favour, against, abstaining)


def _large(votes: tuple[int, int, int]) -> bool:
    """Whether it is the tally of a body larger than the Council: no two of those are alike."""
    return sum(votes) > SEATS["UNSC"]


def _bits(count: int, of: int, most: float) -> float:
    return round(min(most, math.log2(of / count)), 2)


def load_reference(folder: Path) -> Reference:
    """Read the files of `folder`. Raises RecordError naming file and line at fault, or the file that is not there."""
    votes = [vote for name in FILES for vote in read_votes(folder / name)]
    twice = [id_ for id_, count in Counter(vote.id for vote in votes).items() if count > 1]
    if twice:
        raise RecordError(folder, f"{twice[0]} is there twice", "Take one out, or number them: ID (1), ID (2)")
    return Reference(votes)


def read_votes(path: Path) -> list[Vote]:
    """The rows of one file, in its order. Raises RecordError naming the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(path, f"cannot be read: {error}", "Restore it with git checkout data/reference") from error
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RecordError(f"{path}:1", "has not the columns it must have", "They are: " + ",".join(COLUMNS))
    return [_vote(row, f"{path}:{reader.line_num}") for row in reader]


def votes_csv(votes: Iterable[Vote]) -> str:
    """The text of a file of `votes`, in the order of their days."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for vote in sorted(votes, key=lambda vote: (vote.date, vote.id)):
        row = {name: getattr(vote, name) for name in COLUMNS}
        row |= {name: _SEPARATOR.join(row[name]) for name in _LISTS}
        row |= {name: "" if row[name] is None else row[name] for name in _NUMBERS}
        writer.writerow(row)
    return out.getvalue()


def _vote(row: Mapping[str, str], where: str) -> Vote:
    """A row with its types. Raises RecordError where a value cannot be what its column says."""
    values: dict[str, object] = dict(row)
    for name in _LISTS:
        values[name] = tuple(part for part in row[name].split(_SEPARATOR) if part)
    for name in _NUMBERS:
        if row[name] and not row[name].isdigit():
            raise RecordError(where, f"{name} is «{row[name]}», which is no number", "Correct it, or leave it empty")
        values[name] = int(row[name]) if row[name] else None
    vote = Vote(**values)  # type: ignore[arg-type]
    for fault in _faults(vote):
        raise RecordError(where, fault, "Correct the row")
    return vote


def _faults(vote: Vote) -> Iterable[str]:
    if not vote.id or not vote.source:
        yield "id and source must be given"
    try:
        date.fromisoformat(vote.date)
    except ValueError:
        yield f"date is «{vote.date}», not YYYY-MM-DD"
    for name, allowed in (("outcome", OUTCOMES), ("confidence", CONFIDENCE), ("body", tuple(SEATS))):
        if getattr(vote, name) not in allowed:
            yield f"{name} is «{getattr(vote, name)}», not one of {', '.join(allowed)}"
    seats = 11 if vote.body == "UNSC" and vote.date <= _ELEVEN_UNTIL else SEATS.get(vote.body, 0)
    if sum(number or 0 for number in vote.votes) > seats:
        yield f"has more votes than the {seats} seats of {vote.body}"
    if bool(vote.vetoed_by) != (vote.outcome == "vetoed"):
        yield "is vetoed by somebody and not vetoed, or the reverse"
    for members, number in ((vote.members_against, vote.against), (vote.members_abstaining, vote.abstaining)):
        if number is not None and len(members) > number:
            yield f"names {len(members)} members where {number} voted so"
