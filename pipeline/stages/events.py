"""Frame mentions into events, one for each happening of a story: data/events.jsonl and data/events.csv."""

from __future__ import annotations

import json
import time
from collections import Counter
from functools import partial
from typing import Any

from pipeline import arabic, checking, events, frames, records
from pipeline.articles import load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.checking import by_slot
from pipeline.events import read_events
from pipeline.files import Workspace, sha256
from pipeline.frames.rules.loading import load_frame_type
from pipeline.lines import lines, replacing
from pipeline.params import Params
from pipeline.records import Dropped, Event
from pipeline.stages import stage_main
from pipeline.tables import cells, organs, spreadsheet
from pipeline.tables.spool import spool
from pipeline.tables.spreadsheet import Heading, csv_lines, heading, safe_rows, write_lines, write_rows
from pipeline.work import Work


def run(workspace: Workspace, params: Params) -> str:
    """Merge each story's mentions, leave out the modalities that params do not list, and write both forms. An article
    without a mention has no event; of one whose mentions are as before nothing is made anew."""
    began = time.perf_counter()
    boundary = Boundary("events", workspace, params.ingest)
    code = fingerprint(arabic, cells, checking, events, frames, organs, organs.SECTORS, records, spreadsheet)
    namespace = sha256(f"events {code} {params.events.model_dump_json()} {params.frames.types}")
    kinds: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    columns, forms = Heading(), set[tuple[str, ...]]()
    mentions = from_cache = 0
    items = (item for item in boundary.items((workspace.frames, Event)) if item.beside[0].texts)
    with (
        Cache(workspace.cache / "events.sqlite", namespace) as cache,
        spool(workspace.out) as rows,
        spool(workspace.out) as sheet,
        replacing(workspace.events) as merged,
    ):
        for item, made in boundary.worked(items, partial(_work, workspace, params), cache):
            mentions += len(item.beside[0].texts)
            from_cache += item.kept
            merged.write(made["events"])
            rows.write(made["rows"])
            sheet.write(made["sheet"])
            columns.add(made["slots"], made["carried"])
            forms.add((*made["slots"], "", *made["carried"]))
            kinds.update(made["kinds"])
            dropped.update(made["dropped"])
        table = workspace.out / "events.csv"
        if len(forms) == 1 and not columns.slots:
            write_lines(table, columns.columns(), sheet)
        else:  # an article has columns that others have not
            write_rows(table, columns.columns(), map(json.loads, rows))
    told = boundary.close()
    told += f", {dropped.total()} fillers dropped that cannot be ({by_slot(dropped)})" if dropped else ""
    by_kind = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return (
        f"events: {kinds.total()} ({by_kind or 'none'}) from {mentions} mentions{told}, {from_cache} articles "
        f"from cache, {time.perf_counter() - began:.1f} s"
    )


def _work(workspace: Workspace, params: Params) -> Work[Item]:
    """What merges the mentions of articles: each into its lines of events.jsonl, and its rows of events.csv."""
    types = [load_frame_type(name) for name in params.frames.types]

    def join(item: Item) -> dict[str, Any]:
        record, text = item.record, load_text(item.record, workspace)
        wrong: list[Dropped] = []
        found = read_events(item.beside[0].records(Event), types, record, text, params.events, wrong)
        for event in found:
            event.source = record.source
        told = heading(found)
        rows = list(safe_rows(found, {record.article: text}, [record], told.possible))
        return {
            "events": lines(found),
            "rows": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
            "sheet": csv_lines(told.columns(), rows),
            "slots": told.slots,
            "carried": list(told.carried),
            "kinds": Counter(event.type for event in found),
            "dropped": Counter(f"{one.type}.{one.slot}" for one in wrong),
        }

    return one_by_one("events", join)


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
