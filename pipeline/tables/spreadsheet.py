"""events.csv: one row an event, for spreadsheets and statistics packages."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pipeline.frames.rules.heads import frame_types, slot_columns
from pipeline.lines import replacing
from pipeline.records import Event, Filler, Segments, Story
from pipeline.tables.cells import safe
from pipeline.tables.organs import table_id

BEFORE = ("id", "type", "modality", "article", "story", "published", "outlet")
AFTER = ("sentences", "start", "end", "words", "rules", "mentions", "slot_spans")
# Before the name of a column that came along from a table of articles.
SOURCE = "source_"
SEPARATOR = "; "
UNKNOWN_ACTOR = "?"


Cells = dict[str, str | int]


@dataclass
class Heading:
    """What the columns of a table depend on, beyond the frame types that there are. slots: those that no type declares,
    and whether somebody who acts fills them anywhere; carried: columns that came along from tables of articles."""

    slots: dict[str, bool] = field(default_factory=dict)
    carried: dict[str, None] = field(default_factory=dict)

    def add(self, slots: Mapping[str, bool], carried: Iterable[str]) -> None:
        """Take in what a part of the table has."""
        for name, acts in slots.items():
            self.slots[name] = self.slots.get(name, False) or acts
        self.carried |= dict.fromkeys(carried)

    @property
    def possible(self) -> list[str]:
        """The columns that rows of this part may need in the whole table, where somebody who acts may fill any slot."""
        return Heading(dict.fromkeys(self.slots, True), self.carried).columns()

    def columns(self) -> list[str]:
        """The columns: always the same for the frame types that there are, in the order their files give. A slot of
        kind actor has a second column, NAME_id, with ids of the register. Slots of events that no frame type declares
        follow in alphabetical order; at the end what rows of tables carried along, as source_NAME."""
        slots = {name: slot.kind == "actor" for name, slot in slot_columns(frame_types()).items()}
        slots |= dict(sorted(self.slots.items()))
        middle = [column for name, acts in slots.items() for column in ([name, name + "_id"] if acts else [name])]
        return [*BEFORE, *middle, *AFTER, *(SOURCE + column for column in self.carried)]


def heading(events: Iterable[Event]) -> Heading:
    """What the columns of these events' table depend on."""
    declared = slot_columns(frame_types())
    found = Heading()
    for event in events:
        slots = {name: any(f.actor for f in fillers) for name, fillers in event.slots.items() if name not in declared}
        found.add(slots, event.source or ())
    return found


def names(events: Iterable[Event]) -> list[str]:
    """The columns of these events' table."""
    return heading(events).columns()


def write_rows(path: Path, columns: Sequence[str], table: Iterable[Cells]) -> None:
    """Write rows that are safe as CSV in UTF-8 with a byte-order mark, which tells spreadsheets the encoding; atomic.
    One row after another is in memory."""
    with replacing(path, encoding="utf-8-sig") as file:
        _writer(file, columns).writeheader()
        _writer(file, columns).writerows(table)


def write_lines(path: Path, columns: Sequence[str], lines: Iterable[str]) -> None:
    """As `write_rows`, of lines that `csv_lines` made for these columns."""
    with replacing(path, encoding="utf-8-sig") as file:
        _writer(file, columns).writeheader()
        file.writelines(lines)


def csv_lines(columns: Sequence[str], table: Iterable[Cells]) -> str:
    """Rows that are safe as lines of CSV, without the columns' names."""
    out = io.StringIO()
    _writer(out, columns).writerows(table)
    return out.getvalue()


def csv_text(events: Sequence[Event], texts: Mapping[str, str], segments: Iterable[Segments] = ()) -> str:
    """The events as CSV, a row an event in the order given.

    texts: the articles by name; segments: where given, the columns `published` and `outlet` are filled from them.
    """
    out = io.StringIO()
    columns = names(events)
    _writer(out, columns).writeheader()
    return out.getvalue() + csv_lines(columns, safe_rows(events, texts, segments, columns))


def _writer(file: IO[str], columns: Sequence[str]) -> csv.DictWriter[str]:
    # Nobody who acts may fill a slot anywhere, and then its ids are a column that the whole table has not.
    return csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")


def safe_rows(
    events: Sequence[Event],
    texts: Mapping[str, str],
    segments: Iterable[Segments] = (),
    columns: Collection[str] | None = None,
) -> Iterator[Cells]:
    """The rows of the table with cells that no spreadsheet runs or changes, ready to be written.

    Several values of a slot are joined by "; " in text order, their ids in NAME_id likewise ("?" where the register
    does not know who it is, a parliament's its own), and `slot_spans` gives the place of each as NAME:start-end.
    `start`, `end` and `words` are those of the first mention; `sentences` and `rules` are those of all mentions,
    without repeats. Offsets are code points of the article.
    """
    for row in rows(events, texts, segments, columns):
        yield {name: safe(cell, name) if isinstance(cell, str) else cell for name, cell in row.items()}


def rows(
    events: Sequence[Event],
    texts: Mapping[str, str],
    segments: Iterable[Segments] = (),
    columns: Collection[str] | None = None,
) -> Iterator[Cells]:
    """The rows of the table, a cell a column that is not empty. columns: those of the whole table, where `events` are a
    part of it."""
    columns = names(events) if columns is None else columns
    stories = {(record.article, story.story): story for record in segments for story in record.stories}
    for event in events:
        yield _row(event, texts[event.article], stories, columns)


def _row(event: Event, text: str, stories: Mapping[tuple[str, int], Story], columns: Collection[str]) -> Cells:
    story = stories.get((event.article, event.story))
    first = event.mentions[0]
    row: Cells = {
        "id": event.id,
        "type": event.type,
        "modality": event.modality,
        "article": event.article,
        "story": event.story,
        "published": (story and story.published) or "",
        "outlet": (story and story.outlet) or "",
        "sentences": SEPARATOR.join(dict.fromkeys(mention.sentence for mention in event.mentions)),
        "start": first.start,
        "end": first.end,
        "words": text[first.start : first.end],
        "rules": SEPARATOR.join(
            dict.fromkeys(rule for mention in event.mentions for rule in (mention.rules or [mention.rule]))
        ),
        "mentions": len(event.mentions),
        "slot_spans": SEPARATOR.join(
            f"{name}:{filler.start}-{filler.end}" for name, fillers in event.slots.items() for filler in fillers
        ),
    }
    row |= {SOURCE + column: value for column, value in (event.source or {}).items()}
    for name, fillers in event.slots.items():
        row[name] = SEPARATOR.join(map(_value, fillers))
        if name + "_id" in columns:
            ids = (table_id(filler.actor, filler.text) for filler in fillers)
            row[name + "_id"] = SEPARATOR.join(one or UNKNOWN_ACTOR for one in ids)
    return row


def _value(filler: Filler) -> str:
    """A filler's value on one line; a semicolon within it becomes the Arabic one, for the Latin one parts values."""
    value = filler.value
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split()).replace(";", "؛")
