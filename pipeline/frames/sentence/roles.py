"""Who does what to whom in each clause: subject, objects, complements by preposition, adverbials, verbal nouns.

The subject is the antecedent of a relative clause, the topic before the verb that agrees with it, or what follows the
verb; else that of the clause it is coordinated with. A preposition goes to the nearest head on its left that governs
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.arabic.words import Word
from pipeline.frames.sentence.concord import Concord
from pipeline.frames.sentence.frame_stack import Frame
from pipeline.frames.sentence.model import Clause, Clauses, Kind, Phrase, Relation, Source
from pipeline.frames.sentence.phrases import Phrasing, Piece
from pipeline.frames.sentence.tokens import Sense, listed, lists, proper
from pipeline.frames.sentence.verb_forms import Verb
from pipeline.frames.sentence.verbs import FiniteVerb

# Classes whose verbal noun, with a bare actor behind it, tells what that actor does (رفض روسيا) rather than suffers.
_ACTIVE = frozenset({"ask", "refuse", "say", "vote", "warn", "decide", "support", "avoid", "try", "move", "happen"})
# A subject behind its verb is among so many phrases.
_REACH = 4
_ARGUED = frozenset({"", "number", "determiner", "demonstrative", "pronoun", "prep", "adverb"})


@dataclass(slots=True, eq=False)
class Draft:
    """A clause that is being filled; see model.Clause."""

    kind: Kind
    relation: Relation
    head: int
    words: list[int]
    verb: Verb | None = None
    finite: FiniteVerb | None = None
    governor: Draft | None = None
    partner: Draft | None = None
    role: str = ""
    marker: int | None = None
    antecedent: Phrase | None = None
    subject: Phrase | None = None
    subject_from: Source | None = None
    objects: list[Phrase] = field(default_factory=list)
    complements: list[Phrase] = field(default_factory=list)
    adverbials: list[Phrase] = field(default_factory=list)
    negated: bool = False
    helpers: tuple[int, ...] = ()
    sure: bool = True


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
                draft.antecedent = self._antecedent(draft, frame.antecedent)
        found = list(drafts.values())
        for draft in list(found):
            found += self._fill(draft)
        return _finished(found, len(self.words))

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

    def _antecedent(self, draft: Draft, last: int) -> Phrase | None:
        """The noun phrase of the governor that ends at word `last`."""
        if draft.governor is None:
            return None
        rest = [i for i in draft.governor.words if i <= last and self.senses[i].role in _ARGUED]
        behind = [i for i in rest if i > draft.governor.head] if draft.governor.kind != "nominal" else []
        pieces = self.phrasing.pieces(behind, split=True) or self.phrasing.pieces(rest)
        if not pieces:
            return None
        phrase = pieces[-1].phrase
        head = self._meant(phrase, draft.marker)
        return Phrase(head, phrase.end, head)

    def _meant(self, phrase: Phrase, marker: int | None) -> int:
        """The noun of a construct that a relative pronoun agrees with: رئيس الحكومة التي means the government."""
        if marker is None:
            return phrase.head
        first = phrase.head + (self.senses[phrase.head].role == "pronoun" and phrase.head + 1 < phrase.end)
        start = next((i for i in range(phrase.end - 1, first, -1) if self.senses[i].joined), first)
        follows = self.phrasing.adjective, self.phrasing.definite
        nouns = [i for i in range(start, phrase.end) if i == start or not (follows[0](i) and follows[1](i - 1))]
        return next((i for i in nouns if self.concord.meant(marker, i)), start)

    # ---- roles of one clause

    def _fill(self, draft: Draft) -> list[Draft]:
        """Give the words of a clause their roles; returns the clauses of the verbal nouns among them."""
        skip = {draft.head, *draft.helpers} if draft.kind != "nominal" else set(draft.helpers)
        opener = -1 if draft.marker is None else draft.marker
        rest = [i for i in draft.words if i not in skip and i > opener and self.senses[i].role in _ARGUED]
        nominal = draft.kind == "nominal"
        before = self.phrasing.pieces((i for i in rest if nominal or i < draft.head), split=nominal)
        two = draft.kind != "nominal" and (draft.verb is None or draft.verb.transitive)
        after = self.phrasing.pieces((i for i in rest if draft.kind != "nominal" and i > draft.head), split=two)
        nouns: list[Draft] = []
        if draft.kind == "finite":
            self._subject(draft, before, after)
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

    def _subject(self, draft: Draft, before: list[Piece], after: list[Piece]) -> None:
        assert draft.finite is not None
        verb, agrees = draft.finite, self.concord.agrees
        behind = self._behind(draft, after)
        resumed = any(piece.phrase.prep and self.senses[piece.phrase.head].pronoun for piece in after)
        if draft.relation == "relative" and self._antecedent_acts(draft, behind, resumed):
            draft.subject, draft.subject_from = draft.antecedent, "antecedent"
            return
        helped = [i for i in draft.helpers if self.senses[i].finite]
        if draft.relation == "relative":  # only what stands between كان and the verb is a topic there
            before = [piece for piece in before if helped and piece.phrase.start > helped[0]]
        topic = self._topic(draft, before)
        lent = self._lent(draft)
        speaks = draft.marker is not None and self.concord.by_pronoun(draft.marker, verb)
        speaks = speaks or (lent is not None and topic is not None and self.senses[topic.head].role == "pronoun")
        if speaks:
            plural = draft.marker is not None and self.senses[draft.marker].pronoun in ("هم", "هما", "هن")
            draft.sure = draft.sure and not (plural and lent is not None and self.concord.gender(lent.head) != "p")
            draft.subject, draft.subject_from = lent, "pronoun"
        elif topic is not None and self._leads(draft, topic, behind):
            draft.subject, draft.subject_from = topic, "topic"
        elif behind is not None and self._is_subject(draft, behind, after, lent):
            draft.subject, draft.subject_from = behind, "behind"
        elif lent is not None and (draft.relation != "quote" or draft.partner is not None):
            draft.subject, draft.subject_from = lent, "shared" if draft.partner is not None else "governor"
            draft.sure = draft.sure and draft.partner is not None and agrees(verb, lent) is not False
        elif topic is not None and verb.inflection.person == 3:
            draft.subject, draft.subject_from, draft.sure = topic, "topic", False

    def _topic(self, draft: Draft, before: list[Piece]) -> Phrase | None:
        """The first noun phrase before the verb, unless it is an accusative that no أن calls for."""
        nouns = (p.phrase for p in before if not p.phrase.prep and not p.adverb)
        found = next((phrase for phrase in nouns if len(self.words[phrase.head].norm) > 1), None)
        called = draft.marker is not None and self.senses[draft.marker].role == "that"
        return found if found is None or called or not self.phrasing.accusative(found.head) else None

    def _behind(self, draft: Draft, after: list[Piece]) -> Phrase | None:
        """The first noun phrase behind the verb, if it can be a subject by its form: a verb before its subject is
        singular, and no subject is an indefinite accusative."""
        assert draft.finite is not None
        near = after[:_REACH]
        every = [piece.phrase for piece in near if not piece.phrase.prep and not piece.adverb]
        found, told = next(iter(every), None), draft.finite.inflection
        direct = draft.verb is None or draft.verb.direct
        if found is not None and direct and self.concord.agrees(draft.finite, found) is False:
            found = next((phrase for phrase in every if self.concord.surely(draft.finite, phrase)), found)
        if found is not None and self.senses[found.start].joined:
            return None
        if found is None or told.number != "s" or told.person == 1:
            return None
        compared = self.senses[found.head].role == "determiner" and found.head + 1 < found.end
        accusative = self.phrasing.accusative(found.head + compared)
        return None if accusative or self.concord.oblique(found) else found

    def _leads(self, draft: Draft, topic: Phrase, behind: Phrase | None) -> bool:
        """Whether a topic is the subject: it agrees, or its gender does not tell (لكن غانا عارضت النص) and it stands
        right before the verb or nothing behind the verb agrees for sure."""
        assert draft.finite is not None
        agrees = self.concord.agrees(draft.finite, topic)
        near = topic.end == min([draft.head, *draft.helpers])
        return agrees is True or (
            agrees is None and (near or behind is None or not self.concord.surely(draft.finite, behind))
        )

    def _lent(self, draft: Draft) -> Phrase | None:
        """The subject that a clause without one of its own takes over: its partner's, else its governor's."""
        if draft.relation == "relative":
            return draft.partner.subject if draft.partner is not None else None
        if draft.relation == "that" and draft.partner is None and draft.governor is not None:
            asked = self._asked(draft.governor, draft.finite)
            if asked is not None:
                return asked
        for above in (draft.partner, draft.governor):
            if above is not None and above.subject is not None:
                return above.subject
        return None

    def _asked(self, governor: Draft, verb: FiniteVerb | None) -> Phrase | None:
        """Who is to do what a clause with أن says: whom one asks or lets (طالب إسرائيل بأن, سمح لها بأن), on whom it is
        (على الطرفين أن, يمكن للمجلس أن)."""
        if verb is None or verb.inflection.aspect == "perfect":
            return None
        kind = governor.verb.kind if governor.verb else ""
        if kind in ("ask", "order") and governor.objects:
            return governor.objects[0]
        if kind not in ("ask", "order", "can", "must") and governor.kind != "nominal":
            return None
        phrases = (*governor.complements, *governor.adverbials)
        found = next((phrase for phrase in phrases if phrase.prep in ("ل", "علي")), None)
        return None if found is None else Phrase(found.head, found.end, found.head)

    def _antecedent_acts(self, draft: Draft, behind: Phrase | None, resumed: bool) -> bool:
        """Whether the antecedent of a relative clause is its subject, not its object or a bystander.

        resumed: a preposition with a pronoun stands in the clause (الذي صدر فيه القرار).
        """
        assert draft.finite is not None
        verb = draft.finite
        if draft.antecedent is None or (verb.pronoun and behind is not None):
            return False
        if draft.marker is None and self._dates(draft.antecedent):
            return False  # وقبل ذلك بيومين دعا الوزراء: no one's deed, only its day
        owned = behind is not None and self.senses[behind.head].definite and self._owned(behind.head)
        if owned and behind is not None and self.concord.agrees(verb, behind) is not False:
            direct = draft.verb is None or draft.verb.direct
            if not direct or listed(self.senses[behind.head].base, "titles"):
                return False  # الدولة التي قالت سفيرتها
        relative = draft.marker is not None and self.concord.relative(draft.marker, verb)
        fits = relative if draft.marker is not None else self.concord.agrees(verb, draft.antecedent)
        if fits is False:
            return False
        intransitive = draft.verb is not None and not draft.verb.transitive and draft.verb.kind != "say"
        if behind is not None and (intransitive or resumed) and self.concord.agrees(verb, behind) is not False:
            return False
        return not (verb.pronoun and draft.marker is None)

    def _owned(self, index: int) -> bool:
        """Whether a noun bears a pronoun."""
        return not self.words[index].norm.startswith("ال")

    def _dates(self, phrase: Phrase) -> bool:
        """Whether a phrase is of time: a day, a number of them."""
        told = self.senses[phrase.head]
        return told.role == "number" or told.base in lists()["times"] or bool(told.prefix)

    def _is_subject(self, draft: Draft, behind: Phrase, after: list[Piece], lent: Phrase | None) -> bool:
        """Whether the noun phrase behind the verb is its subject rather than an object of a verb without a subject."""
        assert draft.finite is not None
        fits = self.concord.agrees(draft.finite, behind)
        lends = lent is not None and lent.start < draft.head and self.concord.agrees(draft.finite, lent) is not False
        if draft.verb is not None and draft.verb.kind == "be":
            return self.phrasing.definite(behind.end - 1) or any(p.phrase.end <= behind.start for p in after)
        if draft.verb is not None and not draft.verb.transitive:
            return True
        if fits is False:
            masculine = self.concord.gender(behind.head) == "m" and draft.finite.inflection.gender == "f"
            return not lends and not (masculine and draft.verb is not None and draft.verb.direct)
        if not lends or draft.finite.pronoun or (draft.verb is not None and not draft.verb.direct):
            return True
        following = [p for p in after[:3] if not (p.phrase.prep or p.adverb or self.senses[p.phrase.start].joined)]
        second = len(following) > 1
        named = behind.head in self.chunk or listed(self.senses[behind.head].base, "titles")
        draft.sure = False
        return second or named or proper(self.senses[behind.head].base)

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
        near = [noun for noun in nouns if max(noun.words) < phrase.start][-3:]
        if not phrase.prep:
            last = near[-1] if near else None
            full = bool(draft.objects) and last is not None and last.verb is not None and last.verb.transitive
            return last if full and last is not None and last.subject is not None and not last.objects else None
        adjoins = bool(near) and max(near[-1].words) == (phrase.at if phrase.at >= 0 else phrase.start) - 1
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
        above = owner
        for index in range(phrase.head, phrase.end):
            reading = next((r for r in self.senses[index].nominal if r.form == "noun"), None)
            listed = self.senses[index].base in lists()["nouns"]
            if reading is None or index in self.chunk or listed or self.senses[index].role:
                continue
            noun = Draft("noun", "argument", index, list(range(index, phrase.end)), reading.verb, governor=above)
            noun.role = role
            self._genitive(noun, index, phrase.end)
            if above is not owner:
                above.objects = [Phrase(index, phrase.end, index)]
            nouns.append(noun)
            above, role = noun, "object"

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


def _finished(drafts: list[Draft], length: int) -> Clauses:
    """The drafts as clauses in the order of their heads, with their extents."""
    order = sorted(drafts, key=lambda draft: (draft.head, draft.kind == "noun"))
    ids = {draft: number for number, draft in enumerate(order)}
    start = {draft: min(draft.words) for draft in order}
    end = {draft: max(draft.words) + 1 for draft in order}
    for draft in order:
        above, seen = draft.governor, {draft}
        while above is not None and above not in seen:
            start[above] = min(start[above], start[draft]) if draft.relation != "quote" else start[above]
            end[above] = max(end[above], end[draft]) if draft.relation != "quote" else end[above]
            seen.add(above)
            above = above.governor
    owners: list[int | None] = [None] * length
    for draft in sorted(order, key=lambda draft: len(draft.words), reverse=True):
        if draft.kind != "noun":
            for index in draft.words:
                owners[index] = ids[draft]
    for draft in order:
        if draft.kind == "noun":
            for index in draft.words:
                owners[index] = ids[draft]
    return Clauses(tuple(_clause(draft, ids, start[draft], end[draft]) for draft in order), tuple(owners))


def _clause(draft: Draft, ids: dict[Draft, int], start: int, end: int) -> Clause:
    return Clause(
        ids[draft],
        draft.kind,
        draft.head,
        start,
        end,
        draft.relation,
        draft.verb,
        draft.finite.inflection if draft.finite else None,
        ids[draft.governor] if draft.governor else None,
        ids[draft.partner] if draft.partner else None,
        draft.role,
        draft.marker,
        draft.antecedent,
        draft.subject,
        draft.subject_from,
        tuple(draft.objects),
        tuple(draft.complements),
        tuple(draft.adverbials),
        draft.finite.pronoun if draft.finite else None,
        draft.negated,
        draft.helpers,
        draft.sure,
    )
