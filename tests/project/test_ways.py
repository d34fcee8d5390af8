"""The ways to extend the project that CONTRIBUTING names, walked one after another in a fresh clone, and one knob
changed: whoever follows the documents keeps the tests green that these reach."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.clones import ROOT, clone_of, dvc, git

pytestmark = pytest.mark.slow
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# The tests that what is added can reach.
REACHED = (
    *("tests/actors", "tests/frames", "tests/gold", "tests/project", "tests/tables"),
    *("tests/test_params.py", "tests/test_workflow.py"),
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


def example(heading: str) -> str:
    """The YAML that a chapter gives."""
    return re.findall(r"```yaml\n(.*?)```", GUIDE.split(f"## {heading}")[1], re.S)[0]


def run(clone: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_five_ways_and_a_knob_end_green(tmp_path: Path) -> None:
    clone = clone_of(ROOT, tmp_path / "clone")
    (clone / "data" / "articles" / f"{NAME}.txt").write_text(ARTICLE, encoding="utf-8")
    params = clone / "params.yaml"
    text = params.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^  epochs: .*$", "  epochs: 0", text)
    text = re.sub(r"(?m)^  types: \[(.*)\]$", r"  types: [\1, condemnation]", text)
    params.write_text(text, encoding="utf-8")
    frame = example("Add a frame type")
    (clone / "pipeline" / "frames" / "types" / "condemnation.yaml").write_text(frame, encoding="utf-8")
    run(clone, "pipeline", "codebook")
    append(clone / "models" / "registry.yaml", "\n" + example("Add a model"))
    append(clone / "pipeline" / "actors" / "groups.yaml", example("Add an actor"))

    run(clone, "pipeline", "segment")
    (tmp_path / "labels.yaml").write_text(LABELS, encoding="utf-8")
    run(clone, "pipeline", "gold", "author", str(tmp_path / "labels.yaml"))
    run(clone, "pipeline", "gold", "check")
    run(clone, "pipeline", "gold", "card")
    dvc(clone, "repro")
    events = (clone / "data" / "events.csv").read_text(encoding="utf-8-sig")
    assert any(line.startswith(f"{NAME}-") and ",condemnation," in line for line in events.splitlines())

    run(clone, "pipeline", "rules")

    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "Extended")
    run(clone, "pytest", "-q", "-x", *REACHED)
