"""Scores of happenings on groups whose scores are known."""

from __future__ import annotations

import pytest

from pipeline.gold.happenings import GoldHappening, GoldTelling
from pipeline.happenings.records import Day, Happening, Matched, Report
from pipeline.records import Event, Mention
from pipeline.scoring.happenings import HappeningScores, score_happenings


def event(name: str, start: int = 0, kind: str = "veto") -> Event:
    mention = Mention(sentence=f"{name}-1-1", start=start, end=start + 10, trigger=(start, start + 1), rule="r")
    return Event(
        id=f"{name}-{start}", type=kind, article=name, story=1, modality="actual", slots={}, mentions=[mention]
    )


def happening(id_: str, *events: Event, record: Matched | None = None) -> Happening:
    return Happening(
        id=id_, type="veto", modality="actual", day=Day(granularity="none", basis="none"), articles=1, outlets=0,
        slots={}, best={}, record=record, reports=[Report(event=e.id, article=e.article, story=1) for e in events],
    )  # fmt: skip


def gold(*names: str, record: str | None = None) -> GoldHappening:
    return GoldHappening("veto", record, tuple(GoldTelling(name, "veto", ((2, 8),)) for name in names))


def score(labels: list[GoldHappening], groups: list[str], **records: Matched) -> HappeningScores:
    """groups: the articles of each predicted happening, one letter an article."""
    events = {name: event(name) for group in groups for name in group}
    told = [happening(group, *(events[name] for name in group), record=records.get(group)) for group in groups]
    return score_happenings(labels, list(events.values()), told)


def f1(scores: HappeningScores, measure: str, scope: str = "events found") -> object:
    return next(row["f1"] for row in scores.rows if (row["measure"], row["scope"]) == (measure, scope))


def test_what_is_right_scores_one() -> None:
    scores = score([gold("a", "b", "c"), gold("d", "e"), gold("f")], ["abc", "de", "f"])
    assert {row["f1"] for row in scores.rows} == {1.0}
    assert scores.faults == []


@pytest.mark.parametrize(
    ("groups", "measure", "value"),
    [
        # a b c are one, d e are one: c is put with the others. MUC 2 of 3 links both ways; B³ by hand.
        (["ab", "cde"], "MUC", 2 / 3),
        (["ab", "cde"], "B³", 0.7333),
        (["ab", "cde"], "CEAF-e", 0.8),
        (["ab", "cde"], "pairs", 2 * 2 / (4 + 4)),
        (["ab", "cde"], "LEA", (2 * 1 + 3 / 3) / 5),
        # a happening that is not told again is put with one that is
        (["abc", "def"], "pairs", 2 * 4 / (4 + 6)),
    ],
)
def test_known_scores(groups: list[str], measure: str, value: float) -> None:
    scores = score([gold("a", "b", "c"), gold("d", "e"), gold("f")], [*groups, *([] if "f" in groups[1] else ["f"])])
    assert f1(scores, measure) == pytest.approx(value, abs=1e-4)


def test_the_mean_is_of_muc_b3_and_ceaf() -> None:
    scores = score([gold("a", "b", "c"), gold("d", "e")], ["ab", "cde"])
    assert f1(scores, "mean of the three") == pytest.approx((2 / 3 + 0.7333 + 0.8) / 3, abs=1e-4)
    assert scores.headlines["conll_f1"] == pytest.approx((2 / 3 + 0.7333 + 0.8) / 3, abs=1e-4)


def test_an_event_that_was_not_found_counts_against_all_tellings_only() -> None:
    scores = score([gold("a", "b", "c"), gold("d", "e")], ["ab", "de"])
    assert f1(scores, "pairs") == 1.0
    assert f1(scores, "pairs", "all tellings") == pytest.approx(2 * 2 / (2 + 4), abs=1e-4)


def test_an_event_elsewhere_in_the_article_or_of_another_type_is_none_of_it() -> None:
    labels = [gold("a", "b")]
    events = [event("a"), event("b", start=50), event("b", kind="vote_tally")]
    scores = score_happenings(labels, events, [happening("x", *events)])
    assert f1(scores, "mean of the three", "all tellings") == 0


def test_the_records_rows_right_wrong_and_missing() -> None:
    scores = score(
        [
            gold("a", record="S/1"),
            gold("b", record="S/2"),
            gold("c", record="none"),
            gold("d", record="S/4"),
            gold("e"),
        ],
        ["a", "b", "c", "d", "e"],
        a=Matched(status="same", id="S/1"),
        b=Matched(status="differs", id="S/9"),
        c=Matched(status="not found"),
        d=Matched(status="several", candidates=["S/4", "S/5"]),
    )
    assert {row["answer"]: row["tellings"] for row in scores.record_rows if row["share"] is None} == {
        "the right row": 1,
        "a wrong row": 1,
        "not found, and the record has no row": 1,
        "several, and the record has a row": 1,
    }
    assert scores.headlines["record_precision"] == 1 / 2
    assert [row["share"] for row in scores.record_rows[-2:]] == [0.5, 0.3333]


def test_faults_name_what_was_parted_and_what_was_joined() -> None:
    scores = score([gold("a", "b", "c"), gold("d", "e")], ["ab", "cde"])
    assert [(row["fault"], row["articles"]) for row in scores.faults] == [
        ("parted", "a, b, c"),
        ("joined", "a, b, c | d, e"),
    ]
