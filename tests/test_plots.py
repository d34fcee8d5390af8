"""The plots of dvc.yaml as images, in a project that has nothing but those plots and a row or two for each."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.plots import PlotsError, markdown, render_plots

ROOT = Path(__file__).parent.parent
PLOTS: list[dict[str, dict]] = yaml.safe_load((ROOT / "dvc.yaml").read_text("utf-8"))["plots"]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="DVC compares commits")


def columns(shape: dict, file: str) -> dict[str, object]:
    """A row of a plot's file: text for what a template takes as categories, else numbers."""
    x = shape["x"][file] if isinstance(shape["x"], dict) else shape["x"]
    y = shape["y"][file]
    words = {"confusion": {x, y}, "bars": {y}}.get(shape["template"], set())
    return {name: "LOC" if name in words else 0.5 for name in (x, y)}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for plot in PLOTS:
        for shape in plot.values():
            for file in shape["y"]:
                (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / file).write_text(json.dumps([columns(shape, file)] * 2), encoding="utf-8")
    (tmp_path / "dvc.yaml").write_text(yaml.safe_dump({"plots": PLOTS}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in (["git", "init", "-q"], [sys.executable, "-m", "dvc", "init", "-q"]):
        subprocess.run(command, check=True, capture_output=True)
    shutil.copytree(ROOT / ".dvc" / "plots", tmp_path / ".dvc" / "plots")
    return tmp_path


def test_every_plot_is_an_image(project: Path) -> None:
    drawn = render_plots(project / "images")
    assert [title for title, _ in drawn] == [title for plot in PLOTS for title in plot]
    assert all(path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 4000 for _, path in drawn)
    assert all(" " not in path.name for _, path in drawn)


def test_markdown_shows_them() -> None:
    assert markdown([("F1 by label", Path("out/f1.png"))]) == "### F1 by label\n\n![F1 by label](out/f1.png)"


def test_a_revision_that_is_not_there_is_an_error_that_says_so(project: Path) -> None:
    with pytest.raises(PlotsError, match=r"\[E701\] dvc plots: .*no-such-commit"):
        render_plots(project / "images", ["no-such-commit"])
