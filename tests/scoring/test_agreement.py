from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.errors import GoldError
from pipeline.records import Entity, Event, GoldArticle, Section, Sentence, Story
from pipeline.scoring.agreement import Agreement, agreement, cohen_kappa
from tests.scoring.build import actor, call, entity, event, filler

#        0    5     11   16        26    32       41
TEXT = "دعت مصر إلى هدنة. واستخدمت روسيا الفيتو. ورحبت قطر بذلك."
ENDS = [0, 17, 40, 56]


def gold(
    *events: Event,
    entities: tuple[Entity, ...] = (),
    cuts: list[int] = ENDS,
    name: str = "a",
    digest: str = "0",
    annotator: str = "A",
) -> GoldArticle:
    """The text cut at `cuts` into sentences, with these events and entities."""
    assert len(TEXT) == ENDS[-1]
    sentences = [
        Sentence(id=f"{name}-1-{i}", section="body", start=start + (start > 0), end=end)
        for i, (start, end) in enumerate(pairwise(cuts), 1)
    ]
    story = Story(story=1, sections=[Section(kind="body", start=0, end=cuts[-1])], sentences=sentences)
    return GoldArticle(
        article=name,
        sha256=digest,
        split="dev",
        annotator=annotator,
        stories=[story],
        entities=list(entities),
        events=list(events),
    )


def compare(one: GoldArticle, two: GoldArticle) -> Agreement:
    return agreement([one], [two], {"a": TEXT})


CALL = call((0, 16), caller=actor("EGY"))
VETO = event("veto", (19, 39), vetoer=actor("RUS"))
NAMES = (entity("LOC", 4, 7), entity("LOC", 27, 32))


def test_equal_labels_agree_wholly() -> None:
    result = compare(gold(CALL, VETO, entities=NAMES), gold(CALL, VETO, entities=NAMES))
    assert {counts.f1 for name, counts in result.scores.items() if counts.gold} == {1.0}
    assert result.kappa == {"entity label of a word": 1.0, "event types of a sentence": 1.0}
    assert result.disagreements == ()


