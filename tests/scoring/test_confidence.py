import pytest

from pipeline.scoring.confidence import calibration_error, calibration_rows, judged, threshold_rows
from pipeline.scoring.entities import TaggedArticle

from .build import entity

SCORES = [(0.95, True), (0.91, True), (0.9, False), (0.55, True), (0.5, False), (1.0, True)]


def test_judged_says_of_each_prediction_whether_it_is_a_gold_entity():
    gold = [entity("LOC", 0, 3), entity("PERS", 4, 7)]
    predicted = [entity("LOC", 0, 3, 0.9), entity("ORG", 4, 7, 0.4)]
    article = TaggedArticle.of("a", "كاف لام ميم", gold, predicted)
    assert judged([article, article]) == ([(0.9, True), (0.4, False)] * 2, 4)


def test_thresholds_trade_recall_for_precision():
    rows = {row["threshold"]: row for row in threshold_rows(SCORES, gold=8)}
    assert rows[0.0]["precision"] == pytest.approx(4 / 6, abs=1e-4)
    assert rows[0.0]["recall"] == 0.5
    assert rows[0.51]["precision"] == 0.8  # 0.5 is gone, as wrong as it was
    assert rows[0.91]["precision"] == 1
    assert rows[0.91]["recall"] == 0.375
    assert max(rows) == 0.96  # from there to 1.0 nothing changes, and the score of 1.0 is kept
    assert rows[0.96]["predicted"] == 1
    recalls = [row["recall"] for row in rows.values()]
    assert recalls == sorted(recalls, reverse=True)


def test_a_threshold_keeps_what_is_exactly_at_it():
    assert [row["threshold"] for row in threshold_rows([(0.29, True)], 1)] == [0.0]
    assert [row["predicted"] for row in threshold_rows([(0.29, True), (0.57, True)], 2)] == [2, 1]


def test_calibration_sets_score_beside_share_right():
    rows = {row["bin"]: row for row in calibration_rows(SCORES)}
    assert list(rows) == ["0.5-0.6", "0.9-1.0"]
    assert (rows["0.5-0.6"]["entities"], rows["0.5-0.6"]["accuracy"]) == (2, 0.5)
    assert rows["0.9-1.0"]["confidence"] == pytest.approx((0.95 + 0.91 + 0.9 + 1.0) / 4)
    assert rows["0.9-1.0"]["accuracy"] == 0.75


def test_calibration_error_weighs_the_gaps_by_bin():
    # |0.525 - 0.5| over two entities, |0.94 - 0.75| over four.
    assert calibration_error(SCORES) == pytest.approx((2 * 0.025 + 4 * 0.19) / 6)
    assert calibration_error([]) is None
    assert calibration_rows([]) == threshold_rows([], 3) == []
