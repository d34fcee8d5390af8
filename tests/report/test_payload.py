"""What the page is told about articles and events."""

from __future__ import annotations

import pytest

from pipeline.records import Filler, Story
from pipeline.report.names import actor_names
from pipeline.report.payload import event_date, payload, short_names
from tests.report.build import TEXT, at, call, entity, event, segments, veto


def told(**story: str) -> dict:
    texts = {"900": TEXT}
    return payload([segments(**story)], [entity(TEXT, "واشنطن", "ORG")], [veto(), call()], texts, {"errors": []})


def test_spans_of_the_payload_cut_the_words_that_the_records_name() -> None:
    data = told()
    text = data["articles"][0]["text"]
    cuts = {
        (event["type"], slot): text[start:end]
        for event in data["events"]
        for slot, fillers in event["slots"].items()
        for _, _, start, end in fillers
    }
    assert cuts["veto", "vetoer"] == "واشنطن" and cuts["ceasefire_call", "qualifier"] == "فورية"
    assert [text[start:end] for start, end, _, _ in data["articles"][0]["entities"]] == ["واشنطن"]
    assert [text[start:end] for _, start, end, *_ in data["events"][0]["mentions"]] == [TEXT.split(".")[0]]


def test_events_point_to_their_article_and_keep_their_order_and_rule() -> None:
    texts = {"900": TEXT, "901": TEXT}
    moved = call().model_copy(update={"article": "901"})
    data = payload([segments(), segments(article="901")], [], [moved, veto()], texts, {})
    assert [data["articles"][event["article"]]["name"] for event in data["events"]] == ["901", "900"]
    assert data["events"][0]["mentions"][0][5] == "call.verb"
    assert data["evaluation"] == {}


def test_actors_are_named_in_both_languages() -> None:
    assert told()["actors"]["USA"] == {"en": "United States", "ar": "الولايات المتحدة"}
    named = actor_names(["ZZZ_UNKNOWN", "UNSC", "UNSC"], {"UNSC": "UN Security Council"})
    assert list(named) == ["UNSC", "ZZZ_UNKNOWN"]
    assert named["UNSC"] == {"en": "UN Security Council", "ar": "مجلس الأمن"}
    assert named["ZZZ_UNKNOWN"] == {"en": "ZZZ_UNKNOWN", "ar": "ZZZ_UNKNOWN"}


def test_no_path_of_the_machine_is_told() -> None:
    data = payload([segments(path="/home/someone/articles/900.txt")], [], [veto()], {"900": TEXT}, {})
    assert "someone" not in str(data)


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["001_ab", "002_cd"], ["001", "002"]),
        (["001_ab", "001_cd", "x"], ["001_ab", "001_cd", "x"]),
        (["_ab", "b"], ["_ab", "b"]),
    ],
)
def test_short_names_stay_apart(names: list[str], short: list[str]) -> None:
    assert list(short_names(names).values()) == short


@pytest.mark.parametrize(
    ("values", "published", "date"),
    [
        (["2024-02-20"], "2024-03-01", ("2024-02-20", "event")),
        (["2024-02"], None, ("2024-02", "event")),
        (["يوم الثلاثاء"], "2024-03-01", ("2024-03-01", "published")),
        (["يوم الثلاثاء", "2023"], "2024-03-01", ("2023", "event")),
        ([], "2024-03-01", ("2024-03-01", "published")),
        ([], None, (None, None)),
        ([], "اليوم", (None, None)),
    ],
)
def test_the_date_is_the_events_own_before_that_of_publication(
    values: list[str], published: str | None, date: tuple[str | None, str | None]
) -> None:
    fillers = [Filler(value=value, text="x", start=0, end=1) for value in values]
    slots = {"date": fillers, "vetoer": [at(TEXT, "واشنطن")]}
    story = Story(story=1, published=published, sections=[], sentences=[])
    assert event_date(event("veto", slots), story) == date
