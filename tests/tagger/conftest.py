"""Small random models with the shape and the tokenizer of CAMeLBERT."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForTokenClassification

from pipeline.tagger.labels import LABELS
from pipeline.tagger.load import load_tagger
from pipeline.tagger.registry import Entry
from pipeline.tagger.settings import write_settings
from pipeline.tagger.tagger import Tagger

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
CAMELBERT_LABELS = ("B-LOC", "B-MISC", "B-ORG", "B-PERS", "I-LOC", "I-MISC", "I-ORG", "I-PERS", "O")


def make_model(
    folder: Path,
    hidden: int = 32,
    layers: int = 2,
    heads: int = 2,
    vocabulary: int = 0,
    labels: Sequence[str] = LABELS,
    seed: int = 1,
) -> BertForTokenClassification:
    """Write config.json, vocab.txt, tokenizer_config.json and model.safetensors of a random model; returns it.

    Weights are drawn wide, so that a random model's labels vary from word to word."""
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces += [*LETTERS, *(f"##{letter}" for letter in LETTERS), *"0123456789.,()\"'-،؛؟", "الس", "##ون", "##ية"]
    pieces += [f"[unused{number}]" for number in range(vocabulary - len(pieces))]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"do_lower_case": False, "model_max_length": 512, "tokenizer_class": "BertTokenizer"})
    )
    torch.manual_seed(seed)
    model = BertForTokenClassification(
        BertConfig(
            vocab_size=len(pieces),
            hidden_size=hidden,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            intermediate_size=4 * hidden,
            max_position_embeddings=512,
            id2label=dict(enumerate(labels)),
            label2id={label: index for index, label in enumerate(labels)},
        )
    )
    torch.nn.init.normal_(model.classifier.weight, std=0.5)
    model.save_pretrained(folder)
    return model.eval()


def describe(folder: Path, **changes: object) -> None:
    """Write tagger.json for a folder as it is; changes: fields of its registry entry."""
    labels = {kind: kind for kind in ("LOC", "MISC", "ORG", "PERS")}
    told = {"folder": "random", "labels": labels, "licence": "-", "citation": "-", "about": "-"}
    write_settings(folder, "random", Entry.model_validate(told | changes), "local")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with CAMeLBERT's order of labels."""
    path = tmp_path_factory.mktemp("random-model")
    make_model(path, labels=CAMELBERT_LABELS)
    describe(path)
    return path


@pytest.fixture(scope="session")
def tagger(folder: Path) -> Tagger:
    return load_tagger(folder, "fp32")


@pytest.fixture(scope="session")
def running_tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    """A tagger that reads running text and lets all of a word's sub-words speak."""
    path = tmp_path_factory.mktemp("running-model")
    make_model(path, seed=2)
    describe(path, context=64, words="mean", consistency=0.5)
    return load_tagger(path, "fp32")
