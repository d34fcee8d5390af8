"""The benchmark of whole corpora: articles without a duplicate, the same every time, and a table of what they cost."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest

from pipeline.articles import read_articles
from pipeline.errors import StageError
from pipeline.files import Workspace
from pipeline.params import Params
from pipeline.records import Article
from pipeline.scale import benchmark, corpus, measure, state_names, varied

ROOT = Path(__file__).parents[1]


def test_a_corpus_holds_no_text_twice_and_is_the_same_every_time() -> None:
    articles, _ = read_articles((ROOT / "seeds",), ROOT, Params().ingest)
    made = list(islice(corpus(articles, state_names()), 40))
    assert made == list(islice(corpus(articles, state_names()), 40))
    assert len({name for name, _ in made}) == len({text for _, text in made}) == 40
    assert [text for _, text in made[: len(articles)]] == [article.text for article in articles]


def test_an_article_with_nothing_to_vary_is_no_duplicate_either() -> None:
    plain = Article(article="a", path="a.txt", sha256="0", text="خبر قصير.")
    assert len({text for _, text in islice(corpus([plain], state_names()), 5)}) == 5


def test_states_stand_for_one_another_and_years_stay_years() -> None:
    text = "استخدمت روسيا الفيتو يوم 25 فبراير 2022 وصوتت روسيا وحدها ضد النص، وقتل 13700 شخص."
    made = varied(text, state_names(), 3)
    assert made != text and made == varied(text, state_names(), 3) != varied(text, state_names(), 4)
    day, year, many = re.findall("[0-9]+", made)
    assert 1 <= int(day) <= 28 and 1950 <= int(year) <= 2025 and len(many) == 5
    first, second = re.search("استخدمت (.+) الفيتو", made), re.search("وصوتت (.+) وحدها", made)
    assert first and second and first.group(1) == second.group(1) != "روسيا"
    assert first.group(1) in state_names()


def test_a_stage_that_fails_is_told_with_its_reason(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, (tmp_path,), tmp_path / "out", tmp_path, tmp_path, tmp_path / "kept")
    with pytest.raises(StageError, match=r"benchmark, segment: \[E101\] .* no \*\.txt file is there"):
        measure("segment", workspace, Params())


@pytest.mark.slow
def test_the_table_has_a_row_a_stage_and_says_what_one_more_costs() -> None:
    lines = list(benchmark([4], ROOT / "seeds", ROOT / "models" / "mini", Params()))
    rows = [line.split(" | ")[0].strip("| ") for line in lines if line.startswith("| ")]
    assert rows == ["stage", "---", "segment", "ner", "frames", "events", "happenings", "tables", "report", "all"]
    assert lines[0].startswith("### 4 articles, ") and "% of the cold run's CPU" in lines[-2]
