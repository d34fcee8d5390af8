"""One-to-one matching of what was predicted with what is gold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

G = TypeVar("G")
P = TypeVar("P")
Span = tuple[int, int]


def assign(gold: Sequence[G], predicted: Sequence[P], merit: Callable[[G, P], int | None]) -> list[tuple[int, int]]:
    """Pairs of indices (gold, predicted), each index at most once, in the order of `gold`.

    merit: None where the two cannot be paired, else how well they agree, 0 or more. As many pairs as possible are
    made; among such matchings the one with the greatest sum of merits is taken (Kuhn's assignment problem, solved by
    scipy). Of equal ones scipy's choice depends on the order of the input only.
    """
    merits = np.array([[-1 if (m := merit(g, p)) is None else m for p in predicted] for g in gold], dtype=np.int64)
    if not merits.size:
        return []
    possible = merits >= 0
    # One more pair outweighs whatever merits all the others could gain.
    weight = int(merits.max(initial=0)) * min(merits.shape) + 1
    rows, columns = linear_sum_assignment(np.where(possible, weight + merits, 0), maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if possible[i, j]]


def overlap(first: Span, second: Span) -> int:
    """How many code points two half-open spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))
