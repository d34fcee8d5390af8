"""Frame mentions into events, one for each happening of a story: data/events.jsonl and data/events.csv."""

from __future__ import annotations

import time
from collections import Counter

from pipeline.articles import load_texts
from pipeline.files import Workspace, read_records, write_records
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules.loading import load_frame_type
from pipeline.params import Params
from pipeline.records import Event, Segments
from pipeline.stages import stage_main
from pipeline.tables.spreadsheet import write_csv


def run(workspace: Workspace, params: Params) -> str:
    """Merge each story's mentions, leave out the modalities that params do not list, and write both forms."""
    began = time.perf_counter()
    types = [load_frame_type(name) for name in params.frames.types]
    mentions = list(read_records(workspace.frames, Event))
    merged = merge(mentions, types, params.events.window, params.events.modalities)
    segments = list(read_records(workspace.segments, Segments))
    texts = load_texts(segments, workspace)
    write_records(workspace.events, merged)
    write_csv(workspace.out / "events.csv", merged, texts, segments)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(event.type for event in merged).items()))
    return (
        f"events: {len(merged)} ({kinds or 'none'}) from {len(mentions)} mentions, {time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
