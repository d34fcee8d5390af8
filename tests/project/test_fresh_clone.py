"""The workflow as a newcomer gets it: committed files only, in a new folder, twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.files import Workspace
from tests.project.clones import ROOT, clone_of, dvc
from tests.project.seeds import CALLS, TALLIES, VETOES, faults_of_evidence, of_seeds, read_table

OUTPUTS = (
    "segments.jsonl",
    "set_aside.jsonl",
    "entities.jsonl",
    "frames.jsonl",
    "events.jsonl",
    "events.csv",
    "events.parquet",
    "event_actors.csv",
    "event_actors.parquet",
    "events_plover.jsonl",
    "evaluation/metrics.json",
    "evaluation/scores.json",
    "evaluation/errors.md",
    "report/index.html",
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two clones of HEAD, the workflow run in each. What is in Git as a result is made anew: `--force`."""
    folder = tmp_path_factory.mktemp("clones")
    made = []
    for name in ("first", "second"):
        clone = clone_of(ROOT, folder / name)
        said = dvc(clone, "repro", "--force")
        assert "Open data/report/index.html" in said
        made.append(clone)
    return made


def test_outputs_are_there(clones: list[Path]) -> None:
    assert [name for name in OUTPUTS if not (clones[0] / "data" / name).is_file()] == []
    assert (clones[0] / "models" / "ner" / "model.safetensors").is_file()


def test_a_second_run_does_nothing(clones: list[Path]) -> None:
    said = dvc(clones[0], "repro")
    assert "up to date" in said and "Running stage" not in said


@pytest.mark.parametrize("name", [f"data/{name}" for name in OUTPUTS] + ["models/ner/model.safetensors", "dvc.lock"])
def test_two_runs_give_the_same_bytes(clones: list[Path], name: str) -> None:
    first, second = ((clone / name).read_bytes() for clone in clones)
    assert first == second


def test_the_seeds_events_are_found_with_their_evidence(clones: list[Path]) -> None:
    rows = read_table(clones[0] / "data")
    assert of_seeds(rows, "veto", "vetoer_id", "ordinal") == sorted(VETOES)
    columns = ("in_favour", "against", "abstaining", "abstaining_actors_id", "outcome")
    assert set(TALLIES) <= set(of_seeds(rows, "vote_tally", *columns))
    assert set(CALLS) <= set(of_seeds(rows, "ceasefire_call", "caller_id", "stance"))
    assert faults_of_evidence(Workspace.project(clones[0])) == []
