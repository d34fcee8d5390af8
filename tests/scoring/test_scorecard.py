import pytest

from pipeline.records import GoldArticle
from pipeline.scoring.scorecard import Case, score_split

from .build import actor, entity, event, filler, story

TEXT = "لجأت قبرص إلى حق النقض ضد نص الصيد. وصوتت تسع دول معه، وعارضته مالطا."
STORIES = [story((0, 35), (36, 68), sections=(("body", 0, 68),), outlet="صحيفة النهر")]


def case(name, gold, predicted, under_gold=None, entities=(), found=()):
    """An article with gold events, predicted ones, and those found under gold entities (by default the gold ones)."""
    labels = GoldArticle(
        article=name, sha256="0", split="dev", annotator="tests", stories=STORIES, entities=list(entities), events=gold
    )
    events = {"predicted": predicted, "gold": gold if under_gold is None else under_gold}
    return Case(labels, TEXT, STORIES, list(found), events, events)


VETO = event("veto", (0, 22), vetoer=actor("CYP"))
TALLY = event("vote_tally", (36, 53), in_favour=[filler(9)])
CITY = entity("LOC", 5, 9)


@pytest.fixture(scope="module")
def card():
    cases = [
        case("b", [VETO, TALLY], [VETO], entities=[CITY], found=[entity("ORG", 5, 9, 0.7)]),
        case("a", [VETO, TALLY], [VETO, TALLY], entities=[CITY], found=[entity("LOC", 5, 9, 0.9)]),
    ]
    return score_split("dev", cases, resamples=100, seed=1)


def row(table, **wanted):
    (found,) = [r for r in table if all(r[name] == value for name, value in wanted.items())]
    return found


def test_headlines(card):
    assert card.headlines == {
        "boundaries_f1": 1,
        "entities_f1": 0.5,
        "events_f1": pytest.approx(6 / 7),  # 3 found, 3 predicted, 4 gold
        "events_f1_gold_entities": 1,
        "slots_f1": pytest.approx(6 / 7),
    }


def test_tables_hold_both_kinds_of_entities_with_intervals(card):
    by_type = {"type": "vote_tally", "class": "all", "measure": "found"}
    predicted = row(card.tables["events"], entities="predicted", **by_type)
    assert (predicted["found"], predicted["predicted"], predicted["gold"]) == (1, 1, 2)
    assert predicted["recall_low"] == 0 and predicted["recall_high"] == 1
    assert row(card.tables["events"], entities="gold", **by_type)["f1"] == 1
    assert row(card.tables["mentions"], entities="predicted", type="all", **{"class": "all"})["recall"] == 0.75


def test_the_cost_of_entity_errors_is_a_number(card):
    cost = row(card.tables["ner_cost"], type="vote_tally", measure="found")
    assert (cost["f1_gold_entities"], cost["f1_predicted_entities"]) == (1, 0.6667)
    assert cost["cost"] == 0.3333
    assert (cost["cost_low"], cost["cost_high"]) == (0, 1)
    assert row(card.tables["ner_cost"], type="veto", measure="found")["cost"] == 0


def test_outlets_are_those_of_the_gold_story(card):
    assert row(card.tables["outlets"], outlet="صحيفة النهر", unit="events")["gold"] == 4
    assert row(card.tables["outlets"], outlet="صحيفة النهر", unit="entities")["found"] == 1


def test_rules_have_a_precision_and_no_recall(card):
    rule = row(card.tables["rules"], type="veto", rule="rule")
    assert (rule["found"], rule["predicted"], rule["precision"], rule["events_by_it_alone"]) == (2, 2, 1, 2)
    assert not {"recall", "f1", "gold"} & rule.keys()


def test_plots_have_one_row_a_thing(card):
    assert sorted((r["actual"], r["predicted"]) for r in card.plots["entity_confusion"]) == [
        ("LOC", "LOC"),
        ("LOC", "ORG"),
    ]
    confusion = [(r["actual"], r["predicted"]) for r in card.plots["event_confusion"]]
    assert confusion.count(("vote_tally · actual", "none")) == 1
    assert len(confusion) == 4
    assert {"what": "veto", "f1": 1} in card.plots["event_f1"]
    assert [r["accuracy"] for r in card.plots["calibration"]] == [0, 1]


def test_articles_are_scored_in_one_order(card):
    assert card.articles == ["a", "b"]
    assert [fault.kind for fault in card.faults] == ["missed"]


def test_a_prediction_outside_every_gold_story_has_no_outlet():
    stray = event("veto", (68, 75))
    result = score_split("dev", [case("a", [VETO], [VETO, stray])], resamples=0, seed=1)
    assert row(result.tables["outlets"], outlet="not stated", unit="events")["predicted"] == 1
    assert row(result.tables["outlets"], outlet="صحيفة النهر", unit="events")["f1"] == 1


def test_an_article_in_which_nothing_happens_is_scored_too():
    result = score_split("dev", [case("a", [], [])], resamples=10, seed=1)
    assert result.headlines["events_f1"] is None
    assert result.tables["events"] == []
