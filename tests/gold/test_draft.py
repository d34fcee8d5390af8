from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.gold.draft import draft, split_of
from pipeline.records import Segments
from tests.gold.example import NAME, TEXT, example


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
    made = draft(segments, [*gold.entities, other], gold.events, "dev", TEXT)
    assert made == gold.model_copy(update={"annotator": "model"})


def test_a_draft_tells_events_as_gold_does(tmp_path: Path) -> None:
    gold = example(tmp_path)
    tally = gold.events[2]
    (mention,) = tally.mentions
    comma = TEXT.index("عضوا،") + 4
    halves = [
        mention.model_copy(update={"end": comma + 1}),
        mention.model_copy(update={"start": comma, "trigger": (TEXT.index("امتنعت"), TEXT.index("روسيا وحدها") - 1)}),
    ]
    day = gold.events[0].slots["date"][0]
    start = TEXT.index("، يدعو طرفي النزاع")
    aside = day.model_copy(update={"text": "، يدعو", "value": "، يدعو", "start": start, "end": start + 6})
    veto = gold.events[0].model_copy(update={"slots": gold.events[0].slots | {"date": [aside]}})
    segments = Segments(article=NAME, path="x", sha256=gold.sha256, stories=gold.stories)
    made = draft(segments, [], [veto, tally.model_copy(update={"mentions": halves})], "dev", TEXT)
    assert made.events[1] == tally
    (filler,) = made.events[0].slots["date"]
    assert (filler.text, filler.value, TEXT[filler.start : filler.end]) == ("يدعو", "يدعو", "يدعو")
    alone = tally.model_copy(update={"mentions": halves[:1]})
    (cut,) = draft(segments, [], [alone], "dev", TEXT).events[0].mentions
    assert TEXT[cut.start : cut.end].endswith("عضوا")
