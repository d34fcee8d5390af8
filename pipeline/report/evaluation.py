"""What the evaluate stage left, as far as the page shows it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError

# Tables of scores.json that are shown, each with the rows it is cut down to.
TABLES: dict[str, dict[str, str]] = {
    "events": {"entities": "predicted", "measure": "found"},
    "slots": {"entities": "predicted", "scope": "all events"},
    "entities": {},
    "ner_cost": {"measure": "found"},
    "rules": {},
    "outlets": {},
    "segmentation": {},
}
COUNTED_PLOTS = ("entity_confusion", "event_confusion")
ROW_PLOTS = ("threshold", "calibration")
CURVES = ("loss", "f1")
SPLITS = ("train", "dev", "test")


def read_evaluation(folder: Path, training: Path) -> dict[str, Any]:
    """Headline figures, tables, plot rows and errors; empty where there is no evaluation yet.

    folder, training: what the stages evaluate and train left; `plots` are by name and split, `training` by measure.
    Raises RecordError naming the file that is not JSON.
    """
    if not (folder / "metrics.json").is_file():
        return {}
    tables = _read(folder / "scores.json") or {}
    return {
        "metrics": (_read(folder / "run.json") or {}) | _read(folder / "metrics.json"),
        "tables": {
            name: [
                {column: value for column, value in row.items() if column not in wanted}
                for row in tables.get(name, ())
                if all(row.get(column) == value for column, value in wanted.items())
            ]
            for name, wanted in TABLES.items()
        },
        "plots": {
            name: {split: rows for split in SPLITS if (rows := _plot(folder / "plots" / f"{name}_{split}.json", name))}
            for name in (*COUNTED_PLOTS, *ROW_PLOTS)
        }
        | {"training": {name: rows for name in CURVES if (rows := _read(training / "curves" / f"{name}.json"))}},
        "errors": _lines(folder / "errors.jsonl"),
    }


def _plot(path: Path, name: str) -> list[dict[str, object]]:
    rows = _read(path) or []
    return _counted(rows) if name in COUNTED_PLOTS else rows


def _counted(rows: Sequence[dict[str, str]]) -> list[dict[str, object]]:
    """One row a case as one row a pair with its count, in alphabetical order."""
    counts = Counter((str(row["actual"]), str(row["predicted"])) for row in rows)
    return [{"actual": actual, "predicted": predicted, "n": n} for (actual, predicted), n in sorted(counts.items())]


def _lines(path: Path) -> list[Any]:
    """The values of a JSON Lines file; none where there is no file."""
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return [_parse(path, line, number) for number, line in enumerate(lines, 1) if line]


def _read(path: Path) -> Any:
    """A JSON file's value; None where there is none."""
    return _parse(path, path.read_text(encoding="utf-8")) if path.is_file() else None


def _parse(path: Path, text: str, line: int = 1) -> Any:
    """JSON that begins at a line of a file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{path}:{line + error.lineno - 1}"
        raise RecordError(place, f"is not JSON: {error.msg}", "Rerun the evaluate stage") from error
