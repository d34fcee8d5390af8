"""The pages that people read say what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.tables.codes import load_codes
from pipeline.tables.plover import plover_record
from pipeline.tables.spreadsheet import ACTING, SLOTS, names
from tests.report.build import TEXT, veto

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(ROOT / "data").glob("*.md"), *(ROOT / "docs").glob("*.md")]
]


def test_the_code_book_has_every_column_in_order() -> None:
    page = (ROOT / "data" / "CODEBOOK.md").read_text(encoding="utf-8")
    table = page.split("## events.csv")[1].split("### Ids")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    told = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert told == [name for name in names([]) if name.removesuffix("_id") not in ACTING or name in SLOTS]


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
