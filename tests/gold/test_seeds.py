"""The gold of the seeds: whole, right by `check`, and saying what the pages plainly say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.actors.register import load_register
from pipeline.articles import article_texts
from pipeline.files import Workspace
from pipeline.gold.read import check, read_gold
from pipeline.records import GoldArticle
from pipeline.scoring.agreement import agreement

ROOT = Path(__file__).parents[2]
# Without outputs: the gold in Git is of the articles in Git, whatever was segmented last.
WORKSPACE = replace(Workspace.project(ROOT), out=ROOT / "nowhere")
LABELLERS = WORKSPACE.gold / "labellers"


@pytest.fixture(scope="module")
def gold() -> dict[str, GoldArticle]:
    articles = read_gold(WORKSPACE.gold, article_texts(WORKSPACE), load_register().actors)
    return {article.article[:3]: article for article in articles}


def test_all_gold_is_right() -> None:
    assert check(WORKSPACE.gold, WORKSPACE, load_register().actors) == []


def test_every_seed_is_in_the_dev_split(gold: dict[str, GoldArticle]) -> None:
    seeds = {path.stem[:3] for path in (ROOT / "seeds").glob("*.txt")}
    assert len(seeds) == 5
    assert {gold[seed].split for seed in seeds} == {"dev"}


@pytest.mark.parametrize(
    ("seed", "slots"),
    [
        ("000", {"in_favour": 11, "outcome": "rejected"}),
        ("001", {"in_favour": 13, "against": 1, "abstaining": 1, "against_actors": "USA", "abstaining_actors": "GBR"}),
        ("004", {"in_favour": 13, "abstaining": 2, "abstaining_actors": ("USA", "RUS"), "resolution": "2722"}),
    ],
)
def test_tallies(gold: dict[str, GoldArticle], seed: str, slots: dict[str, Any]) -> None:
    (tally,) = [event for event in gold[seed].events if event.type == "vote_tally"]
    for slot, value in slots.items():
        values = tuple(filler.actor or filler.value for filler in tally.slots[slot])
        assert values == (value if isinstance(value, tuple) else (value,)), slot


@pytest.mark.parametrize(
    ("seed", "vetoers"), [("000", ["RUS CHN", "USA"]), ("001", ["USA", "USA"]), ("002", ["USA", "USA"]), ("003", [])]
)
def test_vetoes(gold: dict[str, GoldArticle], seed: str, vetoers: list[str]) -> None:
    vetoes = [event for event in gold[seed].events if event.type == "veto"]
    assert [" ".join(str(f.actor) for f in veto.slots["vetoer"]) for veto in vetoes] == vetoers
    assert {veto.modality for veto in vetoes} <= {"actual"}
    ordinals = [filler.value for veto in vetoes for filler in veto.slots.get("ordinal", [])]
    assert ordinals == ([3] if seed in ("001", "002") else [])


def test_enough_was_labelled_twice_and_the_labellers_agree() -> None:
    texts, actors = article_texts(WORKSPACE), load_register().actors
    first, second = (read_gold(LABELLERS / name, texts, actors) for name in ("A", "B"))
    result = agreement(first, second, texts)
    settled = read_gold(WORKSPACE.gold, texts, actors)
    assert len(result.articles) == 33 and not (result.only_a or result.only_b)
    assert {article.article for article in settled if article.split == "test"} <= set(result.articles)
    assert {article.article for article in settled if article.annotator == "adjudicated"} == set(result.articles)
    # What a change of the labels or of the measure would show; the report says how independent the two were.
    assert (result.scores["events"].f1 or 0) >= 0.87
    assert (result.scores["entities"].f1 or 0) >= 0.95
