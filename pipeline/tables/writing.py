"""Writing Parquet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

# Rows that are written, and read, at once.
_GROUP = 10_000


def write_table(path: Path, rows: Iterable[Mapping[str, Any]], columns: pa.Schema) -> None:
    """Write rows as one Parquet file, atomically; a group of them is in memory at a time."""
    told = columns.with_metadata({b"pandas": _for_pandas(columns)})
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    left = iter(rows)
    try:
        with pq.ParquetWriter(part, told) as writer:
            while group := list(islice(left, _GROUP)):
                writer.write_table(pa.Table.from_pylist(group, schema=told))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


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
