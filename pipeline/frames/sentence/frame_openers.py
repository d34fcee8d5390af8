"""Words that open clauses: أن and إن, relative pronouns, conjunctions, ما and من as pronouns, participles."""

from __future__ import annotations

from pipeline.frames.sentence.frame_stack import Frame, FrameStack
from pipeline.frames.sentence.tokens import Sense, lists
from pipeline.frames.sentence.verb_forms import Verb

# Conjunctions that go on with the whole sentence where a comma stands before them.
_WIDE = frozenset({"فيما", "بينما", "حيث", "اذ"})
_QUESTIONS = frozenset({"كيف", "هل", "متي", "لماذا", "اين", "اينما"})
_SO = frozenset({"لذا", "لذلك", "لهذا"})
_THOUGH = frozenset({"بالرغم", "الرغم"})
# Words that mean "but" with أن behind them, and كما أن.
_TURNS = frozenset({"الا", "غير", "كما", "بيد", "سوي"})


class FrameOpeners(FrameStack):
    """Puts every word that is no finite verb into its frame, and opens those that such words open."""

    def word(self, index: int, told: Sense) -> None:
        """Read a word that is no finite verb and in no known nominal."""
        role = told.role
        if told.base == "ما" and index + 1 < len(self.words) and self.words[index + 1].norm == "اذا":
            self.waiting.append(index)
        elif role == "what" or (told.base in ("ما", "من") and self._what(index)):
            self._free_relative(index, told)
        elif role in ("particle", "negation"):
            if told.joined:
                self.conjunction = index
            self.waiting.append(index)
        elif role == "that":
            self._that(index, told)
        elif role == "relative":
            self._relative(index, told)
        elif told.base in _SO and not (self.comma >= 0 or told.joined or not self.begun(self.stack[-1])):
            self.own(index)
        elif role in ("lest", "subordinator"):
            self._subordinator(index, told)
        elif role == "coordinator":
            self._coordinator(index, told)
        elif lexeme := self._participle(index, told):
            frame = self.push("adverbial", index, self._level_with_head())
            frame.head, frame.lexeme, frame.kind = index, lexeme, "participle"
            self.own(index)
        else:
            self._plain(index, told)

    def _free_relative(self, index: int, told: Sense) -> None:
        """ما, من: the pronoun is its governor's; مما opens the clause itself."""
        which = told.base == "مما"
        if not which:
            self.own(index)
        self.push("relative", index + (not which), self.stack[-1])
        if which:
            self.own(index)

    def _plain(self, index: int, told: Sense) -> None:
        """A noun, preposition, pronoun or adverb: it goes on with its clause, or will prove to have begun another."""
        role, top = told.role, self.stack[-1]
        headed = top.head >= 0
        nominal = not told.prefix and role in ("", "determiner", "pronoun", "demonstrative")
        if role == "pronoun" and told.joined and headed and self.words[index].norm[0] == "و":
            self.flush()
            self.push("adverbial", index, top)
        elif told.joined and self.comma >= 0 and headed:
            top.break_at = index
        elif (role == "prep" and told.joined and headed) or (self.comma >= 0 and nominal):
            top.pause_at = index
        if role == "prep" or told.prefix:
            self.in_prep = True
        elif self.comma >= 0 or role in ("pronoun", "adverb"):
            self.in_prep = False
        self.own(index)

    def _participle(self, index: int, told: Sense) -> Verb | None:
        """The verb of an active participle that tells what the subject does beside: «، داعيا إلى», «ومطالبة ب»."""
        if told.role or told.noun or told.definite or told.prefix or self.level().head < 0:
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
            self.pop_to(self.level())
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
        if self.words[index].norm[0] == "ف" and self.level().head < 0:
            frame = self.level()  # «في الوقت نفسه، فإن …», «أما … فإن»
            self.pop_to(frame)
        elif told.joined and earlier:
            self.pop_to(earlier)
            self.stack.pop()
            frame = self.push("that", index, earlier.parent, earlier)
        elif before and word in _TURNS and (before.role != "" or word == "بيد"):
            frame = self.new_sentence(index - 1)
            self.owners[index - 1] = frame
        elif before and before.role == "prep" and not before.pronoun:
            frame = self._behind_preposition(index, before.base)
        elif top.head < 0 and not self.begun(top):
            frame = top
        else:
            frame = self.push("that", index, self._asker())
        frame.marker = index
        self.own(index)

    def _asker(self) -> Frame:
        """The open clause whose verb takes a clause with أن; the stack is cut back to it."""
        for frame in reversed(self.stack):
            if frame.lexeme and frame.lexeme.that:
                self.pop_to(frame)
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
            self.pop_to(governor)
        frame = self.push("that" if governor else "adverbial", start, self.stack[-1])
        for at in range(start, index):
            self.owners[at] = frame  # the words before أن open the clause as it does
        frame.prep = prep
        return frame

    def _relative(self, index: int, told: Sense) -> None:
        self.in_prep = False
        earlier = next((frame for frame in reversed(self.stack) if frame.relation == "relative"), None)
        if told.joined and earlier:
            self.pop_to(earlier)
            self.stack.pop()
            frame = self.push("relative", index, earlier.parent, earlier)
            frame.antecedent = earlier.antecedent
        else:
            self.flush()
            frame = self.push("relative", index, self.stack[-1])
            frame.enclosed = self.comma >= 0
            frame.antecedent = self.comma - 1 if self.comma > 0 else index - 1
        frame.marker = index
        self.own(index)

    def _subordinator(self, index: int, told: Sense) -> None:
        self.in_prep = False
        if self.comma >= 0 and told.base in _WIDE:
            self.pop_to(self.level())
        whether = self.waiting[-1:] == [index - 1] and self.senses[index - 1].base == "ما"
        asks = (whether or told.base in _QUESTIONS) and self.stack[-1].head >= 0
        within = told.base == "حين" and index > 0 and self.words[index - 1].norm in ("في", "وفي")
        self.waiting = self.waiting[:-1] if whether else self.waiting
        self.flush()
        if told.joined and self.level().head >= 0 and self.stack[-1].relation not in ("that", "relative"):
            self.new_sentence(index)
        frame = self.push("that" if asks else "adverbial", index - (whether or within), self.stack[-1])
        frame.marker = index
        if whether or within:
            self.owners[index - 1] = frame
        self.own(index)

    def _coordinator(self, index: int, told: Sense) -> None:
        self.in_prep = False
        behind = self.verbs.get(index + 1)
        if told.base == "كما" and behind and self.comma < 0 and index and self.stack[-1].head >= 0:
            self.push("adverbial", index, self.stack[-1]).marker = index
            self.own(index)
        elif told.base in ("لكن", "اما") and self.begun(self.level()) and (self.comma >= 0 or told.base == "اما"):
            self.new_sentence(index).marker = index
            self.own(index)
        else:
            self.waiting.append(index)
            self.conjunction = index
            if self.comma >= 0 or told.base in _SO:
                self.stack[-1].break_at = index
