"""Vetoes by country and year as a figure: python examples/vetoes.py data/events.jsonl docs/vetoes.svg

Reads what a run wrote; needs nothing beyond the project's own packages.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import vl_convert


def counts(events: Path) -> list[dict[str, object]]:
    """How many vetoes that happened each state cast in each year, of those whose day, month or year the text gives."""
    told: Counter[tuple[str, int]] = Counter()
    for line in events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        years = {str(filler["value"])[:4] for filler in event["slots"].get("date", ())}
        years = {year for year in years if year.isdigit()}
        if event["type"] == "veto" and event["modality"] == "actual" and years:
            for actor in {filler.get("actor") for filler in event["slots"].get("vetoer", ())} - {None}:
                told[str(actor), int(min(years))] += 1
    return [{"actor": actor, "year": year, "vetoes": n} for (actor, year), n in sorted(told.items())]


def figure(rows: list[dict[str, object]]) -> str:
    """A stacked bar a year, as SVG."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": 680,
        "height": 150,
        "mark": "bar",
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": -45}},
            "y": {"field": "vetoes", "type": "quantitative", "title": "vetoes told", "axis": {"tickMinStep": 1}},
            "color": {"field": "actor", "title": None, "scale": {"scheme": "tableau10"}},
        },
        "config": {"background": "white", "view": {"stroke": None}},
    }
    return vl_convert.vegalite_to_svg(spec)


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:3])
    target.write_text(figure(counts(source)), encoding="utf-8")
