"""Finite verbs of a sentence, of any verb the news uses, told apart from the nouns that are written alike.

A word of frames/verbs.yaml is a verb unless something speaks against it: a preposition or a determiner before it, a
place where only a noun can stand. Where verb and noun are written alike (رفض, قصف, تقدم) the words around decide:
particles, relative pronouns and أن call for a verb; a definite noun before it wants one where its clause has none yet.
Words in ي that the list lacks are taken for verbs too, not sure.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from pipeline.arabic.words import Word
from pipeline.frames.sentence.guesses import guess
from pipeline.frames.sentence.left import LICENCE, OPENERS, FiniteVerb, Left, advance, licensed
from pipeline.frames.sentence.tokens import Sense, listed, lists, proper, sense_of
from pipeline.frames.sentence.verb_forms import FiniteReading

Range = tuple[int, int]
# Signs that only a noun's end bears.
_TANWIN = re.compile("[\u064b-\u064d]")
# What somebody goes on to do who has just asked for something: these are no more of what is asked for.
_SPEAKING = frozenset(
    {"say", "ask", "order", "deny", "refuse", "warn", "condemn", "support", "think", "expect", "meet", "decide"}
)
_AFTER = frozenset({"prep", "that", "demonstrative", "determiner"})


def find_verbs(words: Sequence[Word], nominals: Iterable[Range] = ()) -> list[FiniteVerb]:
    """The finite verbs of a sentence in their order; word ranges of `nominals` (actors, numbers, dates) hold none."""
    taken = {i for start, end in nominals for i in range(start, end)}
    senses = [sense_of(word) for word in words]
    found: list[FiniteVerb] = []
    left = Left()
    for index, told in enumerate(senses):
        verb = None if index in taken else _finite(words, senses, index, left, taken)
        if verb:
            found.append(verb)
        advance(left, words, index, told, verb, index in taken)
    return found


def _finite(
    words: Sequence[Word], senses: Sequence[Sense], index: int, left: Left, taken: Container[int]
) -> FiniteVerb | None:
    told = senses[index]
    if _TANWIN.search(words[index].text):
        return None
    if told.role and not (told.finite and left.role == "particle"):
        return None
    like_noun = told.noun or told.homograph or (bool(told.nominal) and _written_alike(told))
    fits = [reading for reading in told.finite if _allowed(reading, left, like_noun)]
    if not fits:
        return guess(words[index].norm, index, told, left)
    called = licensed(left) or any("س" in reading.proclitics for reading in fits)
    if like_noun and not called:
        fits = [reading for reading in fits if _context(words, senses, index, left, reading, taken)]
        if not fits:
            return None
    best = _best(fits, left)
    sure = called or not like_noun or best.verb.kind == "be"
    return FiniteVerb(index, best.verb, best.inflection, best.proclitics, best.pronoun, sure)


def _written_alike(told: Sense) -> bool:
    """Whether the noun reading needs no more letters peeled off than the verb."""
    return min(len(r.proclitics) for r in told.nominal) <= min((len(r.proclitics) for r in told.finite), default=9)


def _best(fits: Sequence[FiniteReading], left: Left) -> FiniteReading:
    """Among verbs written alike: كان before others (تكون is rarely to form), a subjunctive behind لن and أن, one that
    agrees with the relative pronoun before it, else the first."""
    auxiliary = next((reading for reading in fits if reading.verb.kind == "be"), None)
    if auxiliary is not None:
        return auxiliary
    if left.role in {"negation", "lest", "that"}:
        return next((reading for reading in fits if reading.inflection.aspect == "imperfect"), fits[0])
    return next((reading for reading in fits if left.gender in (None, reading.inflection.gender)), fits[0])


def _allowed(reading: FiniteReading, left: Left, like_noun: bool) -> bool:
    """Whether a reading can stand here at all: behind no preposition, and rare persons only where called for."""
    told = reading.inflection
    called = left.role in LICENCE or left.role in {"that", "relative"}
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
    left: Left,
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
    if reading.inflection.person == 1 and reading.pronoun:
        return False  # دعوته: his call, where no particle wants a verb
    definite = behind is not None and not behind.prefix and (behind.definite or proper(behind.base))
    perfect = reading.inflection.aspect == "perfect"
    if "ل" in reading.proclitics and reading.verb.kind == "be":
        return True
    opens = left.role in {"start", "dash"} or (left.comma and not left.verbs)
    if opens:
        takes = _governed(reading, behind) and ("و" in reading.proclitics or not told.nominal)
        acts = definite or takes or _may_act(words, senses, index + 1) or not (reading.verb.transitive or left.comma)
        return acts if perfect else _feminine(words, senses, index + 1)
    wanted = left.demands and perfect and "و" in reading.proclitics and reading.verb.kind not in _SPEAKING
    if wanted and any(noun.form == "noun" for noun in told.nominal):
        return False  # دعا إلى نشر المراقبين وسحب القوات
    if "و" in reading.proclitics and perfect and left.verbs and behind is not None and _attached(reading, behind):
        return True  # وطالب بهدنة: with the preposition it takes, no student
    if left.comma or ("و" in reading.proclitics and left.verbs):
        if left.comma and perfect and _governed(reading, behind):
            return True
        acts = definite and (not left.verbal_noun or left.comma or _acts(senses, index + 1, taken))
        # وطالب رئيس غانا: with an office whose state is told
        acts = acts or (index + 1 in taken and listed(senses[index + 1].base, "titles"))
        return perfect and (acts or reading.verb.kind in ("be", "continue"))
    if left.role == "that" and perfect:  # أن وقف القتال: a noun, but بعد أن رفض المجلس
        return left.kind == "after" and definite
    if left.role in OPENERS or left.role == "pronoun":
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
