"""events.parquet: one row an event, in which nothing has to be split and every column has one type.

A slot that may have several values is a list of structs, a day a date, a count a whole number, a flag a truth value:
the same through pandas, polars, DuckDB and R's arrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.errors import RecordError
from pipeline.frames.rules.heads import frame_types, slot_columns
from pipeline.frames.rules.slots import Slot
from pipeline.records import Event, Filler, Mention, Segments, Story
from pipeline.tables.dating import Dating, datings
from pipeline.tables.organs import table_id
from pipeline.tables.writing import write_table

FILLER = pa.struct(
    [
        pa.field("value", pa.string()),
        pa.field("actor", pa.string()),
        pa.field("text", pa.string()),
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
    ]
)
MENTION = pa.struct(
    [
        pa.field("sentence", pa.string()),
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
        pa.field("text", pa.string()),
        pa.field("rule", pa.string()),
    ]
)
_EVENT = [
    *(pa.field(name, pa.string()) for name in ("id", "type", "modality", "article")),
    pa.field("story", pa.int64()),
    pa.field("headline", pa.string()),
    pa.field("outlet", pa.string()),
    pa.field("published", pa.date32()),
]


def schema(events: Iterable[Event]) -> pa.Schema:
    """The columns: always the same for the frame types that there are; slots of events that no type declares follow by
    name, as lists of structs."""
    return schema_of(name for event in events for name in event.slots)


def schema_of(slots: Iterable[str]) -> pa.Schema:
    """The columns of events that have these slots."""
    declared = slot_columns(frame_types())
    more = sorted({*slots} - declared.keys())
    fields = [field for name, slot in declared.items() for field in _fields(name, slot)]
    extra = [pa.field(name, pa.list_(FILLER)) for name in more if not name.startswith("_")]
    return pa.schema([*_EVENT, *fields, *extra, pa.field("mentions", pa.list_(MENTION))])


def cells(
    columns: pa.Schema, events: Sequence[Event], texts: Mapping[str, str], segments: Iterable[Segments] = ()
) -> list[dict[str, Any]]:
    """The rows, null where the text states nothing. Raises RecordError where a slot of counts holds words."""
    stories = {(record.article, story.story): story for record in segments for story in record.stories}
    declared = slot_columns(frame_types())
    return [
        _row(columns, declared, event, texts[event.article], stories.get((event.article, event.story)))
        for event in events
    ]


def write_parquet(
    path: Path, events: Sequence[Event], texts: Mapping[str, str], segments: Iterable[Segments] = ()
) -> None:
    """Write the events as Parquet, atomically. Raises RecordError as `cells` does."""
    columns = schema(events)
    write_table(path, cells(columns, events, texts, segments), columns)


def _fields(name: str, slot: Slot) -> list[pa.Field]:
    """The columns of one slot."""
    if slot.kind == "integer":
        return [pa.field(name, pa.int64())]
    if slot.kind == "flag":
        return [pa.field(name, pa.bool_())]
    if slot.kind == "date":
        return [
            pa.field(name, pa.date32()),
            pa.field(f"{name}_granularity", pa.string()),
            pa.field(f"{name}_basis", pa.string()),
            pa.field(f"{name}_year", pa.int64()),
            pa.field(f"{name}_values", pa.list_(FILLER)),
        ]
    if slot.kind == "one_of" and not slot.many:
        return [pa.field(name, pa.string())]
    return [pa.field(name, pa.list_(FILLER))]


def _row(
    columns: pa.Schema, declared: Mapping[str, Slot], event: Event, text: str, story: Story | None
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(columns.names)
    row |= {
        "id": event.id,
        "type": event.type,
        "modality": event.modality,
        "article": event.article,
        "story": event.story,
        "headline": story.title if story else None,
        "outlet": story.outlet if story else None,
        "published": _day(story.published) if story else None,
        "mentions": [_mention(mention, text) for mention in event.mentions],
    }
    for name, fillers in event.slots.items():
        kind = declared[name].kind if name in declared else None
        if name not in columns.names:
            continue
        if kind == "date":
            alone = event.model_copy(update={"slots": {"date": fillers}})
            row[f"{name}_values"] = list(map(_filler, fillers))
            row |= _dated(name, datings(alone, text, story)[0])
        elif kind in {"integer", "flag"}:
            row[name] = _scalar(event, name, fillers[0])
        elif pa.types.is_string(columns.field(name).type):
            row[name] = str(fillers[0].value)
        else:
            row[name] = list(map(_filler, fillers))
    return row


def _dated(name: str, dating: Dating) -> dict[str, Any]:
    """What is known of a date: the day, how exactly, from what, and the year in any case that gives one."""
    known = dating.granularity != "words"
    return {
        name: _day(dating.value) if dating.granularity == "day" else None,
        f"{name}_granularity": dating.granularity,
        f"{name}_basis": dating.basis,
        f"{name}_year": int(dating.value[:4]) if known else None,
    }


def _scalar(event: Event, name: str, filler: Filler) -> int | bool:
    if isinstance(filler.value, int):
        return filler.value
    what = f"{name} holds «{filler.value}», which is no whole number"
    raise RecordError(f"event {event.id}", what, "Give that slot another name")


def _filler(filler: Filler) -> dict[str, Any]:
    return {
        "value": str(filler.value),
        "actor": table_id(filler.actor, filler.text),
        "text": filler.text,
        "start": filler.start,
        "end": filler.end,
    }


def _mention(mention: Mention, text: str) -> dict[str, Any]:
    return {
        "sentence": mention.sentence,
        "start": mention.start,
        "end": mention.end,
        "text": text[mention.start : mention.end],
        "rule": mention.rule,
    }


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:  # no day of the calendar, as a misprint may have it
        return None
