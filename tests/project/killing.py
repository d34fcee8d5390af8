"""Work that is killed at some moment, in a process that is a copy of this one, so that nothing loads anew.

A moment is a step of the work on its files (one is opened for writing, written to, renamed, taken away), or some time
after such a step. Steps are counted and not timed: they are the same on a busy machine as on a quiet one.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

MOMENTS = 20
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "sqlite3.connect"}


@dataclass(frozen=True)
class Moment:
    """Just before the work's `step`th step (from 0) on its files or, where `seconds` is not 0, so long after that."""

    step: int
    seconds: float = 0


def finished(work: Callable[[], object], moment: Moment | None = None) -> bool:
    """Do the work in a copy of this process, which is killed at `moment`; whether it came to its end before.

    What the work prints is not shown. Raises AssertionError where it fails of itself.
    """
    return _run(work, moment) is not None


def moments(
    work: Callable[[], object], seed: str, prepare: Callable[[], object] = lambda: None, count: int = MOMENTS
) -> Iterator[Moment]:
    """`count` random moments of the work, each after `prepare` and each in a part of it of its own.

    Every second one is a step itself, so that at least half of them cut the work short, whatever the machine.
    """
    prepare()
    began = time.perf_counter()
    steps = _run(work)
    assert steps, "the work does nothing to files"
    a_step = (time.perf_counter() - began) / steps
    rng = random.Random(seed)
    for number in range(count):
        prepare()
        step = int((number + rng.random()) / count * steps)
        yield Moment(step, 0 if number % 2 == 0 else max(1e-6, 2 * rng.random() * a_step))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but for caches and what a killed run left beside, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _run(work: Callable[[], object], moment: Moment | None = None) -> int | None:
    """How many steps the work took, None where it was killed at `moment`."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            taken = _count_steps(moment)
            work()
            os.write(write, str(taken()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        steps = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert moment, "the work was killed by somebody else"
        return None
    assert os.WEXITSTATUS(status) == 0, "the work failed"
    return int(steps)


def _count_steps(moment: Moment | None) -> Callable[[], int]:
    """Count this process's steps on files from now on, for whoever calls what is returned, and kill it at `moment`.

    What Python does to files is told to its audit hooks, which stay for as long as the process lives. A write is not,
    so that the profiler looks out for the first one into each file: before it the file is there, and empty.
    """
    steps = 0

    def step() -> None:
        nonlocal steps
        if moment and steps == moment.step:
            if not moment.seconds:
                os.kill(os.getpid(), signal.SIGKILL)
            signal.setitimer(signal.ITIMER_REAL, moment.seconds)
        steps += 1

    def called(_: FrameType, event: str, function: Any) -> None:
        if event == "c_call" and function.__name__ in {"write", "writelines"}:
            sys.setprofile(None)
            step()

    def told(event: str, arguments: tuple[Any, ...]) -> None:
        writing = event == "open" and arguments[2] & _WRITES
        if writing or event in _STEPS:
            step()
        if writing:
            sys.setprofile(called)

    sys.addaudithook(told)
    return lambda: steps
