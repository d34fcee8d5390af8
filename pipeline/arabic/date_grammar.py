"""The pieces of a date: month and weekday names, numbers, which one (الماضي), and signs that it is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.arabic import date_values
from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.date_words import Direction, Phrases, date_lexicon
from pipeline.arabic.numerals import Numeral, numerals
from pipeline.arabic.words import Word

# A lower number is a year of another calendar, or none.
YEARS = range(1600, 2101)
# How far before a date a word that makes it future is looked for, within the sentence.
_CUE_WORDS = 10


@dataclass(frozen=True, slots=True)
class Month:
    """A month's name up to word `end`; sure unless the name may be another word (مارس, he exercised)."""

    end: int
    number: int
    sure: bool


class DateGrammar:
    """Reads the pieces of a date. Indices are word indices; out of range reads as nothing.

    published: the story's day, where its page tells it; found_numerals: the numerals of `ws`, where they were read.
    """

    def __init__(
        self, ws: Sequence[Word], published: date | None, found_numerals: Sequence[Numeral] | None = None
    ) -> None:
        self.ws, self.published, self.lexicon = ws, published, date_lexicon()
        self.norms = [word.norm for word in ws]
        self.numerals = {n.start: n for n in (numerals(ws) if found_numerals is None else found_numerals)}

    def relative_at(self, index: int) -> tuple[int, int] | None:
        """أمس, أول من أمس, بعد غد: days from publication, and the index after it."""
        for size in (3, 2, 1):
            phrase = tuple(self.norms[index : index + size])
            for first in readings(phrase[0]) if phrase else ():
                if first.proclitics not in ((), ("و",), ("ف",), ("ل",), ("ك",)):
                    continue
                days = self.lexicon.relative.get((first.stem, *phrase[1:]))
                if days is not None and len(phrase) == size and (days or self._is_today(index)):
                    return days, index + size
        return None

    def _is_today(self, index: int) -> bool:
        after, before = self.norm(index + 1), self.norm(index - 1)
        numeral = self.numerals.get(index + 1)
        counted = numeral is not None and (numeral.ordinal or ARTICLE in numeral.proclitics)
        if counted or self.lexicon.is_cue("not_today_before", after):
            return False
        return not self.lexicon.is_cue("not_today_after", before) or self.weekday_at(index + 1) is not None

    def month(self, index: int) -> Month | None:
        """A month's name, or both systems' names with a slash, brackets, أو or nothing between; sure unless it may be a
        word."""
        found = self.find(index, self.lexicon.months)
        if found is None:
            return None
        number, end = found
        weak = end == index + 1 and self.lexicon.is_cue("weak_months", self.norms[index])
        if weak and self.norms[index].lstrip("وف") not in self.lexicon.cues["weak_months"]:
            return None  # باب is no ب + آب
        mark = self.norm(end)
        other = self.find(end + 1, self.lexicon.months) if mark in ("/", "(", "-", "او", "\\") else None
        beside = self.find(end, self.lexicon.months)  # brackets may have been left out
        if beside and beside[0] == number:
            return Month(beside[1], number, True)
        if other and other[0] == number:
            return Month(other[1] + (mark == "(" and self.norm(other[1]) == ")"), number, True)
        return Month(end, number, not weak or "آ" in self.ws[index].text)

    def year_of(self, index: int) -> tuple[int | None, Direction, int]:
        """What follows a month: its year (2024, من العام الماضي), or which one it is (الماضي), and the index after."""
        at = index + (self.norm(index) in ("،", ","))
        year = self.year_number(at)
        numeral = self.numerals.get(at)
        if year is not None and (numeral is None or numeral.unit in (None, "صوت")):  # in 2016 صوّت
            return year, None, at + 1
        direction, end = self.direction(index)
        if direction:
            return None, direction, end
        at = index + (self.norm(index) == "من")
        if any(reading.stem in ("عام", "سنة") for reading in readings(self.norm(at))):
            year = self.year_number(at + 1)
            if year is not None:
                return year, None, at + 2
            direction, end = self.direction(at + 1)
            if direction:
                year = date_values.year_away(direction, self.published)
                return (year, None, end) if year else (None, "after", end)
        return None, None, index

    def weekday_at(self, index: int) -> int | None:
        """Monday 0 … Sunday 6, where ws[index] is a weekday's name with the article and no numeral or title."""
        for reading in readings(self.norm(index)):
            day = self.lexicon.weekdays.get(reading.stem)
            if day is None or not reading.definite or reading.proclitics[:1] in (("ب",), ("ك",)):
                continue
            before, after = self.norm(index - 1), self.norm(index + 1)
            named = self.lexicon.is_cue("not_weekday_after", before) or self.lexicon.is_cue("not_weekday_before", after)
            # الأحد عشر is eleven; البلدين الاثنين are two.
            dual = day == 0 and before.startswith(ARTICLE) and before.endswith(("ين", "ان"))
            return None if named or dual or after in ("عشر", "عشرة") else day
        return None

    def direction(self, index: int) -> tuple[Direction, int]:
        """الماضي, المقبلة, الجاري: which one, and the index after it."""
        for reading in readings(self.norm(index)):
            if reading.proclitics == (ARTICLE,) and reading.stem in self.lexicon.directions:
                return self.lexicon.directions[reading.stem], index + 1
        return None, index

    def to_come(self, index: int) -> bool:
        """Whether something before the date, in its sentence, says that it is still to come."""
        for norm in reversed(self.norms[max(index - _CUE_WORDS, 0) : index]):
            if norm in (".", "!", "؟", "?"):
                return False
            if self.lexicon.is_cue("future", norm):
                return True
            if any("س" in r.proclitics and r.stem in self.lexicon.cues["future_verbs"] for r in readings(norm)):
                return True
        return False

    def find(self, index: int, phrases: Phrases) -> tuple[int, int] | None:
        """The longest name at ws[index], و ف ب ل allowed before it: its number and the index after it."""
        for size in (2, 1):
            rest = tuple(self.norms[index + 1 : index + size])
            for reading in readings(self.norm(index)):
                name = (reading.stem, *rest)
                if len(name) == size and not reading.definite and name in phrases:
                    return phrases[name], index + size
        return None

    def day(self, index: int) -> Numeral | None:
        """A numeral that may be a day of the month."""
        numeral = self.numerals.get(index)
        if numeral is None or not 1 <= numeral.value <= 31 or numeral.form in ("dual", "mixed"):
            return None
        return numeral

    def year_number(self, index: int) -> int | None:
        year = self.small_number(index, YEARS[-1])
        return year if year in YEARS else None

    def small_number(self, index: int, most: int) -> int | None:
        digits = self.norm(index)
        if not digits.isdecimal() or len(digits) > 4 or not 1 <= int(digits) <= most:
            return None
        return int(digits)

    def stem_is(self, index: int, *stems: str) -> bool:
        """Whether the word at `index`, without the article but for و ف ب ل ك before it, is one of `stems`."""
        return any(r.stem in stems and not r.definite for r in readings(self.norm(index)))

    def norm(self, index: int) -> str:
        return self.norms[index] if 0 <= index < len(self.norms) else ""
