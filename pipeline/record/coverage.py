"""How much of the record the articles tell, and how well: of its vetoes and votes in a span of years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.happenings.records import Happening
from pipeline.record.reference import Reference, Vote

# The slots in which reports and record can agree or not.
NUMBERS = ("in_favour", "against", "abstaining")
# Rows named one by one, at most.
_NAMED = 20


def coverage(reference: Reference, happenings: Sequence[Happening], first: int, last: int) -> Iterator[str]:
    """Lines for reading: what of the years `first` to `last` is in the articles, what is not, and what differs."""
    last = min(last, max((int(vote.date[:4]) for vote in reference.votes), default=last))
    votes = [vote for vote in reference.votes if first <= int(vote.date[:4]) <= last]
    told = _told(happenings)
    yield f"The record from {first} to {last}, and what the articles tell of it:"
    for name, chosen in _kinds(votes):
        yield from _lines(name, chosen, told)
    yield ""
    yield from _agreement(reference, happenings, {vote.id for vote in votes})
    yield ""
    yield from _without(happenings, first, last)


def _told(happenings: Iterable[Happening]) -> dict[str, list[Happening]]:
    """Happenings by the row that they are."""
    found: dict[str, list[Happening]] = defaultdict(list)
    for happening in happenings:
        if happening.record and happening.record.id:
            found[happening.record.id].append(happening)
    return found


def _kinds(votes: Sequence[Vote]) -> list[tuple[str, list[Vote]]]:
    council = [vote for vote in votes if vote.body == "UNSC"]
    return [
        ("Council, vetoes", [vote for vote in council if vote.outcome == "vetoed"]),
        ("Council, adopted", [vote for vote in council if vote.outcome == "adopted"]),
        ("Council, not adopted", [vote for vote in council if vote.outcome.endswith("not adopted")]),
        ("Assembly", [vote for vote in votes if vote.body == "UNGA"]),
    ]


def _lines(name: str, votes: Sequence[Vote], told: dict[str, list[Happening]]) -> Iterator[str]:
    found = [vote for vote in votes if vote.id in told]
    share = f" ({len(found) / len(votes):.0%})" if votes else ""
    yield f"  {name:22}{len(found):5} of {len(votes)} told{share}"
    for vote in found[:_NAMED]:
        reports = told[vote.id]
        outlets = {report.outlet for happening in reports for report in happening.reports if report.outlet}
        articles = {report.article for happening in reports for report in happening.reports}
        yield f"    {vote.date}  {vote.id:28} {len(articles)} articles, {len(outlets)} outlets  {vote.subject[:60]}"
    if len(found) > _NAMED:
        yield f"    and {len(found) - _NAMED} more"


def _agreement(reference: Reference, happenings: Sequence[Happening], ids: set[str]) -> Iterator[str]:
    """How often numbers that both give are the same, and every other difference."""
    same, both = Counter[str](), Counter[str]()
    matched = [h for h in happenings if h.record and h.record.id in ids]
    for happening in matched:
        assert happening.record is not None and happening.record.id is not None
        row = reference.by_id.get(happening.record.id)
        for name in NUMBERS if row else ():
            values, fact = happening.values(name), getattr(row, name)
            if values and fact is not None:
                both[name] += 1
                same[name] += values[0].value == fact
    shares = ", ".join(f"{name} {same[name]} of {both[name]}" for name in NUMBERS if both[name])
    yield f"Numbers as in the record: {shares or 'none told'}"
    differing = [h for h in matched if h.record and h.record.status == "differs"]
    yield f"Happenings that differ from the record: {len(differing)} of {len(matched)}"
    for happening in differing:
        assert happening.record is not None
        what = "; ".join(f"{d.slot}: {d.text}, record {d.record}" for d in happening.record.differs)
        yield f"    {happening.id}  {happening.record.id}  {what}"


def _without(happenings: Sequence[Happening], first: int, last: int) -> Iterator[str]:
    """Happenings that are no row or one of several, and why."""
    for status, heading in (("not found", "In no record"), ("several", "One of several")):
        chosen = [h for h in happenings if h.record and h.record.status == status and first <= _year(h, first) <= last]
        yield f"{heading}: {len(chosen)}"
        reasons = Counter(h.record.why or "" for h in chosen if h.record)
        for why, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"    {count:4}  {why}"


def _year(happening: Happening, other: int) -> int:
    """The year of a happening; an undated one is counted whatever the years."""
    day = happening.day.value or happening.day.last
    return int(day[:4]) if day else other
