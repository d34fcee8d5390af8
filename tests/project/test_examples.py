"""What the README shows is what comes out, and the notebook runs."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from examples.vetoes import counts, figure
from pipeline.extractor import Extractor

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COUNCIL = (ROOT / "examples" / "council.txt").read_text(encoding="utf-8")


def test_the_readme_shows_the_example_as_it_stands_in_its_file() -> None:
    shown = re.findall(r'> <div dir="rtl">(.*?)</div>', README)[0]
    assert shown in COUNCIL.splitlines()


def test_the_events_that_the_readme_shows_are_those_of_the_file() -> None:
    """Each cell of the table says slot and value; values are ids where the slot has actors."""
    made = Extractor.load()(COUNCIL)
    lines = re.findall(r"^\| `(\w+)` \| (.*) \|$", README.split("come these four events:")[1].split("\n\n")[1], re.M)
    assert [kind for kind, _ in lines] == [event.type for event in made]
    for (_, cells), event in zip(lines, made, strict=True):
        for cell in filter(None, map(str.strip, re.split(r"[|,]", cells))):
            slot, value = cell.split(" ", 1)
            told = {str(filler.value) for filler in event.slots[slot]} | set(event.actors(slot))
            assert value in told, f"{event.type}: {slot} is {told}"


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) < 200


def test_the_figure_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(
        '{"type": "veto", "modality": "actual", "slots": {"vetoer": [{"actor": "RUS"}, {"actor": "CHN"}],'
        ' "date": [{"value": "2022-05-26"}]}}\n'
        '{"type": "veto", "modality": "threatened", "slots": {"vetoer": [{"actor": "USA"}]}}\n',
        encoding="utf-8",
    )
    rows = counts(tmp_path / "events.jsonl")
    assert [(row["actor"], row["year"], row["vetoes"]) for row in rows] == [("CHN", 2022, 1), ("RUS", 2022, 1)]
    assert ElementTree.fromstring(figure(rows)).tag.endswith("svg")


def test_figures_of_the_documents_come_from_the_scores() -> None:
    spec = importlib.util.spec_from_file_location("figures", ROOT / ".ci" / "figures.py")
    assert spec and spec.loader
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)
    for name in ("README.md", "docs/evaluation.md"):
        shown = figures.rewritten((ROOT / name).read_text(encoding="utf-8"))
        row = figures.scored("events found", "test")
        counts = [line for line in shown.splitlines() if line.startswith("| events found | test |")]
        assert len(counts) == 1 and f"| {row['gold']} | {float(row['precision']):.3f}" in counts[0]
        stale = shown.replace(counts[0], counts[0].replace(f"{float(row['f1']):.3f}", "0.001"))
        assert stale != shown and figures.rewritten(stale) == shown


@pytest.mark.slow
def test_the_notebook_runs() -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    notebook = nbformat.read(ROOT / "examples" / "vetoes.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(ROOT)}}).execute()
    drawn = [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(drawn) == 2
