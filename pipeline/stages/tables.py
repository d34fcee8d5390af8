"""Events as tables for statistics: data/events.parquet, data/event_actors.*, and by the coding schemes
data/events_plover.jsonl."""

from __future__ import annotations

import time
from typing import Any

from pipeline.articles import load_text
from pipeline.boundary import Boundary, by_article
from pipeline.files import Workspace, write_lines
from pipeline.params import Params
from pipeline.records import Event, Segments
from pipeline.stages import stage_main
from pipeline.tables.actors import COLUMNS, actor_rows, csv_text, write_csv
from pipeline.tables.parquet import cells, schema
from pipeline.tables.plover import plover_records
from pipeline.tables.writing import write_table


def run(workspace: Workspace, params: Params) -> str:
    """Write the tables. Returns one line with how many events each coding scheme has a code for."""
    began = time.perf_counter()
    events = by_article(workspace.events, Event, workspace)
    columns = schema(event for mine in events.values() for event in mine)
    boundary = Boundary("tables", workspace, params.ingest)

    def code(record: Segments) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
        mine, texts = events[record.article], {record.article: load_text(record, workspace)}
        coded = plover_records(mine, texts, [record], params.tables.undated)
        acting = list(actor_rows(mine, texts, [record]))
        csv_text(acting)  # an article whose rows cannot be made comes out here
        return cells(columns, mine, texts, [record]), list(coded), acting

    rows: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    actors: list[dict[str, Any]] = []
    for _, (its_rows, its_records, its_actors) in boundary.each(boundary.segments(), code):
        rows += its_rows
        records += its_records
        actors += its_actors
    write_table(workspace.out / "events.parquet", rows, columns)
    write_csv(workspace.out / "event_actors.csv", actors)
    write_table(workspace.out / "event_actors.parquet", actors, COLUMNS)
    write_lines(workspace.out / "events_plover.jsonl", records)
    told = boundary.close()
    cameo, plover = (sum(bool(record[key]) for record in records) for key in ("cameo", "event"))
    dated = sum(record["date"] is not None for record in records)
    return (
        f"tables: {len(records)} events, {cameo} with a CAMEO code, {plover} with a PLOVER category, {dated} with a "
        f"day{told}, {time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
