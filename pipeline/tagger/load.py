"""A folder on disk → a Tagger. The same for the embedded model, CAMeLBERT and whatever `train` wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)
from transformers.utils.logging import disable_progress_bar

from pipeline.errors import ModelError
from pipeline.tagger.hub import WEIGHTS, file_sha256
from pipeline.tagger.labels import columns
from pipeline.tagger.registry import Entry
from pipeline.tagger.tagger import Identity, Precision, Tagger

SETTINGS = "tagger.json"

# Loading takes a second; its bars would stand in every stage's output.
disable_progress_bar()


def describe(name: str, entry: Entry, revision: str) -> dict[str, Any]:
    """What tagger.json says of a model: where it came from, what its labels mean, how it reads words."""
    return {
        "name": name,
        "revision": revision,
        "labels": dict(entry.labels),
        "words": entry.words,
        "context": entry.context,
        "consistency": entry.consistency,
    }


def load_tagger(folder: Path, precision: Precision = "auto", batch_tokens: int = 4096) -> Tagger:
    """Load a model folder that holds tagger.json (`train` and the recipe write it). Raises ModelError naming what is
    missing or wrong."""
    settings = read_settings(folder)
    model, tokenizer = load_model(folder)
    used = choose_precision(precision)
    identity = Identity(
        name=settings["name"],
        revision=settings["revision"],
        sha256=file_sha256(folder / WEIGHTS),
        precision=used,
        context=settings["context"],
        words=settings["words"],
        consistency=settings["consistency"],
    )
    into = columns(output_labels(model), settings["labels"], str(folder))
    if used == "bf16":
        model = model.to(torch.bfloat16)  # type: ignore[arg-type]
    return Tagger(model, tokenizer, into, identity, batch_tokens)


def read_settings(folder: Path) -> dict[str, Any]:
    """tagger.json of a model folder."""
    if not (folder / SETTINGS).is_file():
        raise ModelError(folder, f"holds no {SETTINGS}", "Run `dvc repro train`, which writes the model's folder")
    settings: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    missing = {"name", "revision", "labels", "words", "context", "consistency"} - settings.keys()
    if missing:
        raise ModelError(folder / SETTINGS, f"lacks {', '.join(sorted(missing))}", "Run `dvc repro train` again")
    return settings


def load_model(folder: Path, **config: Any) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """The token classifier and tokenizer of a folder, in fp32, evaluation mode, from safetensors only and without
    running code of the folder's. config: overrides of its configuration."""
    for needed in ("config.json", WEIGHTS):
        if not (folder / needed).is_file():
            raise ModelError(folder, f"holds no {needed}", "Run `dvc repro train`, which writes the model's folder")
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True, trust_remote_code=False, local_files_only=True)
        settings = AutoConfig.from_pretrained(folder, trust_remote_code=False, local_files_only=True, **config)
        model = AutoModelForTokenClassification.from_pretrained(
            folder,
            config=settings,
            dtype=torch.float32,
            use_safetensors=True,
            trust_remote_code=False,
            local_files_only=True,
            ignore_mismatched_sizes=False,
        )
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            folder, f"cannot be loaded: {str(error).splitlines()[0]}", "Restore or retrain the model"
        ) from error
    return model.eval(), tokenizer


def output_labels(model: PreTrainedModel) -> list[str]:
    """A token classifier's own labels, in the order of its outputs."""
    config: Any = model.config
    return [config.id2label[index] for index in range(config.num_labels)]


def choose_precision(wanted: Precision, capabilities: Mapping[str, Any] | None = None) -> str:
    """The arithmetic for inference. `auto` is bf16 where the processor multiplies it natively, else fp32; bf16 asked
    for by name is used anywhere, if slowly. int8 is not offered: with torch's dynamic quantisation models/mini lost 2.3
    to 5.2 points of F1 on its dev part, by engine and granularity."""
    if wanted != "auto":
        return wanted
    has = torch.cpu.get_capabilities() if capabilities is None else capabilities
    return "bf16" if has.get("avx512_bf16") or has.get("amx_bf16") or has.get("bf16") else "fp32"
