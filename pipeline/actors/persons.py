"""Names of people: known from the register, learnt in the story, given by a tagger, or following an office."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.actors.lexicon import key, nominal_readings
from pipeline.actors.reader import Phrase, Reader, Span
from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.normalise import fold

_LONGEST = 6
_UPON = fold("على")


class Names:
    """Finds the names of people in one sentence; spans: word ranges that a tagger takes for people."""

    def __init__(self, reader: Reader, spans: Sequence[Span]) -> None:
        self._reader = reader
        self._ws = reader.ws
        self._spans = {start: end for start, end in spans}

    def at(self, at: int) -> Phrase | None:
        """The person whose name begins at word `at`; without an actor where only the tagger knows the name."""
        known, end = self._reader.person(at), self._spans.get(at, 0)
        if known:
            return known if known.end >= end else replace(known, end=end, head=(at, end), name=(at, end))
        if not end or self._reads_otherwise(at, end):
            return None
        inner = next((known for start in range(at + 1, end) if (known := self._reader.person(start))), None)
        actor = inner.actor if inner and inner.end == end and not inner.proclitics else None
        proclitics = self._clitics(at) or (("و",) if self._joined(at) else ())
        return Phrase(at, end, actor, "person", (at, end), proclitics, proclitics, (at, end))

    def after(self, phrase: Phrase) -> tuple[Span, str | None] | None:
        """The holder's name behind an office phrase: its words, and whom the name speaks for, if known."""
        ws = self._ws
        at = phrase.end
        comma = at < len(ws) and ws[at].norm in ("،", ",")
        if not self._takes_name(phrase) or (comma and phrase.form == "adjective"):
            return None
        at += comma
        titled = self._reader.titled(at)
        known = self._reader.person(titled)
        if known and not known.proclitics and self._agrees(phrase, known.actor, comma):
            return (titled, max(known.end, self._spans.get(titled, 0))), known.actor
        if phrase.form == "adjective" or titled >= len(ws):
            return None
        for start in (at, titled):
            end = self._spans.get(start, 0)
            if end and not self._clitics(start) and not (comma and self._joined(start)):
                return (max(start, min(titled, end - 1)), end), None
        end = titled if comma or phrase.actor is None else self._guess(titled)
        return ((titled, end), None) if end > titled else None

    def _takes_name(self, phrase: Phrase) -> bool:
        """Whether a phrase can have its holder's name behind it: an office, or الأمريكي where a list goes on."""
        if phrase.form == "adjective":
            return not self._ws[phrase.end - 1].norm.endswith(("ون", "ين", "ات"))
        match = self._reader.match(phrase.start)
        return phrase.form == "office" or bool(match and any(e.head and e.head.form == "office" for e in match.entries))

    def _agrees(self, phrase: Phrase, actor: str | None, comma: bool) -> bool:
        """Whether a known name can be the holder's: anyone's directly behind an office, else only the same actor's."""
        return phrase.actor in (None, actor) or (phrase.form == "office" and not comma)

    def _reads_otherwise(self, at: int, end: int) -> bool:
        """Whether the register reads a tagger's name as an office or, from its first word to its last, as an actor, or
        as a state that "and" joins to the one right before it (موسكو وبكين الفيتو)."""
        match = self._reader.match(at)
        listed = self._ws[at].norm.startswith("و") and at > 0 and self._reader.match(at - 1)
        return bool(match and (listed or match.end >= end or any(entry.head for entry in match.entries)))

    def _clitics(self, at: int) -> tuple[str, ...]:
        """Clitics before an unknown name are told only by the article behind them."""
        for before, word in nominal_readings(self._ws[at].norm)[1:]:
            if before and word.startswith(ARTICLE) and len(word) > 4:
                return before
        return ()

    def _joined(self, at: int) -> bool:
        """Whether a name begins with "and" and a given name: another person's (الأمين العام، وإسماعيل)."""
        return self._names(at, (("و",),))

    def _guess(self, at: int) -> int:
        """The end of a name that begins with a known given name; `at` where none does.

        A name is one word beyond its given names, particles not counted: أنتوني بلينكن, محمد بن عبد الرحمن آل ثاني.
        """
        ws = self._ws
        if not self.given(at):
            return at
        end, surnames = at + 1, 0
        while end < min(len(ws), at + _LONGEST) and surnames < 1:
            hyphen = ws[end].norm == "-"
            if hyphen and not (end + 1 < len(ws) and ws[end + 1].kind == "word"):
                break
            if not hyphen and (ws[end].kind != "word" or not self._may_continue(end)):
                break
            surnames += not (
                hyphen
                or self.given(end)
                or key(ws[end].norm) in self._reader.register.words.particles
                or ws[end - 1].norm == "عبد"
            )
            end += 1
        return end

    def surname(self, at: int) -> bool:
        """Whether what looks like a nationality adjective is a surname: masculine singular behind a given name."""
        if at == 0 or key(self._ws[at - 1].norm) == _UPON or self._ws[at].norm.endswith(("ة", "ون", "ين", "ات")):
            return False
        return self.given(at - 1)

    def given(self, at: int) -> bool:
        """Whether a word is a given name."""
        word = self._ws[at]
        return word.kind == "word" and not self._is_preposition(at) and self._names(at, ((), ("و",)))

    def _names(self, at: int, fronts: Collection[tuple[str, ...]]) -> bool:
        """Whether a word is a given name behind one of these groups of clitics."""
        given = self._reader.register.words.given
        return any(before in fronts and name in given for before, name in nominal_readings(self._ws[at].norm))

    def _is_preposition(self, at: int) -> bool:
        """Whether a word is على "upon", which folds to the name علي; news style tells them apart by the last letter."""
        return self._ws[at].text.endswith("ى") and key(self._ws[at].norm) == _UPON

    def _may_continue(self, at: int) -> bool:
        norm = self._ws[at].norm
        if key(norm) in self._reader.register.words.stops or self._is_preposition(at):
            return False
        match = self._reader.match(at)
        if match and any(entry.head or entry.excluded for entry in match.entries):
            return False
        return not any(before and word.startswith(ARTICLE) for before, word in nominal_readings(norm))
