"""The card: metadata that the hub reads, and how the model is used right."""

from __future__ import annotations

from typing import Any

import pytest
from huggingface_hub import ModelCard

from pipeline.tagger.card import model_card
from pipeline.tagger.registry import Entry

SUMMARY: dict[str, Any] = {
    "base": "mini", "revision": "local", "base_sha256": "ab", "data_sha256": "cd", "train_sentences": 7,
    "dev_sentences": 3, "trained": True, "epochs": 5, "best_epoch": 4, "dev_f1": 0.9, "base_dev_f1": 0.8,
}  # fmt: skip
ENTRY = {"folder": "mini", "licence": "MIT", "citation": "Somebody 2020", "about": "Small."}


def card(summary: dict[str, Any] | None = None, **entry: object) -> ModelCard:
    return ModelCard(model_card(Entry.model_validate(ENTRY | entry), SUMMARY | (summary or {}), {"epochs": 5}))


def test_metadata_name_licence_base_data_and_results() -> None:
    data = card(base_model="lab/encoder", trained_on=["ANERcorp"]).data
    assert (data.license, data.base_model, data.language) == ("mit", "lab/encoder", "ar")
    assert data.datasets == ["ANERcorp", "arabic-political-events"]
    (result,) = data.eval_results
    assert (result.metric_type, result.metric_value, result.dataset_split) == ("f1", 0.9, "dev")
    assert data.model_name == "mini fine-tuned"


def test_a_licence_that_the_hub_does_not_know_stands_in_words() -> None:
    made = card(licence="MIT (encoder); corpora free for research")
    assert (made.data.license, made.data.license_name) == ("other", "see-the-card")
    assert "Licence of the base: MIT (encoder); corpora free for research." in made.text


@pytest.mark.parametrize(("words", "strategy"), [("first", "first"), ("mean", "average")])
def test_the_aggregation_is_the_one_that_the_model_was_trained_with(words: str, strategy: str) -> None:
    text = card(words=words).text
    assert f'aggregation_strategy="{strategy}"' in text
    assert "`simple` cuts names" in text


def test_a_base_taken_as_it_is_has_no_results_of_ours() -> None:
    made = card({"trained": False, "reason": "train.epochs is 0"}, hub="lab/model", folder=None)
    assert made.data.eval_results is None and made.data.base_model == "lab/model"
    assert "train.epochs is 0" in made.text
