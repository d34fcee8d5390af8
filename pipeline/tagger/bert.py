"""BERT for inference out of torch alone: importing transformers takes three times as long as torch, which for a few
texts is most of what tagging them costs.

The operations are those of transformers' BertForTokenClassification in their order, so that the numbers are the same
to the last bit; tests hold it to that. A folder that is in any way other than expected is left to transformers, and so
are training and every error that a folder may hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch.nn import functional

from pipeline.tagger.weights import WEIGHTS

# What config.json may say: keys that change nothing here, and values that others must have.
_ANY = {
    "architectures", "attention_probs_dropout_prob", "bos_token_id", "classifier_dropout", "dtype", "eos_token_id",
    "hidden_dropout_prob", "hidden_size", "id2label", "initializer_range", "intermediate_size", "label2id",
    "layer_norm_eps", "max_position_embeddings", "num_attention_heads", "num_hidden_layers", "pad_token_id",
    "tie_word_embeddings", "torch_dtype", "transformers_version", "type_vocab_size", "use_cache", "vocab_size",
}  # fmt: skip
_ALONE = {"model_type": "bert", "hidden_act": "gelu", "is_decoder": False, "add_cross_attention": False}
_TOKENS = ("cls_token", "sep_token", "pad_token")


class WordPieces:
    """A folder's tokenizer.json, with as much of transformers' interface as the tagger uses."""

    def __init__(self, backend: Tokenizer, special: Mapping[str, int]) -> None:
        backend.no_truncation()
        backend.no_padding()
        self.backend_tokenizer = backend
        self.cls_token_id, self.sep_token_id, self.pad_token_id = (special[name] for name in _TOKENS)

    def __call__(self, text: str, add_special_tokens: bool = False) -> dict[str, list[int]]:
        """The ids of a text's sub-words."""
        return {"input_ids": self.backend_tokenizer.encode(text, add_special_tokens=add_special_tokens).ids}


