"""Which words fill the roles of a clause: objects, complements by preposition, adverbials, verbal nouns within them.

A preposition goes to the nearest head on its left that governs it: a verbal noun, else the clause's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.arabic.words import Word
from pipeline.frames.sentence.concord import Concord
from pipeline.frames.sentence.drafts import Draft, finished
from pipeline.frames.sentence.frame_stack import Frame
from pipeline.frames.sentence.model import Clauses, Phrase
from pipeline.frames.sentence.phrases import ARGUED, Phrasing, Piece
from pipeline.frames.sentence.subjects import Subjects
from pipeline.frames.sentence.tokens import Sense, lists

# Classes whose verbal noun, with a bare actor behind it, tells what that actor does (رفض روسيا) rather than suffers.
_ACTIVE = frozenset({"ask", "refuse", "say", "vote", "warn", "decide", "support", "avoid", "try", "move", "happen"})
# How far a verbal noun's clause reaches in a phrase, and how many of them may take a phrase behind them.
_EXTENT, _NEAR = 40, 3


def assign(
    words: Sequence[Word],
    senses: Sequence[Sense],
    phrasing: Phrasing,
    concord: Concord,
    frames: Sequence[Frame],
    owners: Sequence[Frame | None],
) -> Clauses:
    """The clauses of a sentence whose frames are known, with their roles."""
    return _Roles(words, senses, phrasing, concord).read(frames, owners)


class _Roles:
    def __init__(self, words: Sequence[Word], senses: Sequence[Sense], phrasing: Phrasing, concord: Concord) -> None:
        self.words, self.senses, self.chunk = words, senses, phrasing.chunk
        self.phrasing, self.concord = phrasing, concord
        self.subjects = Subjects(words, senses, phrasing, concord)

    def read(self, frames: Sequence[Frame], owners: Sequence[Frame | None]) -> Clauses:
        mine: dict[Frame, list[int]] = {frame: [] for frame in frames}
        for index, frame in enumerate(owners):
            if frame is not None:
                mine[frame].append(index)
        drafts: dict[Frame, Draft] = {}
        for frame in frames:
            if mine[frame]:
                drafts[frame] = self._draft(frame, mine[frame])
        for frame, draft in drafts.items():
            draft.governor = drafts.get(frame.parent) if frame.parent else None
            draft.partner = drafts.get(frame.partner) if frame.partner else None
            if frame.antecedent >= 0:
                draft.antecedent = self.subjects.antecedent(draft, frame.antecedent)
        found = list(drafts.values())
        for draft in list(found):
            found += self._fill(draft)
        return finished(found, len(self.words))

    def _draft(self, frame: Frame, mine: list[int]) -> Draft:
        head = frame.head
        if head < 0:
            head = next((i for i in mine if self.senses[i].role in ("", "number") and i != frame.marker), mine[0])
        return Draft(
            frame.kind,
            frame.relation,
            head,
            mine,
            frame.lexeme,
            frame.verb,
            marker=frame.marker,
            negated=frame.negated,
            helpers=tuple(frame.helpers),
            sure=frame.sure,
            role=frame.prep,
        )

    def _fill(self, draft: Draft) -> list[Draft]:
        """Give the words of a clause their roles; returns the clauses of the verbal nouns among them."""
        skip = {draft.head, *draft.helpers} if draft.kind != "nominal" else set(draft.helpers)
        opener = -1 if draft.marker is None else draft.marker
        rest = [i for i in draft.words if i not in skip and i > opener and self.senses[i].role in ARGUED]
        nominal = draft.kind == "nominal"
        before = self.phrasing.pieces((i for i in rest if nominal or i < draft.head), split=nominal)
        two = draft.kind != "nominal" and (draft.verb is None or draft.verb.transitive)
        after = self.phrasing.pieces((i for i in rest if draft.kind != "nominal" and i > draft.head), split=two)
        nouns: list[Draft] = []
        if draft.kind == "finite":
            self.subjects.assign(draft, before, after)
        elif draft.kind == "participle" and draft.governor is not None:
            draft.subject, draft.subject_from = draft.governor.subject, "governor"
        taken = {draft.subject} if draft.subject_from in ("behind", "topic") else set()
        self._nominals(draft, draft.subject, "subject", nouns) if taken else None
        for piece in before:
            if piece.phrase not in taken:
                self._place(draft, piece, nouns, before_head=draft.kind != "nominal")
        last: Phrase | None = None
        for piece in after:
            if piece.phrase not in taken and not self._renames(last, piece):
                self._place(draft, piece, nouns)
            last = None if piece.adverb or piece.phrase.prep else piece.phrase
        return nouns

    def _renames(self, last: Phrase | None, piece: Piece) -> bool:
        """Whether a noun phrase is another name of the one before it (قال فلان، مدير المكتب) or says who that is."""
        if piece.adverb or piece.phrase.prep:
            return False
        start = piece.phrase.start
        if self.senses[start].role == "pronoun":
            return True
        told = self.senses[start]
        return last is not None and last.end == start - 1 and self.words[last.end].norm in "،," and not told.joined

    def _place(self, draft: Draft, piece: Piece, nouns: list[Draft], before_head: bool = False) -> None:
        """Give one phrase to the head that takes it."""
        phrase = piece.phrase
        inner = None if before_head else self._governing(draft, phrase, nouns)
        if piece.adverb:
            draft.adverbials.append(phrase)
            return
        owner = inner or draft
        role = phrase.prep or "object"
        if inner is not None and phrase.prep == "ل" and inner.verb is not None and inner.verb.transitive:
            self._object_by_lam(inner, phrase)
        elif phrase.prep:
            governed = owner.verb is not None and phrase.prep in owner.verb.governs and not before_head
            (owner.complements if governed else owner.adverbials).append(phrase)
        elif draft.kind != "nominal" and not before_head:
            owner.objects.append(phrase)
        else:
            role = "subject"
            if draft.kind == "nominal" and draft.subject is not None:
                role = "object"
                draft.objects.append(phrase)
            elif draft.kind == "nominal":
                draft.subject, draft.subject_from = phrase, "topic"
        if inner is not None:
            inner.words += range(phrase.at if phrase.prep else phrase.start, phrase.end)
        self._nominals(owner, phrase, role, nouns)

    def _governing(self, draft: Draft, phrase: Phrase, nouns: list[Draft]) -> Draft | None:
        """The nearest verbal noun on the left that governs the phrase, before the clause's own head does."""
        near = [noun for noun in nouns[-2 * _NEAR :] if noun.words[-1] < phrase.start][-_NEAR:]
        if not phrase.prep:
            last = near[-1] if near else None
            full = bool(draft.objects) and last is not None and last.verb is not None and last.verb.transitive
            return last if full and last is not None and last.subject is not None and not last.objects else None
        adjoins = bool(near) and near[-1].words[-1] == (phrase.at if phrase.at >= 0 else phrase.start) - 1
        if adjoins and phrase.prep == "ل" and near[-1].verb is not None and near[-1].verb.transitive:
            return near[-1]
        for noun in reversed(near):
            if noun.verb is not None and phrase.prep in noun.verb.governs and not _holds(noun, phrase.prep):
                return noun
        if draft.verb is not None and phrase.prep in draft.verb.governs and not _holds(draft, phrase.prep):
            return None
        return near[-1] if adjoins and phrase.prep in ("ل", "من", "في", "علي", "ب") else None

    def _nominals(self, owner: Draft, phrase: Phrase | None, role: str, nouns: list[Draft]) -> None:
        """Clauses of the verbal nouns in a phrase, each in a role of the one before it."""
        if phrase is None:
            return
        above, place = owner, role
        for index in range(phrase.head, min(phrase.end, phrase.head + _EXTENT)):
            reading = next((r for r in self.senses[index].nominal if r.form == "noun"), None)
            if reading is None or index in self.chunk or self.senses[index].role or self._plain(index):
                continue
            if self.senses[index].joined:  # وقف القتال وفتح المعابر: both in the role of the phrase
                above, place = owner, role
            end = self._conjunct(index, phrase.end)
            noun = Draft("noun", "argument", index, list(range(index, end)), reading.verb, governor=above, role=place)
            self._genitive(noun, index, end)
            if above is not owner:
                above.objects = [Phrase(index, end, index)]
            nouns.append(noun)
            above, place = noun, "object"

    def _plain(self, index: int) -> bool:
        """Whether a word is a common noun although a verb has such a verbal noun."""
        return self.senses[index].base in lists()["nouns"]

    def _conjunct(self, index: int, end: int) -> int:
        """Where the conjunct of a phrase that word `index` begins or stands in ends."""
        last = min(end, index + _EXTENT)
        return next((i for i in range(index + 1, last) if self._opens(i)), last)

    def _opens(self, index: int) -> bool:
        """Whether «و» joins another verbal noun at word `index`."""
        told = self.senses[index]
        return told.joined and any(reading.form == "noun" for reading in told.nominal) and index not in self.chunk

    def _object_by_lam(self, noun: Draft, phrase: Phrase) -> None:
        """«قصف إسرائيل لرفح»: what ل brings is done to, so that the genitive before it does it."""
        if noun.objects and noun.subject is None:
            noun.subject, noun.subject_from, noun.sure = noun.objects[0], "genitive", True
        noun.objects = [phrase]

    def _genitive(self, noun: Draft, index: int, end: int) -> None:
        """Who or what a verbal noun's genitive is: its subject, or what it is done to."""
        assert noun.verb is not None
        pronoun = next((r.pronoun for r in self.senses[index].nominal if r.form == "noun"), None)
        if pronoun and noun.governor is not None:
            self._by_pronoun(noun, noun.governor.subject, pronoun)
            return
        if self.senses[index].definite or index + 1 >= end or self.senses[index + 1].role not in ("", "number"):
            return
        if not self.senses[index + 1].definite and self.phrasing.adjective(index + 1):
            return
        phrase = Phrase(index + 1, end, index + 1)
        named = self.phrasing.definite(index + 1) and not self.words[index + 1].norm.startswith("ال")
        acts = not noun.verb.transitive or (named and noun.verb.kind in _ACTIVE)
        noun.sure = not noun.verb.transitive
        if acts:
            noun.subject, noun.subject_from = phrase, "genitive"
        else:
            noun.objects = [phrase]

    def _by_pronoun(self, noun: Draft, subject: Phrase | None, pronoun: str) -> None:
        """«أعلنت الحركة رفضها»: the pronoun of a verbal noun that acts takes up the subject above it, if it agrees."""
        if subject is None or noun.verb is None or noun.verb.kind not in _ACTIVE:
            return
        gender = self.concord.gender(subject.head)
        if (pronoun == "ها" and gender in ("f", None)) or (pronoun == "ه" and gender in ("m", None)):
            noun.subject, noun.subject_from = subject, "governor"


def _holds(draft: Draft, prep: str) -> bool:
    return any(phrase.prep == prep for phrase in draft.complements)
