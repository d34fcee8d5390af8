"""Tasks shared by processes: every result in its order, once, whatever is known, slow, wrong or killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ModelError, ParamsError, RecordError, StageError
from pipeline.work import VARIABLE, Work, results, using, workers

ROOT = Path(__file__).parents[1]


def doubling(slow: int | None = None) -> Work[int]:
    """Work that doubles numbers, is slow with one of them, and cannot do 13."""

    def done(tasks: Sequence[int]) -> list[Any]:
        made: list[Any] = []
        for task in tasks:
            time.sleep(0.05 if task == slow else 0)
            made.append(RecordError("x.jsonl:13", "is unlucky", "Take it out") if task == 13 else [task * 2])
        return made

    return done


def failing() -> Work[int]:
    raise ModelError("m", "is none", "Train")


def ending(tasks: Sequence[int]) -> list[Any]:
    if 31 in tasks:
        os._exit(9)
    return [[task] for task in tasks]


def dying() -> Work[int]:
    return ending


def run(number: int, make: Any, tasks: range = range(100), lot: int = 8) -> list[tuple[int, Any]]:
    with using(number):
        return list(results(tasks, lambda task: [-task] if task % 5 == 0 and task else None, make, lot))


@pytest.mark.parametrize(("number", "lot"), [(1, 1), (1, 7), (1, 200), (2, 3)])
def test_results_come_in_order_known_ones_among_the_new(number: int, lot: int) -> None:
    made = run(number, partial(doubling, slow=1), range(60), lot)
    assert [task for task, _ in made] == list(range(60))
    for task, result in made:
        if task == 13:
            assert isinstance(result, RecordError) and (result.where, result.do) == ("x.jsonl:13", "Take it out")
        else:
            assert result == ([-task] if task % 5 == 0 and task else [task * 2])


@pytest.mark.parametrize("number", [1, 2])
def test_no_more_than_a_few_lots_are_read_ahead(number: int) -> None:
    read = 0

    def counted() -> Iterator[int]:
        nonlocal read
        for task in range(5000):
            read += 1
            yield task

    with using(number):
        for place, _ in enumerate(results(counted(), lambda task: None, partial(doubling), 4)):
            assert read - place <= 520
            if place == 2000:
                break


def test_nothing_is_built_where_everything_is_known() -> None:
    made = list(results(range(9), lambda task: [task], failing, 4))
    assert made == [(task, [task]) for task in range(9)]


def test_what_the_work_cannot_begin_for_comes_from_either_process() -> None:
    with pytest.raises(ModelError, match="m: is none"):
        run(1, failing)
    _, error = run(2, failing)[1]
    assert isinstance(error, ModelError) and str(error) == "[E501] m: is none. Train"


def test_a_process_that_is_killed_is_an_error_and_no_gap() -> None:
    with pytest.raises(StageError, match="was killed, perhaps for want of memory"):
        run(2, dying)


def test_the_others_end_where_the_main_process_is_killed(tmp_path: Path) -> None:
    code = f"""
import os, signal, time
from functools import partial
from pipeline.work import results, using
import tests.test_work as work
if __name__ == "__main__":
    with using(2):
        for task, made in results(range(1000), lambda task: None, partial(work.telling, {str(tmp_path)!r}), 4):
            if len(os.listdir({str(tmp_path)!r})) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
"""
    script = tmp_path.parent / "main.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, str(script)], env=environment, check=False).returncode == -9
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert len(pids) == 2
    until = time.monotonic() + 20
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, pids))


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
    except OSError:
        return False


def telling(folder: str) -> Work[int]:
    """Work of processes that note who they are."""
    Path(folder, str(os.getpid())).touch()

    def done(tasks: Sequence[int]) -> list[Any]:
        time.sleep(0.05)
        return [[task] for task in tasks]

    return done


@pytest.mark.parametrize(("told", "number"), [(None, 1), ("", 1), ("3", 3), (" 2 ", 2)])
def test_the_environment_says_how_many(told: str | None, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if told is not None:
        monkeypatch.setenv(VARIABLE, told)
    assert workers() == number
    with using(4):
        assert workers() == 4
    assert workers() == number


@pytest.mark.parametrize("told", ["0", "many", "-1", "1.5", "99999"])
def test_what_is_no_number_of_processes_is_refused(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, told)
    with pytest.raises(ParamsError, match=f"{VARIABLE}: is '{told}', which is no number"):
        workers()
