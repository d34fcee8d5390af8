"""The data card counts what the gold holds, and a command keeps it so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.files import Workspace
from pipeline.gold.counts import BEGIN, END, counts, write_card
from pipeline.gold.read import read_gold
from pipeline.records import GoldArticle
from tests.report.build import segments, veto

ROOT = Path(__file__).parents[2]


def labelled(name: str, split: str, *modalities: str) -> GoldArticle:
    """Gold of one story, with a veto of each modality."""
    record = segments(article=name)
    events = [veto().model_copy(update={"article": name, "modality": modality}) for modality in modalities]
    return GoldArticle(
        article=name, sha256=record.sha256, split=split, annotator="A", stories=record.stories, entities=[],
        events=events,
    )  # fmt: skip


def test_rows_are_splits_and_kinds_of_text() -> None:
    gold = [labelled("a", "train"), labelled("b", "train", "actual", "negated"), labelled("s", "dev", "actual")]
    told = counts(gold, {"s"})
    assert [line.replace(" ", "") for line in told.splitlines() if line.startswith("| `")] == [
        "|`train`|`articles/`|2|1|2|4|0|2|",
        "|`dev`|theseeds|1|0|1|2|0|1|",
    ]
    assert "1 of `veto`" in told


def test_the_card_is_rewritten_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", encoding="utf-8")
    gold = [labelled("a", "train", "actual")]
    assert write_card(card, gold, set()) and not write_card(card, gold, set())
    text = card.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| split") and text.endswith(f"{END}\nafter\n") and "stale" not in text


def test_a_card_without_marks_is_refused(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(GoldError, match="marks"):
        write_card(card, [], set())


def test_the_card_counts_as_the_gold_does() -> None:
    """Where this fails, labels were added or taken away since: run `python -m pipeline gold card`."""
    seeds = {path.stem for path in (ROOT / "seeds").glob("*.txt")}
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0].strip() == counts(read_gold(Workspace.project(ROOT).gold), seeds).strip()
