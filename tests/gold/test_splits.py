from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.gold.read import read_gold, write_gold
from pipeline.gold.splits import happening, split_problems
from pipeline.records import GoldArticle
from tests.gold.example import LABELS, NAME, TEXT, example

LONG = "وقف أعضاء الوفد دقيقة صمت حدادا على ضحايا الزلزال الذي ضرب البلاد."


def article(folder: Path, name: str, split: str, body: str) -> GoldArticle:
    opening = body[:9]
    labels = (
        f"article: {name}\nsplit: {split}\nannotator: A\nstories:\n- sections:\n"
        f"  - body: {opening}\n    sentences: ['{opening}']\n"
    )
    return example(folder, labels, body, name)


@pytest.mark.parametrize(
    ("splits", "bodies", "places"),
    [
        pytest.param(("train", "test"), ("بيان أول.", "بيان ثان."), [], id="nothing shared"),
        pytest.param(("dev", "dev"), (LONG, LONG + "\n"), [], id="one split"),
        pytest.param(("train", "test"), (LONG, LONG), ["sha256", "sentences[0]"], id="one text"),
        pytest.param(("train", "dev"), (LONG, LONG + "\n"), ["sentences[0]"], id="one sentence"),
        pytest.param(("train", "dev"), ("بيان أول.", "بيان أول.\n"), [], id="one short sentence"),
    ],
)
def test_texts_and_sentences(
    tmp_path: Path, splits: tuple[str, str], bodies: tuple[str, str], places: list[str]
) -> None:
    texts = dict(zip("ab", bodies, strict=True))
    articles = [article(tmp_path, name, split, texts[name]) for name, split in zip("ab", splits, strict=True)]
    assert [(p.file, p.place) for p in split_problems(articles, texts)] == [("b.json", place) for place in places]


def dated(folder: Path, name: str, split: str, old: str = "", new: str = "") -> GoldArticle:
    labels = LABELS.replace(NAME, name).replace("split: dev", f"split: {split}").replace(old, new)
    return example(folder, labels, TEXT + name, name)


@pytest.mark.parametrize(
    ("old", "new", "shared"),
    [
        pytest.param("", "", True, id="the same veto"),
        pytest.param("value: 2021-03-02", "value: 2021-03-01", False, id="another day"),
        pytest.param(", value: 2021-03-02", "", False, id="a day that is not known"),
        pytest.param("actor: CHN", "actor: RUS", False, id="another actor"),
        pytest.param("modality: actual", "modality: threatened", False, id="not happened"),
    ],
)
def test_one_happening_in_two_splits(tmp_path: Path, old: str, new: str, shared: bool) -> None:
    articles = [dated(tmp_path, "901", "train"), dated(tmp_path, "902", "test", old, new)]
    found = [p for p in split_problems(articles, {}) if p.place == "events[0]"]
    assert bool(found) == shared
    if shared:
        assert found[0].what == "the event veto CHN 2021-03-02 is in test here and in train in 901.json"


def test_a_tally_is_known_by_its_resolution(tmp_path: Path) -> None:
    tally = example(tmp_path).events[2]
    assert tally.type == "vote_tally"
    assert happening(tally) is None
    unsc = [tally.slots["in_favour"][0].model_copy(update={"value": "مجلس الأمن", "actor": "UNSC"})]
    number = [tally.slots["in_favour"][0].model_copy(update={"value": "2735"})]
    assert happening(tally.model_copy(update={"slots": {"body": unsc, "resolution": number}})) == (
        "vote_tally",
        "UNSC",
        "2735",
    )


def test_a_leak_is_never_read(tmp_path: Path) -> None:
    for name, split in (("901", "train"), ("902", "test")):
        write_gold(tmp_path / "gold", dated(tmp_path, name, split))
    with pytest.raises(GoldError, match="is in test here and in train") as caught:
        read_gold(tmp_path / "gold")
    assert caught.value.where.endswith("902.json")
