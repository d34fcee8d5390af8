"""Work kept by content hash, so that a stage pays only for what changed.

DVC empties a stage's outputs before it runs, so what survives a run lives apart, in .cache/: deleting that folder
costs time and nothing else.
"""

from __future__ import annotations

import inspect
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from pipeline.files import sha256

_TABLE = """
CREATE TABLE IF NOT EXISTS kept (namespace TEXT, key TEXT, value TEXT, digest TEXT, PRIMARY KEY (namespace, key))
"""
# What is kept in memory for so long is lost if the process is killed.
_SECONDS_BETWEEN_COMMITS = 1.0
# So many values wait in memory at most, however fast they come.
_VALUES_IN_MEMORY = 256
_SECONDS_FOR_A_LOCK = 5.0
# What tells that the file is damaged or of another form, not that it is out of reach for now.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT)


class Cache:
    """JSON values under string keys in one SQLite file; `namespace` keeps stages and their settings apart.

    A value belongs to the hash of all that it depends on, so entries are never stale, only unused. Values are committed
    as the work goes on. Whatever is wrong with the file never stops the work nor changes it: a damaged one, or one of
    another form, is set aside and made anew, one out of reach is gone without, and either is said on standard error.
    """

    def __init__(self, path: Path, namespace: str) -> None:
        self.path, self.namespace = path, namespace
        self._db: sqlite3.Connection | None = None
        self._new: dict[str, str] = {}
        self._committed = time.monotonic()
        self._told: set[str] = set()
        self._open()

    def get(self, key: str) -> Any | None:
        """The value under `key`, or None; one that is not as it was put counts as none."""
        if key in self._new:
            return json.loads(self._new[key])
        row = self._ask("SELECT value, digest FROM kept WHERE namespace = ? AND key = ?", (self.namespace, key))
        if row is None:
            return None
        value, digest = row
        if not isinstance(value, str) or sha256(value) != digest:
            self._tell("holds entries that are damaged, which are made anew")
            return None
        return json.loads(value)

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON value under `key`, in place of any other."""
        if self._db is None:
            return
        self._new[key] = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if len(self._new) >= _VALUES_IN_MEMORY or time.monotonic() - self._committed >= _SECONDS_BETWEEN_COMMITS:
            self.commit()

    def commit(self) -> None:
        """Write what was put since the last time."""
        rows = [(self.namespace, key, value, sha256(value)) for key, value in self._new.items()]
        self._committed = time.monotonic()
        try:
            if self._db is not None and rows:
                with self._db:
                    self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
                self._new.clear()
        except sqlite3.Error as error:
            self._mend(error)

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.commit()
        self._close()

    def _open(self) -> None:
        """Connect; a file that cannot be used is mended once, then gone without."""
        for _ in range(2):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(self.path, timeout=_SECONDS_FOR_A_LOCK)
                self._db.execute(_TABLE)
                self._db.execute("SELECT namespace, key, value, digest FROM kept LIMIT 1").fetchone()
                return
            except OSError as error:
                self._tell(f"cannot be used, so nothing is kept: {error.strerror}")
                return
            except sqlite3.Error as error:
                if not self._set_aside(error):
                    return

    def _ask(self, query: str, values: tuple[str, ...]) -> tuple[Any, ...] | None:
        try:
            return self._db.execute(query, values).fetchone() if self._db is not None else None
        except sqlite3.Error as error:
            self._mend(error)
            return None

    def _mend(self, error: sqlite3.Error) -> None:
        """After an error on an open file: make it anew where it is damaged, go without where it is out of reach."""
        if self._set_aside(error):
            self._open()

    def _set_aside(self, error: sqlite3.Error) -> bool:
        """Close the file; whether it was damaged, and is out of the way now."""
        self._close()
        self._new.clear()
        code = getattr(error, "sqlite_errorcode", None)
        # The lower byte is the kind of error, what is above it says more.
        if code is None or code & 0xFF not in _DAMAGED:
            self._tell(f"cannot be used, so nothing is kept: {error}")
            return False
        aside = self.path.with_name(self.path.name + ".damaged")
        try:
            os.replace(self.path, aside)
            self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)
        except OSError as failed:
            self._tell(f"is damaged and cannot be moved away, so nothing is kept: {failed.strerror}")
            return False
        self._tell(f"was damaged or of another version ({error}); it is made anew, the old one is {aside.name}")
        return True

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db = None

    def _tell(self, what: str) -> None:
        if what not in self._told:
            self._told.add(what)
            print(f"cache {self.path} {what}", file=sys.stderr)


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
