"""events.csv says what the events say, in columns that stay where they are, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.records import Event, Filler
from pipeline.tables.spreadsheet import csv_text, names, safe_rows, write_rows
from tests.report.build import TEXT, at, call, event, segments, veto


def rows(events: list[Event], text: str = TEXT, **others) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(events, {"900": text}, **others), newline="")))


def test_a_row_tells_who_what_and_where_the_words_are() -> None:
    first, second = rows([veto(), call()], segments=[segments(published="2024-03-01", outlet="وكالة")])
    assert (first["id"], first["type"], first["modality"]) == ("900-1-veto-1", "veto", "actual")
    assert (first["vetoer"], first["vetoer_id"], first["sponsor_id"]) == ("الولايات المتحدة", "USA", "DZA")
    assert first["words"] == TEXT[int(first["start"]) : int(first["end"])] == TEXT.split(".")[0]
    assert (first["sentences"], first["rules"], first["mentions"]) == ("900-1-1", "rule.one", "1")
    assert (first["published"], first["outlet"]) == ("2024-03-01", "وكالة")
    assert first["caller"] == first["caller_id"] == ""
    assert (second["stance"], second["kind"], second["qualifier"]) == ("call", "truce", "immediate")


def test_every_filler_has_its_place_in_the_article() -> None:
    row = rows([veto()])[0]
    places = dict(place.split(":") for place in row["slot_spans"].split("; "))
    words = {name: TEXT[slice(*map(int, place.split("-")))] for name, place in places.items()}
    assert words == {"vetoer": "واشنطن", "object": "مشروع قرار", "sponsor": "الجزائر"}


def test_several_values_and_their_ids_stand_side_by_side() -> None:
    slots = {"vetoer": [at(TEXT, "واشنطن", actor="USA"), at(TEXT, "قطر"), at(TEXT, "غزة", actor="PSE")]}
    row = rows([event("veto", slots, (0, 5), (6, 9))])[0]
    assert row["vetoer"].split("; ") == ["واشنطن", "قطر", "غزة"]
    assert row["vetoer_id"].split("; ") == ["USA", "?", "PSE"]
    assert (row["sentences"], row["mentions"], row["rules"]) == ("900-1-1; 900-1-2", "2", "rule.one")


@pytest.mark.parametrize(
    ("words", "actor", "told"),
    [
        ("الكنيست", "ISR", "ISR-LEG"),
        ("والبرلمان التركي", "TUR", "TUR-LEG"),
        ("إسرائيل", "ISR", "ISR"),
        ("البرلمان العربي", "LAS", "LAS"),  # an id of the register that is no state's
        ("البرلمان", None, "?"),
    ],
)
def test_a_parliament_does_not_show_as_its_state(words: str, actor: str | None, told: str) -> None:
    body = Filler(value=words, actor=actor, text=words, start=0, end=len(words))
    assert rows([event("vote_tally", {"body": [body]})])[0]["body_id"] == told


def test_columns_are_the_same_without_events_and_with_all_types() -> None:
    assert csv_text([], {}) == ",".join(names([])) + "\n"
    assert names([veto(), call()]) == names([])
    assert len(set(names([]))) == len(names([]))


def test_slots_of_a_new_type_come_after_the_known_ones() -> None:
    slots = {"signatory": [at(TEXT, "قطر", actor="QAT")], "accord": [at(TEXT, "هدنة")]}
    new = names([event("treaty", slots)])
    assert [name for name in new if name not in names([])] == ["accord", "signatory", "signatory_id"]
    assert [name for name in new if name in names([])] == names([])
    assert rows([event("treaty", slots)])[0]["signatory_id"] == "QAT"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (True, "true"),
        (13, "13"),
        ("نص; آخر", "نص؛ آخر"),
        ("نص\nآخر", "نص آخر"),
        ('نص "قرار", ثان', 'نص "قرار", ثان'),
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("@SUM", "'@SUM"),
        (" \u200f=1+1", "'\u200f=1+1"),
        ("10/12", "'10/12"),
        ("2735", "2735"),
        ("ES-11/1", "ES-11/1"),
        ("2024-02-20", "2024-02-20"),
    ],
)
def test_cells(value: str | int | bool, cell: str) -> None:
    filler = Filler(value=value, text="x", start=0, end=1)
    assert rows([event("veto", {"object": [filler]})])[0]["object"] == cell


def test_words_over_two_lines_stay_as_they_are() -> None:
    text = "قال\r\nنعم، قال"
    assert rows([event("veto", {}, (0, 8))], text)[0]["words"] == "قال\r\nنعم"


def test_the_file_opens_in_a_spreadsheet_and_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        table = safe_rows([veto(), call()], {"900": TEXT}, [segments()])
        write_rows(tmp_path / name, names([veto(), call()]), table)
    one = (tmp_path / "one.csv").read_bytes()
    assert one.startswith(b"\xef\xbb\xbfid,type,")
    assert one == (tmp_path / "two.csv").read_bytes()
