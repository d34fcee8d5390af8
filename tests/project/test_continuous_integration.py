"""What runs on GitHub is well formed, and what it tells of a pull request can be told here."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_the_workflow_is_of_githubs_schema(workflow: Path) -> None:
    tool = Path(sys.executable).parent / "check-jsonschema"
    if not tool.exists():
        pytest.skip("check-jsonschema is not installed beside this Python")
    command = [str(tool), "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_scripts_of_the_repository_that_it_runs_are_there() -> None:
    for workflow in WORKFLOWS:
        for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
            for run in (step["run"] for step in job["steps"] if "run" in step):
                files = [word for word in run.split() if word.startswith(".ci/")]
                assert all((ROOT / file).is_file() for file in files)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"dev": {"events_f1": 0.9}, "articles": 3}, []),
        ({"dev": {"events_f1": 0.885}, "articles": 9}, []),  # the last digits; what is no score
        ({"dev": {"events_f1": 0.85}}, ["dev.events_f1"]),
        ({"dev": {"events_f1": 0.95}}, ["dev.events_f1"]),  # better scores are not those in Git either
        ({"dev": {}}, ["dev.events_f1"]),
        ({"dev": {"events_f1": 0.9, "slots_f1": 0.8}}, ["dev.slots_f1"]),
    ],
)
def test_scores_that_are_not_those_in_git_are_told(after: dict[str, object], told: list[str]) -> None:
    spec = importlib.util.spec_from_file_location("scores", ROOT / ".ci" / "scores.py")
    assert spec and spec.loader
    scores = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scores)
    found = scores.differences({"dev": {"events_f1": 0.9}, "articles": 3}, after)
    assert [line.split(":")[0] for line in found] == told


@pytest.mark.slow
def test_the_comment_on_a_pull_request_can_be_written(tmp_path: Path) -> None:
    """The step's own script in a clone, against the commit before, but for CML, which speaks to GitHub."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a Git checkout")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    steps = yaml.safe_load(WORKFLOWS[0].read_text("utf-8"))["jobs"]["changes"]["steps"]
    (script,) = [step["run"] for step in steps if "cml" in step.get("run", "")]
    assert script.rstrip().endswith("cml comment update comment.md")
    script = "set -e\n" + script.replace("cml comment update comment.md", "")
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=clone,
        capture_output=True,
        text=True,
        env={**os.environ, "BASE": "HEAD", "PATH": paths},
    )
    assert done.returncode == 0, done.stderr
    comment = (clone / "comment.md").read_text("utf-8")
    assert [line for line in comment.splitlines() if line.startswith("## ")] == [
        "## Scores",
        "## Parameters",
        "## Plots",
    ]
    assert "entities_f1" in comment
    images = [line.split("(")[-1].rstrip(")") for line in comment.splitlines() if line.startswith("![")]
    assert images and all((clone / image).is_file() for image in images)
