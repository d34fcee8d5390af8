from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from pipeline.errors import ModelError
from pipeline.tagger.load import SETTINGS, choose_precision, load_tagger
from tests.tagger.conftest import describe, make_model

SENTENCES = [["قال", "جون", "في", "بيروت"], ["غدا", "."]]


@pytest.mark.parametrize(
    ("wanted", "capabilities", "used"),
    [
        ("auto", {"avx512_bf16": True}, "bf16"),
        ("auto", {"amx_bf16": True}, "bf16"),
        ("auto", {"avx2": True, "avx512_f": True}, "fp32"),
        ("auto", {}, "fp32"),
        ("bf16", {}, "bf16"),
        ("fp32", {"amx_bf16": True}, "fp32"),
    ],
)
def test_precision_is_chosen_by_what_the_processor_has(wanted: str, capabilities: dict[str, bool], used: str) -> None:
    assert choose_precision(wanted, capabilities) == used  # type: ignore[arg-type]


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_every_precision_tags_and_says_which_it_is(folder: Path, precision: str) -> None:
    tagger = load_tagger(folder, precision)  # type: ignore[arg-type]
    assert tagger.identity.precision == precision
    assert [len(tags) for tags in tagger.tag(SENTENCES)] == [4, 2]


def test_coarser_arithmetic_stays_near(folder: Path) -> None:
    exact = [score for tags in load_tagger(folder, "fp32").tag(SENTENCES) for _, score in tags]
    near = [score for tags in load_tagger(folder, "bf16").tag(SENTENCES) for _, score in tags]
    assert near == pytest.approx(exact, abs=0.05)


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", SETTINGS])
def test_a_missing_file_is_named(folder: Path, tmp_path: Path, file: str) -> None:
    copy = tmp_path / "model"
    shutil.copytree(folder, copy)
    (copy / file).unlink()
    with pytest.raises(ModelError, match=f"holds no {file}"):
        load_tagger(copy)


@pytest.mark.parametrize("damage", [b"", b"not safetensors at all", None])
def test_damaged_weights_are_an_error_of_their_own(folder: Path, tmp_path: Path, damage: bytes | None) -> None:
    copy = tmp_path / "model"
    shutil.copytree(folder, copy)
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100] if damage is None else damage)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_tagger(copy)


def test_a_pickle_beside_the_weights_is_not_loaded(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(folder, copy)
    (copy / "model.safetensors").unlink()
    torch.save({}, copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"holds no model\.safetensors"):
        load_tagger(copy)


def test_labels_of_another_scheme_come_out_as_the_projects(tmp_path: Path) -> None:
    make_model(tmp_path, labels=("O", "B-PER", "I-PER", "E-PER", "S-PER", "S-GPE", "B-TIME"))
    describe(tmp_path, labels={"PER": "PERS", "GPE": "LOC", "TIME": "O"})
    tagged = list(load_tagger(tmp_path, "fp32").tag([["قال", "جون", "في", "بيروت", "غدا"]] * 5))
    assert {label for tags in tagged for label, _ in tags} <= {"O", "B-PERS", "I-PERS", "B-LOC"}
    settings = json.loads((tmp_path / SETTINGS).read_text())
    (tmp_path / SETTINGS).write_text(json.dumps(settings | {"labels": {"PER": "PERS"}}))
    with pytest.raises(ModelError, match="'S-GPE' is not in its label map"):
        load_tagger(tmp_path)
