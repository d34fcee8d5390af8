"""A sentence into clauses: who does what to whom, by which preposition, in whose words, under which governors.

`read_clauses(words, nominals)` is a pure function and linear in the length of the sentence. It finds the finite verbs
(verbs.py), the frames of clauses (frames.py), cuts each clause's words into phrases (phrases.py) and gives these their
roles (roles.py). What it returns is described in model.py:

    clauses = read_clauses(words(text), nominals)      # nominals: word ranges of actors, numbers, dates, if known
    clauses.clause_of(i), clauses.headed(i), clauses.subject_of(head), clauses.objects(head)
    clauses.complements(head, "إلى"), clauses.content(head), clauses.governors(i), clauses.speaker_of(i)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.arabic.words import Word
from pipeline.frames.sentence.frames import FrameReader
from pipeline.frames.sentence.model import Clause, Clauses, Kind, Phrase, Relation, Source
from pipeline.frames.sentence.roles import assign
from pipeline.frames.sentence.tokens import Sense, sense_of
from pipeline.frames.sentence.verbs import FiniteVerb, Range, find_verbs

# Folded words that, with أن behind them, mean "but".
_EXCEPTIVE = frozenset({"غير", "الا", "بيد", "علي"})

__all__ = ["Clause", "Clauses", "FiniteVerb", "Kind", "Phrase", "Range", "Relation", "Source", "read_clauses"]


def read_clauses(
    words: Sequence[Word], nominals: Iterable[Range] = (), genders: Mapping[int, str] | None = None
) -> Clauses:
    """The clauses of a sentence's words. nominals: half-open word ranges known to act as nouns (actors, numbers, dates,
    documents); they hold no verb and are never cut; genders: 'f', 'm' or, for an oblique dual or plural, 'o' by the
    first word of those whose gender is known beyond their form. Never raises for any words."""
    spans = sorted(nominals)
    chunk = {i: number for number, (start, end) in enumerate(spans) for i in range(start, end)}
    verbs = {verb.index: verb for verb in find_verbs(words, spans)}
    senses = _exceptive([sense_of(word) for word in words], words)
    reader = FrameReader(words, senses, verbs, set(chunk))
    return assign(words, senses, chunk, reader.read(), reader.owners, genders or {})


def _exceptive(senses: list[Sense], words: Sequence[Word]) -> list[Sense]:
    """«غير أن», «إلا أن», «بيد أن» join a clause to the one before as «لكن» does: no clause with أن begins there."""
    for index in range(len(words) - 1):
        if words[index].norm in _EXCEPTIVE and senses[index + 1].base == "ان" and senses[index + 1].role == "that":
            senses[index] = replace(senses[index], role="coordinator", base="لكن")
            senses[index + 1] = replace(senses[index + 1], role="adverb")
    return senses
