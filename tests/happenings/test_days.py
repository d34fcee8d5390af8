from __future__ import annotations

from datetime import date

import pytest

from pipeline.happenings.days import EVER, NEVER, When, bounds, when
from pipeline.tables.dating import Dating


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02-20", "2024-02-20", "2024-02-20"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_date_is_the_days_it_may_be(value: str, first: str, last: str) -> None:
    assert [date.fromordinal(day).isoformat() for day in bounds(value)] == [first, last]


def test_a_date_of_its_own_wins_over_the_pages() -> None:
    told = when([Dating("2024-02-20", "day", "resolved", "أمس", 0, 3)], "2024-02-21", 4)
    assert (told.value, told.basis, told.known) == ("2024-02-20", "resolved", True)


def test_news_without_a_day_is_of_the_days_before_its_page() -> None:
    told = when([], "2024-02-21", 4)
    assert (told.first, told.last) == (date(2024, 2, 17).toordinal(), date(2024, 2, 21).toordinal())
    assert told.basis == "published" and not told.known


def test_background_without_a_day_is_at_any_time_before_its_page() -> None:
    told = when([], "2024-02-21", None)
    assert (told.first, told.last, told.bounded) == (EVER, date(2024, 2, 21).toordinal(), False)


@pytest.mark.parametrize(
    ("words", "weekday", "month", "day"),
    [
        ("الثلاثاء", 1, -1, -1),
        ("يوم الجمعة 21 فبراير/شباط", 4, 2, 21),
        ("مساء الخميس ٢٩ تشرين الثاني", 3, 11, 29),
        ("أمس", -1, -1, -1),
    ],
)
def test_words_that_settle_no_date_say_something_all_the_same(words: str, weekday: int, month: int, day: int) -> None:
    told = when([Dating(words, "words", "words", words, 0, len(words))], None, 4)
    assert (told.weekday, told.month, told.day) == (weekday, month, day)
    assert told.last == NEVER


def test_hints_rule_days_out() -> None:
    tuesday = When(weekday=1)
    assert tuesday.fits(date(2024, 2, 20)) and not tuesday.fits(date(2024, 2, 21))


def test_what_happened_was_not_after_its_page() -> None:
    thursday = Dating("2025-09-25", "day", "resolved", "الخميس", 0, 6)
    told = when([thursday], "2025-09-20", 4)
    assert (told.basis, told.weekday, told.last) == ("published", 3, date(2025, 9, 20).toordinal())
    assert when([thursday], "2025-09-20", 4, happened=False).value == "2025-09-25"
