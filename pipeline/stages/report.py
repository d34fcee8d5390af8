"""Segments, entities, events and scores as one page to look at: data/report/index.html."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pipeline import actors, arabic, happenings, records, report, version
from pipeline.articles import load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.errors import RecordError
from pipeline.files import Workspace, sha256, write_text
from pipeline.frames.rules import heads, slots
from pipeline.happenings.records import Happening
from pipeline.lines import each
from pipeline.params import Params
from pipeline.records import Entity, Event, Listed
from pipeline.report.charts import charting_library
from pipeline.report.evaluation import read_evaluation
from pipeline.report.page import Encoded, build_page
from pipeline.report.parts import article_parts, happening_part, joined, joined_happenings
from pipeline.report.summary import summary_of
from pipeline.stages import stage_main
from pipeline.tables import organs
from pipeline.work import Work

# What the page's parts depend on, beside the article.
_CODE = (
    actors, arabic, happenings, records, report, version, heads, slots, heads.TYPES, organs, organs.SECTORS,
)  # fmt: skip


def run(workspace: Workspace, params: Params) -> str:
    """Write the page. Returns a line on it, what was found in a few readable lines, and in the last where to look.

    The page carries the articles that have an event or an error in the evaluation, and the number of the others. Of an
    article that is as before its text is read, and nothing made anew.
    """
    began = time.perf_counter()
    boundary = Boundary("report", workspace, params.ingest)
    evaluation = read_evaluation(workspace.out / "evaluation", workspace.out / "training")
    wrong = {error.get("article") for error in evaluation.get("errors", ())}
    code = fingerprint(*_CODE)
    parts: list[dict[str, Any]] = []
    texts: list[str] = []
    quiet = 0

    def shown() -> Iterator[Item]:
        nonlocal quiet
        for item in boundary.items((workspace.entities, Entity), (workspace.events, Event)):
            if item.beside[1].texts or item.article in wrong:
                yield item
            else:
                quiet += 1

    with Cache(workspace.cache / "report.sqlite", sha256(f"articles {code}")) as cache:
        for item, made in boundary.worked(shown(), partial(_work, workspace), cache):
            try:
                own = Listed(article=item.article, path=made["path"], sha256=made["sha256"])
                texts.append(load_text(own, workspace))
            except RecordError as error:
                boundary.fault(item.article, made["path"], error)
            else:
                parts.append(made)
        data = joined(parts, texts, cache) | {"evaluation": evaluation}
    data["happenings"] = _happenings(workspace, [one for part in parts for one in part["ids"]], code)
    data["quiet"] = quiet
    page = workspace.out / "report" / "index.html"
    write_text(page, build_page(params.report.title, params.report.title_ar, data, charting_library(workspace.cache)))
    events = [one for part in parts for one in part["told"]]
    told = f"report: {len(events)} events, {len(parts)} of {len(parts) + quiet} articles"
    told += f", {page.stat().st_size / 1e6:.1f} MB"
    lines = summary_of(events, [part["name"] for part in parts], len(parts) + quiet, list(data["labels"]["types"]))
    where = f"Open {page} in a browser to read them in place."
    return f"{told}{boundary.close()}, {time.perf_counter() - began:.1f} s\n{lines}\n{where}"


def _work(workspace: Workspace) -> Work[Item]:
    """What makes the page's parts of articles."""

    def work(item: Item) -> dict[str, Any]:
        load_text(item.record, workspace)  # an article without its text comes out here
        return article_parts(item.record, item.beside[0].records(Entity), item.beside[1].records(Event))

    return one_by_one("report", work)


def _happenings(workspace: Workspace, events: Sequence[str], code: str) -> Encoded:
    """The happenings of these events as the page has them; none where their stage has not run."""
    places = {event: place for place, event in enumerate(events)}
    parts: list[list[Any]] = []
    if workspace.happenings.is_file():
        with Cache(workspace.cache / "report.sqlite", sha256(f"happenings {code}")) as cache:
            for line in each(workspace.happenings):
                (text,) = line.texts
                part = cache.get(sha256(text))
                if part is None:
                    part = happening_part(*line.records(Happening))
                    cache.put(sha256(text), part)
                parts.append(part)
    return joined_happenings(parts, places)


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
