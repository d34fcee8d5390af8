"""Whatever a page says, no spreadsheet runs it, in comma and in semicolon locales, and none turns it into a date."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scoring.tables import csv_text as scores
from pipeline.tables.cells import safe
from pipeline.tables.spreadsheet import csv_text
from tests.report.build import at, event

CELLS = [
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("＝1+1", "'＝1+1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠SUM(A1)", "'＠SUM(A1)"),
    ("﹦1", "'﹦1"),
    ("−1", "'−1"),
    (" =1+1", "' =1+1"),
    ("\u00a0\u200f=1+1", "'\u00a0\u200f=1+1"),
    ("\ufeff=1+1", "'\ufeff=1+1"),
    ("\t=1+1", "\t'=1+1"),
    ('نص;=HYPERLINK("http://x")', 'نص;\'=HYPERLINK("http://x")'),
    ("نص; @SUM(A1)", "نص;' @SUM(A1)"),
    ("نص;;=1", "نص;;'=1"),
    ("نص\n=1", "نص\n'=1"),
    ("نص\r\n -1", "نص\r\n' -1"),
    ("نص = نص", "نص = نص"),
    ("نص، -نص", "نص، -نص"),
    ("10/12", "'10/12"),
    ("10 / 12", "'10 / 12"),
    ("١٠/١٢", "'١٠/١٢"),
    ("1/2/3", "'1/2/3"),
    ("10-12", "'10-12"),
    ("10.12", "'10.12"),
    ("14:30", "'14:30"),
    ("10/12; 2735", "'10/12; 2735"),
    ("0012", "'0012"),
    ("1234567890123456", "'1234567890123456"),
    ("1E5", "'1E5"),
    ("2735", "2735"),
    ("ES-11/1", "ES-11/1"),
    ("A/RES/10/12", "A/RES/10/12"),
    ("2024-02-20", "2024-02-20"),
    ("2024-02", "2024-02"),
    ("2024", "2024"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "made"), CELLS)
def test_a_cell(cell: str, made: str) -> None:
    assert safe(cell) == made


def test_names_are_the_same_in_every_file() -> None:
    assert safe("12-1-1", "sentences") == "12-1-1" and safe("0012", "article") == "0012"
    assert safe("=x-1-1; =x-1-2", "sentences") == "'=x-1-1;' =x-1-2"


SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
HOSTILE = st.text(st.sampled_from([*SIGNS, *" ;,\t\r\n\"'\u00a0\u200f\ufeff\x1aنص1/"]), max_size=12)


def opens_formula(cell: str) -> bool:
    """Whether a spreadsheet might take a cell for a formula: its first sign that shows is one of those."""
    shown = [char for char in cell if not (char.isspace() or unicodedata.category(char) in ("Cc", "Cf"))]
    return bool(shown) and shown[0] in SIGNS


@given(HOSTILE, HOSTILE)
def test_no_cell_of_the_table_is_a_formula_in_any_locale(one: str, other: str) -> None:
    text = f"ا{one}ب{other}"
    made = event("veto", {"object": [at(text, f"ب{other}")], "topic": [at(text, f"ا{one}")]}, (0, len(text)))
    made.slots["object"][0].value, made.slots["topic"][0].value = other, one
    table = csv_text([made], {"900": text})
    assert not any(map(opens_formula, (cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row)))
    # Cut at semicolons and line ends, whatever quotation marks stand around them, as in a locale of semicolons.
    assert not any(map(opens_formula, re.split("[;\r\n]", table)))


def test_tables_of_scores_are_as_safe() -> None:
    table = scores([{"article": "0012", "gold_text": "نص;=1", "predicted_text": "10/12", "f1": 0.5}])
    assert table.splitlines()[1] == "0012,نص;'=1,'10/12,0.5"
