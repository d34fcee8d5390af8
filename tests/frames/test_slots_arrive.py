"""A slot, and a whole type, is added in one file: from there it reaches the engine, both tables, the scores, the page's
labels, the labels that people make and the code book."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.frames.engine import Engine
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules import heads
from pipeline.frames.rules.heads import frame_types
from pipeline.gold.studio_export import configuration
from pipeline.records import Event
from pipeline.report.payload import load_labels
from pipeline.report.summary import summary
from pipeline.scoring.events import match, score_events, score_slots
from pipeline.scoring.measures import Ledger
from pipeline.tables.codebook import slot_tables
from pipeline.tables.parquet import write_parquet
from pipeline.tables.spreadsheet import csv_text, names
from tests.frames.reading import story

SLOT = """slots:
  brought_by:
    kind: integer
    core: true
    order: 7
    labels: {en: brought by so many, ar: عدد مقدميه}
    description: how many states brought the text
    attach: [number, 9]
"""
VETO = "استخدمت روسيا حق النقض ضد مشروع قرار قدمته 4 دول في مجلس الأمن."
TYPE = (Path(__file__).parent / "types" / "condemnation.yaml").read_text(encoding="utf-8")
HEAD = """frame: condemnation
description: Who condemns what.
labels: {en: Condemnation, ar: إدانة}
page: {what: [target], sign: "!"}
"""
BEFORE = names([])
CONDEMNED = "أدانت تونس الغارات على العاصمة."


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the project's frame types, taken for the project's own while the test runs."""
    folder = tmp_path / "types"
    shutil.copytree(heads.TYPES, folder)
    monkeypatch.setattr(heads, "TYPES", folder)
    yield folder


def found(types: Path, name: str, text: str) -> Event:
    engine = Engine([name], types)
    (event,) = merge(engine.frames("x", text, story(text)), engine.types, window=40)
    return event


def csv_row(event: Event, text: str) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(csv_text([event], {"x": text})))
    return row


def parquet_row(event: Event, text: str, folder: Path) -> dict[str, object]:
    write_parquet(folder / "events.parquet", [event], {"x": text})
    (row,) = pq.read_table(folder / "events.parquet").to_pylist()
    return dict(row)


def scored(gold: Event, predicted: Event) -> tuple[Ledger, Ledger]:
    matched = match("x", [gold], [predicted])
    events, slots = Ledger("type", "class", "measure"), Ledger("type", "slot", "scope")
    score_events(events, matched)
    score_slots(slots, matched)
    return events, slots


def test_a_slot_arrives_everywhere(types: Path, tmp_path: Path) -> None:
    file = types / "veto.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("slots:\n", SLOT, 1), encoding="utf-8")
    event = found(types, "veto", VETO)
    assert [filler.value for filler in event.slots["brought_by"]] == [4]

    row = csv_row(event, VETO)
    assert row["brought_by"] == "4" and list(row).index("brought_by") < list(row).index("date")
    assert parquet_row(event, VETO, tmp_path)["brought_by"] == 4  # a number, not its digits

    gold = event.model_copy(deep=True)
    gold.slots["brought_by"][0].value = 5
    events, slots = scored(gold, event)
    assert slots.total("veto", "brought_by", "found events").found == 0
    assert events.total("veto", "all", "found").found == 1
    assert events.total("veto", "all", "core slots right").found == 0

    assert load_labels()["slots"]["brought_by"] == {"en": "brought by so many", "ar": "عدد مقدميه"}
    assert frame_types()["veto"].slots["brought_by"].fault("many", None)
    assert 'value="brought_by"' in configuration()
    assert "| `brought_by` | `veto` | how many states brought the text | whole number |" in slot_tables(frame_types())


def test_a_type_arrives_everywhere(types: Path, tmp_path: Path) -> None:
    (types / "condemnation.yaml").write_text(TYPE.replace("frame: condemnation\n", HEAD, 1), encoding="utf-8")
    event = found(types, "condemnation", CONDEMNED)

    row = csv_row(event, CONDEMNED)
    assert (row["condemner"], row["condemner_id"], row["target"]) == ("تونس", "TUN", "الغارات")
    assert [column for column in row if column in BEFORE] == BEFORE  # no column moves
    assert parquet_row(event, CONDEMNED, tmp_path)["condemner"][0]["actor"] == "TUN"  # type: ignore[index]

    gold = event.model_copy(deep=True)
    gold.slots["condemner"][0].actor = "DZA"
    events, slots = scored(gold, event)
    assert slots.total("condemnation", "condemner", "found events").found == 0
    assert events.total("condemnation", "actual", "core slots right").found == 0
    gold = event.model_copy(deep=True)
    gold.slots["target"][0].value = "القصف"
    events, _ = scored(gold, event)
    assert events.total("condemnation", "actual", "core slots right").found == 1  # the target is not core
    assert events.total("condemnation", "actual", "all slots right").found == 0

    shown = load_labels()["types"]["condemnation"]
    assert (shown["en"], shown["ar"], shown["who"]) == ("Condemnation", "إدانة", ["condemner"])
    assert "condemnation  TUN  ! الغارات" in summary([event], ["x"], 1)
    assert 'value="condemnation"' in configuration()
    assert "| `condemnation` | Who condemns what. | `condemner` → – |" in slot_tables(frame_types())
