"""95 % intervals by resampling articles, the unit that varies independently: sentences of one article do not.

Percentile bootstrap (Efron & Tibshirani 1993, ch. 13) of pooled counts, resampled by scipy with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

Triple = tuple[int, int, int]
Bounds = tuple[float | None, float | None]
LEVEL = 0.95
MEASURES = ("precision", "recall", "f1")


def interval(counts: Sequence[Triple], resamples: int, seed: int) -> dict[str, Bounds]:
    """Bounds of precision, recall and F1 pooled over articles; `counts` holds (found, predicted, gold) per article.

    A measure is (None, None) where there are fewer than two articles, no resamples, or no resample that defines it;
    resamples that leave a measure undefined (nothing predicted in them, say) are not counted for it.
    """
    measures = _measures(_resampled(counts, resamples, seed, columns=3))
    return {name: _percentiles(values) for name, values in zip(MEASURES, measures, strict=True)}


def difference(first: Sequence[Triple], second: Sequence[Triple], resamples: int, seed: int) -> Bounds:
    """Bounds of F1(first) - F1(second), the same articles in the same order, resampled together."""
    paired = [(*one, *two) for one, two in zip(first, second, strict=True)]
    sums = _resampled(paired, resamples, seed, columns=6)
    return _percentiles(_measures(sums[:3])[2] - _measures(sums[3:])[2])


def _resampled(counts: Sequence[tuple[int, ...]], resamples: int, seed: int, columns: int) -> np.ndarray:
    """Each column's sum in each resample, shape (columns, resamples); without any resample where nothing can vary."""
    if len(counts) < 2 or not resamples:
        return np.empty((columns, 0))
    result = stats.bootstrap(
        tuple(np.asarray(counts, dtype=float).T),
        lambda *data, axis: np.stack([column.sum(axis) for column in data]),
        n_resamples=resamples,
        paired=True,
        vectorized=True,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    return result.bootstrap_distribution


def _measures(sums: np.ndarray) -> np.ndarray:
    """Precision, recall and F1 of sums of found, predicted and gold, each (resamples,); nan or inf where undefined."""
    found, predicted, gold = sums
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([found / predicted, found / gold, 2 * found / (predicted + gold)])


def _percentiles(values: np.ndarray) -> Bounds:
    """What 95 % of the defined values lie between."""
    defined = values[np.isfinite(values)]
    if not defined.size:
        return None, None
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
