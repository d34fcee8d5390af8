"""What a word may be before its sentence is looked at: particle, preposition, noun, a form of a verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

import yaml

from pipeline.arabic.clitics import known_name, readings
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word
from pipeline.frames.sentence.verb_forms import PRONOUNS, FiniteReading, NominalReading, verb_lexicon

STOPS = frozenset(".!?؟؛;:…")
QUOTES = frozenset('"')
_PREFIXES = "بلك"
_NOUN_ENDINGS = ("هما", "هم", "ها", "نا", "ات", "ين", "ان", "ون", "ية", "ه", "ة", "ي", "ا")
# What a word is looked up as, in this order; the rest of the lists are asked for by name.
_ROLES = (
    "that", "lest", "relative", "what", "negation", "particle", "subordinator", "coordinator", "prep", "pronoun",
    "demonstrative", "determiner", "adverb",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """All that a folded word alone tells.

    role: its closed class (prep, that, relative …), punct or number, or '' for an open one; base: the word without و
    or ف, of a closed class without its pronoun; joined: و or ف before it, surely; prefix: ب ل ك before a noun, surely;
    definite: with ال or a pronoun behind; pronoun: the one behind a closed-class word; finite, nominal: its readings as
    a verb and as what is made of one; noun: listed as a common noun, a name, or written as only nouns are;
    homograph: a common noun that is a verb as often.
    """

    role: str
    base: str
    joined: bool
    prefix: str
    definite: bool
    pronoun: str | None
    finite: tuple[FiniteReading, ...]
    nominal: tuple[NominalReading, ...]
    noun: bool
    homograph: bool = False


@lru_cache(maxsize=1)
def lists() -> Mapping[str, frozenset[str]]:
    """particles.yaml: each list as folded words."""
    text = resources.files("pipeline.frames.sentence").joinpath("particles.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    return MappingProxyType({name: frozenset(map(fold, words.split())) for name, words in data.items()})


@lru_cache(maxsize=65536)
def proper(norm: str) -> bool:
    """Whether a folded word, without clitics, is or ends a known proper name, and is no common noun."""
    bare = norm.removeprefix("ال")
    return known_name(norm) and bare not in lists()["generic"]


@lru_cache(maxsize=65536)
def sense(norm: str) -> Sense:
    """What a folded word of letters may be."""
    role, base, pronoun = _closed(norm)
    joined = False
    if not role and norm[0] in "وف" and len(norm) > 2:
        role, base, pronoun = _closed(norm[1:])
        joined = bool(role)
    if not role and norm[0] in _PREFIXES and norm[1:] in lists()["demonstrative"]:
        return Sense("", norm[1:], False, norm[0], False, None, (), (), True)
    finite = verb_lexicon().finite(norm)
    nominal = verb_lexicon().nominal(norm)
    if role:
        return Sense(role, base, joined, "", pronoun is not None, pronoun, finite, nominal, False)
    prefix, stem, definite, joined = _noun_shape(norm)
    bare = [reading for reading in finite if not reading.pronoun]
    noun = definite or listed(stem, "nouns") or _only_noun(norm) or (not bare and known_name(stem))
    if definite and any(not reading.proclitics or reading.proclitics[0] in "وف" for reading in finite):
        noun = stem in lists()["nouns"] or ("ال" + stem) in lists()["nouns"]
    return Sense("", stem, joined, prefix, definite, None, finite, nominal, noun, listed(stem, "homographs"))


def _closed(word: str) -> tuple[str, str, str | None]:
    """Closed class of a folded word, its base, and the pronoun attached (أنه, بأنها, عليه, لكنهم)."""
    table = lists()
    for role in _ROLES:
        if word in table[role]:
            return role, word, None
    for pronoun in PRONOUNS:
        base = word[: -len(pronoun)]
        if not word.endswith(pronoun) or not base:
            continue
        if base in ("ان", "بان", "ولان"):
            return "that", base, pronoun
        if base in ("لان", "لكن", "لعل", "كان", "كون"):
            return ("subordinator" if base != "لكن" else "coordinator"), base, pronoun
        if base in table["pronoun_prep"] and not (base in "لب" and pronoun in ("ني", "ا")):
            return "prep", base, pronoun
    return "", word, None


def _noun_shape(norm: str) -> tuple[str, str, bool, bool]:
    """(ب ل ك before it, stem, definite, whether و or ف is surely before it) of a word read as a noun."""
    for reading in reversed(readings(norm)):
        if reading.definite and len(reading.stem) > 1 and reading.stem != "ات":  # وكالات is a plural
            marks = reading.proclitics
            prefix = next((mark for mark in marks if mark in _PREFIXES), "")
            return prefix, reading.stem, True, marks[0] in "وف"
    nominal = verb_lexicon().nominal(norm)
    if nominal and nominal[0].proclitics:
        marks = nominal[0].proclitics
        prefix = next((mark for mark in marks if mark in _PREFIXES), "")
        return prefix, norm[len(marks) :], nominal[0].pronoun is not None, marks[0] in "وف"
    return _by_first_letter(norm, bool(nominal and nominal[0].pronoun))


def is_stop(words: Sequence[Word], index: int) -> bool:
    """Whether the sign at `index` ends a clause: a stop that is no part of a number or of letters (ق.م)."""
    if words[index].norm not in STOPS:
        return False
    return words[index].norm != "." or index + 1 >= len(words) or words[index + 1].start > words[index].end


def _by_first_letter(norm: str, definite: bool) -> tuple[str, str, bool, bool]:
    """The same for a noun that nothing is known of: و ب ل are attached unless the noun is known to begin with them."""
    joined = norm[0] == "و" and len(norm) > 3 and not _begins(norm)
    rest = norm[1:] if joined else norm
    definite = definite or _owned(rest)
    single = (rest[0] in "بل" and len(rest) > 3) or (rest[0] == "ك" and known_name(rest[1:]))
    if single and not _begins(rest) and rest not in lists()["nouns"] and _nounlike(rest[1:]):
        return rest[0], rest[1:], definite, joined
    return "", rest, definite, joined


def _owned(norm: str) -> bool:
    """Whether a noun bears a pronoun: بلاده, خططها, بعضهم."""
    for pronoun in ("هما", "ها", "هم", "ه"):
        stem = norm.removesuffix(pronoun)
        if stem != norm and len(stem) > 2:
            known = any(stem in lists()[name] for name in ("generic", "nouns", "homographs", "determiner", "times"))
            return known or (pronoun != "ه" and not known_name(norm))
    return False


def _nounlike(norm: str) -> bool:
    """Whether what is left of a word without its first letter looks like an Arabic noun, not the rest of a name."""
    table, verbs = lists(), verb_lexicon()
    known = norm in table["nouns"] or norm in table["homographs"] or norm in table["times"] or norm in table["generic"]
    if known or norm in table["titles"] or norm in table["masculine"] or known_name(norm):
        return True
    shaped = norm[0] in "مات" or norm.endswith(("ة", "ات", "ين", "ية", "ه", "ها", "هم"))
    return shaped or bool(verbs.nominal(norm)) or bool(verbs.finite(norm))


def _begins(norm: str) -> bool:
    """Whether a noun is known to begin with its first letter, as no attached particle."""
    begins = lists()["initials"]
    if norm in begins or known_name(norm) or any(norm[:length] in begins for length in range(4, 8)):
        return True
    return any(norm.endswith(ending) and norm[: -len(ending)] in begins for ending in _NOUN_ENDINGS)


def listed(stem: str, name: str) -> bool:
    """Whether a noun, with or without a pronoun or the ending of the accusative, is in a list."""
    found = lists()[name]
    if stem in found:
        return True
    for pronoun in (*PRONOUNS, "ا"):
        base = stem[: -len(pronoun)]
        if (
            len(base) > 1
            and stem.endswith(pronoun)
            and (base in found or (base[-1] == "ت" and base[:-1] + "ة" in found))
        ):
            return True
    return False


def _only_noun(norm: str) -> bool:
    """Whether a word is written as no verb is: with ta marbuta, or with ب or ك before the article."""
    return norm.endswith(("ة", "ائي", "اء")) and not norm.endswith(("جاء", "شاء", "ساء"))


@lru_cache(maxsize=1)
def _empty() -> Sense:
    return Sense("punct", "", False, "", False, None, (), (), False)


def sense_of(word: Word) -> Sense:
    """The sense of a word of a sentence; signs have the role punct, digits the role number."""
    if word.kind == "word":
        return sense(word.norm)
    return _empty() if word.kind == "punct" else _number()


@lru_cache(maxsize=1)
def _number() -> Sense:
    return Sense("number", "", False, "", False, None, (), (), True)
