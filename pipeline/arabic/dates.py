"""Dates in Arabic news: written out in any of the month systems, in digits, by weekday, or by distance from today.

A value is an ISO date, or None where the text and the day of publication do not settle it: never a guess. Islamic dates
are found, so that their numbers count nothing, but not converted, since the calendar's day differs between countries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from pipeline.arabic import date_values
from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.date_grammar import YEARS, DateGrammar, Month
from pipeline.arabic.date_words import date_lexicon
from pipeline.arabic.numerals import Numeral
from pipeline.arabic.words import Word

Granularity = Literal["day", "month", "year", "weekday", "relative"]
# A year may stand without عام from here on (في 2018); an earlier one is more likely a count.
_BARE_YEARS = 1900
# What dates are counted in.
_SPANS = frozenset({"يوم", "اسبوع", "شهر", "سنة", "عام", "ساعة"})


@dataclass(frozen=True, slots=True)
class Date:
    """The date that ws[start:end] says; word indices, half-open.

    value: YYYY-MM-DD, YYYY-MM or YYYY, or None where it cannot be told. granularity: how the text says it ('weekday'
    and 'relative' have a day as their value, except relative weeks, months and years, which have None).
    """

    start: int
    end: int
    value: str | None
    granularity: Granularity


def dates(ws: Sequence[Word], published: date | None, found_numerals: Sequence[Numeral] | None = None) -> list[Date]:
    """All dates in `ws`, in order, not overlapping. published: the story's day, where its page tells it;
    found_numerals: the numerals of `ws`, where they were read already."""
    reader = _Reader(ws, published, found_numerals)
    found: list[Date] = []
    index = 0
    while index < len(ws):
        here = reader.read(index)
        found += here
        index = here[-1].end if here else index + 1
    return found


@lru_cache(maxsize=65536)
def _may_begin(norm: str) -> bool:
    """Whether a date can begin at a folded word where no numeral does."""
    return any(map(str.isdecimal, norm)) or any(reading.stem in _starts() for reading in readings(norm))


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    """The stems that begin a date: names of months and weekdays, words for days from today, seasons, units."""
    known = date_lexicon()
    names = (phrase[0] for phrases in (known.months, known.english_months, known.relative) for phrase in phrases)
    cues = (known.cues[name] for name in ("ago", "seasons"))
    return _SPANS.union(names, known.weekdays, *cues, ("في", "منذ", "هذا", "هذه"))


class _Reader(DateGrammar):
    """Reads the dates that begin at a given word: none, one, or two of a range such as 17 و18 فبراير."""

    def read(self, index: int) -> list[Date]:
        if self.ws[index].kind == "punct" or (index not in self.numerals and not _may_begin(self.norms[index])):
            return []
        found = self._range(index)
        if found:
            return found
        one = (
            self._numeric(index)
            or self._english(index)
            or self._weekday(index)
            or self._relative(index)
            or self._ago(index)
            or self._day_and_month(index, None)
            or self._hijri(index)
            or self._month_alone(index)
            or self._day_of_month_away(index)
            or self._unit_away(index)
            or self._season(index)
            or self._year_alone(index)
        )
        return [one] if one else []

    def _weekday(self, index: int) -> Date | None:
        """يوم الجمعة الماضي, الثلاثاء 20 فبراير, الثلاثاء (20 شباط)."""
        at = index + 1 if self.stem_is(index, "يوم") else index
        day = self.weekday_at(at)
        if day is None:
            return None
        direction, end = self.direction(at + 1)
        inner = end + 1 if self.norm(end) in ("(", "،", ",", "-") or self.norm(end) == "الموافق" else end
        explicit = self._day_and_month(inner, day)
        if explicit:
            return Date(index, self._closed(inner, explicit.end), explicit.value, "day")
        today = self.relative_at(end)
        if today and not direction:
            return Date(index, today[1], date_values.days_away(today[0], day, self.published), "relative")
        if direction is None and self.to_come(index):
            return Date(index, end, date_values.coming_weekday(day, self.published), "weekday")
        weeks = 0
        if self.norm(end) == "قبل" and self.direction(end + 1)[0] == "last":
            direction, end, weeks = "last", end + 2, 1
        return Date(index, end, date_values.weekday_date(day, direction, self.published, weeks), "weekday")

    def _relative(self, index: int) -> Date | None:
        """أمس, أول أمس, مساء غد, أمس الثلاثاء."""
        at = index + 1 if self.norm(index) == "يوم" else index
        found = self.relative_at(at)
        if found is None:
            return None
        days, end = found
        day = self.weekday_at(end)
        if day is not None:
            end += 1
        inner = end + 1 if self.norm(end) in ("(", "،", ",") else end
        explicit = self._day_and_month(inner, day)
        if explicit and explicit.value:
            return Date(index, self._closed(inner, explicit.end), explicit.value, "day")
        return Date(index, end, date_values.days_away(days, day, self.published), "relative")

    def _closed(self, start: int, end: int) -> int:
        """`end`, past the bracket that closes there if one opened before `start`."""
        return end + (self.norm(start - 1) == "(" and self.norm(end) == ")")

    def _ago(self, index: int) -> Date | None:
        """قبل يومين, منذ ثلاثة أيام; weeks and longer are too coarse for a day."""
        numeral = self.numerals.get(index + 1)
        if not self.lexicon.is_cue("ago", self.norm(index)) or numeral is None or numeral.ordinal:
            return None
        end = numeral.end if numeral.form == "dual" else numeral.end + 1
        if numeral.unit not in _SPANS or self.norm(end) == "من" or ARTICLE in numeral.proclitics:
            return None
        exact = numeral.unit == "يوم" and numeral.value <= 31
        value = date_values.days_away(-numeral.value, None, self.published) if exact else None
        return Date(index, end, value, "relative")

    def _day_and_month(self, index: int, weekday: int | None) -> Date | None:
        """20 فبراير/ شباط 2024, العشرين من شباط الماضي; ws[index] is the day."""
        numeral = self.day(index)
        if numeral is None:
            return None
        at = numeral.end
        at += self.norm(at) == "من"
        at += self.stem_is(at, "شهر")
        month = self.month(at)
        if month is None:
            return None
        return self._in_year(index, month, numeral.value, weekday)

    def _in_year(self, start: int, month: Month, day: int, weekday: int | None) -> Date:
        year, direction, end = self.year_of(month.end)
        if year is not None:
            return Date(start, end, date_values.full_date(year, month.number, day), "day")
        if direction is None and weekday is None and self._is_name(start, day, month.number):
            return Date(start, end, None, "day")
        if direction is None and self.to_come(start):
            direction = "next"
        value = date_values.day_of_month(month.number, day, weekday, direction, self.published)
        return Date(start, end, value, "day")

    def _is_name(self, start: int, day: int, month: int) -> bool:
        """Whether a day without its year names something of any year: هجوم 7 أكتوبر, ثورة 25 يناير."""
        return (day, month) in self.lexicon.famous or self.lexicon.is_cue("named_days_after", self.norm(start - 1))

    def _range(self, index: int) -> list[Date]:
        """17 و18 فبراير, 21 أو 22 أيار, 5-7 مارس: the first day takes the month of the second."""
        first = self.day(index)
        if first is None:
            return []
        at = first.end
        if at not in self.numerals:
            at += self.norm(at) in ("او", "-", "الي", "حتي", "و")
        second = self.day(at)
        if second is None or (at == first.end and "و" not in second.proclitics):
            return []
        last = self._day_and_month(at, None)
        month = self.month(second.end + (self.norm(second.end) == "من"))
        if last is None or month is None:
            return []
        # Both from the same place on, so that they fall into the same year.
        whole, later = (self._in_year(index, month, day.value, None) for day in (first, second))
        return [Date(index, first.end, whole.value, "day"), Date(at, last.end, later.value, "day")]

    def _numeric(self, index: int) -> Date | None:
        """20/2/2024, 20-02-2024, 2024-02-20, 20.2.2024."""
        parts = self.norms[index].split(".")
        end = index + 1
        if len(parts) == 1 and self.norm(index + 1) in ("/", "-") and self.norm(index + 1) == self.norm(index + 3):
            parts, end = self.norms[index : index + 5 : 2], index + 5
            glued = all(self.ws[i].end == self.ws[i + 1].start for i in range(index, min(end, len(self.ws)) - 1))
            if not glued:
                return None
        if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
            return None
        numbers = [int(part) for part in parts]
        if numbers[0] not in YEARS and numbers[2] not in YEARS:
            return None
        return Date(index, end, date_values.numeric_date(*numbers), "day")

    def _english(self, index: int) -> Date | None:
        """20th, February 2024; 20 Feb 2024; February 20, 2024."""
        at = index
        month = self.find(at, self.lexicon.english_months)
        if month:
            at = month[1]
        day = self.small_number(at, 31)
        if day is None:
            return None
        at += 1 + (self.norm(at + 1) in ("st", "nd", "rd", "th"))
        at += self.norm(at) in (",", ".")
        if month is None:
            month = self.find(at, self.lexicon.english_months)
            at = month[1] if month else at
        if month is None:
            return None
        at += self.norm(at) in (",", ".")
        year = self.year_number(at)
        if year is None:
            return None
        return Date(index, at + 1, date_values.full_date(year, month[0], day), "day")

    def _hijri(self, index: int) -> Date | None:
        """10 شعبان 1445 هـ, without a value, unless the day that it agrees with (الموافق) is given behind it."""
        numeral = self.day(index)
        month = self.find(numeral.end, self.lexicon.hijri) if numeral else None
        if month is None:
            return None
        end = month[1] + (self.small_number(month[1], 1600) is not None)
        end += self.norm(end) in ("ه", "هجري", "هجريا")
        at = end + (self.norm(end) in ("،", "("))
        if self.norm(at) in ("الموافق", "الموافقة", "لـ", "ل"):
            same = self._numeric(at + 1) or self._day_and_month(at + 1, None)
            if same:
                return Date(index, self._closed(at, same.end), same.value, "day")
        return Date(index, end, None, "day")

    def _month_alone(self, index: int) -> Date | None:
        """شباط/فبراير 2024, فبراير الماضي, شهر مارس."""
        named = self.stem_is(index, "شهر")
        at = index + 1 if named else index
        month = self.month(at)
        if month is None:
            return None
        year, direction, end = self.year_of(month.end)
        evidence = named or month.sure or year is not None or direction is not None
        if not evidence and not self.stem_is(index - 1, "في", "منذ", "خلال", "حتي"):
            return None
        if year is not None:
            return Date(index, end, f"{year:04}-{month.number:02}", "month")
        if direction is None and self.to_come(index):
            direction = "next"
        return Date(index, end, date_values.month_without_year(month.number, direction, self.published), "month")

    def _day_of_month_away(self, index: int) -> Date | None:
        """العاشر من الشهر الماضي, 12 الشهر الجاري."""
        numeral = self.day(index)
        if numeral is None:
            return None
        month = self._unit_away(numeral.end + (self.norm(numeral.end) == "من"))
        if month is None or month.granularity != "month":
            return None
        value = f"{month.value}-{numeral.value:02}" if month.value else None
        return Date(index, month.end, value, "day")

    def _season(self, index: int) -> Date | None:
        """خريف 2023, ربيع العام الماضي."""
        if not self.lexicon.is_cue("seasons", self.norm(index)):
            return None
        number = self.year_number(index + 1)
        year = Date(index, index + 2, str(number), "year") if number else self._unit_away(index + 1)
        return Date(index, year.end, year.value, "year") if year and year.granularity == "year" else None

    def _unit_away(self, index: int) -> Date | None:
        """الشهر الماضي, العام المقبل, هذا الأسبوع."""
        this = self.norm(index) in ("هذا", "هذه")
        at = index + this
        unit = next((r.stem for r in readings(self.norm(at)) if r.definite and r.stem in _SPANS), None)
        direction, end = self.direction(at + 1)
        if this and direction is None:
            direction, end = "this", at + 1
        if unit in (None, "يوم", "ساعة") or direction is None:
            return None
        if unit in ("عام", "سنة"):
            year = date_values.year_away(direction, self.published)
            return Date(index, end, str(year) if year else None, "year")
        if unit == "شهر":
            return Date(index, end, date_values.month_away(direction, self.published), "month")
        return Date(index, end, None, "relative")

    def _year_alone(self, index: int) -> Date | None:
        """عام 2018, سنة 2018, في 2018."""
        named = any(reading.stem in ("عام", "سنة") for reading in readings(self.norms[index]))
        if not named and not self.stem_is(index, "في", "منذ"):
            return None
        year = self.year_number(index + 1)
        if year is None or (not named and (year < _BARE_YEARS or self._counts(index + 1, year))):
            return None
        if self._numeric(index + 1):
            return None  # في 2024/02/20
        return Date(index if named else index + 1, index + 2, str(year), "year")

    def _counts(self, index: int, value: int) -> bool:
        """Whether a number like a year may count the word after it: a known noun, one in the accusative singular that
        such numbers take (in ا or ة), or any after whole hundreds, which take the genitive."""
        after, numeral = self.norm(index + 1), self.numerals.get(index)
        accusative = after.endswith("ة") or (after.endswith("ا") and not after.endswith(("ما", "هذا")))
        word = after.isalpha() and not after.startswith(ARTICLE)
        return numeral is None or numeral.unit is not None or (word and (accusative or value % 100 == 0))
