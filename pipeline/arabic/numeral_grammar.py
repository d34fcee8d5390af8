"""The grammar of written numbers: how digits and number words join into one value, whatever they then count.

A teen is unit + عشر, a two-digit number unit + و + ten, larger ones fall in size, each joined by و (Ryding, A Reference
Grammar of Modern Standard Arabic, 2005, ch. 15). Cases and genders are not checked: news mixes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.numeral_words import Kind, key, lexicon
from pipeline.arabic.words import Word

TANWIN = "\u064b"
# Letters that stand before digits as one token: الـ15, و13, بـ14.
CLITICS = re.compile("[وف]?[بك]?(?:ال)?|[وف]?لل?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
# Longer runs of digits are identifiers, not counts.
_MOST_DIGITS = 15
# How a word may stand in a number: anywhere at its beginning, straight after the last one, or after a و.
Place = Literal["first", "direct", "joined"]


@dataclass(frozen=True, slots=True)
class Part:
    """A number read up to word `end`; scale: what its last word counts in (1, 100, 1000, …), so smaller may follow.

    forms: of {'digits', 'words'}; proclitics: of its first word.
    """

    end: int
    value: int
    scale: int
    forms: frozenset[str]
    proclitics: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def atoms(word: str) -> tuple[tuple[tuple[str, ...], Mapping[Kind, int]], ...]:
    """The readings of a word, by its key, that are number words: their proclitics, and their values by kind."""
    known = lexicon().atoms
    return tuple((reading.proclitics, known[reading.stem]) for reading in readings(word) if reading.stem in known)


class NumberGrammar:
    """Reads the cardinal that begins at a word of `ws`. Indices are word indices; out of range reads as nothing."""

    def __init__(self, ws: Sequence[Word]) -> None:
        self.ws = ws
        self.lexicon = lexicon()
        self.keys = [key(word.norm) for word in ws]

    def cardinal(self, index: int) -> Part | None:
        """Segments of falling size joined by و: مليون و200 ألف وخمسة وثلاثون."""
        part = self._segment(index, "first")
        while part and part.scale > 1:
            after = self.joined(part.end)
            more = self._segment(*after) if after else None
            if more is None or more.value >= part.scale or more.value == 0:
                break
            part = Part(more.end, part.value + more.value, more.scale, part.forms | more.forms, part.proclitics)
        return part

    def _segment(self, index: int, place: Place) -> Part | None:
        """A count with its scale (20 ألفا), a count alone, or a scale alone (ألف, مليونان)."""
        count = self.digits(index) if place != "joined" else None
        count = count or self._below_thousand(index, place)
        if count is None:
            return self._bare_scale(index, place)
        scale = self.atom(count.end, "direct", "scale", "scale_plural")
        if scale is None:
            return count
        return Part(count.end + 1, count.value * scale[1], scale[1], count.forms | {"words"}, count.proclitics)

    def _bare_scale(self, index: int, place: Place) -> Part | None:
        dual = self.atom(index, place, "scale_dual")
        construct = self.atom(index, place, "scale_construct")
        if construct and TANWIN not in self.ws[index].text and self.is_word(index + 1):
            dual = dual or construct
        scale = dual or self.atom(index, place, "scale")
        if scale is None:
            return None
        size = scale[1] // 2 if dual else scale[1]
        return Part(index + 1, scale[1], size, frozenset({"words"}), scale[0])

    def _below_thousand(self, index: int, place: Place) -> Part | None:
        hundreds = self._hundreds(index, place)
        if hundreds is None:
            return self._below_hundred(index, place)
        after = self.joined(hundreds.end)
        rest = self._below_hundred(*after) if after else None
        if rest is None:
            return hundreds
        return Part(rest.end, hundreds.value + rest.value, 1, hundreds.forms, hundreds.proclitics)

    def _hundreds(self, index: int, place: Place) -> Part | None:
        whole = self.atom(index, place, "hundreds", "hundred")
        if whole:
            return Part(index + 1, whole[1], 100, frozenset({"words"}), whole[0])
        unit = self.atom(index, place, "ones")
        if unit and unit[1] >= 3 and self.atom(index + 1, "direct", "hundred"):
            return Part(index + 2, unit[1] * 100, 100, frozenset({"words"}), unit[0])
        return None

    def _below_hundred(self, index: int, place: Place) -> Part | None:
        unit = self.atom(index, place, "ones", "bound")
        compound = self.compound(index, unit)
        if compound:
            return compound
        whole = self.atom(index, place, "compound", "teen", "tens", "ten", "ones", "zero")
        return Part(index + 1, whole[1], 1, frozenset({"words"}), whole[0]) if whole else None

    def compound(self, index: int, unit: tuple[tuple[str, ...], int] | None) -> Part | None:
        """A unit with the ten that follows it: ثلاثة عشر, ثلاثة وعشرون."""
        if unit is None:
            return None
        if self.atom(index + 1, "direct", "ten"):
            return Part(index + 2, unit[1] + 10, 1, frozenset({"words"}), unit[0])
        after = self.joined(index + 1)
        tens = self.atom(*after, "tens") if after else None
        if after and tens:
            return Part(after[0] + 1, unit[1] + tens[1], 1, frozenset({"words"}), unit[0])
        return None

    def digits(self, index: int) -> Part | None:
        """A whole number in digits, with letters glued before it; None for a decimal."""
        before: tuple[str, ...] = ()
        if self.is_word(index) and self._clitics_of_digits(index):
            before = _split_clitics(self.ws[index].norm)
            index += 2 if self.ws[index + 1].norm == "-" else 1
        if not self.is_number(index) or self._is_time(index) or (not before and self._is_code(index)):
            return None
        digits = self.ws[index].norm
        if _GROUPED.fullmatch(digits):
            digits = re.sub("[.,]", "", digits)
        if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
            return None
        return Part(index + 1, int(digits), 1, frozenset({"digits"}), before)

    def _clitics_of_digits(self, index: int) -> bool:
        """Whether the word is clitics of the number after it: glued (و13, ال-15), or apart where it can be no word."""
        word, after = self.ws[index], self.ws[index + 1 : index + 3]
        if not after or not CLITICS.fullmatch(word.norm):
            return False
        if after[0].kind == "number":
            return after[0].start == word.end or word.text.endswith("ـ") or word.norm not in ("و", "ف")
        return len(after) == 2 and after[0].norm == "-" and after[1].kind == "number" and after[0].start == word.end

    def _is_time(self, index: int) -> bool:
        """Whether the number is the hour or the minute of a time such as 10:30."""
        for colon in (index - 1, index + 1):
            hour, minute = colon - 1, colon + 1
            if self.key_at(colon) == ":" and hour >= 0 and self.is_number(hour) and self.is_number(minute):
                glued = self.ws[hour].end == self.ws[colon].start and self.ws[colon].end == self.ws[minute].start
                return glued and len(self.keys[minute]) == 2
        return False

    def _is_code(self, index: int) -> bool:
        """Whether the number is part of a name: F16, إف-16."""
        before = self.ws[max(index - 2, 0) : index]
        if not before or before[-1].end != self.ws[index].start:
            return False
        if before[-1].norm == "-" and len(before) == 2:
            return before[0].kind == "word" and before[0].end == before[1].start
        return before[-1].kind == "word" and before[-1].norm.isascii()

    def atom(self, index: int, place: Place, *kinds: Kind) -> tuple[tuple[str, ...], int] | None:
        """Proclitics and value of the word at `index` where it is one of `kinds` and may stand at `place`."""
        if not self.is_word(index):
            return None
        for clitics, values in atoms(self.keys[index]):
            if place == "direct" and clitics not in ((), (ARTICLE,)):
                continue
            if place == "joined" and clitics not in (("و",), ("و", ARTICLE)):
                continue
            if not clitics and self.keys[index] == "واحد" and "أحد" in self.ws[index].text:
                continue  # وأحد is و + أحد, the hamza tells
            for kind in kinds:
                if kind in values:
                    return clitics, values[kind]
        return None

    def joined(self, index: int) -> tuple[int, Place] | None:
        """Where the word after a و stands: the same word, or the next one where the و stands apart (و258)."""
        if self.key_at(index) == "و":
            return (index + 1, "direct") if index + 1 < len(self.ws) else None
        return (index, "joined") if self.is_word(index) else None

    def follows(self, index: int, cue: str) -> bool:
        """Whether the word before is one of a list, under any reading."""
        return any(reading.stem in self.lexicon.cues[cue] for reading in readings(self.key_at(index - 1)))

    def is_word(self, index: int) -> bool:
        return 0 <= index < len(self.ws) and self.ws[index].kind == "word"

    def is_number(self, index: int) -> bool:
        return 0 <= index < len(self.ws) and self.ws[index].kind == "number"

    def key_at(self, index: int) -> str:
        return self.keys[index] if 0 <= index < len(self.keys) else ""


def _split_clitics(letters: str) -> tuple[str, ...]:
    """The proclitics of a token that is nothing else: 'وبال' → و, ب, ال; 'لل' → ل, ال."""
    definite = letters.endswith((ARTICLE, "لل"))
    bare = letters.removesuffix(ARTICLE) if letters.endswith(ARTICLE) else letters[:-1] if definite else letters
    return (*bare, ARTICLE) if definite else tuple(bare)
