import numpy as np
import pytest

from pipeline.scoring.bootstrap import difference, interval


def test_articles_all_alike_leave_no_doubt():
    bounds = interval([(3, 4, 6)] * 5, resamples=200, seed=1)
    assert bounds == {"precision": (0.75, 0.75), "recall": (0.5, 0.5), "f1": (0.6, 0.6)}


def test_two_articles_bound_the_interval_by_the_better_and_the_worse():
    # Of the resamples AA, AB, BA, BB a quarter each are the extremes, far more than the 2.5 % cut off at either end.
    bounds = interval([(4, 4, 4), (0, 4, 4)], resamples=500, seed=1)
    assert bounds["f1"] == (0, 1)


def test_percentiles_agree_with_a_bootstrap_written_out():
    counts = [(2, 3, 4), (5, 6, 5), (0, 2, 1), (7, 9, 9), (1, 1, 6), (3, 4, 3), (2, 2, 2), (0, 0, 3)]
    drawn = np.random.default_rng(99).integers(0, len(counts), (20_000, len(counts)))
    found, predicted, gold = np.array(counts)[drawn].sum(axis=1).T
    expected = np.quantile(2 * found / (predicted + gold), [0.025, 0.975])
    assert interval(counts, resamples=20_000, seed=3)["f1"] == pytest.approx(expected, abs=0.01)


def test_the_same_seed_gives_the_same_interval():
    counts = [(1, 2, 3), (2, 2, 2), (0, 1, 4), (3, 5, 4)]
    assert interval(counts, 300, seed=7) == interval(counts, 300, seed=7)


@pytest.mark.parametrize(("counts", "resamples"), [([(1, 1, 1)], 100), ([], 100), ([(1, 1, 1), (0, 1, 1)], 0)])
def test_no_interval_without_articles_to_vary_or_resamples(counts, resamples):
    assert interval(counts, resamples, seed=1)["f1"] == (None, None)


def test_resamples_that_leave_a_measure_undefined_do_not_spoil_it():
    # One article of two has a prediction: where it is not drawn there is no precision, but there is a recall.
    bounds = interval([(1, 1, 1), (0, 0, 1)], resamples=300, seed=1)
    assert bounds["precision"] == (1, 1)
    assert bounds["recall"] == (0, 1)


@pytest.mark.parametrize(
    ("counts", "measure"), [([(0, 0, 1), (0, 0, 2)], "precision"), ([(1, 1, 0), (0, 1, 0)], "recall")]
)
def test_a_measure_undefined_everywhere_has_no_interval(counts, measure):
    assert interval(counts, resamples=50, seed=1)[measure] == (None, None)


def test_a_difference_is_of_the_same_articles():
    # Each article alone varies widely, but the second is worse by the same share in each: the difference is certain.
    better = [(4, 4, 4), (2, 2, 2), (8, 8, 8)]
    worse = [(2, 4, 4), (1, 2, 2), (4, 8, 8)]
    assert difference(better, worse, resamples=200, seed=1) == (0.5, 0.5)
    assert difference(worse, better, resamples=200, seed=1) == (-0.5, -0.5)
    assert difference(better[:1], worse[:1], resamples=200, seed=1) == (None, None)
