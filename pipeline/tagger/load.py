"""A folder on disk → a Tagger. The same for the embedded model, CAMeLBERT and whatever `train` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors import safe_open

from pipeline.errors import ModelError
from pipeline.sources import MEGABYTE, read_json
from pipeline.tagger.bert import load_bert
from pipeline.tagger.identity import identify
from pipeline.tagger.labels import columns
from pipeline.tagger.machine import Precision, choose_device
from pipeline.tagger.tagger import Tagger
from pipeline.tagger.weights import WEIGHTS, damaged

# transformers takes seconds to import, and a folder that is as `load_bert` expects does without.
if TYPE_CHECKING:
    from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

_AGAIN = "Restore or retrain the model"
# No encoder comes near; a file that says more is damaged, or meant to fill the memory.
_MOST_LAYERS = 200
_LARGEST_NUMBER = 100_000_000


def load_tagger(folder: Path, precision: Precision = "auto", batch_tokens: int = 1024, device: str = "cpu") -> Tagger:
    """Load a model folder that holds tagger.json (`train` and the recipe write it). Raises ModelError naming what is
    missing, wrong, or no longer what tagger.json says it was, and a device that is not there."""
    place = choose_device(device)
    identity, settings = identify(folder, precision, device)
    model: Any  # of transformers, or as far as the tagger uses it the same
    tokenizer: Any
    model, tokenizer = load_bert(folder) or load_model(folder)
    into = columns(output_labels(model), settings.labels, str(folder))
    if identity.precision == "bf16":
        model = model.to(torch.bfloat16)
    model = model.to(place)
    return Tagger(model, tokenizer, into, identity, batch_tokens)


def load_model(folder: Path, new_head: bool = False, **config: Any) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """The token classifier and tokenizer of a folder, in fp32, evaluation mode, from safetensors only and without
    running code of the folder's. new_head: whether the classifier may be missing, as an encoder has none; config:
    overrides of its configuration. Raises ModelError naming the file at fault and, where weights and config.json
    differ, the tensor: no number is ever made up."""
    from transformers import AutoModelForTokenClassification
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    # Its bars would stand in every stage's output, and what does not fit is an error of ours.
    disable_progress_bar()
    set_verbosity_error()
    for needed in ("config.json", WEIGHTS):
        if not (folder / needed).is_file():
            raise ModelError(folder, f"holds no {needed}", "Run `dvc repro train`, which writes the model's folder")
    settings = _load_config(folder / "config.json", config)
    tokenizer = _load_tokenizer(folder, settings)
    path = folder / WEIGHTS
    _check_size(path, settings)
    with damaged(path, _AGAIN):
        model, told = AutoModelForTokenClassification.from_pretrained(
            folder,
            config=settings,
            dtype=torch.float32,
            use_safetensors=True,
            trust_remote_code=False,
            local_files_only=True,
            ignore_mismatched_sizes=True,
            output_loading_info=True,
        )
    _check_tensors(path, model, told, new_head)
    with damaged(folder / "config.json", _AGAIN):
        _try(model.eval(), tokenizer)
    return model, tokenizer


def _load_config(path: Path, changes: Mapping[str, Any]) -> PretrainedConfig:
    from transformers import AutoConfig

    raw = read_json(path, ModelError, MEGABYTE)
    if not isinstance(raw, dict):
        raise ModelError(path, "is no JSON object", _AGAIN)
    for key, value in raw.items():
        most = _MOST_LAYERS if key == "num_hidden_layers" else _LARGEST_NUMBER
        if isinstance(value, int) and abs(value) > most:
            raise ModelError(path, f"{key} is {str(value)[:20]}, more than the {most:,} of any model", _AGAIN)
    with damaged(path, _AGAIN):
        return AutoConfig.from_pretrained(path.parent, trust_remote_code=False, local_files_only=True, **changes)


def _load_tokenizer(folder: Path, settings: PretrainedConfig) -> PreTrainedTokenizerBase:
    """The folder's fast tokenizer, whose every id the model has a row for."""
    from transformers import AutoTokenizer

    path = next((folder / name for name in ("tokenizer.json", "vocab.txt") if (folder / name).is_file()), folder)
    with damaged(path, _AGAIN):
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True, trust_remote_code=False, local_files_only=True)
        largest = max([*tokenizer.get_vocab().values(), -1])
        special = [tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id]
    if not tokenizer.is_fast or None in special:
        raise ModelError(path, "is no fast tokenizer with tokens for beginning, end and padding", _AGAIN)
    rows = getattr(settings, "vocab_size", 0)
    if not isinstance(rows, int) or largest >= rows:
        raise ModelError(path, f"has a sub-word {largest}, but config.json {rows} of them", _AGAIN)
    return tokenizer


def _check_size(path: Path, settings: PretrainedConfig) -> None:
    """Refuse weights that hold less than half of what config.json asks for before memory is taken for it."""
    from transformers import AutoModelForTokenClassification

    with damaged(path, _AGAIN), safe_open(path, "pt") as file:
        held = sum(_product(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
    with damaged(path.with_name("config.json"), _AGAIN), torch.device("meta"):
        asked = sum(value.numel() for value in AutoModelForTokenClassification.from_config(settings).parameters())
    if asked > 2 * held + 1_000_000:
        raise ModelError(path, f"holds {held:,} numbers, where config.json asks for {asked:,}", _AGAIN)


@torch.inference_mode()
def _try(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> None:
    """Run a word through both, so that a configuration which builds a model that cannot compute is told by its file."""
    ids = [tokenizer.cls_token_id, *tokenizer("كلمة", add_special_tokens=False)["input_ids"], tokenizer.sep_token_id]
    shape = tuple(model(input_ids=torch.tensor([ids])).logits.shape)
    if shape != (1, len(ids), model.config.num_labels):
        raise ValueError(f"gives {shape} numbers for {len(ids)} sub-words")


def _product(shape: list[int]) -> int:
    size = 1
    for part in shape:
        size *= part
    return size


def _check_tensors(path: Path, model: PreTrainedModel, told: Mapping[str, Any], new_head: bool) -> None:
    """Refuse what transformers would fill at random, and numbers that are none."""
    missing = sorted(name for name in told["missing_keys"] if not (new_head and name.startswith("classifier.")))
    if missing:
        rest = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise ModelError(path, f"lacks the tensor {missing[0]}{rest}", _AGAIN)
    for name, found, wanted in sorted(told["mismatched_keys"]):
        if not (new_head and name.startswith("classifier.")):
            what = f"holds the tensor {name} as {list(found)}, where config.json makes it {list(wanted)}"
            raise ModelError(path, what, _AGAIN)
    if told.get("error_msgs"):
        raise ModelError(path, f"cannot be loaded: {str(told['error_msgs'][0])[:200]}", _AGAIN)
    for name, value in model.named_parameters():
        if not torch.isfinite(value).all():
            raise ModelError(path, f"the tensor {name} holds what is no number", _AGAIN)


def output_labels(model: PreTrainedModel) -> list[str]:
    """A token classifier's own labels, in the order of its outputs. Raises ModelError where config.json does not name
    each."""
    config: Any = model.config
    labels = [config.id2label.get(index) for index in range(config.num_labels)]
    if not all(isinstance(label, str) for label in labels):
        raise ModelError(str(model.name_or_path), "config.json does not name each of its labels in id2label", _AGAIN)
    return labels
