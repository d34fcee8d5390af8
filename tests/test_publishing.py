"""Files that belong together are put in place together, by one run at a time, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import publishing as module
from pipeline.errors import OutputError
from pipeline.publishing import publishing, recover

ROOT = Path(__file__).parent.parent
NAMES = ("a.txt", "b.txt", "deep/c.txt")
# A run that writes NAMES with its argument as content; where the environment says so it kills itself at a step.
RUN = """
import os, signal, sys
from pathlib import Path
from pipeline import publishing as module

steps = 0
def counted(real):
    def step(*arguments, **more):
        global steps
        steps += 1
        if steps == int(os.environ.get("KILL_AT", 0)):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)
    return step

for name in ("replace", "rename", "link", "fsync", "mkdir"):
    setattr(os, name, counted(getattr(os, name)))
with module.publishing(Path(sys.argv[1])) as beside:
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (beside / name).parent.mkdir(exist_ok=True)
        (beside / name).write_text(sys.argv[2])
    if "HOLD" in os.environ:
        print("held", flush=True)
        sys.stdin.read()
print(steps)
"""


def write(folder: Path, content: str) -> None:
    with publishing(folder) as beside:
        for name in NAMES:
            (beside / name).parent.mkdir(exist_ok=True)
            (beside / name).write_text(content)


def contents(folder: Path) -> list[str]:
    return [(folder / name).read_text() if (folder / name).exists() else "" for name in NAMES]


def process(folder: Path, content: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, str(folder), content]
    environment = {**os.environ, **environment}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_all_files_take_their_places_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    write(folder, "one")
    with publishing(folder) as beside:
        (beside / "a.txt").write_text("two")
        assert contents(folder) == ["one"] * 3
    assert contents(folder) == ["two", "one", "one"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "deep"]


def test_an_error_leaves_everything_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "f", "one")
    with pytest.raises(ZeroDivisionError), publishing(tmp_path / "f") as beside:
        (beside / "a.txt").write_text("two")
        raise ZeroDivisionError
    assert contents(tmp_path / "f") == ["one"] * 3
    with pytest.raises(ZeroDivisionError), publishing(tmp_path / "new" / "folder"):
        raise ZeroDivisionError
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("call", ["replace", "rename", "fsync"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_full_disk_at_any_step_leaves_everything_as_it_was(
    call: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "one")
    real, calls = getattr(os, call), 0

    def full(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        try:
            write(tmp_path, "two")
            assert call == "rename", "there is but one renaming on the way"
        except OutputError as error:
            assert "No space left on device" in str(error)
            assert contents(tmp_path) == ["one"] * 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "deep"]


def test_a_folder_where_a_file_belongs_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError, match=r"b\.txt: .*a folder stands where"):
        write(tmp_path, "one")
    assert not (tmp_path / "a.txt").exists()


def test_a_run_killed_at_any_step_leaves_one_runs_files_or_the_next_opening_does(tmp_path: Path) -> None:
    write(tmp_path / "count", "one")
    steps = int(process(tmp_path / "count", "two").communicate()[0])
    assert steps > 8
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        write(folder, "one")
        assert process(folder, "two", KILL_AT=str(step)).wait() == -signal.SIGKILL
        recover(folder)
        assert contents(folder) in (["one"] * 3, ["two"] * 3), step
        write(folder, "three")
        assert contents(folder) == ["three"] * 3
        assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "deep"]


def test_a_second_run_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    first = process(tmp_path, "one", HOLD="yes")
    assert first.stdout and first.stdout.readline() == "held\n"
    with pytest.raises(OutputError, match=rf"another run is writing there: process {first.pid} on .*Wait for it"):
        write(tmp_path, "two")
    first.communicate("")
    assert contents(tmp_path) == ["one"] * 3
    write(tmp_path, "two")
    assert contents(tmp_path) == ["two"] * 3


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    first = process(tmp_path, "one", HOLD="yes")
    assert first.stdout and first.stdout.readline() == "held\n"
    first.kill()
    first.wait()
    write(tmp_path, "two")
    assert contents(tmp_path) == ["two"] * 3


def test_where_a_folder_takes_no_lock_a_file_in_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = module.fcntl.flock

    def flock(place: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(place).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        real(place, how)

    monkeypatch.setattr(module.fcntl, "flock", flock)
    with publishing(tmp_path) as beside:
        (beside / "a.txt").write_text("one")
        with pytest.raises(OutputError, match="another run"), publishing(tmp_path):
            pass
    assert contents(tmp_path)[0] == "one"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        write(tmp_path, "one")
    tmp_path.chmod(0o700)
