"""events.parquet holds what events.csv holds, in types."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import RecordError
from pipeline.tables.parquet import schema, write_parquet
from pipeline.tables.spreadsheet import csv_text
from tests.report.build import TEXT, at, call, event, segments, veto

STORY = segments(published="2024-03-01", outlet="وكالة")


@pytest.fixture
def table(tmp_path: Path) -> pa.Table:
    tally = event("vote_tally", {"in_favour": [at(TEXT, "واشنطن", 13)], "unanimous": [at(TEXT, "قطر", True)]})
    write_parquet(tmp_path / "new" / "events.parquet", [veto(), call(), tally], {"900": TEXT}, [STORY])
    return pq.read_table(tmp_path / "new" / "events.parquet")


def test_rows_and_columns_are_those_of_the_spreadsheet(table: pa.Table) -> None:
    tally = event("vote_tally", {"in_favour": [at(TEXT, "واشنطن", 13)], "unanimous": [at(TEXT, "قطر", True)]})
    text = csv_text([veto(), call(), tally], {"900": TEXT}, [STORY])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert table.column_names == list(rows[0])

    def cell(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    assert [{name: cell(value) for name, value in row.items()} for row in table.to_pylist()] == rows


def test_types(table: pa.Table) -> None:
    _, _, tally = table.to_pylist()
    assert (tally["in_favour"], tally["unanimous"], tally["published"]) == (13, True, date(2024, 3, 1))
    assert (tally["against"], tally["vetoer"], tally["story"]) == (None, None, 1)


def test_types_are_the_same_without_events(tmp_path: Path) -> None:
    write_parquet(tmp_path / "events.parquet", [], {}, [])
    empty = pq.read_table(tmp_path / "events.parquet")
    assert empty.num_rows == 0 and empty.schema.equals(schema([veto()]))


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_parquet(tmp_path / name, [veto(), call()], {"900": TEXT}, [STORY])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_cells_have_no_apostrophe_for_spreadsheets(tmp_path: Path) -> None:
    text = "=1+1 واشنطن"
    made = event("veto", {"vetoer": [at(text, "=1+1")]}, (0, 4))
    write_parquet(tmp_path / "t", [made], {"900": text})
    (row,) = pq.read_table(tmp_path / "t").to_pylist()
    assert (row["vetoer"], row["words"]) == ("=1+1", "=1+1")


def test_words_in_a_slot_of_counts_are_an_error_that_names_the_event(tmp_path: Path) -> None:
    made = event("petition", {"count": [at(TEXT, "قطر")]})
    with pytest.raises(RecordError, match=r"900-1-petition-1: count holds «قطر»"):
        write_parquet(tmp_path / "t", [made], {"900": TEXT})
