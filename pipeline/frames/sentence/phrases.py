"""Noun phrases and prepositional phrases: which neighbouring words of a clause belong together.

Without a lexicon of nouns this goes by form: an indefinite noun takes the next noun (construct) or adjective; a
definite one takes adjectives with the article that look like adjectives, a title takes the name behind it; what is left
begins a phrase of its own, the next subject or object.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.arabic.words import Word
from pipeline.frames.sentence.model import Phrase
from pipeline.frames.sentence.tokens import Sense, listed, lists, proper

# Prepositions of two words, which mean what the second one says: من خلال, من قبل, على غرار.
# What phrases are made of, by role; particles and conjunctions are not.
ARGUED = frozenset({"", "number", "determiner", "demonstrative", "pronoun", "prep", "adverb"})
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_COMPOUND = frozenset({"من", "علي", "في", "الي"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A phrase of a clause in its order; adverb: an adverb or a time without preposition."""

    phrase: Phrase
    adverb: bool = False


# A list of names that begins with "each of" is a phrase of its own: in no construct does it stand second.
_EACH = frozenset({"كل", "كلا", "كلتا"})


@dataclass(slots=True)
class _Run:
    """The phrase that is open while a clause's words are read, and those that are done; `last` is the word before."""

    start: int = -1
    head: int = -1
    at: int = -1
    prep: str = ""
    last: int = -2
    found: list[Piece] = field(default_factory=list)


