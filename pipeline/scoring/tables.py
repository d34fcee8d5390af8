"""Rows as files: CSV for programs and spreadsheets, Markdown for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from pipeline.scoring.error_list import escaped
from pipeline.scoring.measures import Row

# Columns of the tables in scores.md, and what each table tells.
SHOWN = {
    "entities": "Entities, strict, over whole tokens",
    "segmentation": "Segmentation",
    "events": "Events",
    "slots": "Slots",
    "ner_cost": "What errors of entity recognition cost: event F1 under gold less that under predicted entities",
    "outlets": "By outlet",
    "rules": "Frame mentions by rule",
}


def csv_text(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Rows as CSV with a header of the rows' columns, or of `columns` where there are no rows; None is left empty."""
    names = list(rows[0]) if rows else list(columns)
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def scores_markdown(tables: Mapping[str, Sequence[Row]], notes: Sequence[str]) -> str:
    """The main tables for people: measures as `0.912 (0.85–0.96)`, the bracket being the 95 % interval."""
    lines = ["# Scores", "", *(f"- {note}" for note in notes)]
    for name, title in SHOWN.items():
        rows = [_short(row) for row in tables.get(name, ())]
        if not rows:
            continue
        header = list(rows[0])
        lines += ["", f"## {title}", "", "| " + " | ".join(header) + " |", "| --- " * len(header) + "|"]
        lines += ["| " + " | ".join(row.values()) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _short(row: Row) -> dict[str, str]:
    """A row's cells with each measure's bounds put behind it."""
    cells = {}
    for name, value in row.items():
        if name.endswith(("_low", "_high")):
            continue
        cell = "–" if value is None else f"{value:.3f}" if isinstance(value, float) else escaped(str(value))
        low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
        cells[name] = cell if low is None else f"{cell} ({low:.2f}–{high:.2f})"
    return cells
