"""Events as tables for statistics: data/events.parquet, data/event_actors.*, and by the coding schemes
data/events_plover.jsonl."""

from __future__ import annotations

import json
import time
from collections import Counter
from functools import partial
from typing import Any

import pyarrow as pa
from tqdm import tqdm

from pipeline import actors, arabic, records, tables
from pipeline.articles import load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256
from pipeline.frames.rules.heads import TYPES
from pipeline.lines import replacing, runs
from pipeline.params import Params
from pipeline.records import Event
from pipeline.stages import stage_main
from pipeline.tables.actors import COLUMNS, actor_rows, csv_text
from pipeline.tables.parquet import cells, schema_of
from pipeline.tables.plover import plover_records
from pipeline.tables.spool import spool
from pipeline.tables.writing import json_line, write_lines
from pipeline.work import Work


def run(workspace: Workspace, params: Params) -> str:
    """Write the tables; an article whose events are as before is not coded anew. Returns one line with how many events
    each coding scheme has a code for."""
    began = time.perf_counter()
    columns = schema_of(_slots(workspace))
    boundary = Boundary("tables", workspace, params.ingest)
    code = fingerprint(actors, arabic, records, tables, TYPES)
    namespace = sha256(f"tables {code} {params.tables.model_dump_json()} {columns.names}")
    counts: Counter[str] = Counter()
    items = (item for item in boundary.items((workspace.events, Event)) if item.beside[0].texts)
    with (
        Cache(workspace.cache / "tables.sqlite", namespace) as cache,
        spool(workspace.out) as rows,
        spool(workspace.out) as acting,
        # The mark tells spreadsheets that the file is UTF-8.
        replacing(workspace.out / "event_actors.csv", encoding="utf-8-sig") as sheet,
        replacing(workspace.out / "events_plover.jsonl") as coded,
    ):
        sheet.write(csv_text(()))
        shown = tqdm(items, desc="tables", unit=" articles", disable=None, leave=False)
        for _, made in boundary.worked(shown, partial(_work, workspace, params, columns), cache):
            rows.write(made["rows"])
            acting.write(made["actors"])
            sheet.write(made["sheet"])
            coded.write(made["plover"])
            counts.update(made["counts"])
        write_lines(workspace.out / "events.parquet", rows, columns)
        write_lines(workspace.out / "event_actors.parquet", acting, COLUMNS)
    told = boundary.close()
    return (
        f"tables: {counts['events']} events, {counts['cameo']} with a CAMEO code, {counts['plover']} with a PLOVER "
        f"category, {counts['dated']} with a day{told}, {time.perf_counter() - began:.1f} s"
    )


def _work(workspace: Workspace, params: Params, columns: pa.Schema) -> Work[Item]:
    """What codes the events of articles: each into its rows of the tables and its lines of events_plover.jsonl."""

    def code(item: Item) -> dict[str, Any]:
        record, mine = item.record, item.beside[0].records(Event)
        texts = {record.article: load_text(record, workspace)}
        coded = list(plover_records(mine, texts, [record], params.tables.undated))
        acting = list(actor_rows(mine, texts, [record]))
        return {
            "rows": "".join(map(json_line, cells(columns, mine, texts, [record]))),
            "actors": "".join(map(json_line, acting)),
            "sheet": csv_text(acting, heading=False),
            "plover": "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in coded),
            "counts": {
                "events": len(coded),
                "cameo": sum(bool(one["cameo"]) for one in coded),
                "plover": sum(bool(one["event"]) for one in coded),
                "dated": sum(one["date"] is not None for one in coded),
            },
        }

    return one_by_one("tables", code)


def _slots(workspace: Workspace) -> set[str]:
    """The slots that any event has."""
    found = (line for _, lines in runs(workspace.events, Event) for line in lines.texts)
    return {name for line in found for name in json.loads(line)["slots"]}


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
