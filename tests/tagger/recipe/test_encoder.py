"""The recipe's tokenizer, and the wheel's file format on an image made here."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import torch

from pipeline.errors import ModelError
from pipeline.tagger.recipe.encoder import Image, build_base, build_tokenizer

_PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁سلام", "سلام", "▁على", "ي", "ك", "َ", "▁Geneva", "▁的", "ا", "<mask>"]
_HIDDEN, _INNER = 32, 64


def _image() -> tuple[bytes, dict[str, np.ndarray]]:
    """A tiny image: one layer, matrices in four-bit blocks, vectors in fp32; and what its tensors hold."""
    rng = np.random.default_rng(1)
    scores = -np.arange(len(_PIECES), dtype="<f4")
    blob = b"".join(piece.encode() for piece in _PIECES)
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in _PIECES)]).astype("<u4")
    shapes = {"emb.word": (len(_PIECES), _HIDDEN), "emb.pos": (8, _HIDDEN), "emb.type": (2, _HIDDEN)}
    shapes |= {"emb.ln.w": (_HIDDEN,), "emb.ln.b": (_HIDDEN,)}
    for name, out, into in (
        ("q", _HIDDEN, _HIDDEN),
        ("k", _HIDDEN, _HIDDEN),
        ("v", _HIDDEN, _HIDDEN),
        ("ao", _HIDDEN, _HIDDEN),
        ("fi", _INNER, _HIDDEN),
        ("fo", _HIDDEN, _INNER),
    ):
        shapes |= {f"l0.{name}.w": (out, into), f"l0.{name}.b": (out,)}
    shapes |= {f"l0.{name}.{part}": (_HIDDEN,) for name in ("aln", "oln") for part in "wb"}
    values, chunks = {}, {}
    for name, shape in shapes.items():
        if len(shape) == 1:
            values[name] = rng.normal(size=shape).astype("<f4")
            chunks[name] = values[name].tobytes()
            continue
        nibbles = rng.integers(0, 16, (int(np.prod(shape)) // 32, 32)).astype(np.uint8)
        scale = np.float16(0.25)
        values[name] = ((nibbles.astype(np.float32) - 8) * np.float32(scale)).reshape(shape)
        packed = nibbles[:, :16] | (nibbles[:, 16:] << 4)
        chunks[name] = b"".join(scale.tobytes() + row.tobytes() for row in packed)
    head = (
        b"E5S1"
        + b"\0" * 4
        + struct.pack("<7i", _HIDDEN, 1, 4, _INNER, len(_PIECES), 8, 2)
        + struct.pack("<fi", 1e-12, 2)
    )
    head += struct.pack("<5i", len(_PIECES), 0, 2, 1, 3) + struct.pack("<Q", len(blob))
    head += (
        offsets.tobytes() + scores.tobytes() + blob + struct.pack("<iI", 0, 3) + b"map" + struct.pack("<i", len(chunks))
    )
    size = len(head) + sum(2 + len(name) + 5 + 16 for name in chunks)
    table = b""
    for name, chunk in chunks.items():
        table += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BI", 1, values[name].size)
        table += struct.pack("<QQ", size, len(chunk))
        size += len(chunk)
    return head + table + b"".join(chunks.values()), values


def test_an_image_is_read_as_it_was_written() -> None:
    data, values = _image()
    image = Image(data)
    assert image.pieces == _PIECES
    state = dict(image.state())
    assert torch.equal(state["embeddings.word_embeddings.weight"], torch.from_numpy(values["emb.word"]))
    assert torch.equal(state["encoder.layer.0.intermediate.dense.weight"], torch.from_numpy(values["l0.fi.w"]))
    assert torch.equal(state["encoder.layer.0.output.LayerNorm.bias"], torch.from_numpy(values["l0.oln.b"]))


def test_the_vocabulary_is_cut_and_each_piece_keeps_its_vector() -> None:
    data, values = _image()
    model, tokenizer = build_base(Image(data), seed=1)
    kept = tokenizer.get_vocab()
    assert "▁的" not in kept
    assert "▁Geneva" not in kept
    for piece in ("<s>", "<mask>", "▁سلام", "ي"):
        vector = model.bert.embeddings.word_embeddings.weight[kept[piece]]
        assert torch.equal(vector, torch.from_numpy(values["emb.word"])[_PIECES.index(piece)])


def test_another_format_is_refused() -> None:
    with pytest.raises(ModelError, match="not the format"):
        Image(b"GGUF" + b"\0" * 100)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("سلام", ["▁سلام"]),
        ("سَلامٌ", ["▁سلام"]),
        ("ســلام", ["▁سلام"]),
        ("\u200fسلام\u200e", ["▁سلام"]),
        ("ﺳﻼم", ["▁سلام"]),
        ("علی", ["▁على"]),
        ("ی", ["▁", "ي"]),
        ("\u064b", []),
    ],
)
def test_spelling_is_evened_out_before_pieces_are_looked_up(text: str, pieces: list[str]) -> None:
    vocabulary = [*_PIECES[:-1], "▁علي", "<mask>"] if text != "علی" else _PIECES
    tokenizer = build_tokenizer(vocabulary, [-float(i) for i in range(len(vocabulary))])
    found = tokenizer.tokenize(text)
    if text == "علی":
        # Persian ya is read as ya, not as alef maqsura: the word is not على.
        assert "▁على" not in found
        assert found[-1] == "ي"
    else:
        assert found == pieces
