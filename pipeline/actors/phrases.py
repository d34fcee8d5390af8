"""Office noun phrases: a head (وزير, سفيرة, حكومة) with its complements, resolved to the actor it speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.actors.lexicon import Entry, Form, Match, key, nominal_readings, preposition
from pipeline.actors.register import Register
from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word

_GENITIVE = ("name", "capital", "body", "group", "epithet", "person", "parliament")
_RANK = {form: rank for rank, form in enumerate(
    ("name", "body", "group", "parliament", "epithet", "capital", "person", "office", "adjective")
)}  # fmt: skip
_POSTED_AT = frozenset(map(fold, ("لدى", "في", "إلى", "عند")))
_PREPOSITIONS = frozenset(map(fold, ("في", "من", "إلى", "على", "عن", "بين", "ضد", "مع", "لدى")))
_LONGEST = 10
_NOT_NOUNS = frozenset(map(fold, ("الذي", "التي", "الذين", "اللذين", "اللتين", "اللواتي", "الآن", "اليوم")))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [start, end) as one noun phrase of `actor`, which the words of `head` name, after its own clitics."""

    start: int
    end: int
    actor: str | None
    form: Form
    head: tuple[int, int]
    proclitics: tuple[str, ...]
    head_proclitics: tuple[str, ...]