class Bert(torch.nn.Module):
    """The encoder and its classifier, with as much of transformers' interface as the tagger uses."""

    def __init__(self, config: SimpleNamespace, tensors: Mapping[str, torch.Tensor]) -> None:
        super().__init__()
        self.config = config
        self._names = {name: name.replace(".", "/") for name in tensors}
        for name, tensor in tensors.items():
            self.register_parameter(self._names[name], torch.nn.Parameter(tensor, requires_grad=False))

    @property
    def device(self) -> torch.device:
        return next(self.parameters()).device

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> SimpleNamespace:
        """`logits` [windows, pieces, labels]."""
        rows, length = input_ids.shape
        at = "bert.embeddings."
        hidden = self._embedded(f"{at}word_embeddings", input_ids)
        hidden = hidden + self._embedded(f"{at}token_type_embeddings", torch.zeros_like(input_ids))
        places = torch.arange(length, device=input_ids.device)[None]
        hidden = self._normed(f"{at}LayerNorm", hidden + self._embedded(f"{at}position_embeddings", places))
        mask = attention_mask.bool()
        seen = None if mask.all() else mask[:, None, None, :].expand(rows, 1, length, length)
        for number in range(self.config.num_hidden_layers):
            hidden = self._layer(f"bert.encoder.layer.{number}.", hidden, seen)
        return SimpleNamespace(logits=self._linear("classifier", hidden))

    def _layer(self, at: str, hidden: torch.Tensor, seen: torch.Tensor | None) -> torch.Tensor:
        rows, length, size = hidden.shape
        heads = self.config.num_attention_heads
        query, key, value = (
            self._linear(f"{at}attention.self.{name}", hidden).view(rows, length, heads, -1).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        told = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=seen, dropout_p=0.0, scale=(size // heads) ** -0.5, is_causal=False
        )
        told = told.transpose(1, 2).contiguous().reshape(rows, length, -1)
        told = self._linear(f"{at}attention.output.dense", told)
        hidden = self._normed(f"{at}attention.output.LayerNorm", told + hidden)
        inner = functional.gelu(self._linear(f"{at}intermediate.dense", hidden))
        return self._normed(f"{at}output.LayerNorm", self._linear(f"{at}output.dense", inner) + hidden)

    def _get(self, name: str) -> torch.Tensor:
        return self.get_parameter(self._names[name])

    def _embedded(self, name: str, ids: torch.Tensor) -> torch.Tensor:
        return functional.embedding(ids, self._get(f"{name}.weight"))

    def _linear(self, name: str, hidden: torch.Tensor) -> torch.Tensor:
        return functional.linear(hidden, self._get(f"{name}.weight"), self._get(f"{name}.bias"))

    def _normed(self, name: str, hidden: torch.Tensor) -> torch.Tensor:
        weight, bias = self._get(f"{name}.weight"), self._get(f"{name}.bias")
        return functional.layer_norm(hidden, weight.shape, weight, bias, self.config.layer_norm_eps)


def load_bert(folder: Path) -> tuple[Bert, WordPieces] | None:
    """The token classifier and tokenizer of a folder in fp32; None for a folder that is not all as expected."""
    try:
        config = _config(json.loads((folder / "config.json").read_text(encoding="utf-8")))
        tokens = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        backend = Tokenizer.from_file(str(folder / "tokenizer.json"))
        vocabulary = backend.get_vocab()
        special = {name: vocabulary[tokens[name]] for name in _TOKENS}
        if tokens["tokenizer_class"] != "TokenizersBackend" or max(vocabulary.values()) >= config.vocab_size:
            return None
        with safe_open(folder / WEIGHTS, "pt") as file:
            shapes = _shapes(config)
            held = set(file.keys())
            if any(name not in held or file.get_slice(name).get_shape() != shapes[name] for name in shapes):
                return None
            tensors = {name: file.get_tensor(name).float() for name in shapes}
    except Exception:  # what it is that is wrong is for transformers' way to tell
        return None
    if not all(torch.isfinite(tensor).all() for tensor in tensors.values()):
        return None
    config.name_or_path = str(folder)
    return Bert(config, tensors).eval(), WordPieces(backend, special)


def _config(raw: dict[str, Any]) -> SimpleNamespace:
    """config.json with labels by number. Raises ValueError where it says anything that is not known here."""
    if unlike := [key for key, value in raw.items() if key not in _ANY and _ALONE.get(key, ...) != value]:
        raise ValueError(unlike[0])
    labels = {int(number): label for number, label in raw["id2label"].items()}
    told = {name: raw[name] for name in _ANY & raw.keys()}
    config = SimpleNamespace(**told | {"id2label": labels, "num_labels": len(labels)})
    if raw["model_type"] != "bert" or raw["hidden_act"] != "gelu" or config.hidden_size % config.num_attention_heads:
        raise ValueError("model_type")
    return config


def _shapes(config: SimpleNamespace) -> dict[str, list[int]]:
    """The tensors that there must be, and their shapes."""
    size, inner = config.hidden_size, config.intermediate_size
    tables = {
        "word": config.vocab_size,
        "position": config.max_position_embeddings,
        "token_type": config.type_vocab_size,
    }
    shapes = {f"bert.embeddings.{name}_embeddings.weight": [rows, size] for name, rows in tables.items()}

    def add(name: str, *shape: int) -> None:
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = list(shape), [shape[0]]

    add("bert.embeddings.LayerNorm", size)
    for number in range(config.num_hidden_layers):
        at = f"bert.encoder.layer.{number}"
        for name in ("self.query", "self.key", "self.value", "output.dense"):
            add(f"{at}.attention.{name}", size, size)
        add(f"{at}.attention.output.LayerNorm", size)
        add(f"{at}.intermediate.dense", inner, size)
        add(f"{at}.output.dense", size, inner)
        add(f"{at}.output.LayerNorm", size)
    add("classifier", config.num_labels, size)
    return shapes
