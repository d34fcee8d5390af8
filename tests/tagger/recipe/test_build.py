"""The recipe's command at the size of a toy: what is trained on, what comes out, what is scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from safetensors import safe_open
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from pipeline.errors import ModelError
from pipeline.tagger.load import load_model, load_tagger
from pipeline.tagger.recipe import build
from pipeline.tagger.recipe.corpora import ANERCORP_TEST, ANERCORP_TRAIN, AQMAR
from tests.tagger.conftest import make_model
from tests.tagger.test_augment import LISTS

PARAMS = {
    "data": {"extra": True, "templates": 1, "replace": 0.3, "spelling": 0.1},
    "fit": {"epochs": 1, "batch_tokens": 256, "context": 64, "words": "mean", "consistency": 0.5, "split": 0.1},
}


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small corpora, and a small encoder in place of the wheel's."""
    for name in (ANERCORP_TRAIN, ANERCORP_TEST, *AQMAR):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        rows = "".join(f"زار O\nسليم B-PER\nحلوان B-LOC\nعام O\n{number} O\n\n" for number in range(400))
        (tmp_path / name).write_text(rows, encoding="utf-8")

    def base(image: object, seed: int) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
        make_model(tmp_path / "base", seed=seed)
        return load_model(tmp_path / "base")

    monkeypatch.setattr(build, "build_base", base)
    monkeypatch.setattr(build, "read_image", lambda: None)
    monkeypatch.setattr(build, "read_lists", lambda path: LISTS)
    return tmp_path


def test_a_folder_that_tags_and_its_scores(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    params, out = corpora / "params.yaml", corpora / "model"
    params.write_text(yaml.safe_dump(PARAMS), encoding="utf-8")
    build.main(corpora, params, out)
    scores = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    assert [epoch["number"] for epoch in scores["epochs"]] == [0, 1]
    assert scores["anercorp_dev"]["all"]["entities"] == 80
    assert scores["anercorp_test"]["all"]["entities"] == 800
    assert f"test F1 {scores['anercorp_test']['all']['f1']}" in capsys.readouterr().out
    with safe_open(out / "model.safetensors", "pt") as weights:
        assert {weights.get_slice(name).get_dtype() for name in weights.keys()} == {"F16"}  # noqa: SIM118
    identity = load_tagger(out, "fp32").identity
    assert (identity.context, identity.words, identity.consistency) == (64, "mean", 0.5)


def test_the_same_seed_gives_the_same_weights(corpora: Path) -> None:
    one, two = (build.build(corpora, PARAMS, corpora / name)["sha256"] for name in ("one", "two"))
    assert one == two


def test_corpora_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Name the folder that holds anercorp-camel/"):
        build.build(tmp_path, PARAMS, tmp_path / "out")
