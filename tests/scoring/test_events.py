import pytest

from pipeline.scoring.events import (
    confusion,
    event_class,
    filler_key,
    found_by_one_rule,
    match,
    score_events,
    score_rules,
    score_slots,
    single,
)
from pipeline.scoring.measures import Counts, Ledger

from .build import actor, call, event, filler


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (event("veto", (0, 5)), "actual"),
        (event("veto", (0, 5), modality="threatened"), "not actual"),
        (event("vote_tally", (0, 5), modality="hypothetical"), "not actual"),
        (call((0, 5), stance="reject"), "reject"),
        (call((0, 5), stance=None), "call"),
        (event("ceasefire_call", (0, 5), modality="negated", stance=[filler("reject")]), "reject"),
        (event("sanction", (0, 5)), "actual"),  # a type nobody here knows
    ],
)
def test_class(found, expected):
    assert event_class(found) == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "found", "missed", "false", "confused", "repeats"),
    [
        pytest.param([event("veto", (0, 9))], [event("veto", (5, 30))], 1, 0, 0, 0, 0, id="overlap is enough"),
        pytest.param([event("veto", (0, 9))], [event("veto", (9, 30))], 0, 1, 1, 0, 0, id="touching is not"),
        pytest.param([event("veto", (0, 9))], [event("vote_tally", (0, 9))], 0, 1, 1, 1, 0, id="another type"),
        pytest.param([event("veto", (0, 9))], [event("veto", (0, 9), modality="general")], 0, 1, 1, 1, 0, id="class"),
        pytest.param([call((0, 9))], [call((0, 9), stance="reject")], 0, 1, 1, 1, 0, id="another stance"),
        pytest.param(
            [event("veto", (0, 9), modality="negated")], [event("veto", (0, 9), modality="general")], 1, 0, 0, 0, 0,
            id="both not actual",
        ),
        pytest.param([event("veto", (0, 9), (50, 60))], [event("veto", (55, 58))], 1, 0, 0, 0, 0, id="another mention"),
        pytest.param(
            [event("veto", (0, 9), (50, 60))], [event("veto", (0, 9)), event("veto", (50, 60))], 1, 0, 1, 0, 1,
            id="one happening told twice",
        ),
        pytest.param(
            [event("veto", (0, 9)), event("veto", (50, 60))], [event("veto", (0, 9), (50, 60))], 1, 1, 0, 0, 0,
            id="two happenings taken for one",
        ),
        pytest.param([], [event("veto", (0, 9))], 0, 0, 1, 0, 0, id="false alarm"),
        pytest.param([event("veto", (0, 9))], [], 0, 1, 0, 0, 0, id="never predicted"),
        pytest.param([], [], 0, 0, 0, 0, 0, id="nothing to tell"),
        pytest.param(
            # A greedy matcher that gives the wide prediction to the first gold event leaves the second one unfound.
            [event("veto", (0, 9)), event("veto", (20, 30))], [event("veto", (0, 30)), event("veto", (0, 9), name="b")],
            2, 0, 0, 0, 0, id="as many as can be",
        ),
    ],
)  # fmt: skip
def test_matching(gold, predicted, found, missed, false, confused, repeats):
    result = match("a", gold, predicted)
    counts = (len(result.found), len(result.missed), len(result.false), len(result.confused), len(result.repeats))
    assert counts == (found, missed, false, confused, repeats)


def test_of_two_candidates_the_one_with_more_equal_slots_is_taken():
    gold = [
        event("veto", (0, 30), name="g1", vetoer=actor("CYP"), date=[filler("2001-03-01")]),
        event("veto", (0, 30), name="g2", vetoer=actor("MLT")),
    ]
    predicted = [
        event("veto", (0, 30), name="p1", vetoer=actor("MLT")),
        event("veto", (0, 30), name="p2", vetoer=actor("CYP")),
    ]
    assert [(g.id, p.id) for g, p in match("a", gold, predicted).found] == [("g1", "p2"), ("g2", "p1")]


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        (filler("قبرص", actor="CYP"), filler("نيقوسيا", actor="CYP"), True),
        (filler("قبرص", actor="CYP"), filler("قبرص"), False),  # the id is what counts
        (filler(13), filler(13, text="ثلاثة عشر"), True),
        (filler(13), filler("13"), True),
        (filler(1), filler(True), False),
        (filler("2720"), filler("2722"), False),
        (filler("إنهاء الأزمة"), filler("انهاء  الازمه"), False),  # ta marbuta is a letter
        (filler("إنهاء الأزمة"), filler("انهاء\nالأزمة"), True),
    ],
)
def test_when_fillers_are_equal(first, second, equal):
    assert (filler_key(first) == filler_key(second)) is equal


def scored(score, columns, gold, predicted):
    ledger = Ledger(*columns)
    score(ledger, match("a", gold, predicted))
    return ledger


TALLY = {"in_favour": [filler(13)], "against": [filler(1)], "abstaining": [filler(1)]}


def test_events_by_type_class_and_measure():
    gold = [
        event("vote_tally", (0, 9), **TALLY, outcome=[filler("rejected")]),
        event("vote_tally", (20, 29), **TALLY),
        event("veto", (40, 49), vetoer=actor("CYP")),
    ]
    predicted = [
        event("vote_tally", (0, 9), **TALLY),  # the outcome is missing, the numbers are right
        event("vote_tally", (20, 29), **{**TALLY, "against": [filler(2)]}),
        event("veto", (60, 69), modality="threatened"),
    ]
    ledger = scored(score_events, ("type", "class", "measure"), gold, predicted)
    assert ledger.total("vote_tally", "actual", "found") == Counts(2, 2, 2)
    assert ledger.total("vote_tally", "actual", "core slots right") == Counts(1, 2, 2)
    assert ledger.total("vote_tally", "all", "all slots right") == Counts(0, 2, 2)
    assert ledger.total("veto", "actual", "found") == Counts(0, 0, 1)
    assert ledger.total("veto", "not actual", "found") == Counts(0, 1, 0)
    assert ledger.total("all", "all", "found") == Counts(2, 3, 3)


