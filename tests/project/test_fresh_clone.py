"""The workflow as a newcomer gets it: committed files only, in a new folder, twice.

Training is made short: two epochs on the smallest split, of which another tells the better one. What the whole of it
comes to is what lies in the checkout after `dvc repro`, as .ci/run leaves it, and is looked at there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

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
SHORT = {"epochs": 2, "fit_on": ["test"], "stop_on": ["dev"]}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two clones of HEAD, the workflow run in each. What is in Git as a result is made anew: `--force`."""
    folder = tmp_path_factory.mktemp("clones")
    made = []
    for name in ("first", "second"):
        clone = clone_of(ROOT, folder / name)
        params = yaml.safe_load((clone / "params.yaml").read_text("utf-8"))
        params["train"] |= SHORT
        (clone / "params.yaml").write_text(yaml.safe_dump(params, allow_unicode=True), encoding="utf-8")
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
    found_in_seeds(clones[0])


@pytest.mark.shipped
def test_so_they_are_with_the_tagger_that_the_parameters_in_git_train() -> None:
    if not (ROOT / "data" / "events.csv").is_file():
        pytest.skip("dvc repro has not been run here")
    found_in_seeds(ROOT)


def found_in_seeds(project: Path) -> None:
    rows = read_table(project / "data")
    assert of_seeds(rows, "veto", "vetoer_id", "ordinal") == sorted(VETOES)
    columns = ("in_favour", "against", "abstaining", "abstaining_actors_id", "outcome")
    assert set(TALLIES) <= set(of_seeds(rows, "vote_tally", *columns))
    assert set(CALLS) <= set(of_seeds(rows, "ceasefire_call", "caller_id", "stance"))
    assert faults_of_evidence(Workspace.project(project)) == []
