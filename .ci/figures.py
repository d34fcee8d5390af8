"""Writes the scores of data/evaluation/ into README.md and docs/evaluation.md, whose tables and first screen show them.

python .ci/figures.py  # after a run whose results are kept
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "data" / "evaluation" / "tables"
# What a row of the documents is called: the table it comes from, and what picks its row there.
_FOUND = {"entities": "predicted", "class": "all", "measure": "found"}
ROWS: dict[str, tuple[str, dict[str, str]]] = {
    "events found": ("events", {**_FOUND, "type": "all"}),
    "– veto": ("events", {**_FOUND, "type": "veto"}),
    "– vote tally": ("events", {**_FOUND, "type": "vote_tally"}),
    "– ceasefire call": ("events", {**_FOUND, "type": "ceasefire_call"}),
    "events with all core slots right": ("events", {**_FOUND, "type": "all", "measure": "core slots right"}),
    "slots": ("slots", {"entities": "predicted", "type": "all", "slot": "all", "scope": "all events"}),
    "entities": ("entities", {"label": "all"}),
    "sentence boundaries": ("segmentation", {"unit": "boundary"}),
}


def scored(name: str, split: str) -> dict[str, str]:
    """The row of the evaluation's tables that a row of the documents shows."""
    table, wanted = ROWS[name]
    with (TABLES / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    (found,) = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    return found


def cell(row: dict[str, str], measure: str) -> str:
    """A measure with its interval, as the documents write it."""
    low, high = row[f"{measure}_low"], row[f"{measure}_high"]
    interval = f" ({float(low):.2f}–{float(high):.2f})" if low else ""
    return f"{float(row[measure]):.3f}{interval}"


def rewritten(text: str) -> str:
    """A document with its figures as the tables have them."""

    def line(match: re.Match[str]) -> str:
        row = scored(match["name"], match["split"])
        measures = " | ".join(cell(row, measure) for measure in ("precision", "recall", "f1"))
        return f"| {match['name']} | {match['split']} |{match['articles'] or ''} {row['gold']} | {measures} |"

    names = "|".join(map(re.escape, ROWS))
    pattern = rf"(?m)^\| (?P<name>{names}) \| (?P<split>dev|test) \|(?P<articles> \d+ \|)? \d+ \|(?: [^|]+ \|){{3}}$"
    test = scored("events found", "test")
    low, high = float(test["f1_low"]), float(test["f1_high"])
    first = f"F1 {float(test['f1']):.3f}, 95 % interval {low:.2f} to {high:.2f}"
    return re.sub(r"F1 0\.\d+, 95 % interval 0\.\d+ to [01]\.\d+", first, re.sub(pattern, line, text))


if __name__ == "__main__":
    for path in (ROOT / "README.md", ROOT / "docs" / "evaluation.md"):
        before = path.read_text(encoding="utf-8")
        after = rewritten(before)
        path.write_text(after, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'figures written' if after != before else 'the figures stand as they are'}")
