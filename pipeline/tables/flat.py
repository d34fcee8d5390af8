"""The rows and columns of events.csv with their types, as `to_pandas` gives them; events.parquet is parquet.py's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline.errors import RecordError
from pipeline.frames.rules.heads import frame_types, slot_columns
from pipeline.frames.rules.slots import Kind
from pipeline.records import Event, Segments
from pipeline.tables.spreadsheet import names, rows

_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("story", "start", "end", "mentions"), pa.int64()),
    "published": pa.date32(),
}
# Any other kind of slot is text: a date may be a month, a year or words.
_KINDS: dict[Kind, pa.DataType] = {"integer": pa.int64(), "flag": pa.bool_()}


def flat_schema(events: Iterable[Event]) -> pa.Schema:
    """The columns of events.csv: offsets and slots of kind integer whole numbers, flags truth values, `published` a
    day, all others text."""
    slots = {name: _KINDS.get(slot.kind, pa.string()) for name, slot in slot_columns(frame_types()).items()}
    types = {**slots, **_TYPES}
    return pa.schema([pa.field(name, types.get(name, pa.string())) for name in names(events)])


def flat_table(events: Sequence[Event], texts: Mapping[str, str], segments: Iterable[Segments] = ()) -> pa.Table:
    """The events with the columns of events.csv in their types. Raises RecordError where a count holds words."""
    columns = flat_schema(events)
    return pa.Table.from_pylist(_cells(columns, events, texts, segments), schema=columns)


def _cells(
    columns: pa.Schema, events: Sequence[Event], texts: Mapping[str, str], segments: Iterable[Segments] = ()
) -> list[dict[str, Any]]:
    """The rows of events.csv in their columns' types. A cell that is empty there is null; no cell has the apostrophe
    that keeps a spreadsheet from taking it for a formula. Raises RecordError for a cell that is not of its type."""
    return [
        {name: _cell(row, name, columns.field(name).type) for name in columns.names}
        for row in rows(events, texts, segments, columns.names)
    ]


def _cell(row: Mapping[str, str | int], name: str, kind: pa.DataType) -> Any:
    """A cell in its column's type. Raises RecordError where a frame type fills a slot of counts with words."""
    value = row.get(name)
    if value is None or value == "":
        return None
    if pa.types.is_boolean(kind):
        return value == "true"
    if pa.types.is_date(kind):
        return date.fromisoformat(str(value))
    if not pa.types.is_integer(kind):
        return str(value)
    try:
        return int(value)
    except ValueError as error:
        raise RecordError(
            f"event {row['id']}", f"{name} holds «{value}», which is no whole number", "Give that slot another name"
        ) from error
