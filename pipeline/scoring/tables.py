"""Rows as files: CSV for programs and spreadsheets, Markdown for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence

from pipeline.scoring.error_list import escaped
from pipeline.scoring.measures import Row
from pipeline.tables.cells import safe

# What scores.md shows: a table, its title, the rows of it by what their columns must hold. The rest is in the CSV.
SHOWN: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("events", "Events", {"entities": "predicted", "measure": "found"}),
    ("events", "Events whose core slots are all right", {"entities": "predicted", "measure": "core slots right"}),
    (
        "slots",
        "Slots, those of missed events and false alarms counted",
        {"entities": "predicted", "scope": "all events"},
    ),
    ("ner_cost", "Event F1 under gold and under predicted entities: the cost of entity errors", {"measure": "found"}),
    ("entities", "Entities, label and both ends right, over whole tokens", {}),
    ("segmentation", "Segmentation", {}),
    ("happenings", "Happenings over all articles: which events are one", {}),
    ("happenings_record", "Happenings against the UN's record", {}),
    ("happenings_faults", "Happenings that came out as several, or several as one", {}),
    ("outlets", "By outlet", {}),
    ("rules", "Frame mentions by rule", {}),
)


def csv_text(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Rows as CSV with a header of the rows' columns, or of `columns` where there are no rows; None is left empty.

    Text that a spreadsheet would take for a formula or a date has an apostrophe put before it.
    """
    names = list(rows[0]) if rows else list(columns)
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: safe(value, name) if isinstance(value, str) else value for name, value in row.items()} for row in rows
    )
    return out.getvalue()


def rows_json(rows: Sequence[Row]) -> str:
    """Rows as a JSON list, a row a line, Arabic as it is: what changes shows in a diff."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]" if rows else "[]"


def tables_json(tables: Mapping[str, Sequence[Row]]) -> str:
    """All tables as one JSON object of such lists."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {rows_json(rows)}" for name, rows in tables.items()) + "\n}\n"


def scores_markdown(tables: Mapping[str, Sequence[Row]], notes: Sequence[str]) -> str:
    """The main tables for people: measures as `0.912 (0.85–0.96)`, the bracket being the 95 % interval. Rows of things
    that are neither in the gold nor predicted are left out."""
    lines = ["# Scores", "", *(f"- {note}" for note in notes)]
    lines += ["", "In brackets the 95 % interval over resampled articles; it has no width where all articles agree."]
    for name, title, wanted in SHOWN:
        chosen = [row for row in tables.get(name, ()) if all(row[column] == value for column, value in wanted.items())]
        rows = [_short(row, wanted) for row in chosen if row.get("predicted", 1) or row.get("gold", 1)]
        if not rows:
            continue
        header = list(rows[0])
        lines += ["", f"## {title}", "", "| " + " | ".join(header) + " |", "| --- " * len(header) + "|"]
        lines += ["| " + " | ".join(row.values()) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _short(row: Row, same: Collection[str]) -> dict[str, str]:
    """A row's cells with each measure's bounds put behind it, without the columns that are the `same` in all rows."""
    cells = {}
    for name, value in row.items():
        if name.endswith(("_low", "_high")) or name in same:
            continue
        cell = "–" if value is None else f"{value:.3f}" if isinstance(value, float) else escaped(str(value))
        low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
        cells[name] = cell if low is None else f"{cell} ({low:.2f}–{high:.2f})"
    return cells
