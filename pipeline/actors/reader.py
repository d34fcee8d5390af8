"""Reading names off a sentence: the lexicon's longest match at a word, and which of its meanings holds there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.actors.lexicon import Entry, Form, Match, key, nominal_readings, preposition
from pipeline.actors.register import Register
from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word, words

Span = tuple[int, int]

_RANK = {form: rank for rank, form in enumerate(
    ("name", "body", "group", "parliament", "epithet", "capital", "person", "office", "adjective")
)}  # fmt: skip
_PREPOSITIONS = ("في", "من", "إلى", "على", "عن", "بين", "ضد", "مع", "لدى", "داخل", "خارج", "باسم")
_DIRECTIONS = ("شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي")
_BEFORE_NAMES = frozenset(map(fold, _PREPOSITIONS + _DIRECTIONS))
_COMMAS = ("،", ",")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [start, end) as one noun phrase of `actor`, which the words of `head` name.

    proclitics and head_proclitics are attached to the first words of the two; name: the words of a person's name in it.
    An excluded phrase has no actor and the form name; one that refers back has no actor and the form pronoun_like, or
    parliament where it is one.
    """

    start: int
    end: int
    actor: str | None
    form: Form
    head: tuple[int, int]
    proclitics: tuple[str, ...]
    head_proclitics: tuple[str, ...]
    name: Span | None = None

    @classmethod
    def of(cls, match: Match, actor: str | None, form: Form) -> Phrase:
        """The phrase that is just a match."""
        span = (match.start, match.end)
        return cls(*span, actor, form, span, match.proclitics, match.proclitics)


