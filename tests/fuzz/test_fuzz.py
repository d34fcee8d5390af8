"""Whatever a file holds, what reads it takes it or says in its own family of errors what is wrong; it never breaks.

Each mutant is drawn by its number alone, so a failure names the one to look at: `mutant(target, number)`.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from tests.fuzz.mutate import bytes_mutant, value_mutant
from tests.fuzz.targets import MODELS, READERS, Target, parsed, targets, unparsed

FEW = 12


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Target]:
    return targets(tmp_path_factory.mktemp("fuzz"))


def mutant(file: Path, good: bytes, value: object, number: int) -> bytes:
    """The mutant of this number: of the file's bytes or, where it has parts, of those."""
    rng = random.Random(number)
    if value is not None and number % 2:
        return unparsed(file, value_mutant(value, rng))
    return bytes_mutant(good, rng)


def outcomes(target: Target, numbers: range) -> dict[str, int]:
    """How many mutants were taken and how many refused. Fails for one that is neither."""
    good, value = target.file.read_bytes(), parsed(target.file)
    target.read()
    counted = {"taken": 0, "refused": 0}
    try:
        for number in numbers:
            target.file.write_bytes(mutant(target.file, good, value, number))
            try:
                target.read()
                counted["taken"] += 1
            except PipelineError as error:
                told = str(error).replace("\n  ", "")  # a list of faults has a line each
                assert told.replace("\u200c", "").isprintable(), f"mutant {number}: {error!r}"
                counted["refused"] += 1
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt | SystemExit):
                    raise
                pytest.fail(f"mutant {number}: {type(error).__name__}: {error}", pytrace=True)
    finally:
        target.file.write_bytes(good)
    return counted


@pytest.mark.parametrize("name", [*READERS, *MODELS])
def test_some_mutants_are_taken_or_refused_by_name(made: dict[str, Target], name: str) -> None:
    # Any list of words is a vocabulary.
    assert outcomes(made[name], range(FEW))["refused"] or name == "vocabulary"


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_many_mutants_of_what_people_send(made: dict[str, Target], name: str) -> None:
    assert outcomes(made[name], range(FEW, 600))["refused"]


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_many_mutants_of_a_models_files(made: dict[str, Target], name: str) -> None:
    assert outcomes(made[name], range(FEW, 300))["refused"] or name == "vocabulary"
