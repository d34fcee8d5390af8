"""Finite verbs of a sentence, of any verb the news uses, told apart from the nouns that are written alike.

A word of frames/verbs.yaml is a verb unless something speaks against it: a preposition or a determiner before it, a
place where only a noun can stand. Where verb and noun are written alike (رفض, قصف, تقدم) the words around decide:
particles, relative pronouns and أن call for a verb; a definite noun before it wants one where its clause has none yet.
Words in ي that the list lacks are taken for verbs too, not sure.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.arabic.conjugation import Inflection
from pipeline.arabic.words import Word
from pipeline.frames.sentence.tokens import Sense, is_stop, lists, proper, sense_of
from pipeline.frames.sentence.verb_forms import FiniteReading, Verb

Range = tuple[int, int]
# Signs that only a noun's end bears.
_TANWIN = re.compile("[\u064b-\u064d]")
_SILENT = frozenset("()[]{}'\"")
_LICENCE = frozenset({"particle", "negation", "lest"})
# Prepositions that أن and a perfect follow.
_AFTERWARDS = frozenset({"بعد", "منذ", "الي", "حتي", "رغم"})
_AFTER = frozenset({"prep", "that", "demonstrative", "determiner"})
_OPENERS = frozenset({"that", "relative", "subordinator", "coordinator"})
_GENDERS: dict[str, Literal["m", "f"]] = {"الذي": "m", "التي": "f"}


@dataclass(frozen=True, slots=True)
class FiniteVerb:
    """The word at `index` is a finite verb.

    verb: which one, None where the list does not have it; inflection: aspect, person, gender, number, voice;
    proclitics: و ف س ل before it; pronoun: its object behind it; sure: no noun is written alike, or the place calls for
    a verb.
    """

    index: int
    verb: Verb | None
    inflection: Inflection
    proclitics: tuple[str, ...]
    pronoun: str | None
    sure: bool

    @property
    def kind(self) -> str:
        """The coarse class of the verb, '' where it is not known."""
        return self.verb.kind if self.verb else ""


@dataclass(slots=True)
class _Left:
    """What stands before a word: role of the nearest word that counts, its index, whether its clause has a verb."""

    role: str = "start"
    at: int = -1
    verbs: int = 0
    kind: str = ""
    topic: bool = False
    adverb: bool = False
    base: str = ""
    definite: bool = False
    comma: bool = False
    dual: bool = False
    verbal_noun: bool = False
    imperfect: bool = False
    gender: Literal["m", "f"] | None = None


def find_verbs(words: Sequence[Word], nominals: Iterable[Range] = ()) -> list[FiniteVerb]:
    """The finite verbs of a sentence in their order; word ranges of `nominals` (actors, numbers, dates) hold none."""
    taken = {i for start, end in nominals for i in range(start, end)}
    senses = [sense_of(word) for word in words]
    found: list[FiniteVerb] = []
    left = _Left()
    for index, told in enumerate(senses):
        verb = None if index in taken else _finite(words, senses, index, left, taken)
        if verb:
            found.append(verb)
        _advance(left, words, index, told, verb, index in taken)
    return found


def _advance(
    left: _Left, words: Sequence[Word], index: int, told: Sense, verb: FiniteVerb | None, nominal: bool
) -> None:
    norm = words[index].norm
    if told.role == "punct":
        if is_stop(words, index):
            left.role, left.at, left.definite, left.comma = "start", index, False, False
            left.verbs, left.topic, left.adverb = 0, False, False
        elif norm in "،,":
            left.comma = True
        elif norm not in _SILENT:
            left.role, left.at = "dash", index
        return
    if left.comma and told.joined and told.role == "prep":
        left.verbs, left.role = 0, "start"
    first = left.role in {"start", "dash", "that", "subordinator", "coordinator"}
    left.comma = False
    left.at = index
    if verb:
        left.role, left.base, left.definite, left.kind = "verb", "", False, verb.kind
        left.verbal_noun, left.gender, left.imperfect = False, None, verb.inflection.aspect == "imperfect"
        left.verbs += verb.kind != "be"
        left.topic |= verb.kind == "be"  # كانت الدول تمثل: what follows كان is the topic of another verb
        return
    role = "noun" if nominal or not told.role else told.role
    if told.pronoun and role == "prep":
        role = "filled"
    if role in _OPENERS:
        left.verbs = 0
    if first:
        left.topic = role in {"noun", "demonstrative", "pronoun", "number", "determiner"} and not told.prefix
        left.adverb = role in {"prep", "filled"} and told.base != "علي"
    after = role == "that" and left.role == "prep" and left.base in _AFTERWARDS
    left.role, left.base, left.dual = role, told.base, role == "noun" and norm.endswith("ان")
    left.verbal_noun |= role == "noun" and any(reading.form == "noun" for reading in told.nominal)
    left.kind = "after" if after else "pronoun" if told.pronoun else ""
    left.gender = _GENDERS.get(told.base) if role == "relative" else None
    left.definite = nominal or told.definite or proper(told.base) if role == "noun" else False


def _finite(
    words: Sequence[Word], senses: Sequence[Sense], index: int, left: _Left, taken: Container[int]
) -> FiniteVerb | None:
    told = senses[index]
    if _TANWIN.search(words[index].text):
        return None
    if told.role and not (told.finite and left.role == "particle"):
        return None
    like_noun = told.noun or told.homograph or (bool(told.nominal) and _written_alike(told))
    fits = [reading for reading in told.finite if _allowed(reading, left, like_noun)]
    if not fits:
        return _guess(words[index].norm, index, told, left)
    licensed = _licensed(left) or any("س" in reading.proclitics for reading in fits)
    if like_noun and not licensed:
        fits = [reading for reading in fits if _context(words, senses, index, left, reading, taken)]
        if not fits:
            return None
    best = _best(fits, left)
    return FiniteVerb(index, best.verb, best.inflection, best.proclitics, best.pronoun, licensed or not like_noun)


def _licensed(left: _Left) -> bool:
    """Whether the word before calls for a verb."""
    if left.role in _LICENCE or left.role in {"relative", "what"}:
        return True
    return (left.role == "that" and left.kind == "pronoun") or left.base in lists()["verbal"]


def _written_alike(told: Sense) -> bool:
    """Whether the noun reading needs no more letters peeled off than the verb."""
    return min(len(r.proclitics) for r in told.nominal) <= min((len(r.proclitics) for r in told.finite), default=9)


def _best(fits: Sequence[FiniteReading], left: _Left) -> FiniteReading:
    """Among verbs written alike: a subjunctive behind لن and أن, one that agrees with the relative pronoun before it,
    else the first."""
    if left.role in {"negation", "lest", "that"}:
        return next((reading for reading in fits if reading.inflection.aspect == "imperfect"), fits[0])
    return next((reading for reading in fits if left.gender in (None, reading.inflection.gender)), fits[0])


def _allowed(reading: FiniteReading, left: _Left, like_noun: bool) -> bool:
    """Whether a reading can stand here at all: behind no preposition, and rare persons only where called for."""
    told = reading.inflection
    called = left.role in _LICENCE or left.role in {"that", "relative"}
    imperfect = told.aspect == "imperfect"
    auxiliary = left.role == "verb" and left.kind == "be"
    if not left.comma:
        if left.role == "prep":
            return imperfect and not like_noun and left.base in ("بعد", "قبل", "من") and told.person == 3
        if "س" in reading.proclitics and left.role == "verb" and not auxiliary:
            return False
        if left.role == "determiner" or (left.role == "demonstrative" and not imperfect and like_noun):
            return False
        if reading.pronoun and left.role == "verb" and not (auxiliary and imperfect):
            return False
        if reading.pronoun and left.role == "start" and like_noun:
            return False
    if reading.pronoun in ("ك", "كم") and not imperfect:
        return False
    if told.person == 1 and imperfect:
        first = reading.inflection.number == "p" and "ل" in reading.proclitics
        if first or "س" in reading.proclitics or (left.comma and "و" in reading.proclitics and not like_noun):
            return True
        return called or left.role in {"start", "pronoun", "coordinator", "subordinator", "adverb"} or left.at < 0
    if not told.indicative:
        return called or "ل" in reading.proclitics
    if (told.number == "d" and not imperfect) or (told.gender == "f" and told.number == "p"):
        free = bool(reading.proclitics) or left.comma or left.dual
        return called or (not like_noun and told.gender == "m" and free)
    return True


def _context(
    words: Sequence[Word],
    senses: Sequence[Sense],
    index: int,
    left: _Left,
    reading: FiniteReading,
    taken: Container[int],
) -> bool:
    """Whether a word that is also written as a noun is a verb here, in this reading."""
    told = senses[index]
    if told.noun and not told.joined and not told.homograph:
        return False
    behind = senses[index + 1] if index + 1 < len(senses) else None
    adjective = any(noun.form != "noun" for noun in told.nominal)
    if behind is not None and behind.role == "that" and reading.verb.that and left.role != "prep" and not adjective:
        return True
    definite = behind is not None and not behind.prefix and (behind.definite or proper(behind.base))
    perfect = reading.inflection.aspect == "perfect"
    if "ل" in reading.proclitics and reading.verb.kind == "be":
        return True
    opens = left.role in {"start", "dash"} or (left.comma and not left.verbs)
    if opens:
        takes = _governed(reading, behind) and ("و" in reading.proclitics or not told.nominal)
        acts = definite or takes or _may_act(words, senses, index + 1) or not (reading.verb.transitive or left.comma)
        return acts if perfect else _feminine(words, senses, index + 1)
    if "و" in reading.proclitics and perfect and left.verbs and behind is not None and _attached(reading, behind):
        return True  # وطالب بهدنة: with the preposition it takes, no student
    if left.comma or ("و" in reading.proclitics and left.verbs):
        if left.comma and perfect and _governed(reading, behind):
            return True
        acts = definite and (not left.verbal_noun or left.comma or _acts(senses, index + 1, taken))
        return perfect and (acts or reading.verb.kind in ("be", "continue"))
    if left.role == "that" and perfect:  # أن وقف القتال: a noun, but بعد أن رفض المجلس
        return left.kind == "after" and definite
    if left.role in _OPENERS or left.role == "pronoun":
        return definite or behind is None or behind.role in _AFTER
    if left.role == "noun" and left.definite and not left.verbs:
        return left.topic or (left.adverb and perfect and (definite or _may_act(words, senses, index + 1)))
    return left.role == "verb" and left.kind == "be" and not perfect


def _attached(reading: FiniteReading, behind: Sense) -> bool:
    """Whether the preposition that a verb takes is attached to the next word."""
    return bool(behind.prefix) and behind.prefix in reading.verb.governs and reading.verb.kind in ("ask", "say", "warn")


def _governed(reading: FiniteReading, behind: Sense | None) -> bool:
    """Whether a preposition that the verb takes follows it at once: وطالب بوقف."""
    if behind is None:
        return False
    prep = behind.prefix or (behind.base if behind.role == "prep" else "")
    return prep in reading.verb.governs


def _acts(senses: Sequence[Sense], index: int, taken: Container[int]) -> bool:
    """Whether the word at `index` begins someone who acts: a known nominal, a title, a name."""
    return index in taken or senses[index].base in lists()["titles"] or proper(senses[index].base)


def _feminine(words: Sequence[Word], senses: Sequence[Sense], index: int) -> bool:
    """Whether the word at `index` is a definite feminine noun that a verb in ت can have as its subject."""
    if index >= len(words) or senses[index].prefix or senses[index].role:
        return False
    base = senses[index].base
    return base in lists()["feminine"] or (senses[index].definite and words[index].norm.endswith(("ة", "ات")))


def _may_act(words: Sequence[Word], senses: Sequence[Sense], index: int) -> bool:
    """Whether the word at `index` can begin a subject or what is said: no adjective that would belong to a noun."""
    if index >= len(words):
        return False
    told, norm = senses[index], words[index].norm
    if told.role in {"that", "demonstrative", "determiner", "number"} or norm == ":":
        return True
    adjective = told.base in lists()["adjectives"] or (norm.endswith("ي") and proper(norm)) or norm.endswith("ية")
    return not told.role and not told.prefix and not adjective and norm[-1] != "ة"


def _guess(norm: str, index: int, told: Sense, left: _Left) -> FiniteVerb | None:
    """A verb that the list lacks, by its prefix: ي nearly anywhere, ت where a particle calls for an imperfect; behind
    a relative pronoun any word that can be a perfect."""
    bare = norm[1:] if norm[0] in "وف" and len(norm) > 4 else norm
    future = bare[0] in "سل" and len(bare) > 4 and bare[1] in "يت"
    stem = bare[1:] if future else bare
    if left.gender and norm[0] not in "يت" and len(norm) > 2 and not (told.noun or told.prefix or told.nominal):
        return FiniteVerb(index, None, Inflection("perfect", 3, left.gender, "s", None), (), None, False)
    told_by_pronoun = left.kind == "pronoun" and left.role in {"that", "subordinator", "coordinator"}
    if (
        told_by_pronoun
        and norm.endswith(("وا", "نا", "ت"))
        and not norm.endswith("ات")
        and not (told.noun or told.nominal)
    ):
        plural = norm.endswith("وا")
        inflection = Inflection("perfect", 3, "m" if plural else "f", "p" if plural else "s", None)
        return FiniteVerb(index, None, inflection, (), None, False)
    if told.noun or told.definite or not 3 <= len(stem) <= 9 or stem[0] not in "يت" or told.nominal:
        return None
    if stem in lists()["names_in_ya"] or stem.endswith(("ية", "يا", "ة", "يين")) or proper(stem):
        return None
    called = _licensed(left) or (future and bare[0] == "س" and stem[0] == "ي" and left.role == "noun" and left.definite)
    if len(stem) < 4 and left.role not in _LICENCE:
        return None
    if not called:
        auxiliary = left.role == "verb" and left.kind == "be"
        if stem[0] == "ت" or future or stem.endswith("ات") or (norm[0] == "ف" and left.role not in ("start", "dash")):
            return None
        chained = left.role == "verb" and left.imperfect and norm[0] == "و" and len(stem) < 5
        if left.role in {"prep", "determiner", "verb"} and not (auxiliary or chained):
            return None
        if left.role == "noun" and not left.definite and norm[0] in "وف":
            return None
    plural = stem.endswith(("ون", "وا"))
    told_by = Inflection("imperfect", 3, "m" if stem[0] == "ي" else "f", "p" if plural else "s", None)
    proclitics = tuple(norm[: len(norm) - len(stem)])
    return FiniteVerb(index, None, told_by, proclitics, None, called)
