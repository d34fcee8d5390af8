"""Scores of happenings: coreference measures over events, pairwise F1, and how often the record's row is right.

Only happenings told more than once are clusters, as coreference is scored where single mentions are not marked: a false
merge is a false cluster. MUC, B³, CEAF-e, their mean (CoNLL) and LEA are those of the library coreference-eval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from corefeval import Document, Scorer

from pipeline.gold.happenings import NO_ROW, GoldHappening, GoldTelling
from pipeline.happenings.records import Happening
from pipeline.records import Event
from pipeline.scoring.matching import assign, overlap
from pipeline.scoring.measures import Counts, Row, rounded

Key = tuple[str, int]
_NAMES = {"muc": "MUC", "b_cubed": "B³", "ceafe": "CEAF-e", "lea": "LEA"}


@dataclass(frozen=True)
class HappeningScores:
    """rows: a row a measure, over all gold tellings and over those found; record_rows: how the record's rows came out;
    faults: what is wrong, a row each; headlines: for metrics.json."""

    rows: list[Row]
    record_rows: list[Row]
    faults: list[Row]
    headlines: dict[str, float | None]


def score_happenings(
    gold: Sequence[GoldHappening], events: Iterable[Event], happenings: Sequence[Happening]
) -> HappeningScores:
    """Score happenings made of predicted events against the gold ones, whose tellings are matched to events first."""
    found = _find(gold, list(events))
    owner = {report.event: happening for happening in happenings for report in happening.reports}
    labels = {key: row for row, happening in enumerate(gold) for key in _keys(row, happening)}
    predicted = {key: owner[found[key]].id for key in labels if key in found and found[key] in owner}
    all_rows, _ = _measures("all tellings", labels, predicted)
    found_rows, mean = _measures("events found", {k: v for k, v in labels.items() if k in predicted}, predicted)
    record_rows, right = _record(gold, predicted, {happening.id: happening for happening in happenings})
    headlines = {"conll_f1": mean, "record_precision": right.precision}
    return HappeningScores(all_rows + found_rows, record_rows, _faults(gold, labels, predicted), headlines)


def _keys(row: int, happening: GoldHappening) -> list[Key]:
    """A name for each telling: its happening, and which of it."""
    return [(f"{row}", place) for place in range(len(happening.tellings))]


def _find(gold: Sequence[GoldHappening], events: Sequence[Event]) -> dict[Key, str]:
    """The event that each telling was found as: one of its article and type that overlaps it, one to one."""
    by_kind: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        by_kind[event.article, event.type].append(event)
    wanted: dict[tuple[str, str], list[tuple[Key, GoldTelling]]] = defaultdict(list)
    for row, happening in enumerate(gold):
        for key, telling in zip(_keys(row, happening), happening.tellings, strict=True):
            wanted[telling.article, telling.type].append((key, telling))
    found: dict[Key, str] = {}
    for kind, tellings in wanted.items():
        pairs = assign([telling for _, telling in tellings], by_kind[kind], _shared)
        found |= {tellings[i][0]: by_kind[kind][j].id for i, j in pairs}
    return found


def _shared(telling: GoldTelling, event: Event) -> int | None:
    shared = sum(overlap(span, (m.start, m.end)) for span in telling.spans for m in event.mentions)
    return shared or None


def _measures(scope: str, labels: Mapping[Key, int], predicted: Mapping[Key, str]) -> tuple[list[Row], float]:
    """A row a measure; and the mean F1 of MUC, B³ and CEAF-e."""
    gold = _clusters({key: str(row) for key, row in labels.items()})
    response = _clusters({key: predicted[key] for key in labels if key in predicted})
    scorer = Scorer()
    scorer.update(Document(predicted=response, truth=gold))
    mean, measures = scorer.detailed_score("", "", verbose=False)
    rows: list[Row] = []
    for name, title in _NAMES.items():
        values = {measure: rounded(float(measures[name][measure])) for measure in ("precision", "recall", "f1")}
        rows.append({"scope": scope, "measure": title, **values})
    pairs = _pairs(gold, response)
    rows.insert(
        3,
        {"scope": scope, "measure": "mean of the three", "precision": None, "recall": None, "f1": rounded(float(mean))},
    )
    ours = {"precision": rounded(pairs.precision), "recall": rounded(pairs.recall), "f1": rounded(pairs.f1)}
    rows.append({"scope": scope, "measure": "pairs", **ours})
    return rows, float(mean)


def _clusters(groups: Mapping[Key, str]) -> list[list[Key]]:
    """What is told more than once, in a fixed order."""
    found: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(groups):
        found[groups[key]].append(key)
    return [members for _, members in sorted(found.items()) if len(members) > 1]


def _pairs(gold: Sequence[Sequence[Key]], response: Sequence[Sequence[Key]]) -> Counts:
    ours, theirs = ({pair for group in groups for pair in combinations(group, 2)} for groups in (gold, response))
    return Counts(len(ours & theirs), len(theirs), len(ours))


def _record(
    gold: Sequence[GoldHappening], predicted: Mapping[Key, str], happenings: Mapping[str, Happening]
) -> tuple[list[Row], Counts]:
    """How each telling's happening was answered by the record, against the row that it is; `found` is the right row."""
    counts: dict[str, int] = defaultdict(int)
    right = given = there = 0
    for row, happening in enumerate(gold):
        if happening.record is None:
            continue
        for key in _keys(row, happening):
            if key not in predicted:
                continue
            record = happenings[predicted[key]].record
            answer = record.id if record and record.id else None
            given += answer is not None
            there += happening.record != NO_ROW
            right += answer is not None and answer == happening.record
            counts[_answer(happening.record, answer, record.status if record else "nothing")] += 1
    rows: list[Row] = [{"answer": answer, "tellings": count, "share": None} for answer, count in sorted(counts.items())]
    found = Counts(right, given, there)
    rows += [
        {"answer": "right, of the rows given", "tellings": given, "share": rounded(found.precision)},
        {"answer": "right, of the rows that there are", "tellings": there, "share": rounded(found.recall)},
    ]
    return rows, found


def _answer(fact: str, answer: str | None, status: str) -> str:
    if answer is None:
        return f"{status}, and {'the record has no row' if fact == NO_ROW else 'the record has a row'}"
    return "the right row" if answer == fact else "a wrong row"


def _faults(gold: Sequence[GoldHappening], labels: Mapping[Key, int], predicted: Mapping[Key, str]) -> list[Row]:
    """Gold happenings told as several, and predicted ones that are several of gold, with their articles."""
    faults: list[Row] = []
    told: dict[str, set[int]] = defaultdict(set)
    for key, id_ in predicted.items():
        told[id_].add(labels[key])
    for row, happening in enumerate(gold):
        ids = {predicted[key] for key in _keys(row, happening) if key in predicted}
        if len(ids) > 1:
            faults.append(_fault("parted", happening.type, happening.record, gold, [row]))
    for _, rows in sorted(told.items()):
        if len(rows) > 1:
            first = gold[min(rows)]
            faults.append(_fault("joined", first.type, first.record, gold, sorted(rows)))
    return faults


def _fault(what: str, kind: str, record: str | None, gold: Sequence[GoldHappening], rows: Sequence[int]) -> Row:
    articles = " | ".join(", ".join(telling.article for telling in gold[row].tellings) for row in rows)
    return {"fault": what, "type": kind, "record": record or "", "articles": articles}
