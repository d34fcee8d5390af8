"""Whether the splits are apart: no text, no sentence and no happening in two of them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from pipeline.arabic.normalise import fold
from pipeline.gold.check import Problem
from pipeline.records import Event, GoldArticle

# Shorter sentences ("المصدر: وكالات", "وقال الوزير ذلك أمس") recur by chance.
SENTENCE_WORDS = 10
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def split_problems(articles: Sequence[GoldArticle], texts: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each thing that stands in two splits, named by the later file and the earlier one."""
    seen: dict[Hashable, tuple[str, str]] = {}
    for gold in articles:
        for key, place, what in _things(gold, texts.get(gold.article, "")):
            article, split = seen.setdefault(key, (gold.article, gold.split))
            if split != gold.split:
                yield Problem(
                    f"{gold.article}.json", place, f"{what} is in {gold.split} here and in {split} in {article}.json"
                )


def _things(gold: GoldArticle, text: str) -> Iterable[tuple[Hashable, str, str]]:
    """What must not be in two splits: a key, its place in the gold file, its name."""
    yield ("text", gold.sha256), "sha256", "the same text"
    for index, sentence in enumerate(gold.sentences):
        words = fold(text[sentence.start : sentence.end]).split()
        if len(words) >= SENTENCE_WORDS:
            yield ("sentence", *words), f"sentences[{index}]", f"the sentence «{' '.join(words[:6])} …»"
    for index, event in enumerate(gold.events):
        if key := happening(event):
            yield key, f"events[{index}]", "the event " + " ".join(map(str, key))


def happening(event: Event) -> tuple[str, ...] | None:
    """What tells a happening across articles, or None where too little is stated: a tally by its body and resolution, a
    veto or tally by its actors and day. Calls recur from day to day and are not told apart."""
    actors = {
        slot: "+".join(sorted(filler.actor for filler in event.slots.get(slot, []) if filler.actor))
        for slot in ("vetoer", "body")
    }
    if event.modality != "actual":
        return None
    numbers = [str(filler.value) for filler in event.slots.get("resolution", [])]
    if event.type == "vote_tally" and actors["body"] and numbers:
        return event.type, actors["body"], *sorted(numbers)
    days = [str(filler.value) for filler in event.slots.get("date", []) if _DAY.fullmatch(str(filler.value))]
    who = actors["vetoer"] if event.type == "veto" else actors["body"] if event.type == "vote_tally" else ""
    counts = [
        f"{slot}={filler.value}"
        for slot in ("in_favour", "against", "abstaining")
        for filler in event.slots.get(slot, [])
    ]
    return (event.type, who, *sorted(days), *counts) if who and days else None
