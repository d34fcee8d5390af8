"""All scores of one split: tables with intervals, data for plots, headline figures and the list of errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.records import Entity, Event, GoldArticle, Story
from pipeline.scoring import confidence, entities, events
from pipeline.scoring.bootstrap import difference
from pipeline.scoring.entities import TaggedArticle
from pipeline.scoring.error_list import Fault, faults
from pipeline.scoring.events import Matched
from pipeline.scoring.measures import Ledger, Row, rounded, with_column
from pipeline.scoring.sentences import score_segmentation

# Which entities the frames were given.
PREDICTED = "predicted"
GOLD = "gold"
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Case:
    """One gold article and all that the workflow made of it.

    frames and events hold, by `predicted` and `gold`, what came of the tagger's entities and of the gold ones.
    """

    gold: GoldArticle
    text: str
    stories: Sequence[Story]
    entities: Sequence[Entity]
    frames: dict[str, Sequence[Event]]
    events: dict[str, Sequence[Event]]

    @property
    def article(self) -> str:
        return self.gold.article

    def outlet_at(self, offset: int) -> str:
        """The outlet of the gold story that `offset` lies in; `not stated` where the page or the gold tells none."""
        for story in self.gold.stories:
            if any(section.start <= offset < section.end for section in story.sections):
                return story.outlet or NOT_STATED
        return NOT_STATED


@dataclass
class Scorecard:
    """One split's scores. tables and plots hold rows by name; headlines are the figures for metrics.json."""

    split: str
    articles: list[str]
    tables: dict[str, list[Row]] = field(default_factory=dict)
    plots: dict[str, list[Row]] = field(default_factory=dict)
    headlines: dict[str, float | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def score_split(split: str, cases: Sequence[Case], resamples: int, seed: int) -> Scorecard:
    """Score the articles of one split; the order of `cases` changes nothing."""
    cases = sorted(cases, key=lambda case: case.article)
    card = Scorecard(split, [case.article for case in cases])
    _Scoring(card, cases, resamples, seed).run()
    return card


class _Scoring:
    """The steps of score_split, which share the cases and write to one card."""

    def __init__(self, card: Scorecard, cases: Sequence[Case], resamples: int, seed: int) -> None:
        self.card, self.cases, self.resamples, self.seed = card, cases, resamples, seed
        self.tagged = [TaggedArticle.of(c.article, c.text, c.gold.entities, c.entities) for c in cases]
        self.matched = {
            given: [events.match(c.article, c.gold.events, c.events[given]) for c in cases]
            for given in (PREDICTED, GOLD)
        }

    def run(self) -> None:
        self._segmentation()
        self._entities()
        self._confidence()
        self._events()
        self._rules_and_outlets()
        self.card.faults = [
            fault
            for case, matched in zip(self.cases, self.matched[PREDICTED], strict=True)
            for fault in faults(matched, case.text, case.gold.stories, case.stories)
        ]
        self._confusions()

    def _rows(self, ledger: Ledger) -> list[Row]:
        return ledger.rows(self.card.articles, self.resamples, self.seed)

    def _segmentation(self) -> None:
        ledger = Ledger("unit")
        for case in self.cases:
            score_segmentation(ledger, case.article, case.gold.stories, case.stories)
        self.card.tables["segmentation"] = self._rows(ledger)
        self.card.headlines["boundaries_f1"] = ledger.total("boundary").f1

    def _entities(self) -> None:
        ledger = Ledger("label")
        for tagged in self.tagged:
            entities.score_entities(ledger, tagged)
        self.card.tables["entities"] = rows = self._rows(ledger)
        self.card.tables["entities_lenient"] = entities.lenient_rows(self.tagged)
        self.card.tables["entity_errors"] = [
            row
            for case, tagged in zip(self.cases, self.tagged, strict=True)
            for row in entities.error_rows(tagged, case.text)
        ]
        self.card.plots["entity_f1"] = _bars(rows, "label")
        self.card.headlines["entities_f1"] = ledger.total(entities.ALL).f1

    def _confidence(self) -> None:
        scores, gold = confidence.judged(self.tagged)
        self.card.tables["calibration"] = self.card.plots["calibration"] = confidence.calibration_rows(scores)
        self.card.plots["threshold"] = confidence.threshold_rows(scores, gold)
        self.card.tables["calibration_error"] = [
            {"entities": len(scores), "expected_calibration_error": rounded(confidence.calibration_error(scores))}
        ]

    def _events(self) -> None:
        found, mentions, slots = (
            {given: Ledger(*columns) for given in (PREDICTED, GOLD)} for columns in _EVENT_COLUMNS
        )
        for given in (PREDICTED, GOLD):
            for case, matched in zip(self.cases, self.matched[given], strict=True):
                events.score_events(found[given], matched)
                events.score_slots(slots[given], matched)
                single = events.match(case.article, events.single(case.gold.events), case.frames[given])
                _score_mentions(mentions[given], single)
        for name, ledgers in (("events", found), ("mentions", mentions), ("slots", slots)):
            self.card.tables[name] = [
                row for given in (PREDICTED, GOLD) for row in with_column(self._rows(ledgers[given]), entities=given)
            ]
        self.card.tables["ner_cost"] = self._ner_cost(found)
        everything = (events.ALL, events.ALL)
        self.card.headlines |= {
            "events_f1": found[PREDICTED].total(*everything, "found").f1,
            "events_f1_gold_entities": found[GOLD].total(*everything, "found").f1,
            "slots_f1": slots[PREDICTED].total(*everything, "all events").f1,
        }
        told = [row for row in self.card.tables["events"] if row["entities"] == PREDICTED and row["measure"] == "found"]
        self.card.plots["event_f1"] = _bars(told, "type", "class")
        told = [r for r in self.card.tables["slots"] if r["entities"] == PREDICTED and r["scope"] == "all events"]
        self.card.plots["slot_f1"] = _bars(told, "type", "slot")

    def _ner_cost(self, found: dict[str, Ledger]) -> list[Row]:
        """F1 of events under gold and under predicted entities, and what lies between, a row a type and measure."""
        rows: list[Row] = []
        for type_, class_, measure in sorted({*found[GOLD].keys(), *found[PREDICTED].keys()}):
            if class_ != events.ALL:
                continue
            key = (type_, class_, measure)
            gold, predicted = (ledger.total(*key).f1 for ledger in (found[GOLD], found[PREDICTED]))
            if gold is None or predicted is None:
                continue
            first, second = (
                [(c.found, c.predicted, c.gold) for c in found[given].by_article(key, self.card.articles)]
                for given in (GOLD, PREDICTED)
            )
            low, high = difference(first, second, self.resamples, self.seed)
            rows.append(
                {
                    "type": type_,
                    "measure": measure,
                    "f1_gold_entities": rounded(gold),
                    "f1_predicted_entities": rounded(predicted),
                    "cost": rounded(gold - predicted),
                    "cost_low": rounded(low),
                    "cost_high": rounded(high),
                }
            )
        return rows

    def _rules_and_outlets(self) -> None:
        rules, outlets = Ledger("type", "rule"), Ledger("outlet", "unit")
        alone: Counter[tuple[str, str]] = Counter()
        for case, tagged, matched in zip(self.cases, self.tagged, self.matched[PREDICTED], strict=True):
            events.score_rules(rules, case.article, case.gold.events, case.frames[PREDICTED])
            _score_outlets(outlets, case, tagged, matched)
            alone.update(events.found_by_one_rule(matched))
        unused = ("recall", "recall_low", "recall_high", "f1", "f1_low", "f1_high", "gold")
        self.card.tables["rules"] = [
            {name: value for name, value in row.items() if name not in unused}
            | {"events_by_it_alone": alone[str(row["type"]), str(row["rule"])]}
            for row in self._rows(rules)
        ]
        self.card.tables["outlets"] = self._rows(outlets)

    def _confusions(self) -> None:
        """One row a thing, gold kind against predicted kind, `none` on the side where there is nothing."""
        self.card.plots["entity_confusion"] = [
            {"actual": gold.label if gold else entities.NONE, "predicted": found.label if found else entities.NONE}
            for tagged in self.tagged
            for gold, found in entities.aligned(tagged)
        ]
        self.card.plots["event_confusion"] = [
            {"actual": gold, "predicted": predicted}
            for matched in self.matched[PREDICTED]
            for gold, predicted in events.confusion(matched)
        ]


_EVENT_COLUMNS = (("type", "class", "measure"), ("type", "class"), ("type", "slot", "scope"))


def _score_mentions(ledger: Ledger, matched: Matched) -> None:
    """Mentions found, by type and class, by type, and for all, from a matching of single mentions."""
    for event, counts in events.tallied(matched):
        for key in events.levels(event):
            ledger.add(key, matched.article, counts)


def _score_outlets(ledger: Ledger, case: Case, tagged: TaggedArticle, matched: Matched) -> None:
    """Events and entities found, by the outlet of the story they stand in."""
    for event, counts in events.tallied(matched):
        ledger.add((case.outlet_at(event.mentions[0].start), "events"), case.article, counts)
    for outlet in {case.outlet_at(entity.start) for entity in (*tagged.gold, *tagged.predicted)}:
        part = replace(
            tagged,
            gold=tuple(e for e in tagged.gold if case.outlet_at(e.start) == outlet),
            predicted=tuple(e for e in tagged.predicted if case.outlet_at(e.start) == outlet),
        )
        by_label = Ledger("label")
        entities.score_entities(by_label, part)
        ledger.add((outlet, "entities"), case.article, by_label.total(entities.ALL))


def _bars(rows: Sequence[Row], *names: str) -> list[Row]:
    """Rows of a bar chart: what is measured, and its F1 where there is one."""
    return [
        {"what": " · ".join(str(row[n]) for n in names if row[n] != events.ALL) or events.ALL, "f1": row["f1"]}
        for row in rows
        if row["f1"] is not None
    ]
