"""Segments, entities, events and scores as one page to look at: data/report/index.html."""

from __future__ import annotations

import time

from pipeline.articles import load_texts
from pipeline.files import Workspace, read_records, write_text
from pipeline.params import Params
from pipeline.records import Entity, Event, Segments
from pipeline.report.charts import charting_library
from pipeline.report.evaluation import read_evaluation
from pipeline.report.page import build_page
from pipeline.report.payload import payload
from pipeline.report.summary import summary
from pipeline.stages import stage_main


def run(workspace: Workspace, params: Params) -> str:
    """Write the page. Returns a line on it, what was found in a few readable lines, and in the last where to look."""
    began = time.perf_counter()
    segments = list(read_records(workspace.segments, Segments))
    events = list(read_records(workspace.events, Event))
    entities = read_records(workspace.entities, Entity)
    texts = load_texts(segments, workspace)
    evaluation = read_evaluation(workspace.out / "evaluation", workspace.out / "training")
    data = payload(segments, entities, events, texts, evaluation)
    page = workspace.out / "report" / "index.html"
    write_text(page, build_page(params.report.title, params.report.title_ar, data, charting_library(workspace.cache)))
    told = f"report: {len(events)} events, {len(segments)} articles, {page.stat().st_size / 1e6:.1f} MB"
    found = summary(events, [record.article for record in segments])
    where = f"Open {page} in a browser to read them in place."
    return f"{told}, {time.perf_counter() - began:.1f} s\n{found}\n{where}"


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
