"""Reading and mending column corpora, on made-up ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.tagger.augment import IGNORE
from pipeline.tagger.recipe.corpora import ANERCORP_TEST, ANERCORP_TRAIN, AQMAR, read_columns, read_corpora


def _columns(*sentences: str) -> str:
    """ "قال سليم/B-PERS" → a column file."""
    rows = ["\n".join(w.replace("/", " ") if "/" in w else f"{w} O" for w in s.split()) for s in sentences]
    return "\n\n".join(rows) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (ANERCORP_TRAIN, ANERCORP_TEST, *AQMAR):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(_columns("غاب سليم/B-PERS"), encoding="utf-8")
    return tmp_path


def _write(folder: Path, name: str, *sentences: str) -> None:
    (folder / name).write_text(_columns(*sentences), encoding="utf-8")


def test_labels_are_read_as_the_projects_and_made_valid(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("قال O\nسليم I-PER\nمراد I-PER\n\n\nبيروت B-LOC\nدمشق I-ORG\n", encoding="utf-8")
    assert read_columns(tmp_path / "file") == [
        [("قال", "O"), ("سليم", "B-PERS"), ("مراد", "I-PERS")],
        [("بيروت", "B-LOC"), ("دمشق", "B-ORG")],
    ]


def test_a_broken_line_and_a_missing_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("قال O\nسليم\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"file:2.*no word and label|file:2: is not a word and its label"):
        read_columns(tmp_path / "file")
    with pytest.raises(ModelError, match="is not there"):
        read_columns(tmp_path / "none")


def test_dev_is_every_tenth_block_of_forty_and_nothing_of_it_is_trained_on(folder: Path) -> None:
    sentences = [f"جملة رقم {number} من الكتاب" for number in range(800)]
    sentences[5] = sentences[370]
    _write(folder, ANERCORP_TRAIN, *sentences)
    sets = read_corpora(folder)
    assert [len(block) for block in sets.dev] == [40, 40]
    assert sets.dev[0][0][2] == ("360", "O")
    trained = {" ".join(word for word, _ in s) for block in sets.train for s in block}
    held = {" ".join(word for word, _ in s) for block in sets.dev for s in block}
    assert not trained & held
    assert len(trained) == 719


def test_a_sentence_is_trained_on_once(folder: Path) -> None:
    _write(folder, ANERCORP_TRAIN, *["وصل الوفد صباح اليوم إلى هنا"] * 3, "قال .", "قال .")
    assert [len(s) for block in read_corpora(folder).train for s in block] == [6, 2, 2]


def test_the_council_is_an_organisation_whatever_the_corpus_says(folder: Path) -> None:
    _write(folder, ANERCORP_TRAIN, "دعا مجلس/B-PERS الأمن/I-PERS الدولي/I-PERS اليوم", "في مجلس الأمن غدا")
    labelled, unlabelled = read_corpora(folder).train[0]
    assert [tag for _, tag in labelled] == ["O", "B-ORG", "I-ORG", "I-ORG", "O"]
    assert [tag for _, tag in unlabelled] == ["O"] * 4


def test_long_sentences_are_cut_at_a_pause_and_never_in_a_name(folder: Path) -> None:
    words = ["كلمة"] * 70 + ["،"] + ["كلمة"] * 118 + ["سليم/B-PERS", "مراد/I-PERS", "سالم/I-PERS"] + ["كلمة"] * 30
    _write(folder, ANERCORP_TRAIN, " ".join(words))
    parts = read_corpora(folder).train[0]
    assert [word for part in parts for word, _ in part] == [word.split("/")[0] for word in words]
    assert len(parts[0]) == 71
    assert max(map(len, parts)) <= 123
    assert all(not part[0][1].startswith("I-") for part in parts)


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("هزم الفاطميين/B-PER هناك", ["O", "O", "O"]),
        ("وصل المسلمون/B-PER الأوائل/I-PER هنا", ["O", "O", "O", "O"]),
        ("قال صلاح/B-PER الدين/I-PER هنا", ["O", "B-PERS", "I-PERS", "O"]),
        ("كتب ياسين/B-PER هنا", ["O", "B-PERS", "O"]),
        ("ذرة اليورانيوم/B-MISC في لندن/B-LOC", ["O", IGNORE, "O", "B-LOC"]),
    ],
)
def test_aqmar_is_read_by_anercorps_conventions(folder: Path, sentence: str, labels: list[str]) -> None:
    _write(folder, AQMAR[0], sentence)
    assert [tag for _, tag in read_corpora(folder).extra[0][0]] == labels


def test_the_test_split_is_as_labelled(folder: Path) -> None:
    _write(folder, ANERCORP_TEST, "دعا مجلس/B-PERS الأمن/I-PERS")
    assert [tag for _, tag in read_corpora(folder).test[0][0]] == ["O", "B-PERS", "I-PERS"]
