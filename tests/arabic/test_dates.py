"""Dates as Arabic newsrooms write them, resolved only where text and publication settle them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.dates import dates
from pipeline.arabic.words import words

from .strategies import TEXT

# A Tuesday.
PUBLISHED = date(2024, 2, 20)


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None, str]]:
    """Surface, value and granularity of every date in a text."""
    ws = words(text)
    found = dates(ws, published)
    return [(text[ws[d.start].start : ws[d.end - 1].end], d.value, d.granularity) for d in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20 فبراير 2024", "2024-02-20"),
        ("10 شعبان 1445هـ الموافق 20 فبراير 2024", "2024-02-20"),
        ("10 شعبان 1445 هـ (الموافق 2024/2/20)", "2024-02-20"),
        ("20 شباط 2024", "2024-02-20"),
        ("20 فبراير/ شباط 2024", "2024-02-20"),
        ("20 شباط/فبراير 2024", "2024-02-20"),
        ("20 شباط / فبراير، 2024", "2024-02-20"),
        ("20 شباط (فبراير) 2024", "2024-02-20"),
        ("٢٠ فبراير ٢٠٢٤", "2024-02-20"),
        ("20 من فبراير 2024", "2024-02-20"),
        ("20 من شهر فبراير من عام 2024", "2024-02-20"),
        ("العشرين من شباط 2024", "2024-02-20"),
        ("الخامس والعشرين من كانون الثاني/ يناير 2023", "2023-01-25"),
        ("الحادي عشر من أيلول 2001", "2001-09-11"),
        ("الأول من تشرين الأول/أكتوبر 2022", "2022-10-01"),
        ("أول مايو 2022", "2022-05-01"),
        ("30 تشرين الثاني 2022", "2022-11-30"),
        ("31 كانون الأول (ديسمبر) 2022", "2022-12-31"),
        ("14 جويلية 2022", "2022-07-14"),
        ("3 غشت 2022", "2022-08-03"),
        ("3 أوت 2022", "2022-08-03"),
        ("3 آب 2022", "2022-08-03"),
        ("3 اب 2022", "2022-08-03"),
        ("15 مارس 2022", "2022-03-15"),
        ("الثلاثاء 20 فبراير 2024", "2024-02-20"),
        ("يوم الثلاثاء الموافق 20 فبراير 2024", "2024-02-20"),
        ("الثلاثاء (20 شباط 2024)", "2024-02-20"),
        ("20/2/2024", "2024-02-20"),
        ("20-02-2024", "2024-02-20"),
        ("20.2.2024", "2024-02-20"),
        ("2024-02-20", "2024-02-20"),
        ("2024/2/20", "2024-02-20"),
        ("3/4/2024", "2024-04-03"),  # the day comes first
        ("02/20/2024", "2024-02-20"),  # unless it cannot
        ("20th, February 2024", "2024-02-20"),
        ("20 Feb 2024", "2024-02-20"),
        ("February 20, 2024", "2024-02-20"),
        ("31 تشرين الأول 1832", "1832-10-31"),
        ("30 فبراير 2024", None),  # no such day
        ("31/31/2024", None),
    ],
)
def test_full_date_needs_no_day_of_publication(text: str, value: str | None) -> None:
    assert read(text) == read(text, None) == [(text, value, "day")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18 فبراير", "2024-02-18"),
        ("20 فبراير", "2024-02-20"),  # the day itself
        ("15 نوفمبر", "2023-11-15"),
        ("15 نوفمبر/تشرين الثاني الماضي", "2023-11-15"),
        ("15 نوفمبر المقبل", "2024-11-15"),
        ("26 فبراير الجاري", "2024-02-26"),
        ("26 فبراير المقبل", "2024-02-26"),
        ("15 نوفمبر من العام الماضي", "2023-11-15"),
        ("العاشر من الشهر الماضي", "2024-01-10"),
        ("الثامن من الشهر الجاري", "2024-02-08"),
        ("10 يناير من عام 2021", "2021-01-10"),
        ("الخميس 15 فبراير", "2024-02-15"),
        ("الجمعة 23 فبراير", "2024-02-23"),  # the weekday settles the year
        # May be last year's or next week's: not guessed.
        ("26 فبراير", None),
        ("1 مايو", None),
        # Days that go by their day and month whatever the year.
        ("11 سبتمبر", None),
        ("29 فبراير", None),
    ],
)
def test_day_without_year_is_resolved_by_publication(text: str, value: str | None) -> None:
    assert read(text) == [(text, value, "day")]


def test_without_publication_granularity_stays() -> None:
    assert read("18 فبراير", None) == [("18 فبراير", None, "day")]
    assert read("أمس الاثنين", None) == [("أمس الاثنين", None, "relative")]
    assert read("يوم الجمعة الماضي", None) == [("يوم الجمعة الماضي", None, "weekday")]
    assert read("فبراير الماضي", None) == [("فبراير الماضي", None, "month")]
    assert read("العام الماضي", None) == [("العام الماضي", None, "year")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الثلاثاء", "2024-02-20"),
        ("يوم الثلاثاء", "2024-02-20"),
        ("الثلاثاء الماضي", "2024-02-13"),
        ("الثلاثاء المقبل", "2024-02-27"),
        ("الاثنين", "2024-02-19"),
        ("الإثنين", "2024-02-19"),
        ("الأحد", "2024-02-18"),
        ("السبت", "2024-02-17"),
        ("الجمعة", "2024-02-16"),
        ("يوم الجمعة الماضية", "2024-02-16"),
        ("الخميس المنصرم", "2024-02-15"),
        ("الأربعاء", "2024-02-14"),
        ("والأربعاء القادم", "2024-02-21"),
        ("الخميس قبل الماضي", "2024-02-08"),
        ("الخميس التالي", None),
    ],
)
def test_weekday(text: str, value: str | None) -> None:
    assert read(text) == [(text, value, "weekday")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("صوّت المجلس الجمعة على النص", [("الجمعة", "2024-02-16", "weekday")]),
        ("سيصوت المجلس الجمعة على النص", [("الجمعة", "2024-02-23", "weekday")]),
        ("الجلسة المقررة الثلاثاء", [("الثلاثاء", "2024-02-20", "weekday")]),
        ("تنتهي الهدنة بحلول 26 فبراير", [("26 فبراير", "2024-02-26", "day")]),
        ("سيصوت المجلس. ورفضته لندن الجمعة", [("الجمعة", "2024-02-16", "weekday")]),
        ("وقال سيرغي الجمعة", [("الجمعة", "2024-02-16", "weekday")]),
        ("استخدمته روسيا في 2024/01/05", [("2024/01/05", "2024-01-05", "day")]),
        ("مساء أمس الاثنين", [("أمس الاثنين", "2024-02-19", "relative")]),
        ("أمس الأحد", [("أمس الأحد", "2024-02-18", "relative")]),  # the page is dated a day late
        ("أمس الخميس", [("أمس الخميس", None, "relative")]),  # contradictory
        ("اليوم الثلاثاء", [("اليوم الثلاثاء", "2024-02-20", "relative")]),
        ("غدا الأربعاء", [("غدا الأربعاء", "2024-02-21", "relative")]),
        ("الثلاثاء، 20 فبراير", [("الثلاثاء، 20 فبراير", "2024-02-20", "day")]),
        ("(الثلاثاء 20 فبراير 2024)", [("الثلاثاء 20 فبراير 2024", "2024-02-20", "day")]),
        ("أول أمس", [("أول أمس", "2024-02-18", "relative")]),
        ("أول من أمس", [("أول من أمس", "2024-02-18", "relative")]),
        ("أمس الأول", [("أمس الأول", "2024-02-18", "relative")]),
        ("يوم أمس", [("يوم أمس", "2024-02-19", "relative")]),
        ("بعد غد", [("بعد غد", "2024-02-22", "relative")]),
        ("واليوم", [("واليوم", "2024-02-20", "relative")]),
        ("قبل يومين", [("قبل يومين", "2024-02-18", "relative")]),
        ("منذ ثلاثة أيام", [("منذ ثلاثة أيام", "2024-02-17", "relative")]),
        ("قبل أسبوعين", [("قبل أسبوعين", None, "relative")]),
        ("هذا الأسبوع", [("هذا الأسبوع", None, "relative")]),
        ("17 و18 فبراير", [("17", "2024-02-17", "day"), ("و18 فبراير", "2024-02-18", "day")]),
        ("21 أو 22 يناير 2024", [("21", "2024-01-21", "day"), ("22 يناير 2024", "2024-01-22", "day")]),
        ("فبراير/شباط 2024", [("فبراير/شباط 2024", "2024-02", "month")]),
        ("في فبراير", [("فبراير", "2024-02", "month")]),
        ("في نوفمبر الماضي", [("نوفمبر الماضي", "2023-11", "month")]),
        ("في مارس الماضي", [("مارس الماضي", "2023-03", "month")]),
        ("شهر مارس 2022", [("شهر مارس 2022", "2022-03", "month")]),
        ("في مايو", [("مايو", None, "month")]),
        ("الشهر الماضي", [("الشهر الماضي", "2024-01", "month")]),
        ("في خريف 2021", [("خريف 2021", "2021", "year")]),
        ("مطلع العام الجاري", [("مطلع العام الجاري", "2024", "year")]),
        ("في نهاية المطاف", []),
        ("عام 2018", [("عام 2018", "2018", "year")]),
        ("لسنة 2017 والعام الجاري", [("لسنة 2017", "2017", "year"), ("والعام الجاري", "2024", "year")]),
        ("ومنذ 2013", [("2013", "2013", "year")]),
        ("10 شعبان 1445 هـ", [("10 شعبان 1445 هـ", None, "day")]),
        ("هجوم 12 أكتوبر", [("12 أكتوبر", None, "day")]),
        ("هجوم 12 أكتوبر الماضي", [("12 أكتوبر الماضي", "2023-10-12", "day")]),
    ],
)
def test_in_a_sentence(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "مارس مندوبها حق النقض",
        "الأب وباب الحوار",
        "أحد عشر عضوا",
        "الأحد عشر عضوا",
        "وامتناع اثنين",
        "البلدين الاثنين",
        "بين الاثنين",
        "أحد الأعضاء",
        "صلاة الجمعة وإمام الجمعة",
        "في اليوم التالي",
        "في اليوم نفسه",
        "في ذلك اليوم",
        "اليوم العالمي للمرأة",
        "اليوم الأول من المفاوضات",
        "قبل يومين من التصويت",
        "الأمين العام للمنظمة",
        "15 دولة من أصل 193",
        "في 2000 موقع",
        "القرار 2334",
        "13-1-1",
        "2.3 مليون",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("locale", ["ar", "ar_EG", "ar_SY", "ar_LB", "ar_IQ", "ar_DZ", "ar_TN", "ar_MA", "ar_MR"])
def test_every_month_name_of_cldr(locale: str) -> None:
    for number, name in Locale.parse(locale).months["format"]["wide"].items():
        assert read(f"12 {name} 2020") == [(f"12 {name} 2020", f"2020-{number:02}-12", "day")]


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_weekday_is_within_the_last_week(published: date, weekday: int) -> None:
    name = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"][weekday]
    ((_, value, _),) = read(name, published)
    assert value
    found = date.fromisoformat(value)
    assert found.weekday() == weekday
    assert timedelta(0) <= published - found < timedelta(7)


@given(TEXT, st.none() | st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_dates_lie_in_order_in_any_text(text: str, published: date | None) -> None:
    ws = words(text)
    found = dates(ws, published)
    for one in found:
        assert 0 <= one.start < one.end <= len(ws)
    for left, right in pairwise(found):
        assert left.end <= right.start


DATE_WORDS = """
يوم الثلاثاء الاثنين الأحد أمس أول من اليوم غدا 20 17 31 2024 1445 / - . ، ( ) و أو فبراير شباط كانون الثاني مارس شعبان
الماضي المقبل الجاري قبل منذ عام العام الشهر في سيصوت هذا ثلاثة أيام عشر وعشرين الـ هـ february th , %
"""
NEWS = st.lists(st.sampled_from(DATE_WORDS.split()), max_size=12).map(" ".join)


@given(NEWS, st.sampled_from([None, PUBLISHED]))
def test_any_run_of_date_words_is_read_or_left(text: str, published: date | None) -> None:
    ws = words(text)
    for left, right in pairwise(dates(ws, published)):
        assert left.end <= right.start <= len(ws)
