"""BERT out of torch alone: the numbers of transformers to the last bit, and any folder that is unlike left to it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from pipeline.tagger.bert import load_bert
from pipeline.tagger.load import load_model, load_tagger
from pipeline.tagger.weights import WEIGHTS

ROOT = Path(__file__).parents[2]
MINI = ROOT / "models" / "mini"
WORDS = ["قال", "وزير", "الخارجيّة", "ابطا", "S/2024/173", "٣٤٫٣", "\u0651", "😀", "<s>", "كلـــمة", "ـ"]


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
def test_numbers_are_those_of_transformers_to_the_last_bit(precision: torch.dtype) -> None:
    ours, theirs = load_bert(MINI), load_model(MINI)
    assert ours is not None
    torch.manual_seed(1)
    ids = torch.randint(3, 20_000, (3, 32))
    for lengths in ([32, 32, 32], [32, 7, 1]):
        mask = (torch.arange(32)[None] < torch.tensor(lengths)[:, None]).long()
        with torch.inference_mode():
            one, other = (m.to(precision)(input_ids=ids, attention_mask=mask).logits for m in (ours[0], theirs[0]))
        assert torch.equal(one, other) and one.dtype == precision


def test_sub_words_are_those_of_transformers() -> None:
    ours, (_, theirs) = load_bert(MINI), load_model(MINI)
    assert ours is not None
    for word in WORDS:
        assert ours[1](word) == {"input_ids": theirs(word, add_special_tokens=False)["input_ids"]}
    special = ("cls_token_id", "sep_token_id", "pad_token_id")
    assert [getattr(ours[1], name) for name in special] == [getattr(theirs, name) for name in special]


def test_tagging_does_without_transformers() -> None:
    code = "from pathlib import Path; from pipeline.tagger.load import load_tagger; import sys\n"
    code += f"load_tagger(Path({str(MINI)!r})).tag_document([['قال']]); print('transformers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"


def _config(folder: Path, **changes: Any) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _weights(folder: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = load_file(folder / WEIGHTS)
    change(tensors)
    save_file(tensors, folder / WEIGHTS)


def _set(tensors: dict[str, torch.Tensor], value: torch.Tensor) -> None:
    tensors["classifier.bias"] = value


UNLIKE: dict[str, Callable[[Path], object]] = {
    "another model": lambda folder: _config(folder, model_type="roberta"),
    "another activation": lambda folder: _config(folder, hidden_act="relu"),
    "relative positions": lambda folder: _config(folder, position_embedding_type="relative_key"),
    "a decoder": lambda folder: _config(folder, is_decoder=True),
    "a larger vocabulary than weights": lambda folder: _config(folder, vocab_size=30_000),
    "a smaller vocabulary than sub-words": lambda folder: _config(folder, vocab_size=100),
    "no tokenizer.json": lambda folder: (folder / "tokenizer.json").unlink(),
    "a tensor missing": lambda folder: _weights(folder, lambda tensors: tensors.pop("classifier.bias")),
    "a tensor of another shape": lambda folder: _weights(folder, lambda tensors: _set(tensors, torch.zeros(3))),
    "what is no number": lambda folder: _weights(folder, lambda tensors: _set(tensors, torch.full((9,), torch.nan))),
    "no weights": lambda folder: (folder / WEIGHTS).write_bytes(b"x"),
}


@pytest.mark.parametrize("change", UNLIKE.values(), ids=UNLIKE)
def test_a_folder_that_is_unlike_is_left_to_transformers(change: Callable[[Path], object], tmp_path: Path) -> None:
    folder = shutil.copytree(MINI, tmp_path / "model")
    assert load_bert(folder) is not None
    change(folder)
    assert load_bert(folder) is None


def test_a_folder_without_tokenizer_json_is_loaded_all_the_same(folder: Path) -> None:
    assert load_bert(folder) is None
    assert len(load_tagger(folder, "fp32").tag_document([["قال", "جون"]])[0]) == 2
