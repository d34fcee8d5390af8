"""Clauses that are being filled, and how they become those that are handed out."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.frames.sentence.model import Clause, Clauses, Kind, Phrase, Relation, Source
from pipeline.frames.sentence.verb_forms import Verb
from pipeline.frames.sentence.verbs import FiniteVerb


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


def finished(drafts: list[Draft], length: int) -> Clauses:
    """The drafts as clauses in the order of their heads, with their extents."""
    order = sorted(drafts, key=lambda draft: (draft.head, draft.kind == "noun"))
    ids = {draft: number for number, draft in enumerate(order)}
    start = {draft: min(draft.words) for draft in order}
    end = {draft: max(draft.words) + 1 for draft in order}
    for draft in reversed(drafts):  # what is embedded opens later than what embeds it
        above = draft.governor
        if above is not None and draft.relation != "quote":
            start[above] = min(start[above], start[draft])
            end[above] = max(end[above], end[draft])
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
