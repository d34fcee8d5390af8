"""Proclitics: what a written Arabic word may be made of, and where a name begins inside it.

The order of attachment is fixed: conjunction (و ف), then preposition (ب ل ك) or the future particle (س), then the
article (ال); ل and the article contract to لل (Ryding, A Reference Grammar of Modern Standard Arabic, 2005, ch. 3
and 16). Enclitic pronouns are left on the stem.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml
from babel import Locale

from pipeline.arabic.normalise import fold, normalise

ARTICLE = "ال"
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_FUTURE = "س"
_IMPERFECT = "يتنا"
_NISBA = ("يين", "يون", "يات", "يتين", "يتان", "ية", "يه", "ي")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: its proclitics in order, folded (ال counts as one, لل gives ل and ال), and the rest."""

    proclitics: tuple[str, ...]
    stem: str

    @property
    def definite(self) -> bool:
        return ARTICLE in self.proclitics


@lru_cache(maxsize=65536)
def readings(norm: str) -> tuple[Reading, ...]:
    """All readings of a folded word that the order of attachment allows, the bare word first, then by fewer proclitics.

    A stem keeps at least two characters. Which reading holds is for the caller's lexicon to say.
    """
    found = {Reading((), norm): None}
    for conjunction, rest in (("", norm), *_peel(norm, _CONJUNCTIONS)):
        before = (conjunction,) if conjunction else ()
        found[Reading(before, rest)] = None
        if rest.startswith(ARTICLE):
            found[Reading((*before, ARTICLE), rest[2:])] = None
        for preposition, noun in _peel(rest, _PREPOSITIONS):
            found[Reading((*before, preposition), noun)] = None
            if preposition == "ل" and noun.startswith("ل"):
                # للجنة is ل + ال + لجنة, written with one ل fewer; للدول is ل + ال + دول.
                found[Reading((*before, preposition, ARTICLE), noun[1:])] = None
                found[Reading((*before, preposition, ARTICLE), noun)] = None
            elif preposition != "ل" and noun.startswith(ARTICLE):
                found[Reading((*before, preposition, ARTICLE), noun[2:])] = None
        for future, verb in _peel(rest, _FUTURE):
            if verb[0] in _IMPERFECT and len(verb) >= 3:
                found[Reading((*before, future), verb)] = None
    whole = [reading for reading in found if len(reading.stem) >= 2 or not reading.proclitics]
    return tuple(sorted(whole, key=lambda reading: len(reading.proclitics)))


def core_span(text: str, start: int, end: int, known: Callable[[str], bool] | None = None) -> tuple[int, int]:
    """The part of text[start:end] that names something, without the و ف ب ل ك attached before it.

    start, end: a span of whole whitespace words. known: tells whether a folded word begins a name (default:
    `known_name`). A word that is known keeps its letters (بريطانيا, والتر); else letters go where the article follows
    (والدوحة, بالكويت; of لل only the first ل goes, so the core of للكويت is لكويت, where ل stands for the article) or
    where a known word follows (لموسكو); an unknown word loses a leading و alone, since few names begin with it.
    Punctuation before a clitic goes with it. The end never moves.
    """
    known = known or known_name
    normal = normalise(text[start:end])
    first = next((i for i, char in enumerate(normal.text) if char.isalnum()), None)
    if first is None or normal.text[:first].strip() != normal.text[:first]:
        return start, end
    last = first
    while last < len(normal.text) and normal.text[last].isalpha():
        last += 1
    length = _clitic_length(normal.text[first:last], known)
    if not length:
        return start, end
    # From the end of the last clitic letter on, past tatweel and harakat that belong to it.
    return start + normal.to_source(first + length, first + length + 1)[0], end


@lru_cache(maxsize=65536)
def known_name(norm: str) -> bool:
    """Whether a folded word, with or without the article, begins a name: CLDR's territories and cities (through
    Babel), names.yaml, and nationality adjectives of the territories."""
    bare = norm.removeprefix(ARTICLE)
    if norm in _names() or bare in _names():
        return True
    for suffix in _NISBA:
        base = bare.removesuffix(suffix)
        if base != bare and len(base) >= 3:
            return any(base + ending in _territories() for ending in ("", "ا", "يا", "ة"))
    return False


def _peel(word: str, letters: str) -> tuple[tuple[str, str], ...]:
    return ((word[0], word[1:]),) if len(word) > 2 and word[0] in letters else ()


def _clitic_length(word: str, known: Callable[[str], bool]) -> int:
    """How many letters at the beginning of a folded word are و ف ب ل ك attached to a name."""
    if known(word):
        return 0
    for reading in readings(word)[1:]:
        letters = [clitic for clitic in reading.proclitics if clitic != ARTICLE]
        if letters and _FUTURE not in letters and (reading.definite or known(reading.stem)):
            return len(letters)
    return 1 if word.startswith("و") and len(word) >= 4 else 0


def _first_words(names: object) -> set[str]:
    words = (fold(str(name)).split() for name in names)  # type: ignore[attr-defined]
    return {parts[0].removeprefix(ARTICLE) for parts in words if parts and len(parts[0]) > 2}


@lru_cache(maxsize=1)
def _territories() -> frozenset[str]:
    return frozenset(_first_words(Locale("ar").territories.values()))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    listed = yaml.safe_load(resources.files("pipeline.arabic").joinpath("names.yaml").read_text(encoding="utf-8"))
    cities = (zone["city"] for zone in Locale("ar").time_zones.values() if "city" in zone)
    words = (word for line in listed.values() for word in line.split())
    return _territories() | _first_words(cities) | _first_words(words)
