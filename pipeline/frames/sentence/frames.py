"""Where clauses begin, which verb heads them and on which they hang: one pass over a sentence with a stack.

A frame is a clause in the making. What opens one (أن, الذي, عندما, a quotation mark, «و» with a verb) pushes it; the
next verb becomes its head. A verb that finds the top frame headed belongs to an outer frame whose topic still waits for
its verb (القرار الذي اعتمده المجلس يدعو), to a relative clause on the indefinite noun before it (قرارا يدعو), or to a
new clause. A coordinated verb goes to the open clause that it resembles most: aspect first, then gender, then nearness.
"""

from __future__ import annotations

from pipeline.frames.sentence.frame_openers import FrameOpeners
from pipeline.frames.sentence.frame_stack import SPEECH, Frame
from pipeline.frames.sentence.left import ASKING
from pipeline.frames.sentence.model import Relation
from pipeline.frames.sentence.tokens import Sense, lists
from pipeline.frames.sentence.verbs import FiniteVerb

# Verbs after which a finite verb needs no أن: بدأ يتراجع, كاد يسقط.
_LIGHT = frozenset({"almost", "begin", "continue", "stop"})
# How far back a noun phrase before a verb is looked at.
_WINDOW = 40


class FrameReader(FrameOpeners):
    """Reads the frames of one sentence."""

    def read(self) -> list[Frame]:
        """All frames in the order in which they open."""
        self.push("main", 0)
        for index, told in enumerate(self.senses):
            if told.role == "punct" and index not in self.taken:  # a comma within a name and its office is no sign
                self.sign(index)
                continue
            if index in self.verbs:
                self._finite(index, self.verbs[index])
            elif index in self.taken:
                self.own(index)
            else:
                self._resume(told)
                self.word(index, told)
            if not self.waiting:
                self.comma = -1
        self.flush()
        return self.frames

    def _resume(self, told: Sense) -> None:
        """Close a relative clause where «، و» and a verbal noun go on with what the verb above it asks for: دعا إلى سحب
        القوات من المناطق التي احتلتها، ووقف القتال."""
        top = self.stack[-1]
        if self.comma < 0 or top.relation != "relative" or top.head < 0 or not told.joined:
            return
        above = top.parent
        asks = above is not None and above.verb is not None and above.verb.kind in ASKING
        if asks and above is not None and any(noun.form == "noun" for noun in told.nominal):
            self.pop_to(above)

    def _finite(self, index: int, verb: FiniteVerb) -> None:
        joined = bool({"و", "ف"} & set(verb.proclitics)) or self.conjunction >= 0
        start = self.waiting[0] if self.waiting else index
        top = self.stack[-1]
        if joined and (top.head >= 0 or (self.begun(top) and "ف" not in verb.proclitics)):
            frame = self._coordinate(start, verb)
        elif top.head < 0:
            frame = self._fill(index, start, verb)
        else:
            frame = self._beside(index, start, verb)
        if frame.verb is not None and frame.verb.kind == "be" and frame.head >= 0:
            frame.helpers.append(frame.head)
        frame.head, frame.verb, frame.lexeme, frame.kind = index, verb, verb.verb, "finite"
        frame.sure = frame.sure and verb.sure
        self._settle(frame, verb)
        self.own(index)
        self.in_prep = False

    def _settle(self, frame: Frame, verb: FiniteVerb) -> None:
        """Give the particles before a verb to its clause."""
        for at in self.waiting:
            self.give(at, frame)
            role = self.senses[at].role
            frame.negated |= role == "negation"
            if role in ("particle", "negation"):
                frame.helpers.append(at)
        frame.negated |= bool(verb.verb and verb.verb.past == "ليس")
        self.waiting.clear()

    def _fill(self, index: int, start: int, verb: FiniteVerb) -> Frame:
        top = self.stack[-1]
        if not self._on_noun(start) or top.relation == "relative":
            return top
        last = self.senses[start - 1]
        timed = last.role == "number" or last.base in lists()["times"]
        described = self._predicate(top, start - 1) or (self.in_prep and not timed and not self._of_topic(top, verb))
        return self._asyndetic(start, top) if described else top

    def _of_topic(self, frame: Frame, verb: FiniteVerb) -> bool:
        """Whether the frame begins with a topic that the verb agrees with: مسؤول في الوزارة قال."""
        first = frame.first
        if first < 0 or self.senses[first].role != "" or self.senses[first].prefix or verb.pronoun:
            return False
        return self.concord.gender(first) in (None, verb.inflection.gender)

    def _predicate(self, frame: Frame, last: int) -> bool:
        """Whether the indefinite noun at `last` is what a definite topic before it is said to be."""
        window = range(max(frame.start, last - _WINDOW), last)
        mine = [i for i in window if self.owners[i] is frame and i != frame.marker]
        if any(self.senses[i].base in lists()["existential"] for i in mine):
            return True
        told = frame.marker is not None and self.senses[frame.marker].pronoun
        if told or (mine and self.senses[mine[0]].role == "pronoun"):
            return True
        nouns = [i for i in mine if self.senses[i].role == ""]
        timed = self.senses[last].base in lists()["times"] or self.words[last].norm.endswith("ا")
        return bool(nouns) and not self.indefinite(nouns[-1]) and not timed

    def _on_noun(self, start: int) -> bool:
        """Whether an indefinite noun stands at once before `start`, so that a verb there may be its relative clause."""
        before = start - 1
        return before >= 0 and self.comma < 0 and self.owners[before] is not None and self.indefinite(before)

    def _asyndetic(self, start: int, parent: Frame) -> Frame:
        frame = self.push("relative", start, parent)
        frame.antecedent = start - 1
        return frame

    def _beside(self, index: int, start: int, verb: FiniteVerb) -> Frame:
        """The frame of a verb without a conjunction, where the top frame has its verb already."""
        top = self.stack[-1]
        if self._helped(top, verb):
            return top
        if top.break_at > top.head:
            return self._split(top, start)
        waiting = self._topic_waiting(verb)
        if "ل" in verb.proclitics:
            return self.push("adverbial", start, top)
        if self.comma < 0:
            if top.verb and top.verb.kind in _LIGHT and self._near(top, start):
                return self.push("that", start, top)
            if self._on_noun(start):
                return self._asyndetic(start, top)
        if waiting:
            self.pop_to(waiting)
            return waiting
        if top.pause_at > top.head and self.comma < 0 and top.relation != "relative":
            top.break_at = top.pause_at
            return self._split(top, start)
        if self.comma >= 0:
            return self._apart(start, verb)
        frame = self.push("adverbial", start, top)
        frame.sure = False
        return frame

    def _helped(self, top: Frame, verb: FiniteVerb) -> bool:
        """Whether the top frame's verb is a كان that helps this one: كانت تدعو, كان المجلس قد قرر."""
        if top.verb is None or top.verb.kind != "be" or verb.kind == "be" or self.comma >= 0 or "ل" in verb.proclitics:
            return False
        after = any(self.senses[i].base in ("قد", "لقد") for i in self.waiting)
        start = self.waiting[0] if self.waiting else verb.index
        told = verb.inflection.gender == top.verb.inflection.gender and not self._on_noun(start)
        return top.break_at <= top.head and (after or told or verb.inflection.aspect == "imperfect")

    def _near(self, frame: Frame, start: int) -> bool:
        return start - frame.head <= 6 and not any(
            self.owners[i] is not frame or self.senses[i].role == "prep" for i in range(frame.head, start)
        )

    def _topic_waiting(self, verb: FiniteVerb) -> Frame | None:
        for frame in reversed(self.stack[:-1]):
            if frame.head < 0 and self.begun(frame):
                return frame
            if frame.relation in ("quote", "aside"):
                return None
        return None

    def _split(self, top: Frame, end: int) -> Frame:
        """A clause that began with «، و» and a noun, now that its verb has come."""
        at, top.break_at = top.break_at, -1
        level = top if top.relation in ("main", "coordinate", "quote", "that") else self.level()
        self.pop_to(level)
        self.stack.pop()
        relation: Relation = level.relation if level.relation in ("quote", "aside", "that") else "coordinate"
        frame = self.push(relation, at, level.parent, level)
        frame.sure = False
        for i in range(at, end):
            if self.owners[i] is top or self.owners[i] is level:
                self.give(i, frame)
        return frame

    def _apart(self, start: int, verb: FiniteVerb) -> Frame:
        """A verb behind a comma: who said what stands before it, or another clause."""
        level = self.level()
        self.pop_to(level)
        if level.head < 0:
            return level
        self.stack.pop()
        if verb.kind == "say" and level.relation == "main" and level.head >= 0:
            frame = self.push("main", start)
            level.relation, level.parent = "quote", frame
        else:
            frame = self.push("coordinate" if level.relation != "quote" else "quote", start, level.parent, level)
        frame.sure = False
        return frame

    def _coordinate(self, start: int, verb: FiniteVerb) -> Frame:
        best, best_score = self.stack[-1], -9
        for frame in reversed(self.stack):
            score = self._likeness(frame, verb, start)
            if score > best_score:
                best, best_score = frame, score
            if frame.relation in ("quote", "aside"):
                break
        self.pop_to(best)
        self.stack.pop()
        relation: Relation = best.relation if best.relation in ("quote", "aside", "that", "relative") else "coordinate"
        frame = self.push(relation, start, best.parent, best)
        frame.antecedent = best.antecedent
        if relation == "quote":
            frame.marker = best.marker
        return frame

    def _likeness(self, frame: Frame, verb: FiniteVerb, start: int) -> int:
        if frame.verb is None:
            return 1 if frame is self.stack[-1] else -9
        one, other = frame.verb.inflection, verb.inflection
        score = 4 * (one.aspect == other.aspect) + 2 * (one.gender == other.gender)
        if frame.relation in ("relative", "adverbial"):
            score -= 3 if self.comma >= 0 else int(start - frame.head > 7)
        if verb.kind in SPEECH and frame.verb.kind in SPEECH:
            score += 1
        return score
