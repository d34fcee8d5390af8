"""Segments, entities, events and scores as one page to look at: data/report/index.html."""

from __future__ import annotations

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
    """Write the page. Returns what was found in a few readable lines, the last of them where to look."""
    segments = list(read_records(workspace.segments, Segments))
    events = list(read_records(workspace.events, Event))
    entities = read_records(workspace.entities, Entity)
    texts = load_texts(segments, workspace)
    evaluation = read_evaluation(workspace.out / "evaluation", workspace.out / "training")
    data = payload(segments, entities, events, texts, evaluation)
    page = workspace.out / "report" / "index.html"
    write_text(page, build_page(params.report.title, params.report.title_ar, data, charting_library(workspace.cache)))
    return (
        f"{summary(events, [record.article for record in segments])}\nOpen {page} in a browser to read them in place."
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
