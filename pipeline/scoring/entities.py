"""Entity scores over whole tokens by nervaluate, from IOB2: strict, with counts an article; partial and by type.

An entity is found when label, first and last token agree (CoNLL-2003: Tjong Kim Sang & De Meulder). The tokens are
those of `pipeline.arabic.words`, over the whole article, so that entities may be compared whatever sentences they were
tagged in; punctuation at an entity's edges ("غزة." for "غزة") is no difference.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nervaluate import Evaluator

from pipeline.arabic.words import Word, words
from pipeline.errors import RecordError
from pipeline.records import Entity
from pipeline.scoring.matching import assign, overlap
from pipeline.scoring.measures import Counts, Ledger, Row, rounded

LABELS = ("PERS", "LOC", "ORG", "MISC")
ALL = "all"
NONE = "none"
# nervaluate's schemes: both ends and label; both ends; any overlap counts half; any overlap of the same label.
SCHEMES = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}


@dataclass(frozen=True)
class TaggedArticle:
    """One article's words with its gold and its predicted entities, each in text order."""

    article: str
    words: tuple[Word, ...]
    gold: tuple[Entity, ...]
    predicted: tuple[Entity, ...]

    @classmethod
    def of(cls, article: str, text: str, gold: Sequence[Entity], predicted: Sequence[Entity]) -> TaggedArticle:
        """Cut `text` into words and put both lists in text order."""
        ordered = [tuple(sorted(entities, key=lambda e: (e.start, e.end))) for entities in (gold, predicted)]
        return cls(article, tuple(words(text)), *ordered)

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where the words start and where they end."""
        return [word.start for word in self.words], [word.end for word in self.words]

    def token_span(self, entity: Entity) -> tuple[int, int]:
        """The half-open range of words an entity covers, without punctuation at its edges unless it is nothing else.

        Raises RecordError where it covers no word at all.
        """
        starts, ends = self._edges
        covered = range(bisect_right(ends, entity.start), bisect_left(starts, entity.end))
        if not covered:
            place = f"{self.article}, characters {entity.start}-{entity.end}"
            raise RecordError(place, "an entity covers no word", "Rerun `ner`, or mend the gold")
        solid = [i for i in covered if self.words[i].kind != "punct"] or covered
        return solid[0], solid[-1] + 1

    def tags(self, entities: Sequence[Entity]) -> list[str]:
        """One IOB2 tag a word. Raises RecordError naming the entity where two share a word."""
        tags = ["O"] * len(self.words)
        for entity in entities:
            start, end = self.token_span(entity)
            if any(tag != "O" for tag in tags[start:end]):
                place = f"{self.article}, characters {entity.start}-{entity.end}"
                raise RecordError(place, "an entity overlaps another", "Rerun `ner`, or mend the gold")
            tags[start:end] = [f"B-{entity.label}"] + [f"I-{entity.label}"] * (end - start - 1)
        return tags


def score_entities(ledger: Ledger, tagged: TaggedArticle) -> None:
    """Add one article's strict counts to `ledger` (one column, the label), by label and for `all` together."""
    for label, schemes in _results([tagged]).items():
        strict = schemes.get("strict")
        counts = Counts(strict.correct, strict.actual, strict.possible) if strict else Counts()
        ledger.add((label,), tagged.article, counts)


def lenient_rows(articles: Sequence[TaggedArticle]) -> list[Row]:
    """nervaluate's breakdown (SemEval-2013 task 9.1 schemes), a row a scheme and label: how much of what strict scoring
    misses is a boundary, how much a label. By label, gold and predictions of other labels are left out beforehand."""
    if not any(article.gold or article.predicted for article in articles):
        return []
    return [
        {
            "label": label,
            "scheme": name,
            **{key: getattr(found, key) for key in ("correct", "incorrect", "partial", "missed", "spurious")},
            **{key: rounded(getattr(found, key)) for key in ("precision", "recall", "f1")},
        }
        for label, schemes in _results(articles).items()
        for scheme, name in SCHEMES.items()
        if (found := schemes.get(scheme))
    ]


def _results(articles: Sequence[TaggedArticle]) -> dict[str, dict[str, Any]]:
    """nervaluate's results by label, `all` first, and by scheme; of a label that does not occur there are none."""
    gold, predicted = [a.tags(a.gold) for a in articles], [a.tags(a.predicted) for a in articles]
    results = Evaluator(gold, predicted, tags=list(LABELS), loader="list").evaluate()
    return {ALL: results["overall"], **{label: results["entities"].get(label, {}) for label in LABELS}}


def aligned(tagged: TaggedArticle) -> list[tuple[Entity | None, Entity | None]]:
    """Gold and predicted entities side by side, paired one to one where they share words, None where alone.

    Pairs with the same tokens come before others, then those with the same label, then those that share more.
    """
    gold = [tagged.token_span(e) for e in tagged.gold]
    predicted = [tagged.token_span(e) for e in tagged.predicted]

    def merit(i: int, j: int) -> int | None:
        shared = overlap(gold[i], predicted[j])
        if not shared:
            return None
        same_label = tagged.gold[i].label == tagged.predicted[j].label
        return min(shared, 99) + 100 * same_label + 1000 * (gold[i] == predicted[j])

    pairs = assign(range(len(gold)), range(len(predicted)), merit)
    partner = dict(pairs)
    taken = set(partner.values())
    rows: list[tuple[Entity | None, Entity | None]] = [
        (entity, tagged.predicted[partner[i]] if i in partner else None) for i, entity in enumerate(tagged.gold)
    ]
    return rows + [(None, entity) for j, entity in enumerate(tagged.predicted) if j not in taken]


def error_rows(tagged: TaggedArticle, text: str) -> list[Row]:
    """Every entity that is not right, in text order: what is wrong, both labels, both surface forms and the place."""
    rows: list[tuple[int, Row]] = []
    for gold, predicted in aligned(tagged):
        wrong = _fault(tagged, gold, predicted)
        if wrong:
            first = gold or predicted
            assert first is not None
            row: Row = {"article": tagged.article, "sentence": first.sentence, "fault": wrong}
            for name, entity in (("gold", gold), ("predicted", predicted)):
                row |= {
                    f"{name}_label": entity.label if entity else None,
                    f"{name}_text": " ".join(text[entity.start : entity.end].split()) if entity else None,
                    f"{name}_start": entity.start if entity else None,
                    f"{name}_end": entity.end if entity else None,
                }
            rows.append((first.start, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _fault(tagged: TaggedArticle, gold: Entity | None, predicted: Entity | None) -> str:
    """'' for an entity found, else what is wrong with it."""
    if gold is None:
        return "spurious"
    if predicted is None:
        return "missed"
    faults = ["label"] if gold.label != predicted.label else []
    if tagged.token_span(gold) != tagged.token_span(predicted):
        faults.append("boundary")
    return " and ".join(faults)