class Phrasing:
    """Cuts the words of one sentence into phrases. `chunk` maps each word of a known nominal to its number,
    `times` are those words that tell when."""

    def __init__(
        self, words: Sequence[Word], senses: Sequence[Sense], chunk: dict[int, int], times: Container[int] = ()
    ) -> None:
        self.words, self.senses, self.chunk, self.times = words, senses, chunk, times

    def pieces(self, indices: Iterable[int], split: bool = False) -> list[Piece]:
        """The phrases that the words `indices` (of one clause, ascending) make.

        split: whether two definite noun phrases may follow one another, as subject and object do behind a verb.
        """
        run = _Run()
        for index in indices:
            told = self.senses[index]
            inside = index in self.chunk and self.chunk.get(run.last) == self.chunk[index]
            named = index in self.chunk and told.base == "علي"  # the name, spelled as "upon" is when folded
            if told.role == "prep" and not inside and not named:
                self._preposition(run, index, told)
            elif told.role == "adverb" and not inside and not self._constructs(index):
                self._close(run)
                run.found.append(Piece(Phrase(index, index + 1, index), True))
            elif run.start >= 0 and run.head < 0 and self._touch(run.last, index):
                run.head = index
            elif run.start < 0 or not (inside or self._joins(run.start, run.last, index, split, bool(run.prep))):
                self._close(run)
                run.start = run.head = index
                if told.prefix:
                    run.prep, run.at = told.prefix, index
            run.last = index
        self._close(run)
        return run.found

    def _preposition(self, run: _Run, index: int, told: Sense) -> None:
        """Begin a prepositional phrase, or go on with a preposition of two words."""
        waits = run.start >= 0 and run.head < 0 and run.last == index - 1
        if not (waits and self.words[run.last].norm in _COMPOUND):
            self._close(run)
            run.start = run.at = index
        run.prep = told.base
        if told.pronoun:
            run.head = run.last = index
            self._close(run)

    def _close(self, run: _Run) -> None:
        """End the phrase that is open, if one is."""
        if run.start >= 0:
            head = run.head if run.head >= 0 else run.start
            timed = not run.prep and self._time(head, run.last + 1)
            run.found.append(Piece(Phrase(run.start, run.last + 1, head, run.prep, run.at), timed))
        run.start = run.head = run.at = -1
        run.prep = ""

    def definite(self, index: int) -> bool:
        """Whether word `index` closes a definite noun phrase: with article or pronoun, or the end of a name."""
        told, norm = self.senses[index], self.words[index].norm
        if told.definite:
            return True
        adjective = norm.endswith(("ي", "ية"))
        return (index in self.chunk or proper(told.base)) and not adjective and told.role != "number"

    def _time(self, head: int, end: int) -> bool:
        """Whether a noun phrase is a time: صباح اليوم, العام الماضي, خمس سنوات."""
        if head in self.times:
            return True
        first = self.senses[head]
        counted = head + 1 < end and (first.role == "number" or first.base in lists()["numbers"])
        base = self.senses[head + counted].base
        return base in lists()["times"] or (counted and base in lists()["months"])

    def _joins(self, start: int, last: int, index: int, split: bool, governed: bool) -> bool:
        """Whether word `index` goes on with the phrase that began at `start` and has come to `last`."""
        told, before = self.senses[index], self.senses[last]
        if index in self.chunk and self.words[index].norm in _EACH:
            return False
        if index in self.chunk and last in self.chunk and not told.joined:
            return False  # two who are known apart: the subject, then the object
        if not self._touch(last, index):
            return False
        if told.prefix or told.role == "pronoun":
            return False
        if told.role == "demonstrative":
            return told.joined or not self.definite(last)
        if told.joined:
            return True
        if self.words[index].norm == "ال" or self.words[last].norm == "ال":
            return True
        if before.role == "demonstrative":
            return self.words[index].norm.startswith("ال")
        if before.role == "number" and (told.definite or _YEAR.fullmatch(self.words[last].norm)):
            return False
        if before.role in {"determiner", "number"}:
            return True
        if told.role == "number":
            return not self.definite(last)
        if not self.definite(last):
            return self._goes_on(start, last, index, split)
        plain = told.noun or told.base in lists()["generic"] or self.words[index].norm.endswith(("ات", "ة"))
        apart = self.definite(last) and not told.definite and plain and not self.adjective(index)
        if governed and split and not apart and not any(reading.form == "noun" for reading in told.nominal):
            split = False
        if not split and index - last == 1 and self.senses[start].base not in lists()["times"]:
            return told.definite or not self.definite(last) or not (told.noun or told.nominal)
        if self.words[index].norm.startswith("ال") and (self.adjective(index) or self._feminine(start, last, index)):
            return True
        return (self._titled(start, last) and not told.nominal and not told.noun) or (
            self._titled(start, last) and index in self.chunk
        )

    def _goes_on(self, start: int, last: int, index: int, split: bool) -> bool:
        """Whether an indefinite phrase takes word `index`, as its second noun or its adjective."""
        told, before = self.senses[index], self.senses[last]
        if before.base in lists()["times"] and not told.definite and last == start:
            return False
        ends = self.senses[last].base in lists()["adjectives"] or self.words[last].norm.endswith("ية")
        closed = split and last > start and ends and not self.adjective(index)
        return (not self.accusative(index) or self.accusative(last)) and not closed

    def _constructs(self, index: int) -> bool:
        """Whether what looks like an adverb is a noun that a definite one follows: بسرعة التنسيق."""
        behind = index + 1
        return self.words[index].norm[0] == "ب" and behind < len(self.words) and self.senses[behind].definite

    def _touch(self, last: int, index: int) -> bool:
        """Whether nothing but quotation marks and brackets stands between two words."""
        return all(self.words[i].norm in "\"'()" for i in range(last + 1, index))

    def accusative(self, index: int) -> bool:
        """Whether word `index` bears the ending of the indefinite accusative, as objects, predicates, adverbs do.

        Where tanwin is not written, alef is that ending on nouns that are known; other words in alef may be names.
        """
        told, text, norm = self.senses[index], self.words[index].text, self.words[index].norm
        if "\u064b" in text:
            return True
        if not norm.endswith("ا") or len(norm) < 4 or index in self.chunk or self.definite(index):
            return False
        stem = norm[:-1]
        if norm in lists()["adjectives"]:
            return False
        known = bool(told.nominal) or told.noun or stem in lists()["adjectives"] or stem in lists()["masculine"]
        return known or (norm[0] == "م" and not norm.endswith("يا")) or (stem.endswith("ي") and proper(stem))

    def adjective(self, index: int) -> bool:
        """Whether word `index` looks like an adjective: a relative one in ي, a participle, or one of the list."""
        told = self.senses[index]
        stem = told.base
        return (
            stem.endswith(("ي", "ية", "يين", "يون", "يات"))
            or stem in lists()["adjectives"]
            or any(reading.form in ("doer", "done") for reading in told.nominal)
        )

    def _feminine(self, start: int, last: int, index: int) -> bool:
        """Whether a feminine word follows a feminine phrase, as its adjective does."""
        if not self.words[index].norm.endswith("ة"):
            return False
        feminine = lists()["feminine"]
        phrase = range(start, last + 1)
        return any(self.words[i].norm.endswith("ة") or self.senses[i].base in feminine for i in phrase)

    def _titled(self, start: int, last: int) -> bool:
        return any(listed(self.senses[i].base, "titles") for i in range(start, last + 1))
