"""event_actors.csv and .parquet: one row for each actor of each event, so that nothing has to be split.

`RUS; CHN` and `CHN; RUS` in a cell of events.csv are two values; here both are two rows, and vetoes by country and year
are one line of any statistics package.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from pipeline.actors.register import load_register
from pipeline.records import Event, Filler, Segments, Story
from pipeline.tables.cells import safe
from pipeline.tables.codes import load_cow
from pipeline.tables.dating import Dating, datings, published
from pipeline.tables.organs import table_id
from pipeline.tables.plover import in_iso
from pipeline.tables.sectors import sector
from pipeline.tables.spreadsheet import names

Row = dict[str, Any]

COLUMNS = pa.schema(
    [
        pa.field("event", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("modality", pa.string(), nullable=False),
        pa.field("article", pa.string(), nullable=False),
        pa.field("story", pa.int64(), nullable=False),
        pa.field("headline", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("date", pa.date32()),
        pa.field("date_granularity", pa.string()),
        pa.field("date_basis", pa.string()),
        pa.field("year", pa.int64()),
        pa.field("role", pa.string(), nullable=False),
        pa.field("rank", pa.int64(), nullable=False),
        pa.field("actor", pa.string()),
        pa.field("name", pa.string()),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("sector", pa.string()),
        pa.field("organ", pa.string()),
        pa.field("iso3", pa.string()),
        pa.field("cow_number", pa.int64()),
        pa.field("cow_letters", pa.string()),
        pa.field("text", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
    ]
)


def actor_rows(events: Iterable[Event], texts: Mapping[str, str], segments: Iterable[Segments]) -> Iterator[Row]:
    """The rows of the events in order: their roles by name, those who fill one in text order. A slot whose fillers are
    no actors (an object, a number) has none; who acts but is not in the register has a row without `actor`."""
    stories = {(record.article, story.story): story for record in segments for story in record.stories}
    for event in events:
        story = stories.get((event.article, event.story))
        own = datings(event, texts[event.article], story)
        dating = next((one for one in own if one.granularity != "words"), None) or published(story)
        for role, fillers in sorted(event.slots.items()):
            if role in _acting() or any(filler.actor for filler in fillers):
                for rank, filler in enumerate(fillers, 1):
                    yield {**_of_event(event, story, dating), "role": role, "rank": rank, **_of_actor(filler)}


@lru_cache(maxsize=1)
def _acting() -> frozenset[str]:
    """The slots that hold those who act, whether or not the register knows them: those with a column of ids."""
    return frozenset(name.removesuffix("_id") for name in names(()) if name.endswith("_id"))


def csv_text(rows: Iterable[Row], heading: bool = True) -> str:
    """The rows as CSV, under the columns' names or without them; an empty cell for what is not known."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS.names, lineterminator="\n")
    if heading:
        writer.writeheader()
    for row in rows:
        writer.writerow({name: safe(str(cell), name) if cell is not None else "" for name, cell in row.items()})
    return out.getvalue()


def _of_event(event: Event, story: Story | None, dating: Dating | None) -> Row:
    day = dating.value if dating and dating.granularity == "day" else None
    return {
        "event": event.id,
        "type": event.type,
        "modality": event.modality,
        "article": event.article,
        "story": event.story,
        "headline": story.title if story else None,
        "outlet": story.outlet if story else None,
        "published": _day(story.published) if story else None,
        "date": _day(day),
        "date_granularity": dating.granularity if dating else None,
        "date_basis": dating.basis if dating else None,
        "year": int(dating.value[:4]) if dating else None,
    }


def _of_actor(filler: Filler) -> Row:
    known = load_register().actors.get(filler.actor or "")
    kind = known.kind if known else "unknown"
    of = sector(filler)
    state = filler.actor if kind == "state" else None
    number, letters = load_cow().get(state or "", (None, None))
    return {
        "actor": table_id(filler.actor, filler.text),
        "name": known.label if known else None,
        "kind": kind,
        "sector": of,
        "organ": f"{state}-{of}" if state and of != "GOV" else None,
        "iso3": state if state and in_iso(state) else None,
        "cow_number": number,
        "cow_letters": letters,
        "text": " ".join(filler.text.split()),
        "start": filler.start,
        "end": filler.end,
    }


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:  # no day of the calendar, as a misprint may have it
        return None
