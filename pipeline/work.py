"""Work on one task after another: what is known is not done again, the rest is shared by processes, and the results
come in the order of the tasks, the same for any number of processes.

Each process is a fresh one that builds what it works with (rules, tagger) once. A process of ours that is killed is an
error, never a gap in the results; where the main process is killed, the others end by themselves.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pipeline.errors import ParamsError, PipelineError, StageError

T = TypeVar("T")
# What does a lot of tasks: a result each, in their order, an exception in place of that of a task that failed.
Work = Callable[[Sequence[T]], Sequence[Any]]

VARIABLE = "ARABIC_EVENTS_WORKERS"
# Lots a process that are handed out ahead of the one whose turn it is.
_AHEAD = 3
# Results that wait at most for those before them.
_WAITING = 512
_chosen: int | None = None


def workers() -> int:
    """How many processes work: what `using` says, else the environment's ARABIC_EVENTS_WORKERS, else one. Raises
    ParamsError where that is no number."""
    if _chosen is not None:
        return _chosen
    told = os.environ.get(VARIABLE, "").strip() or "1"
    if not told.isdecimal() or not 1 <= int(told) <= 1024:
        raise ParamsError(
            VARIABLE, f"is {told!r}, which is no number of processes", "Set it to 1 or more, or not at all"
        )
    return int(told)


@contextmanager
def using(number: int | None) -> Iterator[None]:
    """Within the block `number` processes work; None leaves it to the environment."""
    global _chosen
    before, _chosen = _chosen, number
    try:
        yield
    finally:
        _chosen = before


def results(
    tasks: Iterable[T], known: Callable[[T], Any | None], make: Callable[[], Work[T]], lot: int
) -> Iterator[tuple[T, Any]]:
    """Each task with its result, or the exception that it came to.

    known: a task's result where it is at hand, else None; make: builds what does the work, in each process once, and
    only where there is any; lot: tasks that are done together. With several processes, make, tasks and results go from
    one to another. Raises StageError where a process was killed, and what `make` raises.
    """
    crew = _Crew(make, workers())
    waiting: deque[_Entry[T]] = deque()
    new: list[_Entry[T]] = []
    limit = max(_WAITING, lot * _AHEAD * crew.number)
    try:
        for task in tasks:
            entry = _Entry(task, known(task))
            waiting.append(entry)
            if entry.result is None:
                new.append(entry)
            full = len(waiting) > limit
            if len(new) == lot or (full and new):
                crew.give(new)
                new = []
            while waiting and (waiting[0].ready() or (len(waiting) > limit or crew.busy > _AHEAD * crew.number)):
                yield _taken(waiting, crew)
        if new:
            crew.give(new)
        while waiting:
            yield _taken(waiting, crew)
    except BrokenProcessPool as error:
        what = "one of the processes that work was killed, perhaps for want of memory"
        raise StageError("the run", what, "Run it with fewer workers; what was done is kept") from error
    finally:
        crew.close()


@dataclass(slots=True)
class _Entry(Generic[T]):
    """A task in the row. lot: what will hold its result, at `place`."""

    task: T
    result: Any | None
    lot: Future[Sequence[Any]] | None = None
    place: int = 0

    def ready(self) -> bool:
        return self.result is not None or (self.lot is not None and self.lot.done())


def _taken(waiting: deque[_Entry[T]], crew: _Crew[T]) -> tuple[T, Any]:
    entry = waiting.popleft()
    if entry.result is None:
        assert entry.lot is not None
        entry.result = entry.lot.result()[entry.place]
        if entry.place == 0:
            crew.busy -= 1
    return entry.task, entry.result.again() if isinstance(entry.result, _Told) else entry.result


class _Crew(Generic[T]):
    """Those who work: this process, or `number` others. busy: lots given and not yet taken."""

    def __init__(self, make: Callable[[], Work[T]], number: int) -> None:
        self.number, self.busy = number, 0
        self._make = make
        self._work: Work[T] | None = None
        self._pool: ProcessPoolExecutor | None = None

    def give(self, entries: Sequence[_Entry[T]]) -> None:
        tasks = [entry.task for entry in entries]
        if self.number == 1:
            self._work = self._work or self._make()
            done: Future[Sequence[Any]] = Future()
            done.set_result(self._work(tasks))
        else:
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self.number, context, _begin, (self._make,))
            done = self._pool.submit(_do, tasks)
        self.busy += 1
        for place, entry in enumerate(entries):
            entry.lot, entry.place = done, place

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """An error of ours, in a form that goes from process to process."""

    kind: type[PipelineError]
    where: str
    what: str
    do: str

    def again(self) -> PipelineError:
        return self.kind(self.where, self.what, self.do)


# Of a process that works: how to build what works, and that, once it is built.
_making: Callable[[], Work[Any]]
_working: Work[Any] | None = None


def _begin(make: Callable[[], Work[Any]]) -> None:
    global _making
    _making = make
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(tasks: Sequence[Any]) -> list[Any]:
    """A lot of tasks; where the work cannot even begin, every result is the error that says why."""
    global _working
    try:
        _working = _working or _making()
    except PipelineError as error:
        return [_told(error)] * len(tasks)
    return [_told(made) if isinstance(made, PipelineError) else made for made in _working(tasks)]


def _told(error: PipelineError) -> _Told:
    return _Told(type(error), error.where, error.what, error.do)
