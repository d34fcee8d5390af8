"""Writing Parquet."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def write_table(path: Path, rows: Sequence[Mapping[str, Any]], columns: pa.Schema) -> None:
    """Write rows as one Parquet file, atomically."""
    table = pa.Table.from_pylist(rows, schema=columns.with_metadata({b"pandas": _for_pandas(columns)}))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    pq.write_table(table, part)
    os.replace(part, path)


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
