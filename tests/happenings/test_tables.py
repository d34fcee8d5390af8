from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.happenings.records import Day, Differs, Happening, Matched, Report, Supported
from pipeline.happenings.tables import columns, write_csv, write_parquet


def value(told: str | int, support: int, actor: str | None = None) -> Supported:
    return Supported(value=told, actor=actor, support=support, outlets=1, articles=["a", "b"][:support])


TALLY = Happening(
    id="vote_tally-UNSC-1",
    type="vote_tally",
    modality="actual",
    day=Day(value="2023-12-22", granularity="day", basis="stated", support=1, others={"2023-12-23": ["b"]}),
    articles=2,
    outlets=1,
    first_report="2023-12-23",
    slots={
        "body": [value("مجلس الأمن", 2, "UNSC")],
        "in_favour": [value(13, 2), value(12, 1)],
        "abstaining_actors": [value("روسيا", 2, "RUS"), value("واشنطن", 1, "USA")],
        "object": [value("=مشروع; قرار", 1)],
        "date": [value("2023-12-22", 1)],
    },
    best={"body": 1, "in_favour": 1, "abstaining_actors": 2, "object": 1, "date": 1},
    differing=["in_favour", "date"],
    linked=["veto-USA-1"],
    record=Matched(
        status="differs", id="S/RES/2720 (2023)", differs=[Differs(slot="resolution", text="2722", record="2720")]
    ),
    reports=[
        Report(event="a-1-vote_tally-1", article="a", story=1),
        Report(event="b-1-vote_tally-1", article="b", story=1),
    ],
)
BARE = Happening(
    id="x", type="condemnation", modality="actual", day=Day(granularity="none", basis="none"), articles=1, outlets=0,
    slots={"condemner": [value("تونس", 1, "TUN")]}, best={"condemner": 1},
    reports=[Report(event="a-1-condemnation-1", article="a", story=1)],
)  # fmt: skip


def test_csv_has_best_values_and_what_differs(tmp_path: Path) -> None:
    write_csv(tmp_path / "h.csv", [TALLY, BARE])
    with (tmp_path / "h.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["in_favour"] == "13" and first["body_id"] == "UNSC"
    assert first["abstaining_actors_id"] == "RUS; USA"
    assert first["object"] == "'=مشروع؛ قرار"
    assert first["differing"] == "in_favour: 13 (2) | 12 (1); date: 2023-12-22 (1) | 2023-12-23 (1)"
    assert (first["record_status"], first["record_id"]) == ("differs", "S/RES/2720 (2023)")
    assert first["record_differs"] == "resolution: 2722, record 2720"
    assert first["reports"] == "a-1-vote_tally-1; b-1-vote_tally-1" and first["linked"] == "veto-USA-1"
    assert (second["condemner"], second["condemner_id"], second["record_status"]) == ("تونس", "TUN", "")


def test_parquet_is_typed_and_empty_is_null(tmp_path: Path) -> None:
    write_parquet(tmp_path / "h.parquet", [TALLY, BARE])
    first, second = pq.read_table(tmp_path / "h.parquet").to_pylist()
    assert (first["in_favour"], first["aggregate"], first["first_report"]) == (13, False, date(2023, 12, 23))
    assert first["object"] == "=مشروع؛ قرار"
    assert second["in_favour"] is None and second["record_id"] is None


def test_columns_are_the_same_whatever_is_there() -> None:
    assert columns([]) == columns([TALLY])
