"""Events as tables for statistics: data/events.parquet, data/event_actors.*, and by the coding schemes
data/events_plover.jsonl."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
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
from pipeline.tables.actors import COLUMNS, actor_rows, csv_text, write_csv
from pipeline.tables.parquet import cells, schema_of
from pipeline.tables.plover import plover_records
from pipeline.tables.spool import spool
from pipeline.tables.writing import write_table
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
        replacing(workspace.out / "events_plover.jsonl") as coded,
    ):
        shown = tqdm(items, desc="tables", unit=" articles", disable=None, leave=False)
        for _, made in boundary.worked(shown, partial(_work, workspace, params, columns), cache):
            rows.add(made["rows"])
            acting.add(made["actors"])
            coded.write(made["plover"])
            counts.update(made["counts"])
        write_table(workspace.out / "events.parquet", _dated(rows, columns), columns)
        write_csv(workspace.out / "event_actors.csv", acting)
        write_table(workspace.out / "event_actors.parquet", _dated(acting, COLUMNS), COLUMNS)
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
        csv_text(acting)  # an article whose rows cannot be made comes out here
        return {
            "rows": _plain(cells(columns, mine, texts, [record])),
            "actors": _plain(acting),
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


def _plain(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as JSON: days as text."""
    return [{name: _iso(cell) for name, cell in row.items()} for row in rows]


def _iso(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def _dated(rows: Iterable[dict[str, Any]], columns: pa.Schema) -> Iterator[dict[str, Any]]:
    """Rows of JSON with days where their columns have days."""
    days = [field.name for field in columns if pa.types.is_date(field.type)]
    for row in rows:
        yield row | {name: date.fromisoformat(row[name]) for name in days if row[name]}


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
