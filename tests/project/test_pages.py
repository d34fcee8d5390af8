"""The pages that people read say what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.tables.actors import COLUMNS
from pipeline.tables.codes import load_codes
from pipeline.tables.plover import plover_record
from pipeline.tables.spreadsheet import names
from tests.report.build import TEXT, veto

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (ROOT, ROOT / "data", ROOT / "docs")
PAGES = [path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in folder.glob("*.md")]


def test_the_code_book_has_every_column() -> None:
    page = (ROOT / "data" / "CODEBOOK.md").read_text(encoding="utf-8")
    section = page.split("## events.csv")[1].split("### Ids")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert {name for name in names([]) if not name.endswith("_id")} <= told


def test_the_code_book_has_every_column_of_event_actors_in_order() -> None:
    page = (ROOT / "data" / "CODEBOOK.md").read_text(encoding="utf-8")
    section = page.split("## event_actors.csv")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == COLUMNS.names


def test_the_code_book_has_every_key_and_every_code_of_the_coding_schemes() -> None:
    page = (ROOT / "data" / "CODEBOOK.md").read_text(encoding="utf-8").split("## events_plover.jsonl")[1]
    record = plover_record(veto(), TEXT, None, "leave")
    keys = {*record, *record["source"][0]}
    assert keys <= set(re.findall(r"`(\w+)`", page))
    assert all(f"{code} {name}" in page for code, name in load_codes().cameo.items())


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    made = ("data/evaluation/",)  # written by the workflow
    here = (ROOT / page).parent
    gone = [link for link in links if not link.startswith(made) and not (here / link).exists()]
    assert not gone


def test_the_readmes_commands_stand_on_lines_of_their_own() -> None:
    """.ci/run takes them from there."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "python3 -m venv .venv && . .venv/bin/activate && pip install -e '.[dev]' && dvc repro" in lines
    assert "pytest" in lines
