"""Term families: which words and phrases mean the same to a rule, found with their clitics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pipeline.arabic.clitics import readings
from pipeline.arabic.normalise import fold
from pipeline.arabic.verbs import conjugate
from pipeline.arabic.words import Word
from pipeline.frames.rules.schema import Term

# What only nouns carry.
_NOMINAL = frozenset({"+ال", "+acc", "+ب", "+ك"})
# Pronouns that attach to verbs and nouns; alef is the accusative ending of indefinite nouns (داعيا، مشروعا).
ENCLITICS = ("هما", "هم", "هن", "ها", "نا", "كم", "ه", "ي", "ا")


# How many words' look-ups to keep: a corpus has ever new words, and must not fill the memory.
_KEPT = 65536


@dataclass(frozen=True, slots=True)
class Hit:
    """Words [start, end) belong to `term`; tags tell the form (verb, fem, +ب, +pron …), value what it stands for."""

    start: int
    end: int
    term: str
    tags: frozenset[str]
    value: str | None


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: tuple[str, ...]
    term: str
    tags: frozenset[str]
    value: str | None
    exact: bool


def _expand(phrase: str) -> Iterator[tuple[str, ...]]:
    """All concrete phrases of one with alternatives and optional words."""
    choices = []
    for word in phrase.split():
        optional = word.startswith("(")
        options = [form for option in word.strip("()" if optional else "").split("|") for form in _endings(option)]
        choices.append([*options, ""] if optional else options)
    for chosen in product(*choices):
        yield tuple(fold(word) for word in chosen if word)


def _endings(word: str) -> list[str]:
    """Both forms of a word with a bracketed ending: مؤقت(ة)."""
    stem, _, ending = word.partition("(")
    return [stem, stem + ending.rstrip(")")] if ending else [word]


def analyses(norm: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every (stem, tags) a folded word may be: particles and article peeled in front, a pronoun behind.

    A ta marbuta before a pronoun is written as ta (دعوة → دعوته), so both spellings are offered.
    """
    for reading in readings(norm):
        tags = frozenset("+" + clitic for clitic in reading.proclitics)
        yield reading.stem, tags
        if "ال" in reading.proclitics:
            yield "ال" + reading.stem, tags
        for suffix in ENCLITICS:
            stem = reading.stem.removesuffix(suffix)
            if len(stem) < 2 or stem == reading.stem:
                continue
            behind = tags | {"+acc" if suffix == "ا" else "+pron"}
            yield stem, behind
            if stem[-1] == "ت":
                yield stem[:-1] + "ة", behind
            if stem[-1] == "ا" and suffix != "ا":  # تبناه: an alef before the pronoun stands for a final ya
                yield stem[:-1] + "ي", behind
            if stem[-1] in "ئؤ":  # ندائه، نداؤها: a final hamza takes the seat that its vowel asks for
                yield stem[:-1] + "ء", behind
            if stem[-1] == "و":  # عارضوه: the plural's silent alef is dropped before the pronoun
                yield stem + "ا", behind


class Lexicon:
    """Finds the terms of a rule set in a sentence's words."""

    def __init__(self, terms: dict[str, Term]) -> None:
        self._by_first: dict[str, list[_Entry]] = defaultdict(list)
        self._kept: dict[tuple[str, bool], list[tuple[_Entry, frozenset[str]]]] = {}
        for name, term in terms.items():
            for kind, pairs in (("transitive", term.verbs), ("intransitive", term.intransitive)):
                for past, present in pairs:
                    for form, agreement in conjugate(past, present).items():
                        self._add((form,), name, {"verb", agreement, kind}, None, False)
            for phrase in term.words:
                for words in _expand(phrase):
                    self._add(words, name, {"noun"}, None, False)
            for phrase in term.exact:
                for words in _expand(phrase):
                    self._add(words, name, set(), None, True)
            for value, phrases in term.values.items():
                for phrase in phrases:
                    for words in _expand(phrase):
                        self._add(words, name, {"noun"}, value, False)

    def _add(self, phrase: tuple[str, ...], term: str, tags: set[str], value: str | None, exact: bool) -> None:
        self._by_first[phrase[0]].append(_Entry(phrase, term, frozenset(tags), value, exact))

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """All hits, also overlapping ones, in text order. Cost: a dictionary look-up for each analysis of each word."""
        table = [_analysed(word.norm, word.kind == "word") for word in words]
        hits = []
        for start, word in enumerate(words):
            for entry, tags in self._beginning(word):
                end = start + len(entry.phrase)
                if end > len(words) or any(
                    part not in table[start + i] or (entry.exact and part != words[start + i].norm)
                    for i, part in enumerate(entry.phrase[1:], 1)
                ):
                    continue
                last = table[end - 1][entry.phrase[-1]] & {"+pron"}
                hits.append(Hit(start, end, entry.term, entry.tags | tags | last, entry.value))
        return hits

    def _beginning(self, word: Word) -> list[tuple[_Entry, frozenset[str]]]:
        """The entries whose first word a word can be, each with the tags that it has there; kept by the word."""
        key = (word.norm, word.kind == "word")
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            known = self._kept[key] = [
                (entry, tags)
                for stem, tags in _analysed(*key).items()
                for entry in self._by_first.get(stem, ())
                if not (entry.exact and stem != word.norm)
                and not ("verb" in entry.tags and tags & _NOMINAL)
                # الحكم is not "he pressed you"
                and not ("intransitive" in entry.tags and "+pron" in tags)
            ]
        return known


@lru_cache(maxsize=_KEPT)
def _analysed(norm: str, letters: bool) -> Mapping[str, frozenset[str]]:
    """The stems that a folded word may have, with their tags; of several ways to one stem the plainest. letters:
    whether it is a word, not a number or a sign, which are only themselves."""
    # dict() keeps the last pair of a key, so the plainest analysis has to come last.
    return dict(reversed(list(analyses(norm)))) if letters else {norm: frozenset()}
