from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from pipeline.errors import ModelError
from pipeline.tagger.load import load_model, load_tagger
from pipeline.tagger.machine import choose_device, choose_precision, processor, use_threads
from pipeline.tagger.settings import SETTINGS
from pipeline.tagger.weights import WEIGHTS
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


@pytest.mark.parametrize("device", ["cuda:99", "mps:1", "cpu:1", "tpu"])
def test_a_device_that_is_not_there_is_named(folder: Path, device: str) -> None:
    with pytest.raises(ModelError, match=f"device {device}: torch .* finds "):
        load_tagger(folder, device=device)


def test_the_device_is_told_with_the_model(folder: Path) -> None:
    assert load_tagger(folder, device="cpu").identity.device == "cpu"
    assert choose_precision("auto", device=torch.device("mps")) == "fp32"
    assert choose_device("cpu").type == "cpu"


def test_threads_are_as_many_as_are_asked_for() -> None:
    before = torch.get_num_threads()
    try:
        use_threads(1)
        assert torch.get_num_threads() == 1
        use_threads(0)
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


def test_coarser_arithmetic_stays_near(folder: Path) -> None:
    exact = [score for tags in load_tagger(folder, "fp32").tag(SENTENCES) for _, score in tags]
    near = [score for tags in load_tagger(folder, "bf16").tag(SENTENCES) for _, score in tags]
    assert near == pytest.approx(exact, abs=0.05)


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of a good model to break."""
    return shutil.copytree(folder, tmp_path / "model")


@pytest.mark.parametrize("file", ["config.json", WEIGHTS, SETTINGS, "vocab.txt"])
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    with pytest.raises(ModelError, match=f"holds no {file}"):
        load_tagger(copy)


@pytest.mark.parametrize("file", ["config.json", WEIGHTS, "vocab.txt", "tokenizer_config.json"])
def test_a_file_that_is_not_what_tagger_json_wrote_down_is_refused_by_name(copy: Path, file: str) -> None:
    data = (copy / file).read_bytes()
    (copy / file).write_bytes(data.replace(b"0", b"1", 1) if b"0" in data else data + b" ")
    with pytest.raises(ModelError, match=rf"{file}: is not the file that tagger\.json wrote down"):
        load_tagger(copy)


def another_model(copy: Path, change: Callable[[dict[str, torch.Tensor]], None]) -> None:
    """Put changed weights in the place of the folder's, and write them down as if they were its own."""
    state = load_file(copy / WEIGHTS)
    change(state)
    save_file(state, copy / WEIGHTS, metadata={"format": "pt"})
    describe(copy)


MANY = b"".join(b"w%d\n" % number for number in range(999))
LAYER = "bert.encoder.layer.1.output.dense.weight"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda state: state.pop(LAYER), f"lacks the tensor {LAYER}"),
        (lambda state: state.pop("classifier.weight"), "lacks the tensor classifier.weight"),
        (lambda state: [state.pop(name) for name in list(state)[:5]], "lacks the tensor .* and 4 more"),
        (lambda state: state.clear(), "holds 0 numbers|lacks the tensor"),
        (lambda state: state.update({LAYER: torch.zeros(2, 2)}), rf"{LAYER} as \[2, 2\], .* makes it \[32, 128\]"),
        (lambda state: state[LAYER].fill_(float("nan")), f"{LAYER} holds what is no number"),
    ],
)
def test_weights_are_whole_or_refused_by_the_tensor(
    copy: Path, change: Callable[[dict[str, torch.Tensor]], None], says: str
) -> None:
    """Nothing is filled at random: two runs would give two results, and neither is the model's."""
    another_model(copy, change)
    with pytest.raises(ModelError, match=says) as caught:
        load_tagger(copy)
    assert WEIGHTS in caught.value.where


def test_an_encoder_may_lack_the_classifier_and_nothing_else(copy: Path) -> None:
    another_model(copy, lambda state: [state.pop(name) for name in list(state) if name.startswith("classifier.")])
    load_model(copy, new_head=True)
    with pytest.raises(ModelError, match=r"lacks the tensor classifier\."):
        load_model(copy)
    another_model(copy, lambda state: state.pop(LAYER))
    with pytest.raises(ModelError, match=f"lacks the tensor {LAYER}"):
        load_model(copy, new_head=True)


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        (WEIGHTS, b"", "cannot be loaded"),
        (WEIGHTS, b"not safetensors at all", "cannot be loaded"),
        ("config.json", b"{", "is no JSON"),
        ("config.json", b"[]", "is no JSON object"),
        ("config.json", b'{"model_type": "bert", "num_hidden_layers": 1000000000}', "num_hidden_layers is 1000000000"),
        ("config.json", b'{"model_type": "bert", "hidden_size": 7680000, "vocab_size": 90000}', "config.json asks for"),
        ("config.json", b'{"model_type": "no such thing"}', "cannot be loaded"),
        ("config.json", b'{"model_type": "bert", "hidden_size": "large"}', "cannot be loaded"),
        ("tokenizer.json", b'{"version": "1.0"', "cannot be loaded"),
        ("vocab.txt", b"[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n" + MANY, "a sub-word 1003"),
        (SETTINGS, b"", "is no JSON"),
        (SETTINGS, b"[]", "the file: Input should be a valid dictionary"),
        (SETTINGS, b'{"name": "x"}', "revision: Field required"),
        (SETTINGS, "{\"name\": \"\ud800\"}".encode("utf-8", "surrogatepass"), "is not UTF-8"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_one_line_that_names_it(copy: Path, file: str, content: bytes, says: str) -> None:
    (copy / file).write_bytes(content)
    if file != SETTINGS:
        describe(copy)
    with pytest.raises(ModelError, match=says) as caught:
        load_tagger(copy)
    assert "\n" not in str(caught.value)


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


def test_the_processor_is_what_torch_says_it_is(tmp_path: Path) -> None:
    known, ours = torch.cpu.get_capabilities(), processor()
    names = ("avx512_bf16", "amx_bf16", "bf16")
    assert [bool(ours.get(name)) for name in names] == [bool(known.get(name)) for name in names]
    told = tmp_path / "cpuinfo"
    for line, used in (
        ("flags\t\t: fpu avx512_bf16 sse", "bf16"),
        ("Features\t: fp bf16", "bf16"),
        ("flags\t: sse", "fp32"),
    ):
        told.write_text(f"processor\t: 0\n{line}\nmodel\t: bf16\n", encoding="utf-8")
        assert choose_precision("auto", processor(told)) == used
