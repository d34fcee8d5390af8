"""Work that is killed at some moment, in a process that is a copy of this one, so that nothing loads anew."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MOMENTS = 20


def finished(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Do the work in a copy of this process, which is killed after `seconds`; whether it came to its end before.

    What the work prints is not shown. Raises AssertionError where it fails of itself.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            if seconds is not None:
                signal.setitimer(signal.ITIMER_REAL, seconds)
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the work failed"
    return os.WIFEXITED(status)


def moments(
    work: Callable[[], object], seed: str, prepare: Callable[[], object] = lambda: None, count: int = MOMENTS
) -> Iterator[float]:
    """`count` random moments within the time that the work takes, each after `prepare`; the same share of it every
    time, whatever the machine."""
    prepare()
    began = time.perf_counter()
    assert finished(work)
    lasted = time.perf_counter() - began
    rng = random.Random(seed)
    for _ in range(count):
        prepare()
        yield max(0.001, rng.random() * lasted)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but for caches and what a killed run left beside, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
