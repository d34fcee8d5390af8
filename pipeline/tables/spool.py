"""Lines of a table that wait on disk until all of them, and so the table's columns, are known."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Spool:
    """Lines, written one after another and then read in their order."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, lines: str) -> None:
        """Write lines, each with its end."""
        self._file.write(lines)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return iter(self._file)


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """A spool in a file without a name in `folder`, which is gone with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder) as file:
        yield Spool(file)
