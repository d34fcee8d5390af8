from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.errors import ModelError
from pipeline.tagger.labels import INDEX, LABELS, columns, decode, merge, repair, to_project

PER = {"PER": "PERS", "LOC": "LOC", "ORG": "ORG", "GPE": "LOC", "DATE": "O"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("O", "O"),
        ("B-PER", "B-PERS"),
        ("I-PER", "I-PERS"),
        ("E-PER", "I-PERS"),
        ("L-ORG", "I-ORG"),
        ("S-GPE", "B-LOC"),
        ("U-LOC", "B-LOC"),
        ("B-DATE", "O"),
        ("I-DATE", "O"),
    ],
)
def test_published_schemes_map_to_the_projects(label: str, expected: str) -> None:
    assert to_project(label, PER, "some-model") == expected


@pytest.mark.parametrize("label", ["B-PERS", "X-PER", "PER", "LABEL_3", "B-"])
def test_a_label_the_map_does_not_know_is_never_guessed(label: str) -> None:
    with pytest.raises(ModelError, match=r"some-model.*not in its label map"):
        to_project(label, PER, "some-model")


def test_outputs_that_mean_the_same_are_summed() -> None:
    into = columns(["O", "B-PER", "S-PER", "I-PER", "E-PER"], PER, "m")
    merged = merge(np.array([[0.1, 0.2, 0.3, 0.15, 0.25]]), into)
    assert merged[0, INDEX["B-PERS"]] == pytest.approx(0.5)
    assert merged[0, INDEX["I-PERS"]] == pytest.approx(0.4)
    assert merged.sum() == pytest.approx(1)


def _valid(labels: list[str]) -> bool:
    return all(
        label[0] != "I" or (before != "O" and before[2:] == label[2:])
        for before, label in zip(["O", *labels], labels, strict=False)
    )


@given(arrays(np.float32, st.tuples(st.integers(0, 30), st.just(len(LABELS))), elements=st.floats(0, 1, width=32)))
def test_whatever_the_probabilities_the_labels_are_valid_and_as_many(probabilities: np.ndarray) -> None:
    labels = decode(probabilities)
    assert len(labels) == len(probabilities)
    assert _valid(labels)


def test_the_likeliest_valid_sequence_wins_over_the_likeliest_words() -> None:
    rows = np.full((2, len(LABELS)), 0.001)
    # Word by word: O, I-PERS. That is not valid; B-PERS I-PERS is likelier than O with anything.
    rows[0, INDEX["O"]], rows[0, INDEX["B-PERS"]] = 0.55, 0.44
    rows[1, INDEX["I-PERS"]], rows[1, INDEX["O"]] = 0.9, 0.05
    assert decode(rows) == ["B-PERS", "I-PERS"]


@given(st.lists(st.sampled_from(LABELS), max_size=20))
def test_repaired_labels_are_valid_and_valid_ones_stay(labels: list[str]) -> None:
    mended = repair(labels)
    assert _valid(mended)
    assert repair(mended) == mended
    assert [label[2:] for label in mended] == [label[2:] for label in labels]
