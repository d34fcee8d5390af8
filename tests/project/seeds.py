"""What the five seed pages tell, and how to find it in a run's outputs."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from pipeline.articles import load_texts
from pipeline.files import Workspace, read_records
from pipeline.records import Event, Segments

# Article (the beginning of its name), story, who (register ids), its place among that actor's vetoes as stated.
VETOES = [
    ("000", 1, "RUS; CHN", ""),
    ("000", 1, "USA", ""),
    ("001", 1, "USA", "3"),
    ("001", 1, "USA", ""),
    ("002", 1, "USA", "3"),
    ("002", 1, "USA", ""),
]
# Article, story, in favour, against, abstaining, who abstained, outcome.
TALLIES = [
    ("000", 1, "11", "", "", "", "rejected"),
    ("001", 1, "13", "1", "1", "GBR", "rejected"),
    ("004", 1, "13", "", "2", "USA; RUS", "adopted"),
]
# Article, story, caller ("?": European leaders, who have no id), stance.
CALLS = [
    ("000", 1, "USA", "call"),
    ("000", 1, "?", "call"),
    ("001", 1, "DZA", "call"),
    ("001", 2, "EGY", "call"),
    ("002", 1, "USA", "reject"),
    ("002", 1, "DZA", "call"),
    ("002", 2, "UNSC", "call"),
    ("003", 1, "ISR", "reject"),
    ("003", 1, "UNGA", "call"),
    ("004", 1, "UNSC", "call"),
]


def read_table(out: Path) -> list[dict[str, str]]:
    """The rows of events.csv in a run's folder."""
    with (out / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def of_seeds(rows: list[dict[str, str]], kind: str, *columns: str) -> list[tuple[str | int, ...]]:
    """Article (three figures), story and the columns of the seeds' events of one type, in order."""
    return sorted(
        (row["article"][:3], int(row["story"]), *(row[column] for column in columns))
        for row in rows
        if row["type"] == kind and re.match(r"00[0-4]_", row["article"])
    )


def faults_of_evidence(workspace: Workspace) -> list[str]:
    """Where a record's words are not those of its text, or lie outside of the story that the event is of."""
    segments = list(read_records(workspace.segments, Segments))
    texts = load_texts(segments, workspace)
    reach = {
        (record.article, story.story): (story.sections[0].start, story.sections[-1].end)
        for record in segments
        for story in record.stories
    }
    rows = {row["id"]: row for row in read_table(workspace.out)}
    faults = []
    for event in read_records(workspace.events, Event):
        text, row = texts[event.article], rows[event.id]
        fillers = [(name, filler) for name, fillers in event.slots.items() for filler in fillers]
        first = event.mentions[0]
        low, high = reach[event.article, event.story]
        faults += [f"{event.id}: {name} is not {f.text}" for name, f in fillers if text[f.start : f.end] != f.text]
        spans = [(m.start, m.end) for m in event.mentions] + [(f.start, f.end) for _, f in fillers]
        faults += [f"{event.id}: {span} of another story" for span in spans if not low <= span[0] < span[1] <= high]
        faults += [
            f"{event.id}: sentence {mention.sentence} of another story"
            for mention in event.mentions
            if not mention.sentence.startswith(f"{event.article}-{event.story}-")
        ]
        if (row["start"], row["end"]) != (str(first.start), str(first.end)):
            faults.append(f"{event.id}: events.csv has another place")
        if row["words"].lstrip("'") != text[first.start : first.end].lstrip("'"):
            faults.append(f"{event.id}: events.csv has other words")
        if row["slot_spans"] != "; ".join(f"{name}:{filler.start}-{filler.end}" for name, filler in fillers):
            faults.append(f"{event.id}: events.csv has other places of its slots")
    return faults
