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
    path = folder / "x.conll"
    path.write_text(text, encoding="utf-8")
    (gold,) = read_conll(path, {NAME: example(folder)}, {NAME: TEXT})
    return gold


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    gold = example(tmp_path)
    text = to_conll(gold, TEXT)
    assert text.startswith(f"# article = {NAME}\n# sha256 = ")
    assert "الأمن\tI-ORG\n،\tO\nيدعو\tO\n" in text
    assert back(tmp_path, text) == gold
    assert back(tmp_path, text.replace("\t", " ")) == gold


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
        pytest.param(lambda t: t.replace("\n.\tO", ""), "ends before «.»", False, id="last token lost"),
        pytest.param(lambda t: t.replace(f"{NAME}-1-2", f"{NAME}-1-9"), "lacks the sentence", False, id="sentence"),
        pytest.param(lambda t: t + f"\n# sentence = {NAME}-9-9\n", "no sentence", False, id="a sentence more"),
        pytest.param(lambda t: t.replace(f"article = {NAME}", "article = b"), "article 'b'", False, id="article"),
        pytest.param(lambda t: "كلمة\tO\n" + t, "before any", True, id="no sentence"),
        pytest.param(lambda t: "", "names no article", False, id="empty"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, change: Callable[[str], str], message: str, line: bool) -> None:
    with pytest.raises(GoldError, match=message) as caught:
        back(tmp_path, change(to_conll(example(tmp_path), TEXT)))
    assert caught.value.where.rpartition(":")[2].isdigit() == line
