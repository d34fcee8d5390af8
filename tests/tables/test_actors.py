"""event_actors holds one row for each actor of each event, typed, and says what sector each is of."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.records import Event, Filler
from pipeline.tables.actors import COLUMNS, actor_rows, csv_text
from pipeline.tables.sectors import sector
from pipeline.tables.writing import write_table
from tests.report.build import TEXT, at, call, event, segments, veto

STORY = segments(published="2024-02-20", outlet="وكالة", title="عنوان")


def rows(*events: Event) -> list[dict[str, object]]:
    return list(actor_rows(events, {"900": TEXT}, [STORY]))


def test_each_actor_of_each_role_has_a_row() -> None:
    both = veto()
    both.slots["vetoer"].append(at(TEXT, "قطر", actor="QAT"))
    told = [(row["event"], row["role"], row["rank"], row["actor"]) for row in rows(both, call())]
    assert told == [
        ("900-1-veto-1", "sponsor", 1, "DZA"),
        ("900-1-veto-1", "vetoer", 1, "USA"),
        ("900-1-veto-1", "vetoer", 2, "QAT"),
        ("900-1-ceasefire_call-1", "caller", 1, "QAT"),
    ]


def test_who_is_not_in_the_register_has_a_row_without_an_id() -> None:
    unknown = event("ceasefire_call", {"caller": [at(TEXT, "قطر")], "kind": [at(TEXT, "هدنة", "truce")]})
    (row,) = rows(unknown)
    assert (row["role"], row["actor"], row["kind"], row["sector"]) == ("caller", None, "unknown", None)
    assert row["text"] == "قطر"


@pytest.mark.parametrize(
    ("value", "day", "granularity", "basis", "year"),
    [
        ("2023-12-08", date(2023, 12, 8), "day", "resolved", 2023),
        ("2023-12", None, "month", "resolved", 2023),
        ("2023", None, "year", "resolved", 2023),
        ("الثلاثاء", date(2024, 2, 20), "day", "published", 2024),
        (None, date(2024, 2, 20), "day", "published", 2024),
    ],
)
def test_the_date_is_the_events_own_before_the_pages(
    value: str | None, day: date | None, granularity: str, basis: str, year: int
) -> None:
    told = veto()
    if value:
        told.slots["date"] = [at(TEXT, "فورية", value)]
    row = rows(told)[0]
    assert (row["date"], row["date_granularity"], row["date_basis"], row["year"]) == (day, granularity, basis, year)


@pytest.mark.parametrize(
    ("actor", "words", "code"),
    [
        ("FRA", "باريس", "GOV"),
        ("FRA", "وزير الخارجية الفرنسي", "GOV"),
        ("FRA", "للجمعية الوطنية الفرنسية", "LEG"),
        ("TUN", "والبرلمان التونسي", "LEG"),
        ("USA", "مجلس الشيوخ", "LEG"),
        ("ISR", "الكنيست", "LEG"),
        ("SDN", "الجيش السوداني", "MIL"),
        ("ISR", "جيش الاحتلال", "MIL"),
        ("PAK", "المحكمة العليا", "JUD"),
        ("UNSC", "مجلس الأمن", "IGO"),
        ("AMNESTY", "منظمة العفو الدولية", "NGO"),
        ("HAMAS", "حماس", "REB"),
        ("FATAH", "حركة فتح", "PTY"),
        (None, "مسؤول", None),
        # A word that another word holds is not it.
        ("EGY", "الجيشان الشعبي", "GOV"),
    ],
)
def test_sectors(actor: str | None, words: str, code: str | None) -> None:
    assert sector(Filler(value=words, actor=actor, text=words, start=0, end=len(words))) == code


def test_a_parliament_has_an_id_of_its_own_and_its_state_beside_it() -> None:
    told = event("vote_tally", {"body": [Filler(value="الكنيست", actor="ISR", text="الكنيست", start=0, end=7)]})
    (row,) = rows(told)
    assert (row["actor"], row["organ"], row["iso3"], row["cow_number"]) == ("ISR-LEG", "ISR-LEG", "ISR", 666)


def test_parquet_has_types_and_csv_the_same_rows(tmp_path: Path) -> None:
    made = rows(veto(), call())
    write_table(tmp_path / "actors.parquet", made, COLUMNS)
    table = pq.read_table(tmp_path / "actors.parquet")
    assert table.schema.equals(COLUMNS) and table.column("date")[0].as_py() == date(2024, 2, 20)
    read = list(csv.DictReader(io.StringIO(csv_text(made))))
    assert [row["actor"] for row in read] == table.column("actor").to_pylist()
    assert read[0]["year"] == "2024"


def test_vetoes_by_country_and_year_are_one_line(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    two = veto()
    two.slots["vetoer"].append(at(TEXT, "قطر", actor="QAT"))
    other = veto().model_copy(update={"id": "900-1-veto-2"}, deep=True)
    other.slots["vetoer"].reverse()
    write_table(tmp_path / "actors.parquet", rows(two, other), COLUMNS)
    actors = pandas.read_parquet(tmp_path / "actors.parquet")
    counts = actors.query("type == 'veto' and role == 'vetoer'").groupby(["actor", "year"]).event.nunique()
    assert counts.to_dict() == {("QAT", 2024): 1, ("USA", 2024): 2}
    assert str(actors.year.dtype) == "Int64"


def test_parquet_of_no_row_has_its_columns_and_one_of_many_rows_all_of_them(tmp_path: Path) -> None:
    made = rows(veto(), call())
    for number in (0, 10_001):
        write_table(tmp_path / "actors.parquet", (made * number)[:number], COLUMNS)
        table = pq.read_table(tmp_path / "actors.parquet")
        assert table.schema.equals(COLUMNS) and table.num_rows == number
    assert table.slice(10_000).to_pylist() == [made[10_000 % len(made)]]


def test_what_is_no_column_is_not_left_out_in_silence(tmp_path: Path) -> None:
    with pytest.raises(pa.ArrowInvalid, match="unexpected field"):
        write_table(tmp_path / "actors.parquet", [rows(veto())[0] | {"misspelt": 1}], COLUMNS)
    assert list(tmp_path.iterdir()) == []
