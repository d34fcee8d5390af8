"""How much gold there is, by split and kind of text: the counted part of the data card, data/README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.errors import GoldError
from pipeline.files import write_text
from pipeline.records import GoldArticle

BEGIN = "<!-- counted: python -m pipeline gold card writes from here -->"
END = "<!-- to here -->"
_SPLITS = ("train", "dev", "test")
_COLUMNS = ("articles", "without events", "stories", "sentences", "entities")


def counts(gold: Iterable[GoldArticle], seeds: Collection[str]) -> str:
    """A Markdown table, one row for each split and kind of text, one column for each type of event that was labelled,
    and a sentence on what did not happen. seeds: the names of the articles that are real pages."""
    table: dict[tuple[str, bool], Counter[str]] = {}
    unreal: Counter[str] = Counter()
    types: set[str] = set()
    for article in gold:
        row = table.setdefault((article.split, article.article in seeds), Counter())
        row.update(
            {
                "articles": 1,
                "without events": int(not article.events),
                "stories": len(article.stories),
                "sentences": len(article.sentences),
                "entities": len(article.entities),
            }
        )
        row.update(f"`{event.type}`" for event in article.events)
        types |= {event.type for event in article.events}
        unreal.update(event.type for event in article.events if event.modality != "actual")
    columns = [*_COLUMNS, *(f"`{kind}`" for kind in sorted(types))]
    lines = [
        f"| split | texts | {' | '.join(columns)} |",
        f"| --- | --- | {' | '.join(['---:'] * len(columns))} |",
        *(
            f"| `{split}` | {'the seeds' if seed else '`articles/`'} | "
            + " | ".join(str(table[split, seed][name]) for name in columns)
            + " |"
            for split in _SPLITS
            for seed in (True, False)
            if (split, seed) in table
        ),
    ]
    told = ", ".join(f"{count} of `{kind}`" for kind, count in sorted(unreal.items())) or "none"
    return "\n".join(lines) + f"\n\nEvents that did not happen (threatened, asked for, possible, negated): {told}.\n"


def write_card(card: Path, gold: Iterable[GoldArticle], seeds: Collection[str]) -> bool:
    """Write the counts into the card, between its two marks; returns whether that changed it.

    Raises GoldError where the marks are not there.
    """
    before = card.read_text(encoding="utf-8")
    head, begin, rest = before.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise GoldError(card, "lacks the two marks between which the counts stand", f"Put {BEGIN} and {END} there")
    after = f"{head}{BEGIN}\n{counts(gold, seeds)}{END}{tail}"
    if after != before:
        write_text(card, after)
    return after != before