class Reader:
    """Reads phrases off one sentence; asks the register's lexicon once for each word."""

    def __init__(self, register: Register, ws: Sequence[Word]) -> None:
        self.register = register
        self.ws = ws
        self._matches: dict[int, Match | None] = {}

    def match(self, at: int) -> Match | None:
        """The lexicon's longest match at a word, None past the end or where nothing matches."""
        if at >= len(self.ws):
            return None
        if at not in self._matches:
            self._matches[at] = self.register.lexicon.match(self.ws, at)
        return self._matches[at]

    def read(self, at: int) -> Phrase | None:
        """The phrase that begins at word `at`: an office phrase where a head opens one, else a name; None for neither.

        An excluded phrase reads as an actorless name, so that the caller passes over it.
        """
        match = self.match(at)
        if match is None:
            return None
        for entry in match.entries:
            if entry.excluded:
                return Phrase(at, match.end, None, "name", (at, match.end), match.proclitics, match.proclitics)
        for entry in match.entries:
            if entry.head:
                phrase = self._office(match, entry)
                if phrase:
                    return phrase
        entry = self._best(match)
        if entry is None:
            return self._anaphor(match)
        return self._name(match, entry)

    def _name(self, match: Match, entry: Entry) -> Phrase:
        actor, form = entry.actor, entry.form
        if entry.unless:
            signed = any(entry.unless.sign in word.text for word in self.ws[match.start : match.end])
            if signed or self._named_elsewhere(entry.unless.actor, match):
                actor, form = entry.unless.actor, entry.unless.form
        return Phrase(match.start, match.end, actor, form, (match.start, match.end), match.proclitics, match.proclitics)

    def _best(self, match: Match) -> Entry | None:
        """The entry that a match means on its own: names before adjectives; guarded ones only with evidence."""
        entries = [e for e in match.entries if e.actor and (not e.guarded or self._supported(match))]
        return min(entries, key=lambda entry: _RANK[entry.form], default=None)

    def _supported(self, match: Match) -> bool:
        """Whether the words around a guarded name speak for an actor: a preposition before it, or a list of actors."""
        if preposition(match.proclitics):
            return True
        before, after = match.start - 1, match.end
        if before >= 0:
            word = self.ws[before].norm
            if word in _PREPOSITIONS or (word.endswith("ت") and len(word) > 3):
                return True
            if word in ("،", ",", "و") or match.proclitics:
                ends = before if word in ("،", ",", "و") else match.start
                if any(self._actor_at(start, ends) for start in range(max(0, ends - 3), ends)):
                    return True
        if after < len(self.ws) and self.ws[after].norm in ("،", ","):
            after += 1
        following = self.match(after)
        return bool(following and "و" in following.proclitics and any(e.actor for e in following.entries))

    def _actor_at(self, start: int, end: int) -> bool:
        match = self.match(start)
        return bool(match and match.end == end and any(e.actor for e in match.entries))

    def _named_elsewhere(self, actor: str, match: Match) -> bool:
        spots = (self.match(at) for at in range(len(self.ws)) if not match.start <= at < match.end)
        return any(spot and any(entry.actor == actor for entry in spot.entries) for spot in spots)

    def _anaphor(self, match: Match) -> Phrase | None:
        head = next((entry.head for entry in match.entries if entry.head), None)
        if head is None or not head.anaphor or match.end - match.start > 1 or not self._definite(match.start, match):
            return None
        span = (match.start, match.end)
        return Phrase(match.start, match.end, None, "pronoun_like", span, match.proclitics, match.proclitics)

    def _definite(self, at: int, match: Match | None = None) -> bool:
        """Whether word `at` carries the article, under the clitics of its match where there is one."""
        if match:
            return any(
                before == match.proclitics and word.startswith(ARTICLE) and key(self.ws[at].norm) != word[2:]
                for before, word in nominal_readings(self.ws[at].norm)
            )
        return any(word.startswith(ARTICLE) and len(word) > 3 for _, word in nominal_readings(self.ws[at].norm)[:1])

    def _office(self, match: Match, entry: Entry) -> Phrase | None:
        """The phrase that a head opens, from the head to the end of the words that say whose office it is."""
        head = entry.head
        assert head is not None
        at = match.end
        last = at - 1
        construct = not self._word_definite(last, match)
        definite = not construct
        opened = False
        limit = min(len(self.ws), at + _LONGEST)
        while at < limit:
            owner = self._brought_in(at, head.by)
            if owner:
                return self._closed(match, entry, owner)
            found = self.match(at)
            if found and not any(e.excluded for e in found.entries):
                owner = self._owner(found, construct, definite, head.feminine)
                if owner:
                    if head.of and owner.form != head.of:
                        return None
                    return self._closed(match, entry, owner)
            step = self._glue(at)
            if not step and construct and not opened and not found and head.form in ("office", "ministry"):
                step = self._open(at)
                opened = bool(step)
            if not step:
                break
            at += 1
            construct = not self._word_definite(at - 1)
            definite = definite or not construct
        if head.default and match.end - match.start >= 1:
            span = (match.start, match.end)
            return Phrase(match.start, match.end, head.default, head.form, span, match.proclitics, match.proclitics)
        return None

    def _owner(self, found: Match, construct: bool, definite: bool, feminine: bool) -> Phrase | None:
        """What directly follows head and glue and says whose the office is: a genitive, or an adjective that agrees."""
        span = (found.start, found.end)
        if not found.proclitics:
            for entry in found.entries:
                if entry.form == "adjective" and entry.actor and (not feminine or entry.gender == "f"):
                    with_article = entry.phrase.startswith(ARTICLE)
                    if with_article == definite or (with_article and construct):
                        return Phrase(*span, entry.actor, "adjective", span, (), ())
            if construct:
                for entry in found.entries:
                    if entry.head:
                        inner = self._office(found, entry)
                        if inner:
                            return inner
                for entry in found.entries:
                    if entry.actor and entry.form in _GENITIVE:
                        return self._name(found, entry)
        return None

    def _brought_in(self, at: int, by: frozenset[str]) -> Phrase | None:
        """The owner that a preposition brings in: باسم, في and the like as words, ب and ل as clitics."""
        if not by:
            return None
        if self.ws[at].norm in by:
            inner = self.read(at + 1)
            if inner and not inner.proclitics and inner.actor and inner.form != "adjective":
                return inner
            return None
        found = self.match(at)
        if found and preposition(found.proclitics) in by and len(found.proclitics) == 1:
            if any(e.excluded for e in found.entries):
                return None
            inner = self.read(at)
            if inner and inner.actor and inner.form != "adjective":
                return inner
        return None

    def _closed(self, match: Match, entry: Entry, owner: Phrase) -> Phrase:
        """The whole phrase once its owner is known: with trailing adjectives and the place of the office."""
        head = entry.head
        assert head is not None
        end = self._trailing(owner.end)
        if head.posted:
            while True:
                further = self._trailing(self._post(end))
                if further == end:
                    break
                end = further
        end = self._purpose(end)
        return Phrase(match.start, end, owner.actor, head.form, owner.head, match.proclitics, owner.head_proclitics)

    def _trailing(self, at: int) -> int:
        while at < len(self.ws) and not self.match(at) and self._bare_key(at) in self.register.trailing:
            at += 1
        return at

    def _post(self, at: int) -> int:
        """Past where an office is held: لدى الأمم المتحدة, في مجلس الأمن, إلى اليمن; `at` itself where nothing is."""
        if at >= len(self.ws):
            return at
        if self.ws[at].norm in _POSTED_AT:
            found = self.match(at + 1)
            placed = self.register.posts.match(self.ws, at + 1) if at + 1 < len(self.ws) else None
            if placed and not placed.proclitics:
                return max(placed.end, found.end if found and not found.proclitics else 0)
            if found and not found.proclitics and any(e.actor and e.form != "adjective" for e in found.entries):
                return found.end
            return at
        found = self.match(at)
        if found and found.proclitics in (("ب",), ("ل",)):
            placed_at = any(e.actor and e.form in ("name", "capital", "body") for e in found.entries)
            return found.end if placed_at else at
        return at

    def _purpose(self, at: int) -> int:
        """Past what an office is for: للشؤون الإنسانية, لشؤون الشرق الأوسط, للأمن القومي."""
        if at >= len(self.ws) or self.ws[at].kind != "word":
            return at
        if not any(before == ("ل",) and self._is_glue(word) for before, word in nominal_readings(self.ws[at].norm)):
            return at
        at += 1
        while at < len(self.ws) and not self.match(at) and self._glue(at):
            at += 1
        return at

    def _glue(self, at: int) -> bool:
        """Whether a word may stand between head and owner; و and ل are let through before a word with the article."""
        word = self.ws[at]
        if word.kind != "word":
            return False
        if self._is_glue(key(word.norm)):
            return True
        return any(
            before in (("و",), ("ل",)) and self._is_glue(stem) and (stem.startswith(ARTICLE) or before == ("ل",))
            for before, stem in nominal_readings(word.norm)
        )

    def _open(self, at: int) -> bool:
        """Whether a word may be a portfolio that no list knows: a noun with the article after a head without it."""
        norm = self.ws[at].norm
        return self.ws[at].kind == "word" and norm.startswith(ARTICLE) and len(norm) > 4 and norm not in _NOT_NOUNS

    def _is_glue(self, word: str) -> bool:
        return word.removeprefix(ARTICLE) in self.register.glue or word in self.register.glue

    def _bare_key(self, at: int) -> str:
        return key(self.ws[at].norm).removeprefix(ARTICLE)

    def _word_definite(self, at: int, match: Match | None = None) -> bool:
        norm = self.ws[at].norm
        if norm.startswith(ARTICLE):
            return True
        expected = match.proclitics if match else None
        return any(
            before and word.startswith(ARTICLE) and (before == expected or self._is_glue(word))
            for before, word in nominal_readings(norm)
        )
