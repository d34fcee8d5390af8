"""Names of people: known from the register, learnt in the story, given by a tagger, or following an office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.actors.lexicon import key, nominal_readings
from pipeline.actors.reader import Phrase, Reader
from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import words

Span = tuple[int, int]
_LONGEST = 6
# Words that bind what follows them into one name: بن جامع, دي ميستورا.
PARTICLES = frozenset(map(fold, ("بن", "ابن", "أبو", "أبي", "عبد", "آل", "دي", "دو", "دا", "فان", "فون", "ولد", "بو")))


class Names:
    """Finds the names of people in one sentence."""

    def __init__(self, reader: Reader, persons: Mapping[str, str], spans: Sequence[Span]) -> None:
        self._reader = reader
        self._ws = reader.ws
        self._spans = {start: end for start, end in spans if start < end}
        self._inside = {at for start, end in spans for at in range(start, end)}
        self._learnt: dict[str, list[tuple[list[str], str]]] = {}
        for name, actor in persons.items():
            parts = [key(word.norm) for word in words(name)]
            if parts:
                self._learnt.setdefault(parts[0], []).append((parts, actor))

    def person(self, at: int) -> tuple[Span, tuple[str, ...], str | None] | None:
        """The person's name that begins at word `at`, the clitics before it, and whom it speaks for, if known."""
        span_end = self._spans.get(at)
        known = self._known(at)
        if known:
            (start, end), proclitics, owner = known
            return (start, max(end, span_end or 0)), proclitics, owner
        if span_end and not self._opens_office(at):
            # The tagger's span may end on a known surname: "سفيرة … ليندا توماس غرينفيلد" learnt as "غرينفيلد".
            inner = next((self._known(i) for i in range(at + 1, span_end) if self._known(i)), None)
            actor = inner[2] if inner and inner[0][1] == span_end and not inner[1] else None
            return (at, span_end), self._clitics(at), actor
        return None

    def after(self, phrase: Phrase) -> tuple[Span, str | None] | None:
        """The holder's name behind an office phrase: its words, and whom the name speaks for, if known."""
        ws = self._ws
        at = phrase.end
        comma = at < len(ws) and ws[at].norm in ("،", ",", ":")
        if comma and (phrase.form != "office" or ws[at].norm == ":"):
            return None
        if comma:
            at += 1
        titled = self._titles(at)
        if titled < len(ws):
            known = self._known(titled)
            if known and not known[1] and self._agrees(phrase, known[2], comma):
                end = max(known[0][1], self._spans.get(titled, 0))
                return (titled, end), known[2]
        if phrase.form == "adjective":
            return None
        for start in (at, titled):
            span_end = self._spans.get(start)
            if span_end and not self._clitics(start):
                return (max(start, min(titled, span_end - 1)), span_end), None
        if comma or phrase.actor is None or titled >= len(ws):
            return None
        end = self._guess(titled)
        return ((titled, end), None) if end > titled else None

    def _known(self, at: int) -> tuple[Span, tuple[str, ...], str] | None:
        """A name of the register or of the story, the longer of both; what was learnt wins a tie."""
        ws = self._ws
        best: tuple[Span, tuple[str, ...], str] | None = None
        if self._learnt and ws[at].kind == "word":
            for proclitics, word in nominal_readings(ws[at].norm):
                for parts, actor in self._learnt.get(word, ()):
                    end = at + len(parts)
                    longer = end <= len(ws) and (best is None or end > best[0][1])
                    if longer and [key(w.norm) for w in ws[at + 1 : end]] == parts[1:]:
                        best = (at, end), proclitics, actor
        match = self._reader.match(at)
        if match and (best is None or match.end > best[0][1]):
            for entry in match.entries:
                if entry.form == "person" and entry.actor and not entry.head:
                    return (at, match.end), match.proclitics, entry.actor
            if best and match.end > best[0][1]:
                return None
        return best

    def _agrees(self, phrase: Phrase, actor: str, comma: bool) -> bool:
        """Whether a known name can be the holder's: anyone's directly behind an office, else only the same actor's."""
        if phrase.actor is None or (phrase.form == "office" and not comma):
            return True
        return phrase.actor == actor

    def _titles(self, at: int) -> int:
        while at < len(self._ws):
            match = self._reader.register.titles.match(self._ws, at)
            if not match or match.proclitics:
                break
            at = match.end
        return at

    def _clitics(self, at: int) -> tuple[str, ...]:
        """Clitics before an unknown name are told only by the article behind them."""
        for before, word in nominal_readings(self._ws[at].norm)[1:]:
            if before and word.startswith(ARTICLE) and len(word) > 4:
                return before
        return ()

    def _opens_office(self, at: int) -> bool:
        match = self._reader.match(at)
        return bool(match and any(entry.head for entry in match.entries))

    def _guess(self, at: int) -> int:
        """The end of a name that begins with a known given name; `at` where none does.

        A name is one word beyond its given names, particles not counted: أنتوني بلينكن, محمد بن عبد الرحمن آل ثاني.
        """
        ws = self._ws
        if not self._is_given(at):
            return at
        end, surnames = at + 1, 0
        while end < min(len(ws), at + _LONGEST) and surnames < 1:
            hyphen = ws[end].norm == "-"
            if hyphen and not (end + 1 < len(ws) and ws[end + 1].kind == "word"):
                break
            if not hyphen and (ws[end].kind != "word" or not self._may_continue(end)):
                break
            surnames += not (hyphen or self._is_given(end) or ws[end].norm in PARTICLES)
            end += 1
        return end

    def _is_given(self, at: int) -> bool:
        word = self._ws[at]
        # على "upon" folds to the name علي, which news style tells apart by its last letter.
        return word.kind == "word" and key(word.norm) in self._reader.register.given and not word.text.endswith("ى")

    def _may_continue(self, at: int) -> bool:
        norm = self._ws[at].norm
        if key(norm) in self._reader.register.stops:
            return False
        match = self._reader.match(at)
        if match and any(entry.head or entry.excluded for entry in match.entries):
            return False
        return not any(before and word.startswith(ARTICLE) for before, word in nominal_readings(norm))

