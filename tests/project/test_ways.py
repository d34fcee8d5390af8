"""The ways to extend the project that CONTRIBUTING names, walked one after another in a fresh clone, and one knob
changed: whoever follows the documents keeps the tests green that these reach."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.files import Workspace
from tests.project.clones import ROOT, clone_of, dvc, git
from tests.project.seeds import VETOES, faults_of_evidence, of_seeds, read_table

pytestmark = pytest.mark.slow
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Tests that look at files which the walk changes, or at what is computed from them. The rest of the suite (stages, the
# tagger, segmentation, Arabic, hostile input, the page) makes its own input, or reads what nobody is told to change.
REACHED = (
    *("tests/actors", "tests/frames", "tests/gold", "tests/happenings", "tests/project", "tests/record"),
    *("tests/tables", "tests/tagger/test_registry.py", "tests/test_params.py", "tests/test_workflow.py"),
    "--ignore=tests/project/test_extract.py",  # extracts the seeds, which the walk's own run has read
)
NAME = "2025-example-01"
ARTICLE = "تونس تدين الهجوم على العاصمة\n\nأدانت تونس الأحد الهجوم على العاصمة.\n"
LABELS = f"""article: {NAME}
split: dev
annotator: tests
stories:
- sections:
  - headline: تونس تدين
    sentences:
    - s: تونس تدين
      LOC: [تونس]
  - body: أدانت تونس
    sentences:
    - s: أدانت تونس
      LOC: [تونس]
"""
# A copy of mini under another name, as the guide has a model that is kept in the project.
KEPT = """
kept:
  about: mini, copied.
  folder: kept
  labels: {LOC: LOC, MISC: MISC, ORG: ORG, PERS: PERS}
  words: mean
  licence: that of mini
  citation: as mini
"""


def chapter(heading: str) -> str:
    return GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def example(heading: str) -> str:
    """The YAML that a chapter gives."""
    return re.findall(r"```yaml\n(.*?)```", chapter(heading), re.S)[0]


def to_commit(heading: str) -> list[str]:
    """The paths that a chapter says to commit."""
    return re.findall(r"To commit: `git add ([^`]*)`", chapter(heading))[0].split()


def run(clone: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_five_ways_and_a_knob_end_green(tmp_path: Path) -> None:
    clone = clone_of(ROOT, tmp_path / "clone")
    # An article, its labels.
    (clone / "data" / "articles" / f"{NAME}.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "labels.yaml").write_text(LABELS, encoding="utf-8")
    run(clone, "pipeline", "gold", "author", str(tmp_path / "labels.yaml"))
    run(clone, "pipeline", "gold", "check")
    run(clone, "pipeline", "gold", "card")
    # A frame type and a knob; training is left out, for it takes minutes and has tests of its own.
    params = clone / "params.yaml"
    text = re.sub(r"(?m)^  types: \[(.*)\]$", r"  types: [\1, condemnation]", params.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^  window: .*$", "  window: 30", re.sub(r"(?m)^  epochs: .*$", "  epochs: 0", text))
    text = re.sub(r"(?m)^  bootstrap: .*$", "  bootstrap: 20", text)
    params.write_text(re.sub(r"(?m)^  base: .*$", "  base: kept", text), encoding="utf-8")
    types = clone / "pipeline" / "frames" / "types"
    (types / "condemnation.yaml").write_text(example("Add a frame type"), encoding="utf-8")
    run(clone, "pipeline", "codebook")
    # A model of the hub, which is not fetched, and one that is kept here, which is run.
    append(clone / "models" / "registry.yaml", "\n" + example("Add a model") + KEPT)
    (clone / "models" / "my-model").mkdir()
    (clone / "models" / "my-model" / "README.md").write_text("A model of the hub.\n", encoding="utf-8")
    shutil.copytree(clone / "models" / "mini", clone / "models" / "kept")
    # An actor.
    append(clone / "pipeline" / "actors" / "groups.yaml", example("Add an actor"))

    dvc(clone, "repro")
    run(clone, "pipeline", "rules")

    events = (clone / "data" / "events.csv").read_text(encoding="utf-8-sig")
    assert any(line.startswith(f"{NAME}-") and ",condemnation," in line for line in events.splitlines())
    model = json.loads((clone / "data" / "evaluation" / "run.json").read_text(encoding="utf-8"))
    assert "kept" in json.dumps(model)
    assert of_seeds(read_table(clone / "data"), "veto", "vetoer_id", "ordinal") == sorted(VETOES)
    assert faults_of_evidence(Workspace.project(clone)) == []

    for heading in ("Add an article", "Label it", "Add a frame type", "Add a model", "Add an actor"):
        git(clone, "add", *to_commit(heading))
    git(clone, "commit", "-qm", "Extended")
    assert git(clone, "status", "--porcelain", "--untracked-files=all") == ""
    run(clone, "pytest", "-q", "-x", *REACHED)
