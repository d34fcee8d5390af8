"""The command line on the seeds, with the model that is in Git: no DVC, no training, no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.files import Workspace
from tests.project.seeds import CALLS, TALLIES, VETOES, faults_of_evidence, of_seeds, read_table

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The seeds, extracted."""
    out = tmp_path_factory.mktemp("seeds")
    folder = ROOT / "seeds"
    command = [sys.executable, "-m", "pipeline", "extract", "seeds", "-o", str(out), "--model", "models/mini"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "segment", "ner", "frames", "events", "tables", "extract",
    ]  # fmt: skip
    return Workspace(root=folder, sources=(folder,), out=out, model=out, gold=out, cache=out / ".cache")


def test_every_veto(seeds: Workspace) -> None:
    rows = read_table(seeds.out)
    assert of_seeds(rows, "veto", "vetoer_id", "ordinal") == sorted(VETOES)
    assert {row["modality"] for row in rows if row["type"] == "veto"} == {"actual"}


def test_the_tallies(seeds: Workspace) -> None:
    columns = ("in_favour", "against", "abstaining", "abstaining_actors_id", "outcome")
    assert set(TALLIES) <= set(of_seeds(read_table(seeds.out), "vote_tally", *columns))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: "-".join(map(str, call)))
def test_the_calls_and_refusals(seeds: Workspace, call: tuple[str | int, ...]) -> None:
    assert call in of_seeds(read_table(seeds.out), "ceasefire_call", "caller_id", "stance")


def test_words_are_the_texts_and_no_story_leaks_into_another(seeds: Workspace) -> None:
    assert faults_of_evidence(seeds) == []
    pages_of_two = {row["article"][:3] for row in read_table(seeds.out) if row["story"] == "2"}
    assert {"001", "002"} <= pages_of_two
