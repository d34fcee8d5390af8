"""Who does what a clause tells: the topic, what stands behind the verb, the antecedent, or whoever lends a subject."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.arabic.words import Word
from pipeline.frames.sentence.concord import Concord
from pipeline.frames.sentence.drafts import Draft
from pipeline.frames.sentence.left import ASKING
from pipeline.frames.sentence.model import Phrase
from pipeline.frames.sentence.phrases import ARGUED, Phrasing, Piece
from pipeline.frames.sentence.tokens import Sense, listed, lists, proper
from pipeline.frames.sentence.verbs import FiniteVerb

# A subject behind its verb is among so many phrases.
_REACH = 4
# How many words before a relative clause its antecedent is looked for in.
_WINDOW = 30


class Subjects:
    """Finds the subjects and antecedents of one sentence's clauses."""

    def __init__(self, words: Sequence[Word], senses: Sequence[Sense], phrasing: Phrasing, concord: Concord) -> None:
        self.words, self.senses, self.chunk = words, senses, phrasing.chunk
        self.phrasing, self.concord = phrasing, concord

    def antecedent(self, draft: Draft, last: int) -> Phrase | None:
        """The noun phrase of the governor that ends at word `last`."""
        if draft.governor is None:
            return None
        near = draft.governor.words[: bisect_right(draft.governor.words, last)][-_WINDOW:]
        rest = [i for i in near if self.senses[i].role in ARGUED]
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

    def assign(self, draft: Draft, before: list[Piece], after: list[Piece]) -> None:
        """Give a clause with a finite verb its subject, and say where it was found.

        before, after: the phrases of the clause on either side of its verb.
        """
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
        """The first noun phrase before the verb, of what a colon announces if there is one there (كابول: الرئيس يدعو),
        unless it is an accusative that no أن calls for."""
        nouns = [p.phrase for p in before if not p.phrase.prep and not p.adverb]
        nouns = [phrase for phrase in nouns if len(self.words[phrase.head].norm) > 1]
        announced = [p for p in nouns if any(self.words[at].norm == ":" for at in range(nouns[0].end, p.start))]
        found = next(iter(announced or nouns), None)
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
        if kind in ASKING and governor.objects:
            return governor.objects[0]
        wanted: tuple[str, ...] = ("ل", "علي")
        if kind not in {*ASKING, "can", "must", "be"} and governor.kind != "nominal":
            return None
        if kind == "be":
            wanted = ("علي",)
        phrases = (*governor.complements, *governor.adverbials)
        found = next((phrase for phrase in phrases if phrase.prep in wanted), None)
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

    def _purpose(self, draft: Draft, behind: Phrase, after: list[Piece]) -> bool:
        """Whether a verb tells what somebody does something for, and what stands behind it is whom it is done to: its
        other complement follows (استدعت ألمانيا السفير لتطالب دمشق بالانسحاب)."""
        assert draft.finite is not None
        begins = draft.relation == "adverbial" and self.words[draft.head].norm.startswith("ل")
        taken = draft.verb.governs if draft.verb is not None else frozenset()
        return begins and any(p.phrase.start >= behind.end and p.phrase.prep in taken for p in after[:3])

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
        if self._purpose(draft, behind, after):
            return False
        following = [p for p in after[:3] if not (p.phrase.prep or p.adverb or self.senses[p.phrase.start].joined)]
        second = len(following) > 1
        named = behind.head in self.chunk or listed(self.senses[behind.head].base, "titles")
        draft.sure = False
        return second or named or proper(self.senses[behind.head].base)
