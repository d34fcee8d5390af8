"""The stack of clauses in the making, and what signs do to it: quotation marks, brackets, colons, stops, commas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.arabic.words import Word
from pipeline.frames.sentence.concord import Concord
from pipeline.frames.sentence.model import Kind, Relation
from pipeline.frames.sentence.tokens import QUOTES, Sense, is_stop, proper
from pipeline.frames.sentence.verb_forms import Verb
from pipeline.frames.sentence.verbs import FiniteVerb

# Verbs before a colon that introduce what is said.
SPEECH = frozenset({"say", "deny", "ask", "warn", "condemn"})
_OPENING = frozenset("«“„")
# Clauses open at once; of more, as no prose has, the outer ones are given up, so that work grows with length alone.
_DEPTH = 40


@dataclass(slots=True, eq=False)
class Frame:
    """A clause in the making; see model.Clause for the meaning of what it shares with it.

    first: its first word beside the marker, -1 while it has none; antecedent: the last word of the noun that a relative
    clause is about; break_at: where a clause may have begun with «، و» and a noun; pause_at: where one may have begun
    behind a comma; enclosed: a relative clause between commas.
    """

    relation: Relation
    start: int
    parent: Frame | None = None
    partner: Frame | None = None
    marker: int | None = None
    prep: str = ""
    kind: Kind = "nominal"
    head: int = -1
    verb: FiniteVerb | None = None
    lexeme: Verb | None = None
    first: int = -1
    antecedent: int = -1
    helpers: list[int] = field(default_factory=list)
    negated: bool = False
    sure: bool = True
    break_at: int = -1
    pause_at: int = -1
    enclosed: bool = False


class FrameStack:
    """The frames of one sentence as they open and close. `owners` gives each word its innermost frame, None for signs;
    waiting: particles that belong to the verb to come; conjunction, comma: where one stands at once before, else -1;
    in_prep: whether a preposition governs the noun phrase that goes on."""

    def __init__(
        self,
        words: Sequence[Word],
        senses: Sequence[Sense],
        verbs: dict[int, FiniteVerb],
        taken: set[int],
        concord: Concord,
    ) -> None:
        self.words, self.senses, self.verbs, self.taken, self.concord = words, senses, verbs, taken, concord
        self.frames: list[Frame] = []
        self.owners: list[Frame | None] = [None] * len(words)
        self.stack: list[Frame] = []
        self.waiting: list[int] = []
        self.conjunction = self.comma = -1
        self.in_prep = False
        self.unread = -1  # the closing mark of a quotation that is a name or a word and no clause
        self.quotes = self._next_quotes()

    def _next_quotes(self) -> list[int]:
        """For each place the next quotation mark behind it."""
        found, last = [0] * len(self.words), len(self.words)
        for index in range(len(self.words) - 1, -1, -1):
            found[index] = last
            if self.words[index].norm in QUOTES:
                last = index
        return found

    def push(self, relation: Relation, start: int, parent: Frame | None = None, partner: Frame | None = None) -> Frame:
        """Open a frame."""
        frame = Frame(relation, start, parent, partner)
        self.frames.append(frame)
        self.stack.append(frame)
        if len(self.stack) > _DEPTH:
            del self.stack[1]
        return frame

    def give(self, index: int, frame: Frame) -> None:
        """Make a word one of a frame's own."""
        self.owners[index] = frame
        if frame.first < 0 and index != frame.marker:
            frame.first = index

    def own(self, index: int) -> None:
        """Make a word one of the top frame's, and the particles that wait."""
        self.flush()
        self.give(index, self.stack[-1])

    def flush(self) -> None:
        """Give the particles that wait to the top frame."""
        for index in self.waiting:
            self.give(index, self.stack[-1])
        self.waiting.clear()
        self.conjunction = -1

    def pop_to(self, frame: Frame) -> None:
        """Close what stands above a frame of the stack."""
        while self.stack[-1] is not frame:
            self.stack.pop()

    def begun(self, frame: Frame) -> bool:
        """Whether a frame has words of its own beside what opens it."""
        return frame.first >= 0

    def level(self) -> Frame:
        """The frame of the sentence or quotation that is being read: its first clause."""
        for frame in reversed(self.stack):
            if frame.relation in ("main", "quote", "aside"):
                return frame
        return self.stack[0]

    def new_sentence(self, start: int) -> Frame:
        """Open a clause beside the first one of the sentence or quotation."""
        level = self.level()
        self.pop_to(level)
        self.flush()
        self.stack.pop()
        relation: Relation = "coordinate" if level.head >= 0 else level.relation
        frame = self.push(relation, start, level.parent, level)
        if level.relation in ("quote", "aside"):
            frame.relation, frame.marker = level.relation, level.marker
        return frame

    def indefinite(self, index: int) -> bool:
        """Whether word `index` ends an indefinite noun phrase."""
        told, norm = self.senses[index], self.words[index].norm
        if told.role not in ("", "number") or told.definite or index in self.verbs:
            return False
        if proper(told.base) and not norm.endswith(("ي", "ية")):
            return False
        second = index and self.senses[index - 1].role == "" and proper(self.senses[index - 1].base)
        return not (second and not told.nominal and not told.noun and not norm.endswith(("ي", "ية", "ة")))

    def sign(self, index: int) -> None:
        """Read a punctuation mark."""
        norm, text = self.words[index].norm, self.words[index].text
        if norm in QUOTES:
            self._quote(index, text)
        elif text in "([{":
            self.push("aside", index + 1, self.stack[-1])
        elif text in ")]}":
            self._close("aside")
        elif norm == ":":
            self._colon(index)
        elif is_stop(self.words, index):
            self._stop(index)
        else:
            self.comma = index
            aside = next((i for i, frame in enumerate(self.stack) if frame.enclosed and frame.head >= 0), None)
            if aside:
                self.flush()
                del self.stack[aside:]

    def _quote(self, index: int, text: str) -> None:
        if index == self.unread:
            return
        opened = next((frame for frame in self.stack if frame.relation == "quote" and frame.marker is not None), None)
        if opened and text not in _OPENING:
            self.pop_to(opened)
            self.stack.pop()
            return
        end = self.quotes[index]
        top = self.stack[-1]
        goes_on = top.head < 0 and (top.marker == index - 1 or self.begun(top)) and top.relation != "quote"
        if opened or goes_on or not any(i in self.verbs for i in range(index + 1, end)):
            self.unread = self.unread if opened else end
            return
        if top.relation == "quote" and top.head < 0 and top.start >= index:
            top.marker, top.start = index, index + 1
            return
        self.flush()
        self.push("quote", index + 1, top).marker = index

    def _close(self, relation: Relation) -> None:
        if any(frame.relation == relation for frame in self.stack[1:]):
            self.flush()
            while self.stack.pop().relation != relation:
                pass

    def _colon(self, index: int) -> None:
        around = self.words[max(index - 1, 0) : index + 2]
        if len(around) == 3 and around[0].kind == around[2].kind == "number":  # 11:59
            return
        speaker = next((frame for frame in reversed(self.stack) if frame.verb and frame.verb.kind in SPEECH), None)
        self.flush()
        if speaker is None:
            self.comma = index
            return
        self.pop_to(speaker)
        self.push("quote", index + 1, speaker)

    def _stop(self, index: int) -> None:
        self.flush()
        self.in_prep = False
        level = self.level()
        self.pop_to(level)
        if not self.begun(level) or index + 1 >= len(self.words):
            return
        self.stack.pop()
        self.push(level.relation, index + 1, level.parent, level).marker = level.marker
