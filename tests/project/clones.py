"""Clones of the project, and DVC and Git in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent


def clone_of(source: Path, folder: Path) -> Path:
    """A clone of what is committed; the test is skipped where that cannot be."""
    if not (Path(sys.executable).parent / "dvc").exists():
        pytest.skip("DVC is not installed beside this Python")
    if shutil.which("git") is None or not (source / ".git").exists():
        pytest.skip("not a Git checkout")
    subprocess.run(["git", "clone", "--quiet", str(source), str(folder)], check=True)
    return folder


def leave_articles(clone: Path, kept: set[str]) -> None:
    """Take every article but the seeds and those named out of a clone, and what is labelled in them."""
    kept = kept | {path.stem for path in (clone / "seeds").glob("*.txt")}
    for path in (*(clone / "data" / "articles").rglob("*.txt"), *(clone / "data" / "gold").glob("*.json")):
        if path.stem not in kept:
            path.unlink()
    happenings = clone / "data" / "happenings_gold.yaml"
    entries = yaml.safe_load(happenings.read_text(encoding="utf-8"))
    for entry in entries:
        entry["told"] = {article: which for article, which in entry["told"].items() if article in kept}
    left = [entry for entry in entries if entry["told"]]
    happenings.write_text(yaml.safe_dump(left, allow_unicode=True), encoding="utf-8")


def git(clone: Path, *arguments: str) -> str:
    """Run Git as somebody with a name; returns what it printed."""
    command = ["git", "-c", "user.name=Tests", "-c", "user.email=tests@example.org", *arguments]
    return subprocess.run(command, cwd=clone, check=True, capture_output=True, text=True).stdout


def dvc(clone: Path, *arguments: str) -> str:
    """Run DVC in a clone with this interpreter's packages and nothing kept from elsewhere; returns what it printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    unset = {"PYTHONPATH", "DVC_ROOT", "DVC_EXP_NAME", "DVC_EXP_BASELINE_REV"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    environment |= {"PATH": path, "DVC_NO_ANALYTICS": "1"}
    done = subprocess.run(["dvc", *arguments], cwd=clone, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout
