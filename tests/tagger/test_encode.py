from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from transformers import PreTrainedTokenizerFast

from pipeline.tagger.encode import Pieces, by_budget, by_shape, by_word, collate, overlapping, pack, window
from pipeline.tagger.tagger import Tagger

_lengths = st.lists(st.integers(1, 48), min_size=1, max_size=300)


@given(_lengths, st.integers(50, 200), st.integers(0, 40))
def test_overlapping_windows_count_every_word_once_and_see_around_it(
    lengths: list[int], limit: int, overlap: int
) -> None:
    cut = list(overlapping(lengths, limit, overlap))
    assert [word for _, counted in cut for word in counted] == list(range(len(lengths)))
    for seen, counted in cut:
        assert seen.start <= counted.start <= counted.stop <= seen.stop
        assert sum(lengths[i] for i in seen) <= limit


def test_what_counts_lies_in_the_middle_of_what_is_shared() -> None:
    assert list(overlapping([1] * 10, 6, 4)) == [
        (range(0, 6), range(0, 4)),
        (range(2, 8), range(4, 6)),
        (range(4, 10), range(6, 10)),
    ]


@given(st.lists(st.integers(0, 300), max_size=50), st.integers(0, 256))
def test_packed_windows_are_all_sentences_in_order(lengths: list[int], limit: int) -> None:
    parts = list(pack(lengths, limit))
    assert [i for part in parts for i in part] == list(range(len(lengths)))
    for part in parts:
        assert len(part) == 1 or 1 + sum(lengths[i] + 1 for i in part) <= limit


@given(st.lists(st.integers(1, 512), max_size=80), st.integers(512, 4096))
def test_batches_hold_everything_once_within_budget(lengths: list[int], budget: int) -> None:
    batches = by_budget(lengths, budget)
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    for batch in batches:
        assert max(lengths[i] for i in batch) * len(batch) <= budget


@given(st.lists(st.integers(2, 200), max_size=80), st.integers(512, 4096), st.integers(200, 512))
def test_shapes_hold_everything_once_and_hang_on_its_own_length(lengths: list[int], budget: int, longest: int) -> None:
    batches = list(by_shape(lengths, budget, longest))
    assert sorted(i for batch, _ in batches for i in batch) == list(range(len(lengths)))
    for batch, (rows, length) in batches:
        assert len(batch) <= rows and rows * length <= budget
        for i in batch:
            ((_, alone),) = by_shape([lengths[i]], budget, longest)
            assert lengths[i] <= length <= longest and alone == (rows, length)


@pytest.mark.parametrize(("how", "expected"), [("first", [[1.0], [3.0]]), ("mean", [[1.5], [3.0]])])
def test_sub_words_speak_for_their_word(how: str, expected: list[list[float]]) -> None:
    batch = collate([window([[[7, 8], [9]]], 1, 2), window([[[7]]], 1, 2)], pad=0)
    logits = torch.tensor([[0.0, 1, 2, 3, 9], [9, 5, 9, 9, 9]])[..., None]
    words = by_word(logits, batch, how)
    assert words[0].tolist() == expected
    assert words[1, 0].tolist() == [5.0]


def test_a_window_puts_a_separator_after_each_sentence() -> None:
    one = window([[[5], [6, 7]], [[8]]], first=1, separator=2)
    assert one.ids == [1, 5, 6, 7, 2, 8, 2]
    assert one.word == [-1, 0, 1, 1, -1, 2, -1]
    assert one.count == 3


@pytest.mark.parametrize(
    ("word", "place", "pieces"),
    [
        ("وحلب", 1, ["▁و", "حلب"]),
        ("وحلب", 0, ["▁وحلب"]),
        ("وحلب", 4, ["▁وحلب"]),
        ("وحلب", 9, ["▁وحلب"]),
    ],
)
def test_a_word_can_be_cut_into_other_sub_words(word: str, place: int, pieces: list[str]) -> None:
    vocabulary = [("<unk>", 0.0), ("▁وحلب", -1.0), ("▁و", -2.0), ("حلب", -2.0), ("▁", -9.0)]
    backend = Tokenizer(Unigram(vocabulary, unk_id=0))
    backend.pre_tokenizer = Metaspace()
    cut = Pieces(PreTrainedTokenizerFast(tokenizer_object=backend)).cut(word, place)
    assert [vocabulary[index][0] for index in cut] == pieces


def test_a_tokenizer_of_another_kind_cuts_nothing(tagger: Tagger) -> None:
    assert tagger.pieces.cut("بيروت", 2) == tagger.pieces("بيروت")