class Reader:
    """Names in one sentence; asks the register's lexicon once for each word. persons: names learnt in the story."""

    def __init__(self, register: Register, ws: Sequence[Word], persons: Mapping[str, str]) -> None:
        self.register = register
        self.ws = ws
        self._matches: dict[int, Match | None] = {}
        self._learnt: dict[str, list[tuple[list[str], str]]] = {}
        for name, actor in persons.items():
            parts = [key(word.norm) for word in words(name)]
            if parts:
                self._learnt.setdefault(parts[0], []).append((parts, actor))

    def match(self, at: int) -> Match | None:
        """The lexicon's longest match at a word; None past the end or where nothing matches."""
        if at >= len(self.ws):
            return None
        if at not in self._matches:
            self._matches[at] = self.register.lexicon.match(self.ws, at)
        return self._matches[at]

    def named(self, match: Match) -> Phrase | None:
        """The actor that a match names on its own: names before adjectives, guarded ones only with evidence."""
        with_ba = match.proclitics == ("ب",)
        entries = [
            entry
            for entry in match.entries
            if entry.actor and not (entry.not_with_ba and with_ba) and (not entry.guarded or self._supported(match))
        ]
        if len(entries) > 1 and self._attributive(match):
            entries = [entry for entry in entries if entry.form == "adjective"] or entries
        entry = min(entries, key=lambda entry: _RANK[entry.form], default=None)
        return self.meant(match, entry) if entry else None

    def meant(self, match: Match, entry: Entry) -> Phrase:
        """The phrase of one entry of a match; a shared name goes to whom the spelling or the sentence points to."""
        if entry.unless:
            signed = any(entry.unless.sign in word.text for word in self.ws[match.start : match.end])
            if signed or self._named_elsewhere(entry.unless.actor, match):
                return Phrase.of(match, entry.unless.actor, entry.unless.form)
        return Phrase.of(match, entry.actor, entry.form)

    def person(self, at: int) -> Phrase | None:
        """The known person whose name begins at word `at`: of the story or the register, whichever name is longer."""
        if at >= len(self.ws):
            return None
        match = self.match(at)
        learnt = self._learnt_at(at) if self._learnt else None
        if match and (learnt is None or match.end > learnt.end):
            entry = next((entry for entry in match.entries if entry.form == "person"), None)
            return replace(Phrase.of(match, entry.actor, "person"), name=(at, match.end)) if entry else None
        return learnt

    def holder(self, at: int) -> Phrase | None:
        """The known person at word `at`, whose last name alone will do behind an office: الرئيس مبارك.

        No further name may follow, or it would be someone else's first: الرئيس عباس كامل.
        """
        person = self.person(at)
        if person or at >= len(self.ws) or self.match(at):
            return person
        actor = self.register.words.surnames.get(key(self.ws[at].norm))
        follower = self.ws[at + 1] if at + 1 < len(self.ws) else None
        if follower and follower.kind == "word" and key(follower.norm) not in self.register.words.stops:
            return None
        return Phrase(at, at + 1, actor, "person", (at, at + 1), (), (), (at, at + 1)) if actor else None

    def titled(self, at: int) -> int:
        """Where a name begins that may have titles before it: السيد, الجنرال, الأمير."""
        while at < len(self.ws):
            match = self.register.words.titles.match(self.ws, at)
            if match is None or match.proclitics:
                break
            at = match.end
        return at

    def bare(self, at: int) -> str:
        """The key of a word without the article."""
        return key(self.ws[at].norm).removeprefix(ARTICLE)

    def after_verb(self, match: Match) -> bool:
        """Whether the word before a match is one of the news' verbs, or a conjunction opens the match."""
        if match.start == 0:
            return True
        before = key(self.ws[match.start - 1].norm)
        return before in self.register.words.verbs or before[1:] in self.register.words.verbs

    def _attributive(self, match: Match) -> bool:
        """Whether a word that is both a state and an adjective of it is the adjective.

        It is so with tanwin (إسبانياً), behind a noun in the accusative (مشروعا روسيا), and in السعودية and سورية behind
        a noun with the article as they have it, or without it and feminine (المبادرة السعودية, قوات سورية).
        """
        if self.ws[match.end - 1].text.endswith(("\u064b", "\u064bا")):
            return True
        if not match.start or match.proclitics or self.after_verb(match):
            return False
        before, last = self.ws[match.start - 1].norm, self.ws[match.end - 1].norm
        if before in self.register.words.accusatives:
            return True
        if not last.endswith("ه") and not last.endswith("ة"):
            return False
        article = any(word.startswith(ARTICLE) for _, word in nominal_readings(before))
        return article if last.startswith(ARTICLE) else not article and before.endswith(("ة", "ات"))

    def _learnt_at(self, at: int) -> Phrase | None:
        best: Phrase | None = None
        for proclitics, word in nominal_readings(self.ws[at].norm):
            for parts, actor in self._learnt.get(word, ()):
                end = at + len(parts)
                if (best and end <= best.end) or [key(w.norm) for w in self.ws[at + 1 : end]] != parts[1:]:
                    continue
                if len(parts) > 1 or not preposition(proclitics) or word not in self.register.words.shy:
                    best = Phrase(at, end, actor, "person", (at, end), proclitics, proclitics, (at, end))
        return best

    def _supported(self, match: Match) -> bool:
        """Whether the words around a guarded name speak for an actor: a preposition or a verb before it, or a list."""
        if preposition(match.proclitics):
            return True
        before, after = match.start - 1, match.end
        if before >= 0:
            norm = self.ws[before].norm
            comma = norm in _COMMAS
            feminine_verb = norm.endswith("ت") and not norm.endswith("ات") and len(norm) > 3
            if norm in _BEFORE_NAMES or feminine_verb or self.after_verb(match):
                return True
            if comma or "و" in match.proclitics:
                end = before if comma else match.start
                if any(self._names_actor(start, end) for start in range(max(0, end - 3), end)):
                    return True
        if after < len(self.ws) and self.ws[after].norm in _COMMAS:
            after += 1
        following = self.match(after)
        return bool(following and "و" in following.proclitics and any(e.actor for e in following.entries))

    def _names_actor(self, start: int, end: int) -> bool:
        match = self.match(start)
        return bool(match and match.end == end and any(e.actor for e in match.entries))

    def _named_elsewhere(self, actor: str, match: Match) -> bool:
        spots = (self.match(at) for at in range(len(self.ws)) if not match.start <= at < match.end)
        return any(spot and any(entry.actor == actor for entry in spot.entries) for spot in spots)
