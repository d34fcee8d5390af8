"""As many labels as words, whatever the words; the same labels whatever the company."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.tagger.labels import LABELS
from pipeline.tagger.load import load_tagger
from pipeline.tagger.machine import Precision
from pipeline.tagger.tagger import Tagger

_words = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "\u200d",
            "ـ",
            "\u064b",
            "\u202b",
            "😀",
            "قالَ",
            "الس",
            "\ufeff",
            "\u0000",
            "[SEP]",
            "[MASK]",
            "##ون",
            "<s>",
        ]
    ),
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=9),
)
_sentences = st.lists(st.lists(_words, max_size=12), max_size=6)
_relaxed = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _check(sentences: list[list[str]], tagged: list[list[tuple[str, float]]]) -> None:
    assert [len(tags) for tags in tagged] == [len(words) for words in sentences]
    for tags in tagged:
        assert all(label in LABELS and 0 <= score <= 1.0001 for label, score in tags)
        labels = [label for label, _ in tags]
        for before, label in zip(["O", *labels], labels, strict=False):
            assert label[0] != "I" or before[2:] == label[2:]


@_relaxed
@given(_sentences)
def test_any_unicode_gets_as_many_valid_labels_as_it_has_words(tagger: Tagger, sentences: list[list[str]]) -> None:
    _check(sentences, list(tagger.tag(sentences)))


@_relaxed
@given(_sentences)
def test_running_text_too(running_tagger: Tagger, sentences: list[list[str]]) -> None:
    _check(sentences, running_tagger.tag_document(sentences))


@pytest.mark.parametrize(
    "sentence",
    [
        ["قال"] * 3000,
        ["س" * 100_000],
        ["س" * 100_000, "بيروت"] * 3,
        ["\u200d"] * 600,
        ["\u064b", "بيروت", "\u202a"],
    ],
    ids=["3000 words", "100 kB without a space", "several of them", "600 words of nothing", "marks around a word"],
)
def test_sentences_beyond_the_models_reach_lose_no_label(
    tagger: Tagger, running_tagger: Tagger, sentence: list[str]
) -> None:
    for one in (tagger, running_tagger):
        _check([sentence], list(one.tag([sentence])))
        _check([sentence, ["قال"]], one.tag_document([sentence, ["قال"]]))


def test_a_word_without_sub_words_is_outside(tagger: Tagger) -> None:
    assert tagger.pieces("\u200d") == []
    assert next(tagger.tag([["بيروت", "\u200d", "قال"]]))[1] == ("O", 1.0)


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_a_text_is_tagged_the_same_to_the_bit_in_any_company(folder: Path, precision: Precision) -> None:
    tagger = load_tagger(folder, precision)
    words = ["قال", "جون", "في", "بيروت", "دمشق", "ثم", "عاد", "غدا", "س", "الوزير"]
    pick = random.Random(7)
    texts = [
        [[pick.choice(words) for _ in range(pick.randint(1, 40))] for _ in range(pick.randint(1, 4))] for _ in range(90)
    ]
    alone = [tagger.tag_document(text) for text in texts]
    for _ in range(3):
        order = pick.sample(range(len(texts)), pick.randint(2, len(texts)))
        together = list(tagger.tag_documents(texts[number] for number in order))
        assert together == [alone[number] for number in order]
    sentences = [text[0] for text in texts]
    assert list(tagger.tag(sentences)) == [next(tagger.tag([sentence])) for sentence in sentences]


def test_a_document_is_the_same_to_the_bit_each_time(running_tagger: Tagger) -> None:
    document = [["قال", "جون", "في", "بيروت"], ["غدا"], ["س"] * 40, ["دمشق", "ثم", "عاد"]]
    assert running_tagger.tag_document(document) == running_tagger.tag_document(document)


def test_neighbours_are_seen_where_the_model_reads_running_text(running_tagger: Tagger) -> None:
    alone = running_tagger.tag_document([["قال", "سليم"]])[0]
    among = running_tagger.tag_document([["قال", "سليم"], ["عاد", "إلى", "بيروت"]])[0]
    assert alone != among


def test_the_stream_is_read_as_it_is_tagged(tagger: Tagger) -> None:
    taken = itertools.count()
    endless = (["قال", "جون"] for _ in taken)
    stream = tagger.tag(endless)
    for _ in range(600):
        next(stream)
    assert next(taken) <= 1100


def test_long_sentences_are_labelled_from_windows_that_agree_with_the_models_own_view(tagger: Tagger) -> None:
    """Words well inside the first window get the probabilities of that window alone."""
    words = [f"{a}{b}" for a in "بتثجحخدذرز" for b in "اوي"] * 20
    long = next(tagger.tag([words]))
    ids = [tagger.tokenizer.cls_token_id]
    count = 0
    while len(ids) + len(tagger.pieces(words[count])) <= 511:
        ids += tagger.pieces(words[count])
        count += 1
    with torch.inference_mode():
        logits = tagger.model(input_ids=torch.tensor([[*ids, tagger.tokenizer.sep_token_id]])).logits[0]
    place = 1
    for word, (label, score) in zip(words[:100], long, strict=False):
        own = torch.zeros(len(LABELS)).index_add_(0, torch.tensor(tagger.columns), logits[place].softmax(-1))
        assert score == pytest.approx(float(own[LABELS.index(label)]), abs=1e-3)
        place += len(tagger.pieces(word))
