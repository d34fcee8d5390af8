"""The wheels: one package, no module called `pipeline`, and the same events as the checkout's, from any folder."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.extractor import Extractor

ROOT = Path(__file__).parent.parent.parent
COUNCIL = (ROOT / "examples" / "council.txt").read_text(encoding="utf-8")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like site-packages with both wheels in it, built from what is committed and not."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder / "dist"),
    ]
    done = subprocess.run([*command, ".", "./packaging/mini"], cwd=ROOT, capture_output=True, text=True)
    if "No module named pip" in done.stderr or "BackendUnavailable" in done.stderr:
        pytest.skip("pip and setuptools are not installed beside this Python")
    assert done.returncode == 0, done.stderr[-3000:]
    for wheel in (folder / "dist").glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_code_is_one_package_that_knows_no_other_name(site: Path) -> None:
    assert sorted(path.name for path in site.iterdir() if not path.name.endswith(".dist-info")) == [
        "arabic_events",
        "arabic_events_mini",
    ]
    for file in (site / "arabic_events").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not [name for name in node.names if name.name.split(".")[0] == "pipeline"], file
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] != "pipeline", file


def test_what_is_no_code_travels(site: Path) -> None:
    here = {path.relative_to(ROOT / "pipeline") for path in (ROOT / "pipeline").rglob("*.yaml")}
    there = {path.relative_to(site / "arabic_events") for path in (site / "arabic_events").rglob("*.yaml")}
    assert here <= there and Path("models/registry.yaml") in there
    assert (site / "arabic_events" / "report" / "page" / "face" / "OFL.txt").is_file()


def test_the_same_events_beside_somebody_elses_module_called_pipeline(site: Path, tmp_path: Path) -> None:
    (tmp_path / "pipeline.py").write_text("raise SystemExit('not ours')\n", encoding="utf-8")
    (tmp_path / "council.txt").write_text(COUNCIL, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "arabic_events", "extract", "-", "--json", "--id", "council"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, input=COUNCIL.encode(), capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == Extractor.load()(COUNCIL, id="council").to_jsonl()


def test_spacy_finds_the_component_by_its_entry_point(site: Path, tmp_path: Path) -> None:
    script = (
        "import spacy; nlp = spacy.blank('ar'); nlp.add_pipe('arabic_events', config={'model': None});"
        "print(len(nlp('استخدمت روسيا حق النقض ضد مشروع القرار.')._.events))"
    )
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.strip() == "1", done.stderr
