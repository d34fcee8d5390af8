"""data/happenings.jsonl: one happening a line, with who reported what of it and what the UN's record says."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.records import Modality, Record

# stated in full by the text; resolved against the day of publication; linked: that of the veto that felled the text, or
# of the tally of the text that was vetoed; published: news is of the days before its page's date; told by words alone.
Basis = Literal["stated", "resolved", "linked", "published", "words", "none"]


class Day(Record):
    """When it was.

    value: ISO 8601 to the granularity, absent where only a range is known; first, last: the range's ends; support: how
    many articles say so; others: other days told, with their articles.
    """

    value: str | None = None
    granularity: Literal["day", "month", "year", "none"]
    basis: Basis
    first: str | None = None
    last: str | None = None
    support: int = 0
    others: dict[str, list[str]] = Field(default_factory=dict)


class Supported(Record):
    """One value of a slot: in how many articles, of how many outlets, and in which."""

    value: str | int | bool
    actor: str | None = None
    support: int
    outlets: int
    articles: list[str]


class Report(Record):
    """One event that tells of the happening."""

    event: str
    article: str
    story: int
    outlet: str | None = None
    published: str | None = None


class Differs(Record):
    """One thing that the reports say otherwise than the record."""

    slot: str
    text: str
    record: str


class Matched(Record):
    """The record's answer. `id` where it is one row; `candidates` the likeliest of the
    `possible` rows; `why` where it is not one."""

    status: Literal["same", "differs", "not found", "several"]
    id: str | None = None
    differs: list[Differs] = Field(default_factory=list)
    candidates: list[str] = Field(default_factory=list)
    possible: int = 0
    why: str | None = None


class Happening(Record):
    """One line of data/happenings.jsonl.

    aggregate: told as a number of times or in the plural, so no single happening; slots: every value told, the best
    supported first; best: how many of a slot's values stand in the tables; differing: slots whose values exclude one
    another; reports in the order of their days; linked: the tally of the text vetoed, or its veto; record: absent where
    the record has nothing of the kind (calls, parliaments, what did not happen).
    """

    id: str
    type: str
    modality: Modality
    aggregate: bool = False
    day: Day
    articles: int
    outlets: int
    first_report: str | None = None
    last_report: str | None = None
    slots: dict[str, list[Supported]]
    best: dict[str, int]
    differing: list[str] = Field(default_factory=list)
    linked: list[str] = Field(default_factory=list)
    record: Matched | None = None
    reports: list[Report] = Field(min_length=1)

    def values(self, slot: str) -> list[Supported]:
        """The values of a slot that stand in the tables."""
        return self.slots.get(slot, [])[: self.best.get(slot, 0)]
