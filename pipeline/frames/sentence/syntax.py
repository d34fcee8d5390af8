"""A sentence's clauses as a row of chunks sees them: which chunks are whose subject, object or complement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from pipeline.arabic.normalise import fold
from pipeline.frames.sentence.agreement import agrees
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.clauses import Clause, Phrase

# How a clause hangs on another that does not say by it what it says, asks or refuses.
_BESIDE = frozenset({"adverbial", "aside", "quote", "coordinate"})
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

    def is_subject(self, place: int, verb: int) -> bool | None:
        """Whether a chunk is, or begins, the subject of a verb's clause; None where the reader of clauses cannot say: a
        subject found before the verb does not rule out one behind it that stands far off (وامتنعت عن التصويت مصر)."""
        clause = self.clause(verb)
        if clause is None or clause.subject is None or not (clause.sure or self._carried_on(clause)):
            return None
        if place in self.places(clause.subject):
            return True
        return None if clause.subject_from != "behind" and place > verb else False

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
