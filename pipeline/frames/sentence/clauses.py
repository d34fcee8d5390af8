"""A sentence into clauses: who does what to whom, by which preposition, in whose words, under which governors.

`read_clauses(words, nominals)` is a pure function and linear in the length of the sentence. It finds the finite verbs
(verbs.py), the frames of clauses (frames.py), cuts each clause's words into phrases (phrases.py) and gives these their
roles (roles.py). What it returns is described in model.py:

    clauses = read_clauses(words(text), nominals, times)      # word ranges of actors, numbers, texts; of dates
    clauses.clause_of(i), clauses.headed(i), clauses.subject_of(head), clauses.objects(head)
    clauses.complements(head, "إلى"), clauses.content(head), clauses.governors(i), clauses.speaker_of(i)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.arabic.words import Word
from pipeline.frames.sentence.concord import Concord
from pipeline.frames.sentence.frames import FrameReader
from pipeline.frames.sentence.model import Clause, Clauses, Kind, Phrase, Relation, Source
from pipeline.frames.sentence.phrases import Phrasing
from pipeline.frames.sentence.roles import assign
from pipeline.frames.sentence.tokens import sense_of
from pipeline.frames.sentence.verbs import FiniteVerb, Range, find_verbs

__all__ = ["Clause", "Clauses", "FiniteVerb", "Kind", "Phrase", "Range", "Relation", "Source", "read_clauses"]


def read_clauses(
    words: Sequence[Word],
    nominals: Iterable[Range] = (),
    genders: Mapping[int, str] | None = None,
    times: Iterable[Range] = (),
) -> Clauses:
    """The clauses of a sentence's words.

    nominals: half-open word ranges known to act as nouns (actors, numbers, documents); they hold no verb and are never
    cut. genders: 'f', 'm' or, for an oblique dual or plural, 'o' by the first word of those whose gender is known
    beyond their form. times: ranges that tell when, which are neither subject nor object. Never raises for any words.
    """
    when = sorted(times)
    spans = sorted([*nominals, *when])
    chunk = {i: number for number, (start, end) in enumerate(spans) for i in range(start, end)}
    verbs = {verb.index: verb for verb in find_verbs(words, spans)}
    senses = [sense_of(word) for word in words]
    concord = Concord(words, senses, chunk, genders or {})
    reader = FrameReader(words, senses, verbs, set(chunk), concord)
    frames = reader.read()
    timed = {i for start, end in when for i in range(start, end)}
    return assign(words, senses, Phrasing(words, senses, chunk, timed), concord, frames, reader.owners)
