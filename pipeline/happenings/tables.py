"""happenings.csv and happenings.parquet: one row a happening, with its best supported values and what differs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.files import write_text
from pipeline.frames.rules.heads import frame_types, slot_columns
from pipeline.frames.rules.slots import Kind
from pipeline.happenings.records import Happening, Supported
from pipeline.tables.cells import safe
from pipeline.tables.organs import table_id
from pipeline.tables.spreadsheet import SEPARATOR, UNKNOWN_ACTOR

BEFORE = (
    "id", "type", "modality", "aggregate", "day", "day_granularity", "day_basis", "day_first", "day_last", "articles",
    "outlets", "first_report", "last_report",
)  # fmt: skip
AFTER = ("differing", "linked", "record_status", "record_id", "record_differs", "record_why", "reports")
_WHOLE = frozenset({"articles", "outlets"})
_DAYS = frozenset({"day_first", "day_last", "first_report", "last_report"})
_TRUTHS = frozenset({"aggregate"})
Cell = str | int | bool | date | None


def columns(happenings: Iterable[Happening]) -> list[str]:
    """The columns: always the same for the frame types that there are; slots that none declares follow by name."""
    declared = slot_columns(frame_types())
    slots = [name for name in declared if name != "date"]
    extra = {name: any(v.actor for v in values) for h in happenings for name, values in h.slots.items()}
    more = {name: acts for name, acts in sorted(extra.items()) if name not in declared}
    acting = {name: declared[name].kind == "actor" for name in slots} | more
    middle = [column for name, acts in acting.items() for column in ([name, f"{name}_id"] if acts else [name])]
    return [*BEFORE, *middle, *AFTER]


def rows(happenings: Iterable[Happening]) -> Iterator[dict[str, Cell]]:
    """A row a happening, with every cell that is not empty; several values are joined by "; "."""
    for happening in happenings:
        yield {name: cell for name, cell in _row(happening).items() if cell not in (None, "")}


def write_csv(path: Path, happenings: Sequence[Happening]) -> None:
    """Write them as CSV in UTF-8 with a byte-order mark, atomically; cells that a spreadsheet would take for a formula
    begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(happenings), lineterminator="\n")
    writer.writeheader()
    for row in rows(happenings):
        writer.writerow({name: _text(cell, name) for name, cell in row.items()})
    write_text(path, out.getvalue(), encoding="utf-8-sig")


def write_parquet(path: Path, happenings: Sequence[Happening]) -> None:
    """Write them as Parquet, atomically: numbers, truth values and days typed, all else text; an empty cell is null."""
    import pyarrow as pa

    from pipeline.tables.writing import write_table

    def kind(name: str) -> Any:
        kinds = (
            (_WHOLE | _of_kind("integer"), pa.int64()),
            (_DAYS, pa.date32()),
            (_TRUTHS | _of_kind("flag"), pa.bool_()),
        )
        return next((type_ for names, type_ in kinds if name in names), pa.string())

    names = columns(happenings)
    schema = pa.schema([pa.field(name, kind(name)) for name in names])
    write_table(path, rows(happenings), schema)


@lru_cache(maxsize=8)
def _of_kind(kind: Kind) -> frozenset[str]:
    """The slots of a kind."""
    return frozenset(name for name, slot in slot_columns(frame_types()).items() if slot.kind == kind)


def _row(happening: Happening) -> dict[str, Cell]:
    day, record = happening.day, happening.record
    row: dict[str, Cell] = {
        "id": happening.id,
        "type": happening.type,
        "modality": happening.modality,
        "aggregate": happening.aggregate,
        "day": day.value,
        "day_granularity": day.granularity,
        "day_basis": day.basis,
        "day_first": _day(day.first),
        "day_last": _day(day.last),
        "articles": happening.articles,
        "outlets": happening.outlets,
        "first_report": _day(happening.first_report),
        "last_report": _day(happening.last_report),
        "differing": SEPARATOR.join(differing(happening)),
        "linked": SEPARATOR.join(happening.linked),
        "reports": SEPARATOR.join(report.event for report in happening.reports),
    }
    for name, values in happening.slots.items():
        if name == "date":
            continue
        best = happening.values(name)
        row[name] = _cell(name, best)
        if name in _of_kind("actor") or any(value.actor for value in values):
            ids = (table_id(value.actor, str(value.value)) for value in best)
            row[f"{name}_id"] = SEPARATOR.join(one or UNKNOWN_ACTOR for one in ids)
    if record:
        row |= {"record_status": record.status, "record_id": record.id, "record_why": record.why}
        row["record_differs"] = SEPARATOR.join(f"{d.slot}: {d.text}, record {d.record}" for d in record.differs)
        row["record_id"] = record.id or SEPARATOR.join(record.candidates)
    return row


def differing(happening: Happening) -> Iterator[str]:
    """Slots whose values exclude one another, the best supported first: SLOT: VALUE (articles) | VALUE (articles)."""
    for name in happening.differing:
        if name == "date":
            told = {str(happening.day.value): happening.day.support}
            told |= {value: len(articles) for value, articles in happening.day.others.items()}
            values = [f"{value} ({count})" for value, count in told.items()]
        else:
            values = [f"{_plain(value)} ({value.support})" for value in happening.slots[name]]
        yield f"{name}: {' | '.join(values)}"


def _cell(name: str, values: Sequence[Supported]) -> Cell:
    if name in _of_kind("integer") | _of_kind("flag") and len(values) == 1 and isinstance(values[0].value, int):
        return values[0].value
    return SEPARATOR.join(map(_plain, values))


def _plain(value: Supported) -> str:
    """A value on one line; a semicolon within it becomes the Arabic one, for the Latin one parts values."""
    told = value.value
    return str(told).lower() if isinstance(told, bool) else " ".join(str(told).split()).replace(";", "؛")


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _text(cell: Cell, column: str) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    return safe(cell, column) if isinstance(cell, str) else cell