@pytest.mark.parametrize(
    ("one", "two", "measure", "f1", "what"),
    [
        pytest.param(gold(CALL, VETO), gold(CALL), "events", 2 / 3, "event", id="an event only A has"),
        pytest.param(gold(CALL), gold(CALL, VETO), "events", 2 / 3, "event", id="an event only B has"),
        pytest.param(
            gold(CALL),
            gold(call((0, 16), stance="reject", caller=actor("EGY"))),
            "events",
            0,
            "kind of event",
            id="stance",
        ),
        pytest.param(
            gold(VETO),
            gold(event("veto", (19, 39), vetoer=actor("RUS", "CHN"))),
            "slots",
            2 / 3,
            "veto · actual: vetoer",
            id="a filler more",
        ),
        pytest.param(
            gold(VETO),
            gold(event("veto", (19, 39), vetoer=actor("RUS"), object=[filler("نص")])),
            "slots veto.object",
            0,
            "veto · actual: object",
            id="a slot more",
        ),
        pytest.param(
            gold(VETO),
            gold(event("veto", (33, 39), vetoer=actor("RUS"))),
            "triggers, exact",
            0,
            "veto · actual: trigger",
            id="trigger, other ends",
        ),
        pytest.param(
            gold(VETO),
            gold(event("veto", (33, 39), vetoer=actor("RUS"))),
            "triggers, overlapping",
            1,
            None,
            id="trigger, overlapping",
        ),
        pytest.param(
            gold(VETO),
            gold(event("veto", (19, 36), vetoer=actor("RUS"))),
            "mentions, extent equal",
            0,
            "veto · actual: extent",
            id="extent, other ends",
        ),
        pytest.param(
            gold(VETO),
            gold(event("veto", (19, 39), vetoer=[filler("روسيا", actor="RUS", at=27)])),
            "fillers, value and words equal",
            0,
            "veto · actual: words of vetoer",
            id="one value, other words",
        ),
        pytest.param(
            gold(event("veto", (19, 39), (41, 55), vetoer=actor("RUS"))),
            gold(VETO),
            "mentions",
            2 / 3,
            "veto · actual: mention",
            id="a mention more",
        ),
        pytest.param(
            gold(event("veto", (19, 39), modality="threatened", vetoer=actor("RUS"))),
            gold(event("veto", (19, 39), modality="hypothetical", vetoer=actor("RUS"))),
            "events",
            1,
            "veto · not actual: modality",
            id="modality within a class",
        ),
        pytest.param(gold(), gold(cuts=[0, 40, 56]), "sentences", 2 / 5, "sentence", id="a sentence end"),
        pytest.param(gold(entities=NAMES), gold(entities=NAMES[:1]), "entities LOC", 2 / 3, "entity", id="an entity"),
        pytest.param(
            gold(entities=NAMES[:1]), gold(entities=(entity("ORG", 4, 7),)), "entities", 0, "entity", id="its label"
        ),
        pytest.param(
            gold(entities=NAMES[:1]), gold(entities=(entity("LOC", 0, 7),)), "entities", 0, "entity", id="its span"
        ),
    ],
)
def test_what_differs_lowers_its_score_and_is_listed(
    one: GoldArticle, two: GoldArticle, measure: str, f1: float, what: str | None
) -> None:
    result = compare(one, two)
    assert result.scores[measure].f1 == pytest.approx(f1)
    assert what is None or what in {row.what for row in result.disagreements}, result.disagreements
    mirrored = compare(two, one)
    assert mirrored.scores[measure].f1 == pytest.approx(f1)
    assert [(row.what, row.b, row.a) for row in mirrored.disagreements if row.what != "entity"] == [
        (row.what, row.a, row.b) for row in result.disagreements if row.what != "entity"
    ]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([("x", "x"), ("y", "y")], 1.0, id="whole agreement"),
        pytest.param([("x", "y"), ("y", "x")], -1.0, id="none"),
        pytest.param([("x", "x"), ("x", "y"), ("y", "x"), ("y", "y")], 0.0, id="as by chance"),
        # Cohen 1960's way on 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: (0.7 - 0.5) / (1 - 0.5).
        pytest.param([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4, id="textbook"),
        pytest.param([("x", "x")] * 3, None, id="one label only"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_cohens_kappa(pairs: list[tuple[str, str]], expected: float | None) -> None:
    result = cohen_kappa(pairs)
    assert result == expected if expected is None else result == pytest.approx(expected)


def test_kappa_of_sentences_and_words() -> None:
    result = compare(gold(CALL, VETO, entities=NAMES), gold(CALL, entities=NAMES[:1]))
    # Sentences: call-call, veto-none, none-none: observed 2/3, expected (1·1 + 1·0 + 1·2) / 9.
    assert result.kappa["event types of a sentence"] == pytest.approx((2 / 3 - 3 / 9) / (1 - 3 / 9))
    # Ten words: one LOC-LOC, one LOC-O, eight O-O.
    assert result.kappa["entity label of a word"] == pytest.approx((0.9 - 0.74) / (1 - 0.74))


def test_the_report_reads_and_serialises() -> None:
    result = agreement(
        [gold(CALL, VETO), gold(name="only-a")], [gold(CALL), gold(name="only-b")], {"a": TEXT, "only-a": TEXT}
    )
    text = result.as_text()
    assert "only A: only-a" in text and "only B: only-b" in text
    assert "19-39 event: A veto · actual · B –   «واستخدمت روسيا الفيتو»".replace("واستخدمت", "استخدمت") in text
    plain = result.as_dict()
    assert plain["scores"]["events"] == {"both": 1, "a": 2, "b": 1, "f1": 0.6667}  # type: ignore[index]
    assert plain["disagreements"][0]["what"] == "event"  # type: ignore[index]


@pytest.mark.parametrize(
    ("two", "message"),
    [(gold(digest="1"), "different texts"), (gold(name="b"), "no article in common")],
)
def test_labels_that_cannot_be_compared_are_refused(two: GoldArticle, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        compare(gold(), two)
