"""Whole numbers in Arabic text: digits, words in both genders and all cases, duals, ordinals.

News mixes cases and genders freely, so agreement is never checked: خمسة عشر دولة and خمس عشرة عضوا are both 15.
Not numerals: decimals, percentages, fractions, times of day, vague plurals (عشرات, آلاف), "one of" (أحد أعضاء, إحدى
الدول), Sunday and Monday (الأحد, الاثنين), and ordinals inside month names (كانون الثاني).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.numeral_grammar import CLITICS, TANWIN, NumberGrammar, Part, atoms
from pipeline.arabic.numeral_words import Noun, key, lexicon
from pipeline.arabic.words import Word


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


@lru_cache(maxsize=65536)
def _plain(word: str) -> bool:
    """Whether a word, by its key, is no number word and no counted noun under any reading: no numeral begins with it,
    unless it is the clitics of digits."""
    nouns = lexicon().nouns
    return not atoms(word) and not any(reading.stem in nouns for reading in readings(word))


class _Reader(NumberGrammar):
    """Reads the numeral that begins at a given word, if one does."""

    def read(self, index: int) -> tuple[Numeral | None, int]:
        """The numeral at word `index` or None, and the index of the first word that is not used up."""
        if self.ws[index].kind == "punct":
            return None, index + 1
        if self.is_word(index) and _plain(self.keys[index]) and not CLITICS.fullmatch(self.ws[index].norm):
            return None, index + 1
        if self.is_number(index) and self.digits(index) is None:
            return None, self._after_decimal(index)
        for numeral in (self._dual(index), self._noun_and_one(index)):
            if numeral:
                return numeral, numeral.end
        part = self._ordinal(index)
        if part:
            named = self.follows(index, "month_heads") or self._names_something(index, part)
            return None if named else self._counted(index, part, ordinal=True), part.end
        part = self.cardinal(index)
        if part is None:
            return None, index + 1
        not_whole = self._not_whole(index, part.end)
        if not_whole:
            return None, not_whole
        if self._names_something(index, part):
            return None, part.end
        noun = self._unit_noun(part.end, part.value)
        return self._counted(index, part), part.end + (noun is not None)

    def _ordinal(self, index: int) -> Part | None:
        part = self.compound(index, self.atom(index, "first", "ordinals", "bound_ordinals"))
        if part:
            return part
        alone = self.atom(index, "first", "ordinal_teen", "ordinals")
        if alone and self._not_first(index):
            return None
        if alone is None and self._follows_definite_singular(index):
            alone = self.atom(index, "first", "tens")
            alone = alone if alone and ARTICLE in alone[0] else None
        return Part(index + 1, alone[1], 1, frozenset({"words"}), alone[0]) if alone else None

    def _not_first(self, index: int) -> bool:
        """أولي (preliminary) is written like أولى once folded; أول أمس is a day."""
        after = self.keys[index + 1 : index + 3]
        day = after[:1] == ["امس"] or after == ["من", "امس"]
        return day or (self.keys[index].endswith("ولي") and not self.ws[index].text.endswith("ى"))

    def _dual(self, index: int) -> Numeral | None:
        """A counted noun in the dual, with or without اثنان after it; its ن falls before a definite noun."""
        two = self.atom(index + 1, "direct", "ones")
        for reading in readings(self.keys[index]):
            noun = self.lexicon.nouns.get(reading.stem)
            if noun is None or (noun.number == "plural" and not (reading.stem.endswith("ان") and two and two[1] == 2)):
                continue
            if noun.number == "singular" or (noun.number == "construct" and not self._construct(index)):
                continue
            if reading.definite and self.follows(index, "after_dual_solution"):
                return None
            end = index + 2 if two and two[1] == 2 else index + 1
            if self._not_whole(index, end):
                return None
            return Numeral(index, end, 2, False, "dual", noun.lemma, reading.proclitics)
        return None

    def _construct(self, index: int) -> bool:
        """عضوا and عضوي are a dual only before a definite noun; دولتا is one before any word."""
        if not self.is_word(index + 1) or TANWIN in self.ws[index].text:
            return False
        return self.keys[index][-2] == "ت" or self.keys[index + 1].startswith(ARTICLE)

    def _noun_and_one(self, index: int) -> Numeral | None:
        one = self.atom(index + 1, "direct", "ones")
        if one != ((), 1):
            return None
        for reading in readings(self.keys[index]):
            noun = self.lexicon.nouns.get(reading.stem)
            if noun and noun.number in ("singular", "construct"):
                if self.compound(index + 1, one):
                    return None
                return Numeral(index, index + 2, 1, False, "words", noun.lemma, reading.proclitics)
        return None

    def _not_whole(self, index: int, end: int) -> int:
        """The index after a percentage or a fraction that ws[index:end] belongs to, or 0."""
        before, after = self.key_at(index - 1), self.key_at(end)
        if self.follows(index, "vague") or self.follows(index, "halves"):
            return end
        if after == "%" or before == "%":
            return end + (after == "%")
        if after == "في" and self._definite_stem(end + 1) in self.lexicon.cues["percent"]:
            return end + 2
        if after.startswith("بال") and after[3:] in self.lexicon.cues["percent"]:
            return end + 1
        if after in self.lexicon.cues["point"]:
            decimals = self.cardinal(end + 1)
            return decimals.end if decimals else end + 1
        if any(reading.stem in self.lexicon.cues["fractions"] for reading in readings(after)):
            return end + 1
        return 0

    def _names_something(self, index: int, part: Part) -> bool:
        """Whether the number is part of a name, an hour, a weekday or an idiom."""
        definite = ARTICLE in part.proclitics
        before, stem = self.key_at(index - 1), self.keys[index]
        if self.follows(index, "hour_heads") and before.endswith("ساعه") and before.startswith(("ال", "لل", "بال")):
            return True
        if definite and (self.follows(index, "name_heads") or self.key_at(part.end) in self.lexicon.cues["hour_tails"]):
            return True
        if part.end > index + 1 or "digits" in part.forms:
            return False
        if part.value == 100 and definite and (before == "في" or "ب" in part.proclitics):
            return True
        if part.value == 0:
            return before.isdecimal() or before == "شهر"
        if part.value == 2 and stem.endswith("اثنين"):
            return definite or before.endswith("يوم")
        if part.value == 1 and stem.endswith(("واحد", "واحده", "واحدا")):
            idiom = self.follows(index, "one_is_idiom_after")
            return idiom or self.key_at(part.end) in ("من", "تلو", "بعد")
        # لست is also "I am not", ألست its question; behind a plural it counts (الدول الست).
        return stem.endswith("لست") and self._noun(part.end) is None and self._noun_before(index) is None

    def _after_decimal(self, index: int) -> int:
        """The index after a number that is not whole and the scale or per cent that belongs to it."""
        scale = self.atom(index + 1, "direct", "scale", "scale_plural")
        return max(index + 2 if scale else index + 1, self._not_whole(index, index + 1))

    def _counted(self, index: int, part: Part, ordinal: bool = False) -> Numeral:
        form: Literal["digits", "words", "mixed"] = "mixed" if len(part.forms) > 1 else "words"
        if part.forms == {"digits"}:
            form = "digits"
            ordinal = ARTICLE in part.proclitics and self.follows(index, "ordinal_heads")
        adjective = ARTICLE in part.proclitics or (form != "digits" and not part.proclitics)
        unit = self._unit(part.end, part.value)
        if unit is None and adjective and not ordinal:
            unit = self._noun_before(index)
        return Numeral(index, part.end, part.value, ordinal, form, unit, part.proclitics)

    def _unit(self, end: int, value: int) -> str | None:
        noun = self._unit_noun(end, value)
        if noun:
            return noun.lemma
        if self.is_word(end) and value > 10 and TANWIN in self.ws[end].text:
            return self.ws[end].norm.removesuffix("ا")
        return None

    def _noun_before(self, index: int) -> str | None:
        """The plural that a number follows as an adjective: الأعضاء الخمسة, دول ثلاث."""
        for reading in readings(self.key_at(index - 1)):
            noun = self.lexicon.nouns.get(reading.stem)
            if noun and noun.number == "plural":
                return noun.lemma
        return None

    def _noun(self, index: int) -> Noun | None:
        return self.lexicon.nouns.get(self.key_at(index))

    def _unit_noun(self, index: int, value: int) -> Noun | None:
        """The noun at `index` if `value` counts it. القرار 2728 يوم الثلاثاء counts no days, اعتمد بتأييد 14 قرارا no
        resolutions: the noun begins a date there, or is the object of the verb."""
        noun = self._noun(index)
        if noun is None or noun.number == "dual":
            return None
        if noun.lemma in self.lexicon.cues["voted_texts"] and noun.number == "singular":
            return None
        names_date = noun.lemma in self.lexicon.cues["date_nouns"] and noun.number == "singular"
        bare = self.key_at(index) == key(noun.lemma) and not noun.lemma.endswith("ة") and value % 100 != 0
        if names_date and (bare or self.is_number(index + 1)):
            return None
        return noun

    def _follows_definite_singular(self, index: int) -> bool:
        before = self.key_at(index - 1)
        nouns = [self.lexicon.nouns.get(reading.stem) for reading in readings(before)]
        plural = any(noun and noun.number == "plural" for noun in nouns)
        return any(reading.definite for reading in readings(before)) and not plural and not self._noun(index + 1)

    def _definite_stem(self, index: int) -> str:
        return self.key_at(index).removeprefix(ARTICLE)
