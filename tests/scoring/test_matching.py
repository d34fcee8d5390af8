from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.scoring.matching import assign, overlap

merits = st.integers(0, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.none() | st.integers(0, 5), min_size=width, max_size=width), min_size=0, max_size=4
    )
)


@given(merits)
@example([[5, 0], [0, None]])  # the best single pair stands in the way of two
def test_most_pairs_first_then_most_merit(table):
    """Against all assignments, tried one by one."""
    width = len(table[0]) if table else 0
    pairs = assign(range(len(table)), range(width), lambda i, j: table[i][j])
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(table[i][j] is not None for i, j in pairs)
    slots = list(range(width)) + [None] * len(table)
    best = max(
        (sum(m is not None for m in chosen), sum(m or 0 for m in chosen))
        for order in set(permutations(slots, len(table)))
        for chosen in [[None if j is None else table[i][j] for i, j in enumerate(order)]]
    )
    assert (len(pairs), sum(table[i][j] for i, j in pairs)) == best


def test_overlap_counts_shared_code_points():
    assert overlap((0, 5), (3, 9)) == 2
    assert overlap((0, 5), (5, 9)) == 0
    assert overlap((2, 4), (0, 9)) == 2
