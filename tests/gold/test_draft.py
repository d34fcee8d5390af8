from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.gold.draft import draft, split_of
from pipeline.records import Segments
from tests.gold.example import NAME, example


def test_splits_are_drawn_in_about_their_shares_and_stay_when_articles_come() -> None:
    shares = {"train": 80, "dev": 20}
    drawn = {f"{n:03d}": split_of(f"{n:03d}", shares) for n in range(400)}
    counts = Counter(drawn.values())
    assert set(counts) == {"train", "dev"} and 50 <= counts["dev"] <= 110
    assert all(split_of(name, shares) == split for name, split in drawn.items())


def test_a_draft_holds_its_own_article_only(tmp_path: Path) -> None:
    gold = example(tmp_path)
    other = gold.entities[0].model_copy(update={"article": "b"})
    segments = Segments(article=NAME, path="x", sha256=gold.sha256, stories=gold.stories)
    made = draft(segments, [*gold.entities, other], gold.events, "dev")
    assert made == gold.model_copy(update={"annotator": "model"})
