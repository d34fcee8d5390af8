"""A sentence's clauses as a row of chunks sees them: which chunks are whose subject, object or complement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from pipeline.arabic.normalise import fold
from pipeline.frames.sentence.agreement import agrees
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.clauses import Clause, Phrase
from pipeline.frames.sentence.tokens import sense_of

# How a clause hangs on another that does not say by it what it says, asks or refuses.
_BESIDE = frozenset({"adverbial", "aside", "quote", "coordinate"})
# How a clause hangs on the one whose content it is: as what that says, wants, or does.
CONTENT = frozenset({"that", "argument"})
# Classes of verbs whose subject speaks.
_TELLING = frozenset({"say", "ask", "warn", "deny", "condemn", "refuse", "support"})
# Verbs whose subject does what their object tells.
_PURSUING = frozenset({"begin", "continue", "try"})
# Words that, with من behind them, stand for those whom they are each, or so many, of.
_PARTITIVE = frozenset({"كل", "كلا", "عدد"})


class Syntax:
    """Asks the clauses of a sentence by places of a row; a place stands for all words of its chunk."""

    def __init__(self, base: Base, row: Sequence[Chunk]) -> None:
        self.base = base
        self.row = row

    @cached_property
    def _places(self) -> dict[int, int]:
        """The place of each word's chunk."""
        return {word: place for place, chunk in enumerate(self.row) for word in range(chunk.start, chunk.end)}

    def clause(self, place: int) -> Clause | None:
        """The clause that a chunk heads, by the first of its words that heads one."""
        chunk = self.row[place]
        heads = (self.base.clauses.headed(word) for word in range(chunk.start, chunk.end))
        return next((clause for clause in heads if clause is not None), None)

    def chunk(self, word: int) -> Chunk:
        """The chunk that a word belongs to."""
        return self.row[self._places[word]]

    def places(self, phrase: Phrase) -> range:
        """The places of a phrase's chunks, without its preposition; of كل من and the like also those whom it is of."""
        words, end = self.base.words, phrase.end
        if words[end - 1].norm in _PARTITIVE and end + 1 < len(words) and words[end].norm == "من":
            last = end + 1
            while last + 1 < len(words) and words[last].norm != "،" and self._places[last] not in self._named:
                last += 1
            end = last + 1
        return range(self._places[phrase.start], self._places[end - 1] + 1)

    @cached_property
    def _named(self) -> frozenset[int]:
        """The places of those who act."""
        return frozenset(place for place, chunk in enumerate(self.row) if chunk.members)

    def head(self, phrase: Phrase) -> int:
        """The place of a phrase's head noun."""
        return self._places[phrase.head]

    def subject(self, place: int) -> Phrase | None:
        """The subject of the clause that a chunk heads; None where it heads none, has none or that is not sure."""
        clause = self.clause(place)
        return clause.subject if clause is not None and clause.sure else None

    def possessor(self, place: int) -> Phrase | None:
        """Who does what a noun with a pronoun tells that another verb has as its object or complement: that verb's
        subject (جدد غوتيريش … دعوته إلى), or of whom it is told (نقلت عن الوزير دعوته إلى); also without a pronoun,
        where the verb is one of beginning or going on with what its object tells (تواصل الأمم المتحدة حث الطرفين). None
        where the chunk is no such noun or that is not sure."""
        noun = self.clause(place)
        if noun is None or noun.kind != "noun" or noun.governor is None:
            return None
        above = self.base.clauses[noun.governor]
        tags = self.row[place].tags
        pursued = above.verb_kind in _PURSUING and any(p.start <= noun.head < p.end for p in above.objects)
        if pursued and above.kind == "finite":
            return above.subject
        bears = "+pron" in tags and ("noun" in tags or "verb" not in tags)
        if above.kind != "finite" or not above.sure or not bears:
            return None
        return next((p for p in self.phrases(above, "عن") if p.end <= noun.head), above.subject)

    def reporter(self, place: int) -> Phrase | None:
        """Who says, in the clause of a chunk that heads none or in the nearest that governs it, what the chunk is part
        of; None where that is not sure."""
        here = self.base.clauses.clause_of(self.row[place].start)
        while here is not None:
            if here.kind == "finite" and here.verb_kind in _TELLING:
                return here.subject if here.sure else None
            here = None if here.governor is None else self.base.clauses[here.governor]
        return None

    def speaks(self, place: int) -> bool:
        """Whether the clause that a chunk is in has a verb of saying, asking or refusing, whose subject is somebody."""
        clause = self.base.clauses.clause_of(self.row[place].start)
        return (
            clause is not None
            and clause.kind != "participle"
            and (clause.kind != "finite" or clause.verb_kind in _TELLING)
        )

    def nameless(self, phrase: Phrase) -> bool:
        """Whether a phrase's head tells that it is a pronoun, an action, or what is somebody's, and no name."""
        told = sense_of(self.base.words[phrase.head])
        owned = told.definite and not self.base.words[phrase.head].norm.startswith("ال")
        return bool(told.role) or owned or any(reading.form == "noun" for reading in told.nominal)

    def is_subject(self, place: int, verb: int) -> bool | None:
        """Whether a chunk is, or begins, the subject of a verb's clause; None where the reader of clauses cannot say: a
        subject found before the verb does not rule out one behind it that stands far off (وامتنعت عن التصويت مصر)."""
        owner = self.possessor(verb)
        if owner is not None:
            return place in self.places(owner)
        clause = self.clause(verb)
        if clause is None or clause.subject is None or not (clause.sure or self._carried_on(clause)):
            return False if clause is not None and self._owns_within(place, clause) else None
        if place in self.places(clause.subject):
            return True
        return None if clause.subject_from != "behind" and place > verb else False

    def _owns_within(self, place: int, clause: Clause) -> bool:
        """Whether a chunk is the genitive of a phrase in another clause that has a verb (كشفت مواقف النيجر، فقد دعت …):
        no topic of this one."""
        start = self.row[place].start
        other = self.base.clauses.clause_of(start)
        if other is None or other.id == clause.id or other.kind != "finite" or "+و" in self.row[place].tags:
            return False
        phrases = (*([other.subject] if other.subject else ()), *other.objects, *other.complements, *other.adverbials)
        return any(phrase.head < start < phrase.end for phrase in phrases)

    def parted(self, chunk: Chunk, place: int) -> bool:
        """Whether a chunk belongs to another clause than the one at a place and to none that this governs as its
        content: to its governor, to one coordinated with it, told beside it, or about a noun in it."""
        clauses = self.base.clauses
        one, other = clauses.clause_of(chunk.start), clauses.clause_of(self.row[place].start)
        return one is not None and other is not None and not self._holds(other, one)

    def _holds(self, outer: Clause, inner: Clause) -> bool:
        """Whether a clause is another one or governs it, directly or not, as what it says, asks or does."""
        here = inner
        while here.id != outer.id:
            if here.relation not in CONTENT or here.governor is None:
                return False
            here = self.base.clauses[here.governor]
        return True

    def _carried_on(self, clause: Clause) -> bool:
        """Whether a verb carries on the subject of the one before it, at once behind that (هاجم ترامب زيلينسكي وطالب):
        sure even where the reader of clauses could take what stands behind the subject for more of its name."""
        if clause.subject is None or clause.subject_from != "shared" or clause.partner is None:
            return False
        partner = self.base.clauses[clause.partner]
        first = self.head(clause.subject)
        verb = self._places[partner.head]
        return verb == 0 and first == 1 and bool(self.row[first].members) and self.acts_behind(first, verb)

    def acts_behind(self, place: int, verb: int) -> bool:
        """Whether a chunk is the subject behind a verb of the third person: for sure, or at once and in agreement."""
        clause = self.clause(verb)
        if clause is None or clause.subject is None or clause.inflection is None:
            return False
        if not clause.sure and not (place == verb + 1 and agrees(self.row[verb], self.row[place])):
            return False
        third = clause.inflection.person == 3 and clause.subject_from == "behind"
        return third and place in self.places(clause.subject)

    def phrases(self, clause: Clause, role: str) -> Iterator[Phrase]:
        """What fills a role of a clause: `subject`, `object`, or a preposition by its letters."""
        if role == "subject":
            yield from [clause.subject] if clause.subject else []
        elif role == "object":
            yield from (phrase for phrase in clause.objects if not phrase.prep)
        else:
            wanted = fold(role)
            every = (*clause.objects, *clause.complements, *clause.adverbials)
            yield from (phrase for phrase in every if phrase.prep == wanted)

    def rest(self, clause: Clause, head: int) -> Iterator[int]:
        """The places of a clause behind its head, with what is embedded there as its content, but for its subject's and
        for what is only said beside it: circumstances told by a verb or participle, asides, quotations."""
        taken = set(self.places(clause.subject)) if clause.subject else set()
        within = {clause.id: True}
        for place in dict.fromkeys(self._places[word] for word in range(self.row[head].end, clause.end)):
            if place not in taken and self._inside(self.row[place].start, within):
                yield place

    def _inside(self, word: int, within: dict[int, bool]) -> bool:
        """Whether a word is of a clause or of what it embeds as content; words of no clause are. within: what is known
        of clauses by their ids, of the clause itself that it is; what is found out is added."""
        here = self.base.clauses.clause_of(word)
        if here is None:
            return True
        passed: list[int] = []
        while here.id not in within:
            passed.append(here.id)
            if here.relation in _BESIDE or here.governor is None:
                within[here.id] = False
            else:
                here = self.base.clauses[here.governor]
        within.update(dict.fromkeys(passed, within[here.id]))
        return within[here.id]

    @cached_property
    def issued(self) -> dict[int, Clause]:
        """For each place that stands in the object of a verb of issuing or submitting, the first such verb's clause."""
        found: dict[int, Clause] = {}
        for place, chunk in enumerate(self.row):
            if "verb" not in chunk.tags or chunk.tags.isdisjoint({"submit", "issue"}):
                continue
            clause = self.clause(place)
            if clause is None or clause.subject is None:
                continue
            for given in self.phrases(clause, "object"):
                for at in self.places(given):
                    found.setdefault(at, clause)
        return found
