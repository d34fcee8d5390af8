"""Dates as Arabic date lines print them."""

import re

import pytest

from pipeline.arabic.normalise import fold
from pipeline.segmentation.published import date_pattern, iso_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20th, February 2024", "2024-02-20"),
        ("1st, March 2021", "2021-03-01"),
        ("3 Sept 2020", "2020-09-03"),
        ("Feb. 3, 2020", "2020-02-03"),
        ("الثلاثاء 20 فبراير 2024", "2024-02-20"),
        ("يوم الثلاثاء، 20 فبراير، 2024", "2024-02-20"),
        ("الثلاثاء الموافق 20 فبراير 2024م", "2024-02-20"),
        ("٢٠ شباط ٢٠٢٤", "2024-02-20"),
        ("۲۰ شباط ۲۰۲۴", "2024-02-20"),
        ("20 شباط/فبراير 2024", "2024-02-20"),
        ("20 فبراير / شباط 2024", "2024-02-20"),
        ("20 يوليو (تموز) 2014", "2014-07-20"),
        ("4 من آذار عام 2022", "2022-03-04"),
        ("7 تشرين الأول 2023", "2023-10-07"),
        ("7 تشرين الثاني 2023", "2023-11-07"),
        ("7 كانون الثاني 2023", "2023-01-07"),
        ("7 كانون الأول 2023", "2023-12-07"),
        ("9 أيّار 2019", "2019-05-09"),
        ("12 جويلية 2021", "2021-07-12"),
        ("12 فيفري 2021", "2021-02-12"),
        ("12 غشت 2021", "2021-08-12"),
        ("12 أبريل 2021", "2021-04-12"),
        ("12 إبريل 2021", "2021-04-12"),
        ("12 نيسان/أبريل 2021", "2021-04-12"),
        ("20-فبراير-2024", "2024-02-20"),
        ("20/فبراير/2024", "2024-02-20"),
        ("الثلاثاء 20/2/2024", "2024-02-20"),
        ("20/2/2024", "2024-02-20"),
        ("20-02-2024", "2024-02-20"),
        ("20.02.2024", "2024-02-20"),
        ("2024/02/20", "2024-02-20"),
        ("2024-02-20", "2024-02-20"),
        ("02/20/2024", "2024-02-20"),
        ("3/4/2024", "2024-04-03"),
    ],
)
def test_a_date_line_gives_its_day(text: str, expected: str) -> None:
    match = re.fullmatch(date_pattern(), fold(text))
    assert match is not None
    assert iso_date(match.group()) == expected


@pytest.mark.parametrize("text", ["31 فبراير 2024", "32/13/2024", "0 مايو 2020"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    match = re.fullmatch(date_pattern(), fold(text))
    assert match is None or iso_date(match.group()) is None


@pytest.mark.parametrize("text", ["فبراير 2024", "20 فبراير", "2024", "20 مايوركا 2024", "1 2 2024", "10/8/1445"])
def test_less_than_a_day_is_no_date(text: str) -> None:
    assert re.fullmatch(date_pattern(), fold(text)) is None
