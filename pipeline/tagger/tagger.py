"""Words in, labels out: as many labels as words, always, and always valid BIO."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.tagger.consistency import agree
from pipeline.tagger.encode import Pieces, Window, by_shape, by_word, collate, overlapping, pack, window
from pipeline.tagger.identity import Identity, Tagged
from pipeline.tagger.labels import INDEX, decode, merge

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

# Texts, and sub-words of them, that wait for each other to share batches. They bound the memory, however long a stream
# of texts is.
_TEXTS = 512
_PIECES = 65536
_OVERLAP = 64


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
        batch_tokens: int = 1024,
    ) -> None:
        self.model, self.tokenizer, self.columns, self.identity = model, tokenizer, columns, identity
        self.batch_tokens = batch_tokens
        self.pieces = Pieces(tokenizer)
        longest = int(getattr(model.config, "max_position_embeddings", 512))
        self._longest = min(longest, 512)
        self._room = self._longest - 2
        self._autocast = identity.precision == "bf16" and next(model.parameters()).dtype == torch.float32

    def tag(self, sentences: Iterable[Sequence[str]]) -> Iterator[Tagged]:
        """Tag independent sentences of words, in order, as a stream."""
        for waiting in self._waiting([sentence] for sentence in sentences):
            yield from map(_decoded, self._rows([pieces for _, pieces in waiting]))

    def tag_documents(self, documents: Iterable[Sequence[Sequence[str]]]) -> Iterator[list[Tagged]]:
        """Tag running texts given as their sentences, in order, as a stream: each sentence sees its neighbours where
        the model was trained to (context), and words that recur in a text hear each other (consistency).

        Texts share batches, and yet the result depends on a text alone, to the last bit: batches have one of a few
        shapes, filled up where windows are missing, and in a batch of one shape a row is computed by itself, in the
        same order of operations whatever stands in the others.
        """
        limit = min(self.identity.context, self._room)
        for waiting in self._waiting(documents):
            groups: list[list[list[list[int]]]] = []
            for _, pieces in waiting:
                groups += [[pieces[i] for i in part] for part in pack([sum(map(len, s)) for s in pieces], limit)]
            every = self._rows(groups)
            for sentences, _ in waiting:
                rows = list(islice(every, len(sentences)))
                if self.identity.consistency:
                    rows = agree(sentences, rows, self.identity.consistency)
                yield [_decoded(row) for row in rows]

    def tag_document(self, sentences: Sequence[Sequence[str]]) -> list[Tagged]:
        """Tag one running text, as `tag_documents` does."""
        return next(self.tag_documents([sentences]))

    def _waiting(
        self, documents: Iterable[Sequence[Sequence[str]]]
    ) -> Iterator[list[tuple[Sequence[Sequence[str]], list[list[list[int]]]]]]:
        """Texts in lots that share batches, each with the sub-words of its sentences' words."""
        waiting, size = [], 0
        for sentences in documents:
            pieces = [[self.pieces(word) for word in sentence] for sentence in sentences]
            waiting.append((sentences, pieces))
            size += sum(len(word) for sentence in pieces for word in sentence)
            if size >= _PIECES or len(waiting) == _TEXTS:
                yield waiting
                waiting, size = [], 0
        if waiting:
            yield waiting

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
        for batch, shape in by_shape([len(item.ids) for item in cut], self.batch_tokens, self._longest):
            for index, probabilities in zip(batch, self._probabilities([cut[i] for i in batch], shape), strict=True):
                number, counted, offset = counts_for[index]
                found[number][counted.start : counted.stop] = probabilities[
                    counted.start - offset : counted.stop - offset
                ]
        for group, probabilities in zip(groups, found, strict=True):
            yield from _spread(group, probabilities)

    def _window(self, sentences: Sequence[Sequence[list[int]]]) -> Window:
        return window(sentences, self.tokenizer.cls_token_id, self.tokenizer.sep_token_id)

    @torch.inference_mode()
    def _probabilities(self, windows: Sequence[Window], shape: tuple[int, int]) -> list[np.ndarray]:
        """For each window the probabilities [its words, labels]."""
        batch = collate(windows, self.tokenizer.pad_token_id, shape)
        place = self.model.device
        with torch.autocast(place.type, torch.bfloat16, enabled=self._autocast):
            logits = self.model(input_ids=batch.ids.to(place), attention_mask=batch.mask.to(place)).logits.cpu()
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
