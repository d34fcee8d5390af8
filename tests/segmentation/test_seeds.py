"""The seeds, cut as a reader would: seeds.yaml was read from the pages by eye."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.articles import read_articles
from pipeline.params import Params
from pipeline.records import Segments
from pipeline.segmentation import segment

ROOT = Path(__file__).parents[2]
EXPECTED = yaml.safe_load(Path(__file__).with_name("seeds.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seeds() -> dict[str, tuple[str, Segments]]:
    articles, set_aside = read_articles([ROOT / "seeds"], ROOT, Params().ingest)
    assert not set_aside
    return {article.article[:3]: (article.text, segment(article, Params().segment)) for article in articles}


def test_all_five_are_there(seeds: dict[str, tuple[str, Segments]]) -> None:
    assert set(seeds) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_stories_and_what_is_said_of_them(name: str, seeds: dict[str, tuple[str, Segments]]) -> None:
    told = [(story.title, story.published, story.outlet) for story in seeds[name][1].stories]
    assert told == [(story["title"], story["published"], story["outlet"]) for story in EXPECTED[name]]


@pytest.mark.parametrize("name", EXPECTED)
def test_sections(name: str, seeds: dict[str, tuple[str, Segments]]) -> None:
    text, record = seeds[name]
    for story, expected in zip(record.stories, EXPECTED[name], strict=True):
        kinds = [kind for section in expected["sections"] for kind in section]
        assert [section.kind for section in story.sections] == kinds
        for section, words in zip(story.sections, expected["sections"], strict=True):
            assert_says(text[section.start : section.end], words[section.kind])


@pytest.mark.parametrize("name", EXPECTED)
def test_sentences(name: str, seeds: dict[str, tuple[str, Segments]]) -> None:
    text, record = seeds[name]
    for story, expected in zip(record.stories, EXPECTED[name], strict=True):
        assert len(story.sentences) == len(expected["sentences"])
        for sentence, words in zip(story.sentences, expected["sentences"], strict=True):
            assert_says(text[sentence.start : sentence.end], words)


def assert_says(surface: Any, words: str) -> None:
    first, _, last = words.partition(" … ")
    normal = " ".join(surface.split())
    assert normal.startswith(first) and normal.endswith(last or first), surface
