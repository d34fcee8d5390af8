"""Frame mentions into events, one for each happening of a story: data/events.jsonl and data/events.csv."""

from __future__ import annotations

import time
from collections import Counter

from pipeline.articles import load_text
from pipeline.boundary import Boundary, by_article
from pipeline.checking import by_slot
from pipeline.events import read_events
from pipeline.files import Workspace, write_records
from pipeline.frames.rules.loading import load_frame_type
from pipeline.params import Params
from pipeline.records import Dropped, Event, Segments
from pipeline.stages import stage_main
from pipeline.tables.spreadsheet import csv_text, write_csv


def run(workspace: Workspace, params: Params) -> str:
    """Merge each story's mentions, leave out the modalities that params do not list, and write both forms."""
    began = time.perf_counter()
    types = [load_frame_type(name) for name in params.frames.types]
    mentions = by_article(workspace.frames, Event, workspace)
    dropped: list[Dropped] = []
    boundary = Boundary("events", workspace, params.ingest)

    def join(record: Segments) -> tuple[str, list[Event]]:
        text = load_text(record, workspace)
        events = read_events(mentions[record.article], types, record, text, params.events, dropped)
        for event in events:
            event.source = record.source
        csv_text(events, {record.article: text}, [record])  # an article whose rows cannot be made comes out here
        return text, events

    merged: list[Event] = []
    segments, texts = [], {}
    for record, (text, events) in boundary.each(boundary.segments(), join):
        segments.append(record)
        texts[record.article] = text
        merged += events
    write_records(workspace.events, merged)
    write_csv(workspace.out / "events.csv", merged, texts, segments)
    told = boundary.close() + (
        f", {len(dropped)} fillers dropped that cannot be ({by_slot(dropped)})" if dropped else ""
    )
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(event.type for event in merged).items()))
    return (
        f"events: {len(merged)} ({kinds or 'none'}) from {sum(map(len, mentions.values()))} mentions{told}, "
        f"{time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
