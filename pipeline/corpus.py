"""What the corpus is: the one walk over the folders. Everything in them that is called like an article is taken, or
refused with its reason; nothing is passed over in silence, entered twice, or opened where opening could wait forever.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ENDING = ".txt"
_TABLES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet"}
# A web page is read as a table of one row.
_TABLES |= dict.fromkeys((".html", ".htm", ".xhtml"), "html")
# A web archive is a table with a row a page.
_TABLES |= {".warc": "warc"}
# A data set that `datasets` saved is a folder with this file in it.
SAVED = "state.json"
_KINDS = {
    stat.S_IFIFO: "is a named pipe",
    stat.S_IFSOCK: "is a socket",
    stat.S_IFCHR: "is a device",
    stat.S_IFBLK: "is a device",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the folders that is no article: where it is, what is wrong, what to do about it."""

    path: Path
    what: str
    do: str

    @property
    def name(self) -> str:
        """What the article would be called."""
        return shown(self.path.stem if self.path.suffix.lower() == ENDING else self.path.name)


@dataclass
class Walk:
    """files: those called like articles, in the order of their stems; tables: those called like tables of articles, and
    folders that are saved data sets, by their paths; refused: what was not taken, likewise."""

    files: list[Path] = field(default_factory=list)
    tables: list[Path] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def walk(sources: Sequence[Path]) -> Walk:
    """Every *.txt and every table below `sources`, whatever the case of its ending; a source may be a table itself. A
    source that is not there holds nothing.

    Links to files are followed, links to folders are not: they may lead round in a circle, or out of the corpus.
    """
    found = Walk()
    todo = [source for source in dict.fromkeys(sources) if source.is_dir()]
    found.tables = [source for source in dict.fromkeys(sources) if source.is_file() and table_kind(source)]
    entered: set[Path] = set()
    while todo:
        folder = todo.pop()
        if (real := Path(os.path.realpath(folder))) in entered:
            continue
        entered.add(real)
        if table_kind(folder):
            found.tables.append(folder)
            continue
        try:
            with os.scandir(folder) as entries:
                names = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            found.refused.append(Refused(folder, f"is a folder that cannot be entered: {error.strerror}", _RIGHTS))
            continue
        for entry in names:
            _sort(entry, folder / entry.name, found, todo)
    found.tables.sort()
    found.files = sorted(set(found.files), key=lambda path: (path.stem, path))
    found.refused = sorted(found.refused, key=lambda refused: os.fsencode(refused.path))
    return found


_RIGHTS = "Check its rights"


def _sort(entry: os.DirEntry[str], path: Path, found: Walk, todo: list[Path]) -> None:
    """Put one entry of a folder among the files, the refused or the folders to enter; others are no articles."""
    table = table_kind(path) is not None and not path.is_dir()
    called = table or entry.name.lower().endswith(ENDING)
    try:
        folder = entry.is_dir(follow_symlinks=False)
        linked = entry.is_symlink() and entry.is_dir()
    except OSError:
        folder = linked = False
    if (folder or linked or called) and not _utf8(entry.name):
        found.refused.append(Refused(path, "has a name that is not UTF-8", "Rename it"))
    elif linked:
        what = "is a link to a folder, which is not entered"
        found.refused.append(Refused(path, what, "Put the folder itself there, or name it as a folder of its own"))
    elif folder and called:
        what = f"is a folder called like an article ({ENDING}), which is not entered"
        found.refused.append(Refused(path, what, "Rename it"))
    elif folder:
        todo.append(path)
    elif called:
        if fault := _fault(path, entry.name):
            found.refused.append(fault)
        elif table:
            found.tables.append(path)
        else:
            found.files.append(path)


def table_kind(path: Path) -> str | None:
    """Which kind of table a path is, by its ending (with .gz or without) or, of a folder, by what is in it; None where
    it is none."""
    if path.is_dir():
        return "dataset" if (path / SAVED).is_file() else None
    bare = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    kind = _TABLES.get(bare.suffix.lower())
    return None if kind == "parquet" and bare is not path else kind


def _fault(path: Path, name: str) -> Refused | None:
    """Why a file called like an article cannot be one, from what the file system says of it; it is not opened."""
    if name.lower() == ENDING:
        return Refused(path, f"has no name before {ENDING}, and articles are told apart by it", "Give it a name")
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except FileNotFoundError:
        return Refused(path, "cannot be read: it is a link to a file that is not there", "Mend the link or delete it")
    except OSError as error:
        return Refused(path, f"cannot be read: {error.strerror}", _RIGHTS)
    if kind in _KINDS:
        return Refused(path, f"{_KINDS[kind]}, not a file", "Take it away, or put a file in its place")
    return None


def shown(path: str | Path) -> str:
    """A path as it can be printed and written: bytes that are not UTF-8, and signs that do not print, as escapes."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def relative(path: Path, root: Path) -> str:
    """`path` below `root` with forward slashes; as it is where it lies elsewhere."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def twins(files: Iterable[Path]) -> dict[str, list[Path]]:
    """The files by their stems: more than one where articles could not be told apart."""
    by_stem: dict[str, list[Path]] = {}
    for path in files:
        by_stem.setdefault(path.stem, []).append(path)
    return by_stem


def _utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
