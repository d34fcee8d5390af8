"""A word's other occurrences speak for it, and only they."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tagger.consistency import agree, bare
from pipeline.tagger.labels import INDEX, decode


def _row(**probabilities: float) -> np.ndarray:
    row = np.zeros(len(INDEX))
    for label, value in probabilities.items():
        row[INDEX[label.replace("_", "-")]] = value
    return row


SURE = _row(B_LOC=0.95, O=0.05)
UNSURE = _row(B_LOC=0.3, B_ORG=0.7)
PLAIN = _row(O=1.0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("حلوان", "حلوان"),
        ("حلوان", "وحلوان"),
        ("القاهرة", "بالقاهرة"),
        ("القاهرة", "وللقاهرة"),
        ("أنقرة", "انقرة"),
    ],
)
def test_a_sure_occurrence_decides_an_unsure_one(first: str, second: str) -> None:
    found = agree([["وصل", first], [second, "أيضا"]], [np.stack([PLAIN, SURE]), np.stack([UNSURE, PLAIN])], 0.6)
    assert decode(found[1]) == ["B-LOC", "O"]
    assert decode(found[0]) == ["O", "B-LOC"]


@pytest.mark.parametrize(("first", "second"), [("حلوان", "حلب"), ("من", "من"), ("واصل", "اصل")])
def test_other_words_and_particles_do_not(first: str, second: str) -> None:
    rows = [np.stack([SURE]), np.stack([UNSURE])]
    for before, after in zip(rows, agree([[first], [second]], rows, 0.6), strict=True):
        assert (before == after).all()


def test_weight_nought_changes_nothing() -> None:
    rows = [np.stack([SURE, UNSURE])]
    assert (agree([["حلوان", "حلوان"]], rows, 0.0)[0] == rows[0]).all()


@given(
    st.lists(st.lists(st.sampled_from(["حلوان", "وحلوان", "من", "😀", ""]), max_size=5), max_size=4),
    st.integers(0, 1000),
    st.floats(0, 1),
)
def test_rows_stay_probabilities_in_their_places(words: list[list[str]], seed: int, weight: float) -> None:
    rng = np.random.default_rng(seed)
    rows = [rng.dirichlet(np.ones(len(INDEX)), len(sentence)) for sentence in words]
    found = agree(words, rows, weight)
    assert [row.shape for row in found] == [row.shape for row in rows]
    for row in found:
        assert (row >= 0).all()
        assert np.allclose(row.sum(1), 1)


@pytest.mark.parametrize("word", ["", "و", "ولد", "لل", "\u200d", "بال"])
def test_short_words_are_left_whole(word: str) -> None:
    assert len(bare(word)) <= len(word)
    assert bare("ولد") == "ولد"
