"""Whole numbers in Arabic text: digits, words in both genders and all cases, duals, ordinals.

News mixes cases and genders freely, so agreement is never checked: خمسة عشر دولة and خمس عشرة عضوا are both 15.
Not numerals: decimals, percentages, fractions, times of day, vague plurals (عشرات, آلاف), "one of" (أحد أعضاء, إحدى
الدول), Sunday and Monday (الأحد, الاثنين), and ordinals inside month names (كانون الثاني).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.numeral_words import Kind, Noun, key, lexicon
from pipeline.arabic.words import Word

# Letters that stand before digits as one token: الـ15, و13, بـ14.
_CLITICS = re.compile("[وف]?[بك]?(?:ال)?|[وف]?لل?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
_TANWIN = "\u064b"
# How a word may stand in a number: anywhere at its beginning, straight after the last one, or after a و.
Place = Literal["first", "direct", "joined"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number that ws[start:end] says; word indices, half-open.

    value: a whole number, 0 or more. form: 'dual' where a counted noun's dual says 2 (the noun is then inside the
    span, as it is in صوت واحد). unit: lemma (folded) of the counted noun inside or straight after the span; for a noun
    outside the list, the noun where it bears tanwin; else None. proclitics: those of the first word, folded
    (بأربعة: 'ب'; الـ15: 'ال').
    """

    start: int
    end: int
    value: int
    ordinal: bool
    form: Literal["digits", "words", "mixed", "dual"]
    unit: str | None
    proclitics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A number read so far: value of ws[..:end], the least power of ten it is a multiple of by its last word."""

    end: int
    value: int
    scale: int
    forms: frozenset[str]
    proclitics: tuple[str, ...] = ()


def numerals(ws: Sequence[Word]) -> list[Numeral]:
    """All whole numbers in `ws`, in order, not overlapping. Never raises."""
    reader = _Reader(ws)
    found: list[Numeral] = []
    index = 0
    while index < len(ws):
        numeral, after = reader.read(index)
        if numeral:
            found.append(numeral)
        index = max(after, index + 1)
    return found


class _Reader:
    """Reads the numeral that begins at a given word, if one does."""

    def __init__(self, ws: Sequence[Word]) -> None:
        self.ws = ws
        self.lexicon = lexicon()
        self.keys = [key(word.norm) for word in ws]

    def read(self, index: int) -> tuple[Numeral | None, int]:
        """The numeral at word `index` or None, and the index of the first word that is not used up."""
        if self.ws[index].kind == "punct":
            return None, index + 1
        digits = self._digits(index)
        if digits is None and self.ws[index].kind == "number":
            return None, self._after_decimal(index)
        for numeral in (self._dual(index), self._noun_and_one(index), self._ordinal(index)):
            if numeral:
                return numeral, numeral.end
        part = self._cardinal(index)
        if part is None:
            return None, index + 1
        not_whole = self._not_whole(index, part.end)
        if not_whole:
            return None, not_whole
        if self._names_something(index, part):
            return None, part.end
        noun = self._unit_noun(part.end, part.value)
        return self._counted(index, part), part.end + (noun is not None)

    # -- cardinals -------------------------------------------------------------------------------------------------

    def _cardinal(self, index: int) -> _Part | None:
        """Segments of falling size joined by و: مليون و200 ألف وخمسة وثلاثون."""
        part = self._segment(index, "first")
        while part and part.scale > 1:
            after = self._joined(part.end)
            more = self._segment(*after) if after else None
            if more is None or more.value >= part.scale or more.value == 0:
                break
            part = _Part(more.end, part.value + more.value, more.scale, part.forms | more.forms, part.proclitics)
        return part

    def _segment(self, index: int, place: Place) -> _Part | None:
        """A count with its scale (20 ألفا), a count alone, or a scale alone (ألف, مليونان)."""
        count = self._digits(index) if place != "joined" else None
        count = count or self._below_thousand(index, place)
        if count is None:
            return self._bare_scale(index, place)
        scale = self._atom(count.end, "direct", "scale", "scale_plural")
        if scale is None:
            return count
        return _Part(count.end + 1, count.value * scale[1], scale[1], count.forms | {"words"}, count.proclitics)

    def _bare_scale(self, index: int, place: Place) -> _Part | None:
        dual = self._atom(index, place, "scale_dual")
        construct = self._atom(index, place, "scale_construct")
        if construct and _TANWIN not in self.ws[index].text and self._is_word(index + 1):
            dual = dual or construct
        scale = dual or self._atom(index, place, "scale")
        if scale is None:
            return None
        size = scale[1] // 2 if dual else scale[1]
        return _Part(index + 1, scale[1], size, frozenset({"words"}), scale[0])

    def _below_thousand(self, index: int, place: Place) -> _Part | None:
        hundreds = self._hundreds(index, place)
        if hundreds is None:
            return self._below_hundred(index, place)
        after = self._joined(hundreds.end)
        rest = self._below_hundred(*after) if after else None
        if rest is None:
            return hundreds
        return _Part(rest.end, hundreds.value + rest.value, 1, hundreds.forms, hundreds.proclitics)

    def _hundreds(self, index: int, place: Place) -> _Part | None:
        whole = self._atom(index, place, "hundreds", "hundred")
        if whole:
            return _Part(index + 1, whole[1], 100, frozenset({"words"}), whole[0])
        unit = self._atom(index, place, "ones")
        if unit and unit[1] >= 3 and self._atom(index + 1, "direct", "hundred"):
            return _Part(index + 2, unit[1] * 100, 100, frozenset({"words"}), unit[0])
        return None

    def _below_hundred(self, index: int, place: Place) -> _Part | None:
        unit = self._atom(index, place, "ones", "bound")
        compound = self._compound(index, unit)
        if compound:
            return compound
        whole = self._atom(index, place, "compound", "teen", "tens", "ten", "ones", "zero")
        return _Part(index + 1, whole[1], 1, frozenset({"words"}), whole[0]) if whole else None

    def _compound(self, index: int, unit: tuple[tuple[str, ...], int] | None) -> _Part | None:
        """A unit with the ten that follows it: ثلاثة عشر, ثلاثة وعشرون."""
        if unit is None:
            return None
        if self._atom(index + 1, "direct", "ten"):
            return _Part(index + 2, unit[1] + 10, 1, frozenset({"words"}), unit[0])
        after = self._joined(index + 1)
        tens = self._atom(*after, "tens") if after else None
        if after and tens:
            return _Part(after[0] + 1, unit[1] + tens[1], 1, frozenset({"words"}), unit[0])
        return None

    def _digits(self, index: int) -> _Part | None:
        """A whole number in digits, with letters glued before it; None for a decimal."""
        first, before = index, ()
        if self.ws[index].kind == "word" and self._glued_to_digits(index):
            before = _split_clitics(self.ws[index].norm)
            index += 2 if self.ws[index + 1].norm == "-" else 1
        if self.ws[index].kind != "number" or (index == first and self._is_code(index)):
            return None
        digits = self.ws[index].norm
        if _GROUPED.fullmatch(digits):
            digits = re.sub("[.,]", "", digits)
        if not digits.isdecimal():
            return None
        return _Part(index + 1, int(digits), 1, frozenset({"digits"}), before)

    # -- ordinals, duals, one ----------------------------------------------------------------------------------------

    def _ordinal(self, index: int) -> Numeral | None:
        unit = self._atom(index, "first", "ordinals", "bound_ordinals")
        part = self._compound(index, unit)
        alone = self._atom(index, "first", "ordinal_teen", "ordinals")
        if part is None and alone and not self._not_first(index):
            part = _Part(index + 1, alone[1], 1, frozenset({"words"}), alone[0])
        tens = self._atom(index, "first", "tens")
        if part is None and tens and ARTICLE in tens[0] and self._follows_definite_singular(index):
            part = _Part(index + 1, tens[1], 1, frozenset({"words"}), tens[0])
        if part is None or self._names_something(index, part) or self._follows(index, "month_heads"):
            return None
        return Numeral(index, part.end, part.value, True, "words", self._unit(part.end, part.value), part.proclitics)

    def _not_first(self, index: int) -> bool:
        """أولي (preliminary) is written like أولى once folded; أول أمس is a day."""
        after = self.keys[index + 1 : index + 3]
        day = after[:1] == ["امس"] or after == ["من", "امس"]
        return day or (self.keys[index].endswith("ولي") and not self.ws[index].text.endswith("ى"))

    def _dual(self, index: int) -> Numeral | None:
        """A counted noun in the dual, with or without اثنان after it; its ن falls before a definite noun."""
        two = self._atom(index + 1, "direct", "ones")
        for reading in readings(self.keys[index]):
            noun = self.lexicon.nouns.get(reading.stem)
            if noun is None or (noun.number == "plural" and not (reading.stem.endswith("ان") and two and two[1] == 2)):
                continue
            if noun.number == "singular" or (noun.number == "construct" and not self._construct(index)):
                continue
            if reading.definite and self._follows(index, "after_dual_solution"):
                return None
            end = index + 2 if two and two[1] == 2 else index + 1
            if self._not_whole(index, end):
                return None
            return Numeral(index, end, 2, False, "dual", noun.lemma, reading.proclitics)
        return None

    def _construct(self, index: int) -> bool:
        """عضوا and عضوي are a dual only before a definite noun; دولتا is one before any word."""
        if not self._is_word(index + 1) or _TANWIN in self.ws[index].text:
            return False
        return self.keys[index][-2] == "ت" or self.keys[index + 1].startswith(ARTICLE)

    def _noun_and_one(self, index: int) -> Numeral | None:
        one = self._atom(index + 1, "direct", "ones")
        if one != ((), 1):
            return None
        for reading in readings(self.keys[index]):
            noun = self.lexicon.nouns.get(reading.stem)
            if noun and noun.number in ("singular", "construct"):
                if self._compound(index + 1, one):
                    return None
                return Numeral(index, index + 2, 1, False, "words", noun.lemma, reading.proclitics)
        return None

    # -- what a number is not ----------------------------------------------------------------------------------------

    def _not_whole(self, index: int, end: int) -> int:
        """The index after a percentage or a fraction that ws[index:end] belongs to, or 0."""
        before, after = self._key(index - 1), self._key(end)
        if before in self.lexicon.cues["vague"]:
            return end
        if after == "%" or before == "%":
            return end + (after == "%")
        if after == "في" and self._definite_stem(end + 1) in self.lexicon.cues["percent"]:
            return end + 2
        if after.startswith("بال") and after[3:] in self.lexicon.cues["percent"]:
            return end + 1
        if any(reading.stem in self.lexicon.cues["fractions"] for reading in readings(after)):
            return end + 1
        return 0

    def _names_something(self, index: int, part: _Part) -> bool:
        """Whether the number is part of a name, an hour, a weekday or an idiom."""
        definite = ARTICLE in part.proclitics
        before, stem = self._key(index - 1), self.keys[index]
        if self._follows(index, "hour_heads") and before.endswith("ساعه") and before.startswith(("ال", "لل", "بال")):
            return True
        if definite and (self._follows(index, "name_heads") or self._key(part.end) in self.lexicon.cues["hour_tails"]):
            return True
        if part.end > index + 1 or "digits" in part.forms:
            return False
        if part.value == 100 and definite and (before == "في" or "ب" in part.proclitics):
            return True
        if part.value == 0:
            return before.isdecimal() or before == "شهر"
        if part.value == 2 and stem.endswith("اثنين"):
            return definite or before.endswith("يوم")
        if part.value == 1 and stem.endswith(("واحد", "واحده")):
            idiom = self._follows(index, "one_is_idiom_after")
            return idiom or self._key(part.end) in ("من", "تلو", "بعد")
        # لست is also "I am not".
        return stem.endswith("لست") and self._noun(part.end) is None

    def _is_code(self, index: int) -> bool:
        """Digits of a time (10:30) or a name (إف-16, F16)."""
        ws = self.ws
        for near in (index - 1, index + 1):
            if 0 < near < len(ws) - 1 and ws[near].text == ":" and ws[near - 1].kind == ws[near + 1].kind == "number":
                return ws[near - 1].end == ws[near].start and ws[near].end == ws[near + 1].start
        if index == 0 or ws[index - 1].end != ws[index].start:
            return False
        if ws[index - 1].norm == "-" and index > 1 and ws[index - 2].end == ws[index - 1].start:
            return ws[index - 2].kind == "word"
        return ws[index - 1].kind == "word" and ws[index - 1].norm.isascii()

    def _after_decimal(self, index: int) -> int:
        """The index after a number that is not whole and the scale or per cent that belongs to it."""
        scale = self._atom(index + 1, "direct", "scale", "scale_plural")
        return max(index + 2 if scale else index + 1, self._not_whole(index, index + 1))

    # -- words -------------------------------------------------------------------------------------------------------

    def _counted(self, index: int, part: _Part) -> Numeral:
        form: Literal["digits", "words", "mixed"] = "mixed" if len(part.forms) > 1 else "words"
        if part.forms == {"digits"}:
            form = "digits"
        ordinal = ARTICLE in part.proclitics and form == "digits" and self._follows(index, "ordinal_heads")
        unit = self._unit(part.end, part.value) or self._noun_before(index)
        return Numeral(index, part.end, part.value, ordinal, form, unit, part.proclitics)

    def _unit(self, end: int, value: int) -> str | None:
        noun = self._unit_noun(end, value)
        if noun:
            return noun.lemma
        if self._is_word(end) and value > 10 and _TANWIN in self.ws[end].text:
            return self.keys[end].removesuffix("ا")
        return None

    def _noun_before(self, index: int) -> str | None:
        """The plural that a number follows as an adjective: الأعضاء الخمسة, دول ثلاث."""
        for reading in readings(self._key(index - 1)):
            noun = self.lexicon.nouns.get(reading.stem)
            if noun and noun.number == "plural":
                return noun.lemma
        return None

    def _noun(self, index: int) -> Noun | None:
        return self.lexicon.nouns.get(self._key(index))

    def _unit_noun(self, index: int, value: int) -> Noun | None:
        """The noun at `index` if `value` counts it: القرار 2728 يوم الثلاثاء counts no days, nor عام before a year."""
        noun = self._noun(index)
        if noun is None or noun.number == "dual":
            return None
        names_date = noun.lemma in self.lexicon.cues["date_nouns"] and noun.number == "singular"
        bare = self._key(index) == key(noun.lemma) and not noun.lemma.endswith("ة") and value % 100 != 0
        if names_date and (bare or self._is_number(index + 1)):
            return None
        return noun

    def _atom(self, index: int, place: Place, *kinds: Kind) -> tuple[tuple[str, ...], int] | None:
        """Proclitics and value of the word at `index` where it is one of `kinds` and may stand at `place`."""
        if not self._is_word(index):
            return None
        for reading in readings(self.keys[index]):
            clitics = reading.proclitics
            if place == "direct" and clitics not in ((), (ARTICLE,)):
                continue
            if place == "joined" and clitics not in (("و",), ("و", ARTICLE)):
                continue
            values = self.lexicon.atoms.get(reading.stem, {})
            if not clitics and self.keys[index].startswith("واحد") and "أحد" in self.ws[index].text:
                continue
            for kind in kinds:
                if kind in values:
                    return clitics, values[kind]
        return None

    def _joined(self, index: int) -> tuple[int, Place] | None:
        """Where the word after a و stands: the same word, or the next one where the و stands apart (و258)."""
        if self._key(index) == "و":
            return (index + 1, "direct") if index + 1 < len(self.ws) else None
        return (index, "joined") if self._is_word(index) else None

    def _follows(self, index: int, cue: str) -> bool:
        """Whether the word before is one of a list, under any reading."""
        words: Collection[str] = self.lexicon.cues[cue]
        return any(reading.stem in words for reading in readings(self._key(index - 1)))

    def _follows_definite_singular(self, index: int) -> bool:
        before = self._key(index - 1)
        nouns = [self.lexicon.nouns.get(reading.stem) for reading in readings(before)]
        plural = any(noun and noun.number == "plural" for noun in nouns)
        return any(reading.definite for reading in readings(before)) and not plural and not self._noun(index + 1)

    def _glued_to_digits(self, index: int) -> bool:
        word, after = self.ws[index], self.ws[index + 1 : index + 3]
        if not word.norm or not _CLITICS.fullmatch(word.norm) or not after:
            return False
        if after[0].kind == "number":
            return after[0].start == word.end or word.text.endswith("ـ")
        return len(after) == 2 and after[0].norm == "-" and after[1].kind == "number" and after[0].start == word.end

    def _definite_stem(self, index: int) -> str:
        return self._key(index).removeprefix(ARTICLE)

    def _is_word(self, index: int) -> bool:
        return index < len(self.ws) and self.ws[index].kind == "word"

    def _is_number(self, index: int) -> bool:
        return index < len(self.ws) and self.ws[index].kind == "number"

    def _key(self, index: int) -> str:
        return self.keys[index] if 0 <= index < len(self.keys) else ""


def _split_clitics(letters: str) -> tuple[str, ...]:
    """The proclitics of a token that is nothing else: 'وبال' → و, ب, ال; 'لل' → ل, ال."""
    definite = letters.endswith((ARTICLE, "لل"))
    bare = letters.removesuffix(ARTICLE) if letters.endswith(ARTICLE) else letters[:-1] if definite else letters
    return (*bare, ARTICLE) if definite else tuple(bare)
