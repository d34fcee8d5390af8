"""The comparison with transformers' pipeline: same weights, same labels. Speed is measured, never asserted."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.tagger.benchmark import benchmark_ner, report


def test_both_sides_tag_the_same_words_alike(folder: Path, tmp_path: Path) -> None:
    sentences = [["قال", "سليم", "في", "بيروت"], ["غدا", "،", "12", "."], ["وصل", "هاني"]] * 4
    result = benchmark_ner(folder, sentences, "fp32", tmp_path)
    assert result["sentences"] == 12
    assert result["words"] == 40
    assert result["agreement with our fp32"] == 1.0
    # The pipeline decodes nothing: where our decoding forbids an I-, labels may differ.
    assert result["agreement with the pipeline"] >= 0.5  # type: ignore[operator]
    told = report(result)
    assert "times as fast" in told
    assert "fp32" in told


def test_no_sentences_is_an_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has no sentences"):
        benchmark_ner(folder, [], "fp32", tmp_path)
