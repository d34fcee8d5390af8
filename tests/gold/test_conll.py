from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.gold.check import problems
from pipeline.gold.conll import read_conll, to_conll
from pipeline.records import GoldArticle
from tests.gold.example import NAME, TEXT, example


def back(folder: Path, text: str) -> GoldArticle:
    path = folder / f"{NAME}.conll"
    path.write_text(text, encoding="utf-8", newline="")
    return read_conll(path, example(folder), TEXT)


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    gold = example(tmp_path)
    text = to_conll(gold, TEXT)
    assert "الأمن\tI-ORG\n،\tO\nيدعو\tO\n" in text
    assert text.count("\n\n") == len(gold.sentences) - 1
    assert back(tmp_path, text) == gold
    spaced = to_conll(gold, TEXT, " ")
    assert "الأمن I-ORG\n، O\n" in spaced
    assert back(tmp_path, spaced) == gold


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="lines as under Windows"),
        pytest.param(lambda t: "\ufeff" + t, id="a byte-order mark"),
        pytest.param(lambda t: "-DOCSTART- -X- O O\n\n" + t, id="the mark of a document"),
        pytest.param(lambda t: t.replace("\n\n", "\n"), id="sentences not parted"),
        pytest.param(lambda t: t.replace("\tO", "\t_\tO"), id="more columns"),
    ],
)
def test_what_tools_do_to_a_file_does_not_matter(tmp_path: Path, change: Callable[[str], str]) -> None:
    assert back(tmp_path, change(to_conll(example(tmp_path), TEXT))) == example(tmp_path)


def test_every_line_has_two_columns_and_no_token_is_a_comment(tmp_path: Path) -> None:
    lines = to_conll(example(tmp_path), TEXT).splitlines()
    assert {len(line.split("\t")) for line in lines if line} == {2}
    assert not [line for line in lines if line.startswith("#")]


def test_marks_of_direction_may_get_lost(tmp_path: Path) -> None:
    text = "\u200fرفضت \u200fروسيا\u200f النص."
    sentence = {"id": "a-1-1", "section": "body", "start": 0, "end": len(text)}
    section = {"kind": "body", "start": 0, "end": len(text)}
    entity = {"article": "a", "sentence": "a-1-1", "label": "LOC", "start": 7, "end": 12, "core": [7, 12]}
    gold = GoldArticle.model_validate(
        {"article": "a", "sha256": "", "split": "dev", "annotator": "A", "entities": [entity], "events": []}
        | {"stories": [{"story": 1, "sections": [section], "sentences": [sentence]}]}
    )
    path = tmp_path / "a.conll"
    for lost in ("", "\u200f\tO\n"):
        path.write_text(to_conll(gold, text).replace(lost, ""), encoding="utf-8")
        assert read_conll(path, gold, text) == gold


def test_a_label_added_is_an_entity_with_a_core(tmp_path: Path) -> None:
    gold = back(tmp_path, to_conll(example(tmp_path), TEXT).replace("بالفيتو\tO", "بالفيتو\tB-MISC"))
    (added,) = [entity for entity in gold.entities if entity.label == "MISC"]
    assert (TEXT[added.start : added.end], TEXT[slice(*added.core)]) == ("بالفيتو", "الفيتو")
    assert list(problems("x", gold, TEXT)) == []
    removed = back(tmp_path, to_conll(example(tmp_path), TEXT).replace("B-LOC", "O"))
    assert {entity.label for entity in removed.entities} == {"ORG"}


@pytest.mark.parametrize(
    ("change", "message", "line"),
    [
        pytest.param(lambda t: t.replace("بنما\t", "كوبا\t", 1), "«كوبا» is not the text's «بنما", True, id="token"),
        pytest.param(lambda t: t.replace("B-LOC", "B-GPE", 1), "'B-GPE' is no label", True, id="label"),
        pytest.param(lambda t: t.replace("B-ORG", "O", 1), "I-ORG follows O", True, id="I after O"),
        pytest.param(lambda t: t.replace("I-ORG", "I-LOC", 1), "I-LOC follows B-ORG", True, id="I of another label"),
        pytest.param(lambda t: t.replace("الصين\tB-LOC\n", "", 1), "is not the text's «الصين", True, id="token lost"),
        pytest.param(lambda t: t.removesuffix(".\tO\n"), "ends before «.»", False, id="last token lost"),
        pytest.param(lambda t: t + "\nكلمة\tO\n", "«كلمة» is beyond the last sentence", True, id="a token more"),
        pytest.param(lambda t: "# article = a\n" + t, "'a' is no label", True, id="a comment"),
        pytest.param(lambda t: "", "ends before «فيتو", False, id="empty"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, change: Callable[[str], str], message: str, line: bool) -> None:
    with pytest.raises(GoldError, match=message) as caught:
        back(tmp_path, change(to_conll(example(tmp_path), TEXT)))
    assert caught.value.where.rpartition(":")[2].isdigit() == line
