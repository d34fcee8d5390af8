"""Work kept by content hash, so that a stage pays only for what changed.

DVC empties a stage's outputs before it runs, so what survives a run lives apart, in .cache/: deleting that folder
costs time and nothing else.
"""

from __future__ import annotations

import inspect
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import srsly

from pipeline.files import sha256


class Cache:
    """JSON values under string keys in one SQLite file; `namespace` keeps stages and their settings apart.

    A value belongs to the hash of all that it depends on, so entries are never stale, only unused.
    """

    def __init__(self, path: Path, namespace: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.namespace = namespace
        self._db = sqlite3.connect(path)
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS kept (namespace TEXT, key TEXT, value TEXT, PRIMARY KEY (namespace, key))"
        )

    def get(self, key: str) -> Any | None:
        """The value under `key`, or None."""
        row = self._db.execute(
            "SELECT value FROM kept WHERE namespace = ? AND key = ?", (self.namespace, key)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON value under `key`, in place of any other."""
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (self.namespace, key, srsly.json_dumps(value)))

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.commit()
        self._db.close()


def fingerprint(*sources: ModuleType | Path) -> str:
    """A hash over source files: a package's or folder's *.py, *.yaml and *.json, a module's or file's own bytes."""
    digests = []
    for source in sources:
        path = Path(inspect.getfile(source)) if isinstance(source, ModuleType) else source
        if path.name == "__init__.py":
            path = path.parent
        files: Iterable[Path] = sorted(path.rglob("*")) if path.is_dir() else [path]
        digests += [
            f"{file.relative_to(path.parent).as_posix()} {sha256(file.read_bytes())}"
            for file in files
            if file.suffix in {".py", ".yaml", ".json"}
        ]
    return sha256("\n".join(digests))
