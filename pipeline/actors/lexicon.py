"""A trie of folded words: the longest phrase that begins at a word, with the clitics before it peeled off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word, words

Form = Literal[
    "name", "capital", "adjective", "ministry", "office", "person", "body", "group", "epithet", "parliament",
    "pronoun_like",
]  # fmt: skip

# Signs that may stand inside a phrase without being part of its name: حركة "حماس", مجلس الأمن (الدولي).
_OPENERS = {'"': '"', "(": ")", "[": "]", "'": "'"}
_PREPOSITIONS = frozenset("بلك")
# How many distinct words' look-ups to keep: a large corpus must not fill the memory.
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Head:
    """A family of words that open an office phrase; the fields are those of offices.yaml."""

    form: Form
    by: frozenset[str] = frozenset()
    posted: bool = False
    default: str | None = None
    anaphor: bool = False
    after_verb: bool = False
    places: bool = False
    adjective: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: an actor's name in one of its forms, the head of an office phrase, or an exclusion.

    `actor` is the register id; both `actor` and `head` are None for an exclusion. `gender` is that of an adjective.
    A guarded entry counts only where its surroundings speak for an actor, one not_with_ba not behind an attached ب.
    `unless` is the other actor of a shared name.
    """

    phrase: str
    actor: str | None = None
    form: Form = "name"
    head: Head | None = None
    gender: str = ""
    guarded: bool = False
    not_with_ba: bool = False
    unless: Unless | None = None

    @property
    def excluded(self) -> bool:
        return self.actor is None and self.head is None


@dataclass(frozen=True, slots=True)
class Unless:
    """The second actor of a shared name: meant where the spelling carries `sign` or the sentence names the actor."""

    actor: str
    form: Form
    sign: str


@dataclass(slots=True)
class Node:
    children: dict[str, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """Words [start, end) read as `entries` after the `proclitics` (without ال) of the first word."""

    start: int
    end: int
    proclitics: tuple[str, ...]
    entries: tuple[Entry, ...]


def key(norm: str) -> str:
    """The trie's key of a folded word: final ة and ه are one, since newsrooms write المتحده for المتحدة."""
    return norm[:-1] + "ه" if norm.endswith("ة") else norm


@lru_cache(maxsize=32768)
def phrase_keys(phrase: str) -> tuple[str, ...]:
    """The keys of a phrase as written in the data files; punctuation inside it does not count."""
    return tuple(key(word.norm) for word in words(phrase) if word.kind != "punct")


class Lexicon:
    """Phrases to entries. Build with `add`, then ask `match`; look-ups of first words are kept by folded word."""

    def __init__(self) -> None:
        self._root = Node()
        self._starts: dict[str, tuple[tuple[tuple[str, ...], Node], ...]] = {}

    def add(self, entry: Entry) -> None:
        node = self._root
        for part in phrase_keys(entry.phrase):
            node = node.children.setdefault(part, Node())
        node.entries.append(entry)
        self._starts.clear()

    def get(self, phrase: str) -> list[Entry]:
        """The entries of exactly this phrase."""
        node: Node | None = self._root
        for part in phrase_keys(phrase):
            node = node.children.get(part) if node else None
        return node.entries if node else []

    def match(self, ws: Sequence[Word], start: int) -> Match | None:
        """The longest phrase that begins at word `start`; of equally long ones that with the fewest clitics."""
        best: Match | None = None
        for proclitics, node in self._starting(ws[start].norm):
            end, found = self._walk(ws, start + 1, node)
            if found and (best is None or end > best.end):
                best = Match(start, end, proclitics, tuple(found))
        return best

    def _starting(self, norm: str) -> tuple[tuple[tuple[str, ...], Node], ...]:
        starts = self._starts.get(norm)
        if starts is None:
            if len(self._starts) >= _REMEMBERED:
                self._starts.clear()
            starts = self._starts[norm] = tuple(
                (proclitics, self._root.children[word])
                for proclitics, word in nominal_readings(norm)
                if word in self._root.children
            )
        return starts

    def _walk(self, ws: Sequence[Word], position: int, node: Node) -> tuple[int, list[Entry]]:
        """Follow the trie from `position` as far as it goes; the end of the longest phrase and its entries."""
        end, found = position, node.entries
        opened: list[str] = []
        while position < len(ws):
            word = ws[position]
            if word.norm in _OPENERS or word.norm in ("-", "/", ""):
                if word.norm in opened or (word.norm == "" and word.kind == "punct"):
                    break
                if word.norm in _OPENERS:
                    opened.append(_OPENERS[word.norm])
                position += 1
                continue
            if word.norm in opened:
                opened.remove(word.norm)
                position += 1
                continue
            next_node = node.children.get(key(word.norm))
            if next_node is None:
                break
            node, position = next_node, position + 1
            if node.entries:
                end, found = position, node.entries
                if opened and position < len(ws) and ws[position].norm == opened[-1]:
                    end = position + 1
        return end, found


@lru_cache(maxsize=_REMEMBERED)
def nominal_readings(norm: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The ways to read a folded word as a noun: the clitics before the article, then the key with the article."""
    found = []
    for reading in readings(norm):
        before = tuple(clitic for clitic in reading.proclitics if clitic != ARTICLE)
        if "س" not in before:
            found.append((before, key(ARTICLE + reading.stem if reading.definite else reading.stem)))
    return tuple(found)


def preposition(proclitics: Sequence[str]) -> str | None:
    """The preposition among the clitics of a word, ب ل or ك."""
    return next((clitic for clitic in proclitics if clitic in _PREPOSITIONS), None)


def surface_key(text: str) -> str:
    """Key of a text that is one word."""
    return key(fold(text))
