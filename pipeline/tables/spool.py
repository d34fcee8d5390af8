"""Rows of a table that wait on disk until all of them, and so the table's columns, are known."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


class Spool:
    """Rows of JSON, written one after another and then read in their order."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def add(self, rows: Iterable[Any]) -> None:
        """Write rows."""
        for row in rows:
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """A spool in a file without a name in `folder`, which is gone with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder) as file:
        yield Spool(file)
