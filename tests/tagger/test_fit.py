"""The training loop learns, stops, keeps the best epoch and gives the same weights twice."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from pipeline.tagger.augment import IGNORE, Document
from pipeline.tagger.fit import Epoch, Settings, SharedDropout, as_tagger, compare, fit, score
from pipeline.tagger.load import load_model
from tests.tagger.conftest import make_model

NAMES = {"سليم": "B-PERS", "هاني": "B-PERS", "حلوان": "B-LOC", "جدة": "B-LOC"}


def _documents(*sentences: str) -> list[Document]:
    return [[[(word, NAMES.get(word, "O")) for word in sentence.split()] for sentence in sentences]]


TRAIN = _documents("وصل سليم إلى حلوان", "عاد هاني من جدة", "قال هاني شكرا", "غادر سليم جدة", "زار هاني حلوان") * 4
DEV = _documents("وصل هاني إلى جدة", "غادر سليم حلوان")
LEARN = Settings(
    epochs=20, learning_rate=3e-3, head_factor=3, dropout=0.0, mask=0.0, average=0.5, batch_tokens=256, patience=20
)


def _fit(folder: Path, settings: Settings, dev: list[Document] = DEV, **kwargs: object) -> tuple[dict, list[Epoch]]:
    make_model(folder)
    model, tokenizer = load_model(folder)
    # Whatever was drawn before must not matter.
    torch.seed()
    epochs = fit(model, tokenizer, lambda _: TRAIN, dev, settings, **kwargs)  # type: ignore[arg-type]
    return {key: value.clone() for key, value in model.state_dict().items()}, epochs


@pytest.mark.parametrize(("words", "context"), [("first", 0), ("mean", 64)])
def test_it_learns_what_it_is_shown(tmp_path: Path, words: str, context: int) -> None:
    make_model(tmp_path)
    model, tokenizer = load_model(tmp_path)
    settings = Settings(**{**vars(LEARN), "words": words, "context": context})
    before = score(model, tokenizer, DEV, settings)
    epochs = fit(model, tokenizer, lambda _: TRAIN, DEV, settings)
    assert before < 0.5 < 0.9 < score(model, tokenizer, DEV, settings)
    assert (epochs[-1].loss or 9) < (epochs[1].loss or 0) / 3


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(tmp_path: Path) -> None:
    settings = Settings(epochs=2, learning_rate=1e-3, context=64, words="mean", batch_tokens=256, split=0.2)
    one, _ = _fit(tmp_path / "a", settings, dev=[])
    two, _ = _fit(tmp_path / "b", settings, dev=[])
    other, _ = _fit(tmp_path / "c", Settings(**{**vars(settings), "seed": 14}), dev=[])
    assert all(torch.equal(value, two[key]) for key, value in one.items())
    assert not all(torch.equal(value, other[key]) for key, value in one.items())


def test_the_best_epoch_is_kept(tmp_path: Path) -> None:
    make_model(tmp_path)
    model, tokenizer = load_model(tmp_path)
    epochs = fit(model, tokenizer, lambda _: TRAIN, DEV, LEARN)
    assert score(model, tokenizer, DEV, LEARN) == max(epoch.f1 or 0.0 for epoch in epochs)


def test_it_stops_when_dev_gains_no_more(tmp_path: Path) -> None:
    still = Settings(epochs=30, learning_rate=1e-9, patience=2, average=0.0)
    _, epochs = _fit(tmp_path, still)
    assert [epoch.number for epoch in epochs] == [0, 1, 2]


def test_training_that_makes_it_worse_leaves_it_as_it_was(tmp_path: Path) -> None:
    learnt, _ = _fit(tmp_path / "learnt", LEARN)
    model, tokenizer = load_model(tmp_path / "learnt")
    model.load_state_dict(learnt)
    wrong = [[[(word, "B-MISC") for word, _ in sentence] for sentence in document] for document in TRAIN]
    epochs = fit(model, tokenizer, lambda _: wrong, DEV, LEARN)
    assert epochs[0].f1 == score(model, tokenizer, DEV, LEARN)
    assert all(torch.equal(value, learnt[key]) for key, value in model.state_dict().items())


def test_without_dev_all_epochs_run_and_none_is_scored(tmp_path: Path) -> None:
    seen: list[Epoch] = []
    _, epochs = _fit(tmp_path, Settings(epochs=3, learning_rate=1e-4), dev=[], report=seen.append)
    assert [epoch.f1 for epoch in epochs] == [None, None, None]
    assert seen == epochs


def test_words_left_unlabelled_take_no_part(tmp_path: Path) -> None:
    make_model(tmp_path)
    model, tokenizer = load_model(tmp_path)
    blank = [[[("سليم", IGNORE), ("قال", "O")]]]
    fit(model, tokenizer, lambda _: blank, [], Settings(epochs=1, learning_rate=1e-3))
    gold, found = compare(as_tagger(model, tokenizer, LEARN), blank)
    assert gold == [["O", "O"]]
    assert len(found[0]) == 2


def test_a_dropout_mask_is_shared_along_the_sequence() -> None:
    torch.manual_seed(1)
    layer = SharedDropout(0.5)
    out = layer(torch.ones(2, 7, 64))
    assert torch.equal(out[:, :1].expand_as(out), out)
    assert set(out.unique().tolist()) == {0.0, 2.0}
    assert torch.equal(layer.eval()(torch.ones(2, 7, 64)), torch.ones(2, 7, 64))
