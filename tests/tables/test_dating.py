"""What a date is worth: how fine it is, and whether the text states it or the page's day was needed."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.arabic.dates import dates
from pipeline.arabic.words import words
from pipeline.records import Filler
from pipeline.tables.dating import datings, published
from tests.report.build import event, segments

PUBLISHED = date(2024, 2, 21)


def told(text: str) -> list[tuple[str, str, str]]:
    """Value, granularity and basis of the dates that the reader finds in a sentence of a page of 21 February 2024."""
    ws = words(text)
    fillers = []
    for found in dates(ws, PUBLISHED):
        start, end = ws[found.start].start, ws[found.end - 1].end
        fillers.append(Filler(value=found.value or text[start:end], text=text[start:end], start=start, end=end))
    made = event("veto", {"date": fillers})
    story = segments(text, published=PUBLISHED.isoformat()).stories[0]
    return [(one.value, one.granularity, one.basis) for one in datings(made, text, story)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في 20 فبراير/ شباط 2024", ("2024-02-20", "day", "stated")),
        ("الثلاثاء 20 فبراير 2024", ("2024-02-20", "day", "stated")),
        ("يوم الثلاثاء", ("2024-02-20", "day", "resolved")),
        ("أمس", ("2024-02-20", "day", "resolved")),
        ("في ديسمبر 2023", ("2023-12", "month", "stated")),
        ("الشهر الماضي", ("2024-01", "month", "resolved")),
        ("عام 2011", ("2011", "year", "stated")),
        ("العام الماضي", ("2023", "year", "resolved")),
        ("الأسبوع الماضي", ("الأسبوع الماضي", "words", "words")),
    ],
)
def test_granularity_and_basis(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


def test_the_first_day_of_a_range_is_stated_by_its_second() -> None:
    assert told("يومي 17 و18 فبراير 2024") == [("2024-02-17", "day", "stated"), ("2024-02-18", "day", "stated")]


def test_the_finest_comes_first() -> None:
    assert [granularity for _, granularity, _ in told("عام 2011 ثم في 20 فبراير 2024")] == ["day", "year"]


def test_the_pages_date_points_at_no_words() -> None:
    found = published(segments(published="2024-02-21").stories[0])
    assert found and (found.value, found.basis, found.text, found.start) == ("2024-02-21", "published", None, None)
    assert published(None) is None and published(segments().stories[0]) is None
