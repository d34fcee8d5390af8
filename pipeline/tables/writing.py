"""Writing Parquet, by way of JSON: its reader in C++ makes columns of lines, and needs no pandas for it."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq

# Rows that are written, and read, at once.
_GROUP = 10_000
_EPOCH = date(1970, 1, 1).toordinal()


def write_table(path: Path, rows: Iterable[Mapping[str, Any]], columns: pa.Schema) -> None:
    """Write rows as one Parquet file, atomically; a group of them is in memory at a time."""
    write_lines(path, map(json_line, rows), columns)


def write_lines(path: Path, lines: Iterable[str], columns: pa.Schema) -> None:
    """As `write_table`, of rows as `json_line` makes them. A cell that a row has not is null."""
    told = columns.with_metadata({b"pandas": _for_pandas(columns)})
    parsing = pj.ParseOptions(explicit_schema=columns, unexpected_field_behavior="error")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    left = iter(lines)
    try:
        with pq.ParquetWriter(part, told) as writer:
            while group := "".join(islice(left, _GROUP)).encode():
                # One block and one thread, so that the same rows make the same bytes.
                reading = pj.ReadOptions(use_threads=False, block_size=len(group) + 1)
                table = pj.read_json(io.BytesIO(group), reading, parsing)
                writer.write_table(table.select(columns.names).cast(told))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def json_line(row: Mapping[str, Any]) -> str:
    """A row as a line of JSON from which Arrow makes one again: a day is the number of days since 1970."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_day) + "\n"


def _day(cell: object) -> int:
    if not isinstance(cell, date):
        raise TypeError(f"no cell of a table is a {type(cell).__name__}")
    return cell.toordinal() - _EPOCH


def _for_pandas(columns: pa.Schema) -> bytes:
    """What tells pandas to read whole numbers and truth values that may be null as such; unasked it makes floats and
    objects of them. Others who read Parquet pass over it."""
    types = {pa.int64(): ("int64", "Int64"), pa.bool_(): ("bool", "boolean")}
    told = [
        {"name": field.name, "field_name": field.name, "pandas_type": plain, "numpy_type": nullable, "metadata": None}
        for field in columns
        for plain, nullable in [types.get(field.type, ("", ""))]
        if nullable
    ]
    return json.dumps({"index_columns": [], "column_indexes": [], "columns": told}).encode()
