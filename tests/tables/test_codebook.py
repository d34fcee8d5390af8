"""The code book tells what the frame types' files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RecordError
from pipeline.frames.rules.heads import frame_types, slot_columns
from pipeline.tables.codebook import BEGIN, END, slot_tables, write_code_book

PAGE = Path(__file__).parents[2] / "data" / "CODEBOOK.md"


def test_the_code_book_is_current() -> None:
    assert f"{BEGIN}\n\n{slot_tables(frame_types())}\n{END}" in PAGE.read_text(encoding="utf-8"), (
        "run `python -m pipeline codebook`"
    )


def test_every_column_of_a_slot_has_its_row_with_values_and_types() -> None:
    rows = dict.fromkeys(line.split(" | ")[0].strip("| `") for line in slot_tables(frame_types()).splitlines())
    assert set(slot_columns(frame_types())) <= set(rows)
    table = slot_tables(frame_types())
    assert "| `outcome` | `vote_tally` | what became of the text | `adopted`, `rejected` |" in table
    assert "`body` | `veto`, `vote_tally` | `veto`: the body in which the veto fell; `vote_tally`: the body" in table


def test_the_tables_are_written_between_their_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "book.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", encoding="utf-8")
    assert write_code_book(page, frame_types()) and not write_code_book(page, frame_types())
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n\n| type") and text.endswith(f"{END}\nafter\n") and "stale" not in text
    page.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(RecordError, match="two marks"):
        write_code_book(page, frame_types())
