"""Events as tables for statistics: data/events.parquet, and by the coding schemes data/events_plover.jsonl."""

from __future__ import annotations

import time

from pipeline.articles import load_texts
from pipeline.files import Workspace, read_records, write_lines
from pipeline.params import Params
from pipeline.records import Event, Segments
from pipeline.stages import stage_main
from pipeline.tables.parquet import write_parquet
from pipeline.tables.plover import plover_records


def run(workspace: Workspace, params: Params) -> str:
    """Write both tables. Returns one line with how many events each coding scheme has a code for."""
    began = time.perf_counter()
    segments = list(read_records(workspace.segments, Segments))
    events = list(read_records(workspace.events, Event))
    texts = load_texts(segments, workspace)
    write_parquet(workspace.out / "events.parquet", events, texts, segments)
    records = list(plover_records(events, texts, segments, params.tables.undated))
    write_lines(workspace.out / "events_plover.jsonl", records)
    cameo, plover = (sum(bool(record[key]) for record in records) for key in ("cameo", "event"))
    dated = sum(record["date"] is not None for record in records)
    return (
        f"tables: {len(records)} events, {cameo} with a CAMEO code, {plover} with a PLOVER category, {dated} with a "
        f"day, {time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
