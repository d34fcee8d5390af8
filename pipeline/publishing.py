"""Several files as one: written beside, then put in place together, under a lock on their folder.

Whatever happens on the way, the folder holds the files of one run. A run that is killed while it puts them in place
leaves them all behind in `.committed`, and the next one that opens the folder finishes its work.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import OutputError

_WRITING = ".writing"
_COMMITTED = ".committed"
_HOLDER = "holder"
# A folder of some network file systems takes no lock, so that a file in it must.
_NO_LOCK_ON_FOLDERS = {errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.ENOLCK, errno.EISDIR}


@contextmanager
def publishing(folder: Path) -> Iterator[Path]:
    """A new folder within `folder`, whose files take their places in `folder` when the block ends: all of them or,
    where it raises, none. `folder` is made if it is not there.

    Raises OutputError where another run holds the folder, naming it, and where the folder cannot be written.
    """
    made = _make(folder)
    try:
        with _locked(folder):
            _recover(folder)
            beside = folder / _WRITING
            try:
                (beside / "new").mkdir(parents=True)
                (beside / _HOLDER).write_text(_ourselves(), encoding="utf-8")
                yield beside / "new"
                _commit(folder)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        for new in made:
            if new.is_dir() and not any(new.iterdir()):
                new.rmdir()


def recover(folder: Path) -> None:
    """Finish what a killed run was putting in place; nothing where there is no such thing, or a run is at it now."""
    if not (folder / _COMMITTED).is_dir():
        return
    try:
        with _locked(folder):
            _recover(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(folder: Path, error: OSError) -> OutputError:
    """The error to raise where writing to a folder failed: a full disk, a read-only folder."""
    place = error.filename if isinstance(error.filename, str) else folder
    return OutputError(
        place,
        f"cannot be written: {error.strerror or error}",
        "Mend that and run it again; what was there is as it was",
    )


def _make(folder: Path) -> list[Path]:
    """Make a folder; returns those that were not there, the innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return missing


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system takes back from a process that ends, however it does."""
    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _NO_LOCK_ON_FOLDERS:
                raise
            os.close(place)
            place = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(place)
        what = f"another run is writing there: {_holder(folder)}"
        raise OutputError(folder, what, "Wait for it to end, or name another folder") from error
    try:
        yield
    finally:
        os.close(place)


def _ourselves() -> str:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
    return (
        f"process {os.getpid()} on {socket.gethostname()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC: {command}"
    )


def _holder(folder: Path) -> str:
    try:
        return (folder / _WRITING / _HOLDER).read_text(encoding="utf-8")
    except OSError:
        return "it has only begun"


def _files(folder: Path) -> list[Path]:
    """The files below a folder, relative to it, in order."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())


def _commit(folder: Path) -> None:
    """Put everything of `.writing/new` in place. Renaming `.writing` decides: before it nothing was done, after it all
    is to be done, by this run or by the next."""
    beside = folder / _WRITING
    for name in _files(beside / "new"):
        _to_disk(beside / "new" / name)
        if (folder / name).is_dir():
            raise OSError(errno.EISDIR, "a folder stands where a file belongs", str(folder / name))
        if (folder / name).exists():
            (beside / "old" / name).parent.mkdir(parents=True, exist_ok=True)
            _keep(folder / name, beside / "old" / name)
    os.rename(beside, folder / _COMMITTED)
    _to_disk(folder)
    done: list[Path] = []
    try:
        for name in _files(folder / _COMMITTED / "new"):
            _place(folder, name)
            done.append(name)
    except BaseException:
        for name in done:
            os.replace(folder / name, folder / _COMMITTED / "new" / name)
            if (old := folder / _COMMITTED / "old" / name).exists():
                os.replace(old, folder / name)
        os.rename(folder / _COMMITTED, beside)  # undecided again
        raise
    _to_disk(folder)
    shutil.rmtree(folder / _COMMITTED)


def _recover(folder: Path) -> None:
    """Under the lock: finish what was decided, throw away what was not."""
    if (folder / _COMMITTED).is_dir():
        if (folder / _COMMITTED / "new").is_dir():
            for name in _files(folder / _COMMITTED / "new"):
                _place(folder, name)
        shutil.rmtree(folder / _COMMITTED)
    if (folder / _WRITING).exists():
        shutil.rmtree(folder / _WRITING)


def _place(folder: Path, name: Path) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.replace(folder / _COMMITTED / "new" / name, folder / name)


def _keep(path: Path, copy: Path) -> None:
    """A second name for a file, or a copy where the file system has no such names."""
    try:
        os.link(path, copy)
    except OSError:
        shutil.copy2(path, copy)


def _to_disk(path: Path) -> None:
    """Wait until a file, or what stands in a folder, is on the disk: a power cut must not undo the order of things."""
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
