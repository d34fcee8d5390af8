"""The workflow as a newcomer gets it: committed files only, in a new folder, twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.files import Workspace
from tests.project.seeds import CALLS, TALLIES, VETOES, faults_of_evidence, of_seeds, read_table

ROOT = Path(__file__).parent.parent.parent
OUTPUTS = (
    "segments.jsonl",
    "set_aside.jsonl",
    "entities.jsonl",
    "frames.jsonl",
    "events.jsonl",
    "events.csv",
    "events.parquet",
    "events_plover.jsonl",
    "evaluation/metrics.json",
    "evaluation/scores.json",
    "evaluation/errors.md",
    "report/index.html",
)
pytestmark = pytest.mark.slow


def dvc(clone: Path, *arguments: str) -> str:
    """Run DVC in a clone with this interpreter's packages and nothing kept from elsewhere; returns what it printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    unset = {"PYTHONPATH", "DVC_ROOT", "DVC_EXP_NAME", "DVC_EXP_BASELINE_REV"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    environment |= {"PATH": path, "DVC_NO_ANALYTICS": "1"}
    done = subprocess.run(["dvc", *arguments], cwd=clone, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two clones of HEAD, the workflow run in each. What is in Git as a result is made anew: `--force`."""
    if not (Path(sys.executable).parent / "dvc").exists():
        pytest.skip("DVC is not installed beside this Python")
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a Git checkout")
    folder = tmp_path_factory.mktemp("clones")
    made = []
    for name in ("first", "second"):
        clone = folder / name
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
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
