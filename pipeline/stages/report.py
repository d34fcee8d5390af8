"""Segments, entities, events and scores as one page to look at: data/report/index.html."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from pipeline.articles import load_text
from pipeline.boundary import Boundary
from pipeline.files import Workspace, read_records, write_text
from pipeline.happenings.records import Happening
from pipeline.params import Params
from pipeline.records import Entity, Event, Segments
from pipeline.report.charts import charting_library
from pipeline.report.evaluation import read_evaluation
from pipeline.report.happenings import happening_rows
from pipeline.report.page import build_page
from pipeline.report.payload import payload
from pipeline.report.summary import summary
from pipeline.stages import stage_main


def run(workspace: Workspace, params: Params) -> str:
    """Write the page. Returns a line on it, what was found in a few readable lines, and in the last where to look.

    The page carries the articles that have an event or an error in the evaluation, and the number of the others.
    """
    began = time.perf_counter()
    boundary = Boundary("report", workspace, params.ingest)
    evaluation = read_evaluation(workspace.out / "evaluation", workspace.out / "training")
    wrong = {error.get("article") for error in evaluation.get("errors", ())}
    segments: list[Segments] = []
    entities: list[Entity] = []
    events: list[Event] = []
    texts: dict[str, str] = {}
    quiet = 0
    for item in boundary.items((workspace.entities, Entity), (workspace.events, Event)):
        if not item.beside[1].texts and item.article not in wrong:
            quiet += 1
            continue
        try:
            text = load_text(item.record, workspace)
            tagged, found = item.beside[0].records(Entity), item.beside[1].records(Event)
            payload([item.record], tagged, found, {item.article: text}, {})
        except Exception as error:
            boundary.fault(item.article, item.record.path, error)
            continue
        segments.append(item.record)
        entities += tagged
        events += found
        texts[item.article] = text
    data = payload(segments, entities, events, texts, evaluation)
    data["happenings"] = _happenings(workspace, events)
    data["quiet"] = quiet
    page = workspace.out / "report" / "index.html"
    write_text(page, build_page(params.report.title, params.report.title_ar, data, charting_library(workspace.cache)))
    told = f"report: {len(events)} events, {len(segments)} of {len(segments) + quiet} articles"
    told += f", {page.stat().st_size / 1e6:.1f} MB"
    lines = summary(events, [record.article for record in segments], len(segments) + quiet)
    where = f"Open {page} in a browser to read them in place."
    return f"{told}{boundary.close()}, {time.perf_counter() - began:.1f} s\n{lines}\n{where}"


def _happenings(workspace: Workspace, events: Sequence[Event]) -> list[dict[str, Any]]:
    """The happenings of these events as the page has them; none where their stage has not run."""
    if not workspace.happenings.is_file():
        return []
    places = {event.id: place for place, event in enumerate(events)}
    return happening_rows(read_records(workspace.happenings, Happening), places)


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
