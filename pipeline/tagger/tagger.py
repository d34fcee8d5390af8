"""Words in, labels out: as many labels as words, always, and always valid BIO."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from pipeline.tagger.consistency import agree
from pipeline.tagger.encode import Pieces, Window, by_budget, by_word, collate, overlapping, pack, window
from pipeline.tagger.labels import INDEX, decode, merge

Tagged = list[tuple[str, float]]
"""For each word of a sentence its BIO label and the probability the model gives that label."""

# Sentences that wait for each other to be sorted by length; memory stays bounded by them, however long the stream is.
_BUFFER = 512
_OVERLAP = 64


@dataclass(frozen=True)
class Identity:
    """What a result depends on. name: of the registry; revision: the commit, or `local`; sha256: of the weights file;
    precision: the arithmetic used; context, words, consistency: see registry.Entry."""

    name: str
    revision: str
    sha256: str
    precision: str
    context: int
    words: str
    consistency: float


class Tagger:
    """A token classifier ready to tag.

    columns: for each output of the model the index in labels.LABELS that it counts for.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        columns: Sequence[int],
        identity: Identity,
        batch_tokens: int = 4096,
    ) -> None:
        self.model, self.tokenizer, self.columns, self.identity = model, tokenizer, columns, identity
        self.batch_tokens = batch_tokens
        self.pieces = Pieces(tokenizer)
        longest = int(getattr(model.config, "max_position_embeddings", 512))
        self._room = min(longest, 512) - 2
        self._autocast = identity.precision == "bf16" and next(model.parameters()).dtype == torch.float32

    def tag(self, sentences: Iterable[Sequence[str]]) -> Iterator[Tagged]:
        """Tag independent sentences of words, in order, as a stream. Sentences are batched by length with others near
        them in the stream, so the last digits of a probability may depend on their company."""
        stream = iter(sentences)
        while chunk := [[self.pieces(word) for word in sentence] for sentence in islice(stream, _BUFFER)]:
            yield from map(_decoded, self._rows([[sentence] for sentence in chunk]))

    def tag_document(self, sentences: Sequence[Sequence[str]]) -> list[Tagged]:
        """Tag the sentences of one running text, each seeing its neighbours where the model was trained to (context)
        and words that recur hearing each other (consistency). The result depends on this text alone, to the last bit:
        no other text shares its batches."""
        pieces = [[self.pieces(word) for word in sentence] for sentence in sentences]
        limit = min(self.identity.context, self._room)
        groups = [[pieces[i] for i in part] for part in pack([sum(map(len, s)) for s in pieces], limit)]
        rows = list(self._rows(groups))
        if self.identity.consistency:
            rows = agree(sentences, rows, self.identity.consistency)
        return [_decoded(row) for row in rows]

    def _rows(self, groups: Sequence[Sequence[Sequence[list[int]]]]) -> Iterator[np.ndarray]:
        """For each sentence the probabilities [its words, labels]. Sentences come in groups, each given as its words'
        sub-words; a group is a window where it fits into one."""
        cut: list[Window] = []
        # For each window: the group, and the group's words (those that have sub-words) that it counts for.
        counts_for: list[tuple[int, range, int]] = []
        for number, group in enumerate(groups):
            spelt = [[word for word in sentence if word] for sentence in group]
            lengths = [len(word) for sentence in spelt for word in sentence]
            if sum(lengths) + len(spelt) <= self._room + 1:
                if lengths:
                    cut.append(self._window(spelt))
                    counts_for.append((number, range(len(lengths)), 0))
                continue
            words = [word for sentence in spelt for word in sentence]
            for part, counted in overlapping(lengths, self._room, _OVERLAP):
                cut.append(self._window([words[part.start : part.stop]]))
                counts_for.append((number, counted, part.start))
        found = [np.zeros((sum(bool(w) for s in group for w in s), len(INDEX))) for group in groups]
        for batch in by_budget([len(item.ids) for item in cut], self.batch_tokens):
            for index, probabilities in zip(batch, self._probabilities([cut[i] for i in batch]), strict=True):
                number, counted, offset = counts_for[index]
                found[number][counted.start : counted.stop] = probabilities[
                    counted.start - offset : counted.stop - offset
                ]
        for group, probabilities in zip(groups, found, strict=True):
            yield from _spread(group, probabilities)

    def _window(self, sentences: Sequence[Sequence[list[int]]]) -> Window:
        return window(sentences, self.tokenizer.cls_token_id, self.tokenizer.sep_token_id)

    @torch.inference_mode()
    def _probabilities(self, windows: Sequence[Window]) -> list[np.ndarray]:
        """For each window the probabilities [its words, labels]."""
        batch = collate(windows, self.tokenizer.pad_token_id)
        with torch.autocast("cpu", torch.bfloat16, enabled=self._autocast):
            logits = self.model(input_ids=batch.ids, attention_mask=batch.mask).logits
        probabilities = by_word(logits.float(), batch, self.identity.words).softmax(-1).numpy()
        return [merge(probabilities[row, : item.count], self.columns) for row, item in enumerate(windows)]


def _spread(group: Sequence[Sequence[list[int]]], probabilities: np.ndarray) -> Iterator[np.ndarray]:
    """A group's probabilities by sentence. A word without sub-words is O, for certain; it stays in its place, so that
    no entity runs on after one as if it were not there."""
    place = 0
    outside = np.eye(1, len(INDEX), INDEX["O"])[0]
    for sentence in group:
        rows = np.tile(outside, (len(sentence), 1))
        spelt = [index for index, word in enumerate(sentence) if word]
        rows[spelt] = probabilities[place : place + len(spelt)]
        place += len(spelt)
        yield rows


def _decoded(rows: np.ndarray) -> Tagged:
    """The likeliest valid labels of a sentence and their probabilities."""
    labels = decode(rows)
    assert len(labels) == len(rows)
    return [(label, float(row[INDEX[label]])) for label, row in zip(labels, rows, strict=True)]


Precision = Literal["auto", "fp32", "bf16"]
