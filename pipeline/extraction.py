"""What the extractor gives for a text: its stories, entities, mentions and events, to look at or to hand on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from pipeline.records import Entity, Event, Filler, Modality, Segments, Story
from pipeline.report.summary import line
from pipeline.tables.dating import Dating, datings
from pipeline.tables.flat import flat_table
from pipeline.tables.spreadsheet import csv_text

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text that tell of an event: where they stand, and the rule that found them."""

    text: str
    start: int
    end: int
    sentence: str
    rule: str


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event of a text. `record` is its line of events.jsonl; all else here is read from that and the text."""

    record: Event
    text: str = field(repr=False)
    story: Story | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def type(self) -> str:
        """The frame type: veto, vote_tally, ceasefire_call, or one that you added."""
        return self.record.type

    @property
    def modality(self) -> Modality:
        """`actual` where it happened; threatened, hypothetical, negated or called_for where not."""
        return self.record.modality

    @property
    def slots(self) -> Mapping[str, Sequence[Filler]]:
        """The fillers of each slot that the text fills: value, actor (ISO 3166-1 alpha-3, or an id of the register),
        and the words with their place."""
        return self.record.slots

    def actors(self, slot: str) -> list[str]:
        """The ids of those who fill a slot, without those whom the register does not know."""
        return [filler.actor for filler in self.slots.get(slot, ()) if filler.actor]

    def value(self, slot: str) -> str | int | bool | None:
        """The first value of a slot, None where the text fills it not."""
        fillers = self.slots.get(slot)
        return fillers[0].value if fillers else None

    @property
    def dates(self) -> list[Dating]:
        """When it was, the most exact first: value, granularity, and whether stated or resolved."""
        return datings(self.record, self.text, self.story)

    @property
    def evidence(self) -> list[Passage]:
        """The passages that tell of it, in text order."""
        return [Passage(self.text[m.start : m.end], m.start, m.end, m.sentence, m.rule) for m in self.record.mentions]

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values: a line of events.jsonl."""
        return self.record.model_dump(mode="json", exclude_none=True)

    def __str__(self) -> str:
        return f"{self.type}  {line(self.record)}"


@dataclass(frozen=True, slots=True)
class Extraction(Sequence[FoundEvent]):
    """The events of one text, a sequence; and what they rest on: `segments`, `entities`, `mentions`.

    Spans are half-open code-point ranges into `text`. error: why the text is no article, where
    `ingest.on_bad_article` is `skip`; then there is nothing else.
    """

    text: str
    segments: Segments | None = None
    entities: Sequence[Entity] = ()
    mentions: Sequence[Event] = ()
    events: Sequence[FoundEvent] = ()
    error: str | None = None

    @overload
    def __getitem__(self, place: int) -> FoundEvent: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FoundEvent]: ...
    def __getitem__(self, place: int | slice) -> FoundEvent | Sequence[FoundEvent]:
        return self.events[place]

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[FoundEvent]:
        return iter(self.events)

    @property
    def records(self) -> list[Event]:
        """The events as records."""
        return [event.record for event in self.events]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, ready for JSON: segments, entities, mentions, events."""
        return {
            "segments": _plain(self.segments) if self.segments else None,
            "entities": [_plain(entity) for entity in self.entities],
            "mentions": [_plain(mention) for mention in self.mentions],
            "events": [event.to_dict() for event in self.events],
            **({"error": self.error} if self.error else {}),
        }

    def to_jsonl(self) -> str:
        """The events as in events.jsonl, one a line, to the byte what the events stage writes."""
        return "".join(json.dumps(event.to_dict(), ensure_ascii=False) + "\n" for event in self.events)

    def to_csv(self) -> str:
        """The events as in events.csv, without its byte-order mark."""
        return csv_text(self.records, *self._context())

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame with the rows and columns of events.csv in their types. Needs pandas, which is no dependency of
        this package."""
        return to_pandas([self])

    def _context(self) -> tuple[dict[str, str], list[Segments]]:
        article = self.segments.article if self.segments else ""
        return {article: self.text}, [self.segments] if self.segments else []

    def __str__(self) -> str:
        return "\n".join(map(str, self.events)) or (self.error or "no events")


def to_pandas(extractions: Sequence[Extraction]) -> pandas.DataFrame:
    """The events of several texts as one DataFrame: ids are text, counts nullable integers, flags nullable booleans.
    Needs pandas. Names of articles have to differ where they have events."""
    import pandas
    import pyarrow

    types = {
        pyarrow.int64(): pandas.Int64Dtype(),
        pyarrow.bool_(): pandas.BooleanDtype(),
        pyarrow.string(): pandas.StringDtype(),
    }
    records = [record for extraction in extractions for record in extraction.records]
    texts: dict[str, str] = {}
    segments: list[Segments] = []
    for extraction in extractions:
        text, told = extraction._context()
        texts |= text
        segments += told
    return flat_table(records, texts, segments).to_pandas(types_mapper=types.get)


def _plain(record: Segments | Entity | Event) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_none=True)
