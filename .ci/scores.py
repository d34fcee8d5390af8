"""Fails where the scores of this run differ from those of a commit by more than their last digits.

    python .ci/scores.py HEAD

Another kind of processor rounds otherwise, so training and with it a few entities come out otherwise; an event that is
found or lost does not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

METRICS = Path("data") / "evaluation" / "metrics.json"
# Of F1: what a handful of entities, of several hundred, may move.
TOLERANCE = 0.02


def numbers(value: object, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a JSON value by its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{name}.{key}".lstrip("."))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name, float(value)


def differences(before: object, after: object, tolerance: float = TOLERANCE) -> list[str]:
    """Scores (numbers of names that end in f1) of either side that differ by more than the tolerance, or are gone."""
    old, new = dict(numbers(before)), dict(numbers(after))
    names = [name for name in {**old, **new} if "f1" in name.rsplit(".", 1)[-1]]
    return [
        f"{name}: {old.get(name)} in Git, {new.get(name)} in this run"
        for name in names
        if name not in old or name not in new or abs(old[name] - new[name]) > tolerance
    ]


if __name__ == "__main__":
    shown = subprocess.run(["git", "show", f"{sys.argv[1]}:{METRICS.as_posix()}"], check=True, capture_output=True)
    found = differences(json.loads(shown.stdout), json.loads(METRICS.read_text(encoding="utf-8")))
    print("\n".join(found) or "the scores are those in Git")
    sys.exit(bool(found))
