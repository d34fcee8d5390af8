"""What data/README.md says of the gold's size is what the gold holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.files import Workspace
from pipeline.gold.read import read_gold

ROOT = Path(__file__).parents[2]
# The columns of the card's table of splits, after those that name split and texts.
COLUMNS = (
    "articles",
    "without events",
    "stories",
    "sentences",
    "entities",
    "veto",
    "vote_tally",
    "ceasefire_call",
)


def counted() -> dict[tuple[str, bool], list[int]]:
    """For each split and kind of text (whether a seed) its counts, in the order of COLUMNS."""
    seeds = {path.stem for path in (ROOT / "seeds").glob("*.txt")}
    table: dict[tuple[str, bool], Counter[str]] = {}
    for gold in read_gold(Workspace.project(ROOT).gold):
        row = table.setdefault((gold.split, gold.article in seeds), Counter())
        row.update(event.type for event in gold.events)
        row.update(
            {
                "articles": 1,
                "without events": int(not gold.events),
                "stories": len(gold.stories),
                "sentences": len(gold.sentences),
                "entities": len(gold.entities),
            }
        )
    return {key: [row[name] for name in COLUMNS] for key, row in table.items()}


def test_the_card_counts_as_the_gold_does() -> None:
    lines = (ROOT / "data" / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    stated = {
        (cells[0].strip("`"), "seeds" in cells[1]): [int(cell) for cell in cells[2:]]
        for cells in rows
        if cells[0].strip("`") in ("train", "dev", "test")
    }
    assert stated == counted()