def test_a_type_without_core_slots_needs_all_of_them():
    gold = [event("sanction", (0, 9), target=[filler("نفط")])]
    ledger = scored(score_events, ("type", "class", "measure"), gold, [event("sanction", (0, 9))])
    assert ledger.total("sanction", "all", "found") == Counts(1, 1, 1)
    assert ledger.total("sanction", "all", "core slots right") == Counts(0, 1, 1)


def test_slots_on_found_events_and_over_all():
    gold = [
        event("veto", (0, 9), vetoer=actor("CYP", "MLT"), ordinal=[filler(3)]),
        event("veto", (20, 29), vetoer=actor("ISL")),  # missed
    ]
    predicted = [
        event("veto", (0, 9), vetoer=actor("CYP", "NOR"), date=[filler("2001-03-01")]),
        event("veto", (40, 49), vetoer=actor("FIN", "SWE")),  # false alarm
    ]
    ledger = scored(score_slots, ("type", "slot", "scope"), gold, predicted)
    assert ledger.total("veto", "vetoer", "found events") == Counts(1, 2, 2)
    assert ledger.total("veto", "vetoer", "all events") == Counts(1, 4, 3)
    assert ledger.total("veto", "ordinal", "found events") == Counts(0, 0, 1)
    assert ledger.total("veto", "date", "found events") == Counts(0, 1, 0)
    assert ledger.total("veto", "all", "found events") == Counts(1, 3, 3)
    assert ledger.total("all", "all", "all events") == Counts(1, 5, 4)
    assert ledger.total("veto", "modality", "found events") == Counts(1, 1, 1)


def test_stance_is_the_class_and_no_slot_to_be_right_about():
    ledger = scored(score_slots, ("type", "slot", "scope"), [call((0, 9))], [call((0, 9))])
    assert ledger.keys() == [("ceasefire_call", "modality", scope) for scope in SCOPES]


SCOPES = ("all events", "found events", "found events, overlapping")


def test_modality_is_compared_within_a_class():
    ledger = scored(
        score_slots,
        ("type", "slot", "scope"),
        [event("veto", (0, 9), modality="negated")],
        [event("veto", (0, 9), modality="general")],
    )
    assert ledger.total("veto", "modality", "found events") == Counts(0, 1, 1)


@pytest.mark.parametrize(
    ("gold", "predicted", "overlapping"),
    [
        pytest.param([filler("نص بشأن الصيد", at=10)], [filler("نص", at=10)], 1, id="shares words"),
        pytest.param([filler("نص بشأن الصيد", at=10)], [filler("نص", at=90)], 0, id="elsewhere"),
        pytest.param([filler(13, at=10)], [filler(12, at=10)], 0, id="another number is wrong"),
        pytest.param(actor("CYP"), actor("MLT"), 0, id="another actor is wrong"),
        pytest.param([filler("نص طويل", at=10)], [filler("نص", at=10), filler("طويل", at=13)], 1, id="one to one"),
        pytest.param([filler("صيد", at=10)], [filler("صيد", at=90)], 1, id="equal anywhere"),
    ],
)
def test_overlapping_texts(gold, predicted, overlapping):
    ledger = scored(
        score_slots,
        ("type", "slot", "scope"),
        [event("veto", (0, 9), object=gold)],
        [event("veto", (0, 9), object=predicted)],
    )
    assert ledger.total("veto", "object", "found events, overlapping").found == overlapping


def test_confusion_has_each_event_once():
    gold = [event("veto", (0, 9)), event("veto", (20, 29)), event("veto", (40, 49))]
    predicted = [event("veto", (0, 9)), event("veto", (20, 29), modality="general"), call((60, 69))]
    assert confusion(match("a", gold, predicted)) == [
        ("veto · actual", "veto · actual"),
        ("veto · actual", "veto · not actual"),
        ("veto · actual", "none"),
        ("none", "ceasefire_call · call"),
    ]


def test_rules_are_right_where_their_kind_stands():
    gold = [event("veto", (0, 9), (50, 59))]
    frames = single([
        event("veto", (0, 9), (50, 59), rule="good"),
        event("veto", (3, 9), rule="also good"),  # two rules may find one mention
        event("veto", (50, 59), modality="negated", rule="bad"),
        event("vote_tally", (0, 9), rule="bad"),
    ])  # fmt: skip
    ledger = Ledger("type", "rule")
    score_rules(ledger, "a", gold, frames)
    assert ledger.total("veto", "good") == Counts(2, 2, 0)
    assert ledger.total("veto", "also good") == Counts(1, 1, 0)
    assert ledger.total("veto", "bad") == Counts(0, 1, 0)
    assert ledger.total("vote_tally", "bad") == Counts(0, 1, 0)


def test_what_would_be_lost_without_a_rule():
    two = event("veto", (0, 9), (20, 29))
    mixed = two.model_copy(update={"mentions": [two.mentions[0], two.mentions[1].model_copy(update={"rule": "other"})]})
    gold = [event("veto", (0, 9)), event("veto", (40, 49))]
    assert found_by_one_rule(match("a", gold, [mixed, event("veto", (40, 49), rule="only")])) == [("veto", "only")]
