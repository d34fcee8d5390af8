"""An export of the UN Digital Library taken over: new rows, replaced ones, and those that were checked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.errors import RecordError
from pipeline.record.reference import FILES, load_reference
from pipeline.record.refresh import refresh

FOLDER = Path(__file__).parent.parent.parent / "data" / "reference"
COUNCIL = (
    "undl_id", "ms_code", "ms_name", "permanent_member", "ms_vote", "date", "resolution", "draft", "meeting",
    "description", "agenda", "subjects", "vote_note", "modality", "total_yes", "total_no", "total_abstentions",
    "total_non_voting",
    "total_ms", "undl_link",
)  # fmt: skip
ASSEMBLY = (
    "undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "draft", "committee_report", "meeting",
    "title", "agenda_title", "subjects", "vote_note", "total_yes", "total_no", "total_abstentions", "total_non_voting",
    "total_ms", "undl_link",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path


def export(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows(resolution: str, date: str, votes: dict[str, str], totals: tuple[str, str, str, str]) -> list[dict[str, str]]:
    shared = {"undl_id": resolution, "resolution": resolution, "date": date, "undl_link": "https://example.org/1"}
    shared |= dict(zip(("total_yes", "total_no", "total_abstentions", "total_non_voting"), totals, strict=True))
    return [
        shared | {"ms_code": code, "ms_vote": vote, "title": "A", "description": "B"} for code, vote in votes.items()
    ]


def test_a_new_resolution_of_the_council(folder: Path) -> None:
    votes = {code: "Y" for code in ("FRA", "GBR", "USA", "DNK")} | {"CHN": "A", "RUS": "A", "PAK": "X"}
    told = rows("S/RES/2900 (2027)", "2027-03-01", votes, ("12.0", "0.0", "2.0", "1.0"))
    done = refresh(export(folder / "e.csv", COUNCIL, told), folder)
    assert (done.new, done.replaced, done.kept) == (1, 0, ())
    vote = load_reference(folder).by_id["S/RES/2900 (2027)"]
    assert (vote.votes, vote.not_voting, vote.members_abstaining) == ((12, 0, 2), 1, ("CHN", "RUS"))
    assert (vote.subject, vote.confidence, vote.number) == ("B", "UN Digital Library", "2900")


def test_a_row_of_one_source_is_replaced_and_keeps_what_the_export_lacks(folder: Path) -> None:
    old = load_reference(folder).by_id["S/RES/2647 (2022)"]
    told = rows(
        "S/RES/2647 (2022)", "2022-07-28", {"GAB": "A", "GHA": "A", "KEN": "A", "GBR": "Y"}, ("12", "0", "3", "0")
    )
    assert refresh(export(folder / "e.csv", COUNCIL, told), folder).replaced == 1
    new = load_reference(folder).by_id[old.id]
    assert (new.subject, new.sponsor, new.confidence) == (old.subject, old.sponsor, "UN Digital Library")


def test_a_checked_row_keeps_its_numbers_and_is_named(folder: Path) -> None:
    told = rows("A/RES/ES-10/21", "2023-10-27", {"ISR": "N", "TUN": "A"}, ("120", "14", "45", "14"))
    done = refresh(export(folder / "e.csv", ASSEMBLY, told), folder)
    assert done.kept == ("A/RES/ES-10/21: 121–14–44, export 120–14–45",)
    assert load_reference(folder).by_id["A/RES/ES-10/21"].votes == (121, 14, 44)


def test_states_that_are_no_more_have_todays_codes(folder: Path) -> None:
    told = rows("A/RES/40/999", "1985-12-01", {"SUN": "N", "YUG": "A"}, ("100", "1", "1", "10"))
    refresh(export(folder / "e.csv", ASSEMBLY, told), folder)
    vote = load_reference(folder).by_id["A/RES/40/999"]
    assert (vote.members_against, vote.members_abstaining) == (("RUS",), ("SRB",))


def test_a_second_refresh_changes_nothing(folder: Path) -> None:
    told = rows("S/RES/2900 (2027)", "2027-03-01", {"FRA": "Y"}, ("15", "0", "0", "0"))
    refresh(export(folder / "e.csv", COUNCIL, told), folder)
    before = (folder / "council.csv").read_bytes()
    assert refresh(folder / "e.csv", folder).new == 0
    assert (folder / "council.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("columns", "told", "message"),
    [
        (("undl_id", "ms_code"), [], "has no column ms_vote"),
        (COUNCIL, [], "has no resolution"),
        (COUNCIL, rows("E/RES/1", "2027-03-01", {"FRA": "Y"}, ("1", "0", "0", "0")), "neither S/RES/ nor A/RES/"),
        (COUNCIL, rows("S/RES/1 (2027)", "2027-03-01", {"FRA": "Y"}, ("all", "0", "0", "0")), "total_yes is «all»"),
    ],
)
def test_what_is_no_export_is_refused_and_nothing_is_written(
    folder: Path, columns: tuple[str, ...], told: list[dict[str, str]], message: str
) -> None:
    before = (folder / "council.csv").read_bytes()
    with pytest.raises(RecordError, match=message):
        refresh(export(folder / "e.csv", columns, told), folder)
    assert (folder / "council.csv").read_bytes() == before
