"""events.parquet needs no splitting: lists of structs, days, whole numbers and truth values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import RecordError
from pipeline.records import Event
from pipeline.tables.flat import flat_table
from pipeline.tables.parquet import schema, write_parquet
from tests.report.build import TEXT, at, call, event, segments, veto

STORY = segments(published="2024-03-01", outlet="وكالة", title="عنوان")


def two_vetoers() -> Event:
    made = veto()
    made.slots["vetoer"].append(at(TEXT, "قطر", actor="QAT"))
    made.slots["date"] = [at(TEXT, "فورية", "2024-02-20")]
    return made


TALLY = event(
    "vote_tally",
    {
        "in_favour": [at(TEXT, "واشنطن", 13)],
        "unanimous": [at(TEXT, "قطر", True)],
        "outcome": [at(TEXT, "ضد", "adopted")],
        "date": [at(TEXT, "فورية", "2023")],
    },
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "new" / "events.parquet"
    write_parquet(path, [two_vetoers(), call(), TALLY], {"900": TEXT}, [STORY])
    return path


def test_several_values_are_a_list_of_structs(file: Path) -> None:
    first, second, _ = pq.read_table(file).to_pylist()
    assert [(one["actor"], one["text"]) for one in first["vetoer"]] == [("USA", "واشنطن"), ("QAT", "قطر")]
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in first["vetoer"])
    assert second["vetoer"] is None and second["caller"][0]["actor"] == "QAT"
    assert [one["text"] for one in first["mentions"]] == [TEXT.split(".")[0]]


def test_one_value_is_a_scalar_of_its_kind(file: Path) -> None:
    first, second, tally = pq.read_table(file).to_pylist()
    assert (tally["in_favour"], tally["unanimous"], tally["outcome"], tally["against"]) == (13, True, "adopted", None)
    assert (second["stance"], first["published"], first["headline"]) == ("call", date(2024, 3, 1), "عنوان")
    types = {field.name: str(field.type) for field in pq.read_schema(file)}
    assert (types["in_favour"], types["unanimous"], types["date"], types["stance"]) == (
        "int64", "bool", "date32[day]", "string",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2024-02-20", (date(2024, 2, 20), "day", 2024)),
        ("2024-02", (None, "month", 2024)),
        ("2024", (None, "year", 2024)),
        ("الثلاثاء", (None, "words", None)),
    ],
)
def test_a_year_can_be_taken_of_whatever_date_has_one(tmp_path: Path, value: str, told: tuple[object, ...]) -> None:
    made = veto()
    made.slots["date"] = [at(TEXT, "فورية", value)]
    write_parquet(tmp_path / "t", [made], {"900": TEXT}, [STORY])
    (row,) = pq.read_table(tmp_path / "t").to_pylist()
    assert (row["date"], row["date_granularity"], row["date_year"]) == told
    assert row["date_values"][0]["value"] == value


def test_columns_are_the_same_without_events(tmp_path: Path) -> None:
    write_parquet(tmp_path / "events.parquet", [], {}, [])
    empty = pq.read_table(tmp_path / "events.parquet")
    assert empty.num_rows == 0 and empty.schema.equals(schema([veto()]))


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_parquet(tmp_path / name, [veto(), call()], {"900": TEXT}, [STORY])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_slot_that_no_type_declares_is_a_list_of_structs(tmp_path: Path) -> None:
    made = event("petition", {"signatory": [at(TEXT, "قطر", actor="QAT")], "_inner": [at(TEXT, "قطر")]})
    write_parquet(tmp_path / "t", [made], {"900": TEXT})
    (row,) = pq.read_table(tmp_path / "t").to_pylist()
    assert row["signatory"][0]["actor"] == "QAT" and "_inner" not in row


def test_words_in_a_slot_of_counts_are_an_error_that_names_the_event(tmp_path: Path) -> None:
    made = event("petition", {"count": [at(TEXT, "قطر")]})
    for write in (
        lambda: write_parquet(tmp_path / "t", [made], {"900": TEXT}),
        lambda: flat_table([made], {"900": TEXT}),
    ):
        with pytest.raises(RecordError, match=r"900-1-petition-1: count holds «قطر»"):
            write()


def test_the_same_through_pandas_polars_and_duckdb(file: Path) -> None:
    pandas = pytest.importorskip("pandas")
    plain = pandas.read_parquet(file)  # as one does who knows nothing of backends
    assert {name: str(plain[name].dtype) for name in ("in_favour", "story", "unanimous", "date_year")} == {
        "in_favour": "Int64", "story": "Int64", "unanimous": "boolean", "date_year": "Int64",
    }  # fmt: skip
    table = pandas.read_parquet(file, dtype_backend="pyarrow")
    assert table["in_favour"].tolist()[2] == 13 and table["date_year"].tolist()[::2] == [2024, 2023]
    exploded = table.explode("vetoer").dropna(subset="vetoer")
    assert [one["actor"] for one in exploded["vetoer"]] == ["USA", "QAT"]
    if polars := pytest.importorskip("polars", reason="polars is no dependency"):
        told = (
            polars.read_parquet(file).explode("vetoer").select(polars.col("vetoer").struct.field("actor")).to_series()
        )
        assert told.drop_nulls().to_list() == ["USA", "QAT"]
    if duckdb := pytest.importorskip("duckdb", reason="DuckDB is no dependency"):
        query = f"select unnest(vetoer).actor from '{file}' where type = 'veto' and date = date '2024-02-20'"
        assert duckdb.sql(query).fetchall() == [("USA",), ("QAT",)]


def test_flat_rows_have_the_columns_of_the_spreadsheet_in_types() -> None:
    table = flat_table([two_vetoers(), TALLY], {"900": TEXT}, [STORY])
    first, tally = table.to_pylist()
    assert (first["vetoer_id"], first["story"], first["published"]) == ("USA; QAT", 1, date(2024, 3, 1))
    assert (tally["in_favour"], tally["unanimous"]) == (13, True)
    assert pa.types.is_int64(table.schema.field("against").type)
