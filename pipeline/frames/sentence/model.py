"""What is known of a sentence's clauses, and the questions that rules ask of it. All places are word indices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.arabic.conjugation import Inflection
from pipeline.arabic.normalise import fold
from pipeline.frames.sentence.verb_forms import Verb

Kind = Literal["finite", "noun", "participle", "nominal"]
Relation = Literal["main", "coordinate", "that", "relative", "adverbial", "quote", "aside", "argument"]
Source = Literal["behind", "topic", "antecedent", "pronoun", "shared", "governor", "genitive"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [start, end) in a role of a clause: a noun phrase, or what a preposition governs.

    head: the noun that the phrase is about (its first; of numbers what they count stands behind it); prep: the folded
    preposition, '' without one; at: where the preposition stands (the word itself where it is attached: بوقف).
    """

    start: int
    end: int
    head: int
    prep: str = ""
    at: int = -1


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, words [start, end), with everything that is embedded in it.

    kind: its head is a finite verb, a verbal noun, a participle, or the clause has none and names its predicate.
    relation: how it hangs on its governor: coordinate (of `partner`), that (أن، إن), relative (on `antecedent`),
    adverbial (when, because, circumstance), quote, aside (in brackets), argument (a verbal noun in a role of the
    governor, which `role` names: subject, object, adverbial, or the folded preposition; of that and adverbial
    clauses `role` is the preposition before أن, if there is one).
    governor: id of the clause it is part of; for a coordinate clause that of its partner, so that scope reaches it.
    subject_from: where the subject was found: behind the verb, topic before it, the antecedent of the relative clause,
    whom the pronoun of its marker (أنه) means (None where the sentence does not say), shared with the partner, that of
    the governor, the genitive of a verbal noun.
    objects: of a nominal clause, its predicate where that is a noun phrase.
    helpers: indices of كان and the like, and of قد, سوف, that belong to the head. sure: nothing about the head, its
    place in the sentence or its subject was a guess.
    """

    id: int
    kind: Kind
    head: int
    start: int
    end: int
    relation: Relation
    verb: Verb | None = None
    inflection: Inflection | None = None
    governor: int | None = None
    partner: int | None = None
    role: str = ""
    marker: int | None = None
    antecedent: Phrase | None = None
    subject: Phrase | None = None
    subject_from: Source | None = None
    objects: tuple[Phrase, ...] = ()
    complements: tuple[Phrase, ...] = ()
    adverbials: tuple[Phrase, ...] = ()
    pronoun: str | None = None
    negated: bool = False
    helpers: tuple[int, ...] = ()
    sure: bool = True

    @property
    def verb_kind(self) -> str:
        """The coarse class of its verb (say, ask, refuse …), '' where there is none."""
        return self.verb.kind if self.verb else ""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a sentence in the order of their heads; `owners[i]` is the id of word i's innermost clause."""

    clauses: tuple[Clause, ...]
    owners: tuple[int | None, ...]

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)

    def __getitem__(self, id: int) -> Clause:
        return self.clauses[id]

    def clause_of(self, index: int) -> Clause | None:
        """The innermost clause that word `index` belongs to; None for words of none (a stop)."""
        owner = self.owners[index]
        return None if owner is None else self.clauses[owner]

    def headed(self, index: int) -> Clause | None:
        """The clause whose head (or helper: كان, قد) is word `index`, if there is one."""
        clause = self.clause_of(index)
        return clause if clause and (clause.head == index or index in clause.helpers) else None

    def subject_of(self, head: int) -> Phrase | None:
        """The subject of the clause that word `head` heads."""
        clause = self.headed(head)
        return clause.subject if clause else None

    def objects(self, head: int) -> tuple[Phrase, ...]:
        """The objects of the clause that word `head` heads."""
        clause = self.headed(head)
        return clause.objects if clause else ()

    def complements(self, head: int, *preps: str) -> tuple[Phrase, ...]:
        """What the head governs by one of these prepositions, or by any where none is named; adverbials count where
        their preposition is named."""
        clause = self.headed(head)
        if not clause:
            return ()
        wanted = {fold(prep) for prep in preps}
        found = clause.complements if not wanted else clause.complements + clause.adverbials
        return tuple(phrase for phrase in found if not wanted or phrase.prep in wanted)

    def content(self, head: int) -> tuple[Clause, ...]:
        """What the head says, wants or knows: its clauses with أن and إن, and those it quotes."""
        clause = self.headed(head)
        if not clause:
            return ()
        return tuple(c for c in self.clauses if c.governor == clause.id and c.relation in ("that", "quote"))

    def governors(self, index: int) -> tuple[Clause, ...]:
        """The clauses above the one of word `index`, from the nearest to the outermost."""
        clause = self.clause_of(index)
        found: list[Clause] = []
        while clause and clause.governor is not None:
            clause = self.clauses[clause.governor]
            found.append(clause)
        return tuple(found)

    def speaker_of(self, index: int) -> Phrase | None:
        """Who says what word `index` is part of: the subject of the nearest governor that quotes it or says «that»."""
        clause = self.clause_of(index)
        while clause and clause.governor is not None:
            above = self.clauses[clause.governor]
            told = clause.relation == "that" and above.verb_kind in ("say", "deny", "warn", "think", "expect")
            if clause.relation == "quote" or told:
                return above.subject
            clause = above
        return None
