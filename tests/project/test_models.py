"""Models and DVC: what `train` depends on, and that a model's folder is nothing but a model."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.project.clones import ROOT, clone_of, dvc

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone_of(ROOT, tmp_path_factory.mktemp("models") / "clone")


def test_status_lists_no_recipe(clone: Path) -> None:
    assert not re.search(r"(?m)^\S*(dvc\.yaml|mini):", dvc(clone, "status"))


def test_a_copied_model_breaks_no_command_and_an_edit_of_it_is_noticed(clone: Path) -> None:
    shutil.copytree(clone / "models" / "mini", clone / "models" / "mine")
    assert "models/mine" not in dvc(clone, "status")
    params = clone / "params.yaml"
    params.write_text(params.read_text("utf-8").replace("base: mini", "base: mine"), encoding="utf-8")
    # As a run would leave it.
    (clone / "data" / "training.jsonl").touch()
    (clone / "models" / "ner").mkdir()
    (clone / "models" / "ner" / "config.json").touch()
    dvc(clone, "commit", "--force", "train")
    before = dvc(clone, "status", "train")
    assert "models/mine" not in before
    config = clone / "models" / "mine" / "config.json"
    config.write_text(config.read_text("utf-8") + "\n", encoding="utf-8")
    assert "models/mine" in dvc(clone, "status", "train")


def test_the_recipe_is_a_project_of_its_own(clone: Path) -> None:
    assert "mini:" in dvc(clone, "--cd", "recipes/mini", "status")
