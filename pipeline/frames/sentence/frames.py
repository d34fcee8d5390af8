"""Where clauses begin, which verb heads them and on which they hang: one pass over a sentence with a stack.

A frame is a clause in the making. What opens one (أن, الذي, عندما, a quotation mark, «و» with a verb) pushes it; the
next verb becomes its head. A verb that finds the top frame headed belongs to an outer frame whose topic still waits for
its verb (القرار الذي اعتمده المجلس يدعو), to a relative clause on the indefinite noun before it (قرارا يدعو), or to a
new clause. A coordinated verb goes to the open clause that it resembles most: aspect first, then gender, then nearness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.arabic.words import Word
from pipeline.frames.sentence.concord import Concord
from pipeline.frames.sentence.model import Kind, Relation
from pipeline.frames.sentence.tokens import QUOTES, Sense, is_stop, lists, proper
from pipeline.frames.sentence.verb_forms import Verb
from pipeline.frames.sentence.verbs import FiniteVerb

# Verbs after which a finite verb needs no أن: كان يدعو, بدأ يتراجع, كاد يسقط.
_LIGHT = frozenset({"almost", "begin", "continue", "stop"})
_SPEECH = frozenset({"say", "deny", "ask", "warn", "condemn"})
_WIDE = frozenset({"فيما", "بينما", "حيث", "اذ"})
_QUESTIONS = frozenset({"كيف", "هل", "متي", "لماذا", "اين", "اينما"})
_SO = frozenset({"لذا", "لذلك", "لهذا"})
_THOUGH = frozenset({"بالرغم", "الرغم"})
_TURNS = frozenset({"الا", "غير", "كما", "بيد", "سوي"})
_OPENING, _CLOSING = frozenset("«“„([{<"), frozenset("»”)]}>")


@dataclass(slots=True, eq=False)
class Frame:
    """A clause in the making; see model.Clause for the meaning of what it shares with it."""

    id: int
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
    antecedent: int = -1
    helpers: list[int] = field(default_factory=list)
    negated: bool = False
    sure: bool = True
    break_at: int = -1
    pause_at: int = -1
    enclosed: bool = False  # a relative clause between commas


class FrameReader:
    """Reads the frames of one sentence. `owners` gives each word its innermost frame, None for signs."""

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
        self.waiting: list[int] = []  # particles that belong to the verb to come
        self.conjunction = -1
        self.comma = -1
        self.in_prep = False
        self.unread = -1  # the closing mark of a quotation that is a name or a word and no clause

    def read(self) -> list[Frame]:
        """All frames in the order in which they open."""
        self._push("main", 0)
        for index, told in enumerate(self.senses):
            if told.role == "punct":
                self._sign(index)
                continue
            if index in self.verbs:
                self._finite(index, self.verbs[index])
            elif index in self.taken:
                self._own(index)
            else:
                self._word(index, told)
            if not self.waiting:
                self.comma = -1
        self._flush()
        return self.frames

    # ---- frames and words

    def _push(self, relation: Relation, start: int, parent: Frame | None = None, partner: Frame | None = None) -> Frame:
        frame = Frame(len(self.frames), relation, start, parent, partner)
        self.frames.append(frame)
        self.stack.append(frame)
        return frame

    def _own(self, index: int) -> None:
        self._flush()
        self.owners[index] = self.stack[-1]

    def _flush(self) -> None:
        for index in self.waiting:
            self.owners[index] = self.stack[-1]
        self.waiting.clear()
        self.conjunction = -1

    def _pop_to(self, frame: Frame) -> None:
        while self.stack[-1] is not frame:
            self.stack.pop()

    def _begun(self, frame: Frame) -> bool:
        """Whether a frame has words of its own beside what opens it."""
        return any(self.owners[i] is frame and i != frame.marker for i in range(frame.start, len(self.owners)))

    def _level(self) -> Frame:
        """The frame of the sentence or quotation that is being read: its first clause."""
        for frame in reversed(self.stack):
            if frame.relation in ("main", "quote", "aside"):
                return frame
        return self.stack[0]

    def indefinite(self, index: int) -> bool:
        """Whether word `index` ends an indefinite noun phrase."""
        told, norm = self.senses[index], self.words[index].norm
        if told.role not in ("", "number") or told.definite or index in self.verbs:
            return False
        if proper(told.base) and not norm.endswith(("ي", "ية")):
            return False
        second = index and self.senses[index - 1].role == "" and proper(self.senses[index - 1].base)
        return not (second and not told.nominal and not told.noun and not norm.endswith(("ي", "ية", "ة")))

    # ---- signs

    def _sign(self, index: int) -> None:
        norm, text = self.words[index].norm, self.words[index].text
        if norm in QUOTES:
            self._quote(index, text)
        elif text in "([{":
            self._push("aside", index + 1, self.stack[-1])
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
                self._flush()
                del self.stack[aside:]

    def _quote(self, index: int, text: str) -> None:
        if index == self.unread:
            return
        opened = next((frame for frame in self.stack if frame.relation == "quote" and frame.marker is not None), None)
        if opened and text not in _OPENING:
            self._pop_to(opened)
            self.stack.pop()
            return
        end = next((i for i in range(index + 1, len(self.words)) if self.words[i].norm in QUOTES), len(self.words))
        top = self.stack[-1]
        goes_on = top.head < 0 and (top.marker == index - 1 or self._begun(top)) and top.relation != "quote"
        if opened or goes_on or not any(i in self.verbs for i in range(index + 1, end)):
            self.unread = self.unread if opened else end
            return
        if top.relation == "quote" and top.head < 0 and top.start >= index:
            top.marker, top.start = index, index + 1
            return
        self._flush()
        self._push("quote", index + 1, top).marker = index

    def _close(self, relation: Relation) -> None:
        if any(frame.relation == relation for frame in self.stack[1:]):
            self._flush()
            while self.stack.pop().relation != relation:
                pass

    def _colon(self, index: int) -> None:
        if (
            index
            and index + 1 < len(self.words)
            and self.words[index - 1].kind == self.words[index + 1].kind == "number"
        ):
            return
        speaker = next((frame for frame in reversed(self.stack) if frame.verb and frame.verb.kind in _SPEECH), None)
        self._flush()
        if speaker is None:
            self.comma = index
            return
        self._pop_to(speaker)
        self._push("quote", index + 1, speaker)

    def _stop(self, index: int) -> None:
        self._flush()
        self.in_prep = False
        level = self._level()
        self._pop_to(level)
        if not self._begun(level) or index + 1 >= len(self.words):
            return
        self.stack.pop()
        self._push(level.relation, index + 1, level.parent, level).marker = level.marker

    # ---- words other than verbs

    def _word(self, index: int, told: Sense) -> None:
        role = told.role
        if told.base == "ما" and index + 1 < len(self.words) and self.words[index + 1].norm == "اذا":
            self.waiting.append(index)
            return
        if role == "what" or (told.base in ("ما", "من") and self._what(index)):
            which = told.base == "مما"
            if not which:
                self._own(index)
            self._push("relative", index + (not which), self.stack[-1])
            if which:
                self._own(index)
            return
        if role in ("particle", "negation"):
            if told.joined:
                self.conjunction = index
            self.waiting.append(index)
            return
        if role == "that":
            self._that(index, told)
        elif role == "relative":
            self._relative(index, told)
        elif told.base in _SO and not (self.comma >= 0 or told.joined or not self._begun(self.stack[-1])):
            self._own(index)
        elif role == "lest" or role == "subordinator":
            self._subordinator(index, told)
        elif role == "coordinator":
            self._coordinator(index, told)
        elif lexeme := self._participle(index, told):
            frame = self._push("adverbial", index, self._level_with_head())
            frame.head, frame.lexeme, frame.kind = index, lexeme, "participle"
            self._own(index)
        else:
            if role == "pronoun" and self.words[index].norm[0] == "و" and told.joined and self.stack[-1].head >= 0:
                self._flush()
                self._push("adverbial", index, self.stack[-1])
            elif told.joined and self.comma >= 0 and self.stack[-1].head >= 0:
                self.stack[-1].break_at = index
            elif (role == "prep" and told.joined and self.stack[-1].head >= 0) or (
                self.comma >= 0 and not told.prefix and role in ("", "determiner", "pronoun", "demonstrative")
            ):
                self.stack[-1].pause_at = index
            if role == "prep" or told.prefix:
                self.in_prep = True
            elif self.comma >= 0 or role in ("pronoun", "adverb"):
                self.in_prep = False
            self._own(index)

    def _participle(self, index: int, told: Sense) -> Verb | None:
        """The verb of an active participle that tells what the subject does beside: «، داعيا إلى», «ومطالبة ب»."""
        if told.role or told.noun or told.definite or told.prefix or self._level().head < 0:
            return None
        chained = told.joined and any(frame.kind == "participle" for frame in self.stack)
        ending = "ا" if not (self.comma >= 0 or chained) else ("ا", "ة", "ين")
        if not self.words[index].norm.endswith(ending):
            return None
        return next((r.verb for r in told.nominal if r.form == "doer" and (r.verb.that or r.verb.governs)), None)

    def _level_with_head(self) -> Frame:
        """Cut the stack back to the clause that a participle goes with: the nearest that has a verb."""
        while self.stack[-1].kind == "participle" or self.stack[-1].head < 0:
            self.stack.pop()
        if self.comma >= 0:
            self._pop_to(self._level())
        return self.stack[-1]

    def _what(self, index: int) -> bool:
        """Whether ما or من at `index` is a pronoun (what, who) and no negation or preposition: a verb follows."""
        if index + 1 not in self.verbs:
            return False
        if self.senses[index].base == "من":
            return True
        before = self.senses[index - 1] if index else None
        if self.comma >= 0:  # «، ما أثار» tells what follows from what was said
            return self.verbs[index + 1].kind != "be"
        if before is None or before.base in lists()["often"] or index - 1 in self.verbs:
            return False
        return before.role in ("prep", "determiner", "")

    def _that(self, index: int, told: Sense) -> None:
        before = self.senses[index - 1] if index else None
        word = self.words[index - 1].norm.lstrip("و") if index else ""
        self.in_prep = False
        earlier = next((frame for frame in reversed(self.stack) if frame.relation == "that"), None)
        top = self.stack[-1]
        if self.words[index].norm[0] == "ف" and self._level().head < 0:
            frame = self._level()  # «في الوقت نفسه، فإن …», «أما … فإن»
            self._pop_to(frame)
        elif told.joined and earlier:
            self._pop_to(earlier)
            self.stack.pop()
            frame = self._push("that", index, earlier.parent, earlier)
        elif before and word in _TURNS and (before.role != "" or word == "بيد"):
            frame = self._new_sentence(index - 1)
            self.owners[index - 1] = frame
        elif before and before.role == "prep" and not before.pronoun:
            frame = self._behind_preposition(index, before.base)
        elif top.head < 0 and not self._begun(top):
            frame = top
        else:
            frame = self._push("that", index, self._asker())
        frame.marker = index
        self._own(index)

    def _asker(self) -> Frame:
        """The open clause whose verb takes a clause with أن; the stack is cut back to it."""
        for frame in reversed(self.stack):
            if frame.lexeme and frame.lexeme.that:
                self._pop_to(frame)
                return frame
            if frame.relation in ("quote", "aside"):
                break
        return self.stack[-1]

    def _behind_preposition(self, index: int, prep: str) -> Frame:
        start = index - 1
        while start and (
            self.words[start - 1].norm in _THOUGH
            or (self.senses[start - 1].role == "prep" and not self.senses[start - 1].pronoun)
        ):
            start -= 1
        governor = next(
            (frame for frame in reversed(self.stack) if frame.lexeme and prep in frame.lexeme.governs), None
        )
        if governor:
            self._pop_to(governor)
        frame = self._push("that" if governor else "adverbial", start, self.stack[-1])
        for at in range(start, index):
            self.owners[at] = frame
        frame.prep = prep
        return frame

    def _relative(self, index: int, told: Sense) -> None:
        self.in_prep = False
        earlier = next((frame for frame in reversed(self.stack) if frame.relation == "relative"), None)
        if told.joined and earlier:
            self._pop_to(earlier)
            self.stack.pop()
            frame = self._push("relative", index, earlier.parent, earlier)
            frame.antecedent = earlier.antecedent
        else:
            self._flush()
            frame = self._push("relative", index, self.stack[-1])
            frame.enclosed = self.comma >= 0
            frame.antecedent = self.comma - 1 if self.comma > 0 else index - 1
        frame.marker = index
        self._own(index)

    def _subordinator(self, index: int, told: Sense) -> None:
        self.in_prep = False
        if self.comma >= 0 and told.base in _WIDE:
            self._pop_to(self._level())
        whether = self.waiting[-1:] == [index - 1] and self.senses[index - 1].base == "ما"
        asks = (whether or told.base in _QUESTIONS) and self.stack[-1].head >= 0
        within = told.base == "حين" and index > 0 and self.words[index - 1].norm in ("في", "وفي")
        self.waiting = self.waiting[:-1] if whether else self.waiting
        self._flush()
        if told.joined and self._level().head >= 0 and self.stack[-1].relation not in ("that", "relative"):
            self._new_sentence(index)
        frame = self._push("that" if asks else "adverbial", index - (whether or within), self.stack[-1])
        frame.marker = index
        if whether or within:
            self.owners[index - 1] = frame
        self._own(index)

    def _coordinator(self, index: int, told: Sense) -> None:
        self.in_prep = False
        behind = self.verbs.get(index + 1)
        if told.base == "كما" and behind and self.comma < 0 and index and self.stack[-1].head >= 0:
            self._push("adverbial", index, self.stack[-1]).marker = index
            self._own(index)
        elif told.base in ("لكن", "اما") and self._begun(self._level()) and (self.comma >= 0 or told.base == "اما"):
            self._new_sentence(index).marker = index
            self._own(index)
        else:
            self.waiting.append(index)
            self.conjunction = index
            if self.comma >= 0 or told.base in _SO:
                self.stack[-1].break_at = index

    def _new_sentence(self, start: int) -> Frame:
        """A clause beside the first one of the sentence or quotation."""
        level = self._level()
        self._pop_to(level)
        self._flush()
        self.stack.pop()
        relation: Relation = "coordinate" if level.head >= 0 else level.relation
        frame = self._push(relation, start, level.parent, level)
        if level.relation in ("quote", "aside"):
            frame.relation, frame.marker = level.relation, level.marker
        return frame

    # ---- verbs

    def _finite(self, index: int, verb: FiniteVerb) -> None:
        joined = bool({"و", "ف"} & set(verb.proclitics)) or self.conjunction >= 0
        start = self.waiting[0] if self.waiting else index
        top = self.stack[-1]
        if joined and (top.head >= 0 or (self._begun(top) and "ف" not in verb.proclitics)):
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
        self._own(index)
        self.in_prep = False

    def _settle(self, frame: Frame, verb: FiniteVerb) -> None:
        """Give the particles before a verb to its clause."""
        for at in self.waiting:
            self.owners[at] = frame
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
        first = next(
            (i for i in range(frame.start, len(self.owners)) if self.owners[i] is frame and i != frame.marker), -1
        )
        if first < 0 or self.senses[first].role != "" or self.senses[first].prefix or verb.pronoun:
            return False
        return self.concord.gender(first) in (None, verb.inflection.gender)

    def _predicate(self, frame: Frame, last: int) -> bool:
        """Whether the indefinite noun at `last` is what a definite topic before it is said to be."""
        mine = [i for i in range(frame.start, last) if self.owners[i] is frame and i != frame.marker]
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
        frame = self._push("relative", start, parent)
        frame.antecedent = start - 1
        return frame

    def _beside(self, index: int, start: int, verb: FiniteVerb) -> Frame:
        """The frame of a verb without a conjunction, where the top frame has its verb already."""
        top = self.stack[-1]
        if self._helped(top, verb):
            return top
        if top.break_at >= 0:
            return self._split(top)
        waiting = self._topic_waiting(verb)
        if "ل" in verb.proclitics:
            return self._push("adverbial", start, top)
        if self.comma < 0:
            if top.verb and top.verb.kind in _LIGHT and self._near(top, start):
                return self._push("that", start, top)
            if self._on_noun(start):
                return self._asyndetic(start, top)
        if waiting:
            self._pop_to(waiting)
            return waiting
        if top.pause_at > top.head and self.comma < 0 and top.relation != "relative":
            top.break_at = top.pause_at
            return self._split(top)
        if self.comma >= 0:
            return self._apart(start, verb)
        frame = self._push("adverbial", start, top)
        frame.sure = False
        return frame

    def _helped(self, top: Frame, verb: FiniteVerb) -> bool:
        """Whether the top frame's verb is a كان that helps this one: كانت تدعو, كان المجلس قد قرر."""
        if top.verb is None or top.verb.kind != "be" or verb.kind == "be" or self.comma >= 0 or "ل" in verb.proclitics:
            return False
        after = any(self.senses[i].base in ("قد", "لقد") for i in self.waiting)
        start = self.waiting[0] if self.waiting else verb.index
        told = verb.inflection.gender == top.verb.inflection.gender and not self._on_noun(start)
        return top.break_at < 0 and (after or told or verb.inflection.aspect == "imperfect")

    def _near(self, frame: Frame, start: int) -> bool:
        return start - frame.head <= 6 and not any(
            self.owners[i] is not frame or self.senses[i].role == "prep" for i in range(frame.head, start)
        )

    def _topic_waiting(self, verb: FiniteVerb) -> Frame | None:
        for frame in reversed(self.stack[:-1]):
            if frame.head < 0 and self._begun(frame):
                return frame
            if frame.relation in ("quote", "aside"):
                return None
        return None

    def _split(self, top: Frame) -> Frame:
        """A clause that began with «، و» and a noun, now that its verb has come."""
        at, top.break_at = top.break_at, -1
        level = top if top.relation in ("main", "coordinate", "quote", "that") else self._level()
        self._pop_to(level)
        self.stack.pop()
        relation: Relation = level.relation if level.relation in ("quote", "aside", "that") else "coordinate"
        frame = self._push(relation, at, level.parent, level)
        frame.sure = False
        for i in range(at, len(self.owners)):
            if self.owners[i] is not None and self.owners[i] in (top, level):
                self.owners[i] = frame
        return frame

    def _apart(self, start: int, verb: FiniteVerb) -> Frame:
        """A verb behind a comma: who said what stands before it, or another clause."""
        level = self._level()
        self._pop_to(level)
        if level.head < 0:
            return level
        self.stack.pop()
        if verb.kind == "say" and level.relation == "main" and level.head >= 0:
            frame = self._push("main", start)
            level.relation, level.parent = "quote", frame
        else:
            frame = self._push("coordinate" if level.relation != "quote" else "quote", start, level.parent, level)
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
        self._pop_to(best)
        self.stack.pop()
        relation: Relation = best.relation if best.relation in ("quote", "aside", "that", "relative") else "coordinate"
        frame = self._push(relation, start, best.parent, best)
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
        if verb.kind in _SPEECH and frame.verb.kind in _SPEECH:
            score += 1
        return score
