"""What a researcher does with others: results shared by a DVC remote, experiments that leave nothing behind, and an
edit that reruns what it concerns. Of few articles, and the tagger is taken as it is: what they come to has tests of its
own, and would take minutes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project.clones import ROOT, clone_of, dvc, git, leave_articles

pytestmark = pytest.mark.slow
# Beside the seeds, which are of the split dev.
ARTICLES = {"1994-unsc-bosnia-01", "2002-unsc-iraq-01", "2006-srilanka-01", "t-1997-guatemala-01", "t-2009-georgia-01"}
SHARED = (
    "data/events.csv",
    "data/events.parquet",
    "data/event_actors.parquet",
    "data/events_plover.jsonl",
    "data/report/index.html",
    "models/ner/model.safetensors",
)


def stages(said: str) -> list[str]:
    """The stages that a run of DVC ran."""
    return re.findall(r"Running stage '(\w+)'", said)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with its results, committed, and a remote beside it."""
    clone = clone_of(ROOT, tmp_path_factory.mktemp("sharing") / "mine")
    leave_articles(clone, ARTICLES)
    params = clone / "params.yaml"
    text = re.sub(r"(?m)^  epochs: .*$", "  epochs: 0", params.read_text("utf-8"))
    params.write_text(re.sub(r"(?m)^  bootstrap: .*$", "  bootstrap: 20", text), encoding="utf-8")
    dvc(clone, "repro")
    dvc(clone, "remote", "add", "-d", "team", "../store")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "Results")
    assert git(clone, "status", "--porcelain") == ""
    return clone


def test_a_colleague_has_the_results_without_running_anything(project: Path) -> None:
    dvc(project, "push")
    colleague = clone_of(project, project.parent / "yours")
    dvc(colleague, "pull")
    assert all((colleague / name).read_bytes() == (project / name).read_bytes() for name in SHARED)
    assert stages(dvc(colleague, "repro")) == []
    assert git(colleague, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("file", "comment", "ran"),
    [
        # Rule files also say how mentions merge and what each slot is, so all that reads either runs.
        (
            "pipeline/frames/types/veto.yaml",
            "# reworded\n",
            ["frames", "events", "happenings", "tables", "evaluate", "report"],
        ),
        ("pipeline/report/page/page.css", "/* reworded */\n", ["report"]),
        ("pipeline/tables/codes.yaml", "# reworded\n", ["tables"]),
        ("README.md", "Reworded.\n", []),
    ],
)
def test_an_edit_reruns_what_it_concerns(project: Path, file: str, comment: str, ran: list[str]) -> None:
    path = project / file
    before = path.read_bytes()
    path.write_bytes(before + comment.encode())
    said = dvc(project, "repro")
    path.write_bytes(before)
    assert stages(said) == ran
    # What DVC keeps of every run it takes back. Outputs that persist, and scores, which are in Git, it does not keep;
    # those stages run again, and what they need of each article comes from the project's own cache.
    again = {"frames", "events", "happenings", "evaluate"}
    assert stages(dvc(project, "repro")) == [name for name in ran if name in again]
    assert git(project, "status", "--porcelain") == ""


def test_a_rule_that_is_off_reruns_frames_and_after_and_the_experiment_can_be_kept_or_left(project: Path) -> None:
    off = "frames.rules_off=[veto.use.subject-verb, veto.use.verb-subject]"
    said = dvc(project, "exp", "run", "-n", "fewer", "-S", off)
    assert stages(said) == ["frames", "events", "happenings", "tables", "evaluate", "report"]
    assert "frames.rules_off" in dvc(project, "params", "diff")
    assert "events_f1" in dvc(project, "metrics", "diff")
    assert "fewer" in dvc(project, "exp", "show", "--only-changed", "--no-pager")
    dvc(project, "exp", "branch", "fewer", "fewer-rules")
    git(project, "checkout", "-q", ".")
    dvc(project, "checkout")
    assert git(project, "status", "--porcelain") == ""
    assert "- veto.use.subject-verb" in git(project, "show", "fewer-rules:params.yaml")


def test_a_grid_of_three_is_queued_and_run(project: Path) -> None:
    dvc(project, "exp", "run", "--queue", "-S", "events.modalities=[actual],[actual,negated],[actual,threatened]")
    dvc(project, "exp", "run", "--run-all")
    shown = dvc(project, "exp", "show", "--csv")
    assert sum("Success" in line or "actual" in line for line in shown.splitlines()) >= 3
    assert git(project, "status", "--porcelain") == ""
