"""events.parquet in parts, for tools that read a folder of them: pandas, Arrow, DuckDB, Spark, Ray."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Rows of a batch, and batches that are in memory at once: the more, the larger the groups of rows in each part.
_BATCH, _BATCHES = 10_000, 5


def folder_name(number: int) -> str:
    """The folder of so many parts. It tells their number, so that parts of another number are never among them."""
    return f"events-in-{number}"


def write_partitions(table: Path, out: Path, number: int) -> Path:
    """Write the rows of a Parquet file with a column `article` into `number` files of the folder `folder_name` in
    `out`, which is returned; rows keep their order.

    All events of an article are in one part, which the article's name alone decides: it stays when others come or go.
    A part without a row is a file too, so that there are always as many.
    """
    folder = out / folder_name(number)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        source = stack.enter_context(pq.ParquetFile(table))
        parts = [
            stack.enter_context(pq.ParquetWriter(folder / f"part-{part:05}.parquet", source.schema_arrow))
            for part in range(number)
        ]
        left = source.iter_batches(_BATCH)
        while group := list(islice(left, _BATCHES)):
            some = pa.Table.from_batches(group)
            rows: dict[int, list[int]] = {}
            for row, article in enumerate(some.column("article").to_pylist()):
                rows.setdefault(part_of(article, number), []).append(row)
            for part, own in sorted(rows.items()):
                parts[part].write_table(some.take(pa.array(own, pa.int64())))
    return folder


def part_of(article: str, number: int) -> int:
    """The part of an article's events."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:8]) % number
