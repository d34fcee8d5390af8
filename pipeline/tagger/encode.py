"""From words to the model's input: sub-words by word, windows, batches by token budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from tokenizers.models import Unigram

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

# More sub-words say nothing more about a word's label; without a limit a page without spaces would be one word of
# tens of thousands.
MAX_PIECES_OF_WORD = 48
_KEPT_WORDS = 200_000
# How SentencePiece writes the space before a word.
_SPACE = "▁"


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words for the model at once. `ids`: sub-words with special tokens; `word`: for each of them the word of
    the window it belongs to, -1 for special tokens; `count`: words in the window, each with at least one sub-word."""

    ids: list[int]
    word: list[int]
    count: int


class Pieces:
    """A word's sub-words. Tokenising word by word gives what the tokenizer gives for whole sentences, since both the
    XLM-R and the BERT tokenizer cut at whitespace first; it lets a word be tokenised once."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self.tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        """The ids of a word's sub-words, at most MAX_PIECES_OF_WORD; none where nothing of it is text (a lone mark)."""
        ids = self._known.get(word)
        if ids is None:
            if len(self._known) >= _KEPT_WORDS:
                self._known.clear()
            # No vocabulary's pieces average 16 characters, so the cut never reaches a word that fits.
            cut = word[: 16 * MAX_PIECES_OF_WORD]
            ids = self._known[word] = self.tokenizer(cut, add_special_tokens=False)["input_ids"][:MAX_PIECES_OF_WORD]
        return ids

    def cut(self, word: str, place: int) -> list[int]:
        """The ids of a word's sub-words where it must be cut before its letter `place`, as normalised: another spelling
        of the same word for the model. As `__call__` where the tokenizer has no such place to cut."""
        backend = self.tokenizer.backend_tokenizer
        text = backend.normalizer.normalize_str(word) if backend.normalizer else word
        if not isinstance(backend.model, Unigram) or not 0 < place < len(text) or " " in text:
            return self(word)
        parts = backend.model.tokenize(_SPACE + text[:place]) + backend.model.tokenize(text[place:])
        return [part.id for part in parts][:MAX_PIECES_OF_WORD]


def window(sentences: Sequence[Sequence[list[int]]], first: int, separator: int) -> Window:
    """One window of sentences given as their words' sub-words: first, sentence, separator, sentence, separator."""
    ids, word, count = [first], [-1], 0
    for sentence in sentences:
        for pieces in sentence:
            ids += pieces
            word += [count] * len(pieces)
            count += 1
        ids.append(separator)
        word.append(-1)
    return Window(ids, word, count)


def pack(lengths: Sequence[int], limit: int) -> Iterator[range]:
    """Consecutive sentences in windows of at most `limit` sub-words, special tokens counted; a sentence that is longer
    is alone. limit 0 leaves every sentence alone."""
    start, size = 0, 1
    for index, length in enumerate(lengths):
        if index > start and size + length + 1 > limit:
            yield range(start, index)
            start, size = index, 1
        size += length + 1
    if start < len(lengths):
        yield range(start, len(lengths))


def overlapping(lengths: Sequence[int], limit: int, overlap: int) -> Iterator[tuple[range, range]]:
    """Cut a long sentence, given its words' numbers of sub-words, into (window, part that counts) word ranges.

    Windows hold at most `limit` sub-words and share about `overlap` of them; the parts that count touch each other in
    the middle of what is shared, and together are all words, each once."""
    start = counted = 0
    while True:
        end, size = start, 0
        while end < len(lengths) and (end == start or size + lengths[end] <= limit):
            size += lengths[end]
            end += 1
        if end == len(lengths):
            yield range(start, end), range(counted, end)
            return
        following, shared = end, 0
        while following - 1 > start and shared + lengths[following - 1] <= overlap:
            following -= 1
            shared += lengths[following]
        middle = max(counted, (following + end + 1) // 2)
        yield range(start, end), range(counted, middle)
        counted = middle
        start = following


def by_budget(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Indices in batches of similar length whose padded size (members times the longest) stays within `budget`, at
    least one each, shortest first."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    batches: list[list[int]] = []
    longest = 0
    for index in order:
        longest = max(longest, lengths[index])
        if not batches or longest * (len(batches[-1]) + 1) > budget:
            batches.append([])
            longest = lengths[index]
        batches[-1].append(index)
    return batches


# The lengths that windows are padded to for inference, up to the model's own longest.
_LENGTHS = (16, 32, 48, 64, 96, 128, 192, 256, 384, 512)


def by_shape(lengths: Sequence[int], budget: int, longest: int) -> Iterator[tuple[list[int], tuple[int, int]]]:
    """Indices in batches, each with its shape (rows, length): windows of like length in as many rows as `budget`
    sub-words allow. There are few shapes, and what shape a window falls into depends on its own length alone."""
    padded: dict[int, list[int]] = {min(length, longest): [] for length in _LENGTHS}
    for index, own in enumerate(lengths):
        padded[next(length for length in padded if own <= length)].append(index)
    for length, members in padded.items():
        rows = max(1, budget // length)
        for start in range(0, len(members), rows):
            yield members[start : start + rows], (rows, length)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length. ids, mask: [windows, pieces]; word: [windows, pieces], the word each sub-word
    belongs to, `words` where it belongs to none; words: the most words a window has."""

    ids: torch.Tensor
    mask: torch.Tensor
    word: torch.Tensor
    words: int


def collate(windows: Sequence[Window], pad: int, shape: tuple[int, int] | None = None) -> Batch:
    """Pad windows into one batch. shape: its rows and length, where they are not what the windows need; rows that no
    window takes hold one sub-word of padding each."""
    words = shape[1] if shape else max(w.count for w in windows)
    shape = shape or (len(windows), max(len(w.ids) for w in windows))
    ids, mask, word = torch.full(shape, pad), torch.zeros(shape, dtype=torch.long), torch.full(shape, words)
    mask[len(windows) :, 0] = 1  # attention to nothing at all is not a number
    for row, item in enumerate(windows):
        size = len(item.ids)
        ids[row, :size] = torch.tensor(item.ids)
        mask[row, :size] = 1
        word[row, :size] = torch.tensor([words if place < 0 else place for place in item.word])
    return Batch(ids, mask, word, words)


def by_word(logits: torch.Tensor, batch: Batch, how: str) -> torch.Tensor:
    """Logits of sub-words [windows, pieces, labels] → of words [windows, words, labels]: of a word's first sub-word
    (`first`) or their mean (`mean`). Rows beyond a window's own words hold nothing of use."""
    windows, pieces, labels = logits.shape
    if how == "mean":
        sums = logits.new_zeros(windows, batch.words + 1, labels)
        sums = sums.scatter_add(1, batch.word[..., None].expand(-1, -1, labels), logits)
        counts = logits.new_zeros(windows, batch.words + 1).scatter_add(1, batch.word, torch.ones_like(logits[..., 0]))
        return (sums / counts.clamp(min=1)[..., None])[:, : batch.words]
    places = torch.arange(pieces).expand(windows, pieces)
    firsts = torch.full((windows, batch.words + 1), pieces - 1).scatter_reduce(1, batch.word, places, "amin")
    return logits.gather(1, firsts[:, : batch.words, None].expand(-1, -1, labels))
