"""Label Studio: what is exported comes back, and what people do to it is understood or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from pipeline.errors import GoldError, GoldErrors
from pipeline.frames.rules.heads import frame_types
from pipeline.gold.check import problems
from pipeline.gold.studio_export import configuration, task
from pipeline.gold.studio_import import read_export
from pipeline.records import GoldArticle
from tests.gold.example import NAME, TEXT, example

Change = Callable[[dict[str, Any]], object]


def export(folder: Path, change: Change = lambda task: None, annotator: object = 7) -> Path:
    """The example as Label Studio would export it once somebody has submitted the draft as it is, then changed."""
    item = task(example(folder), TEXT)
    (prediction,) = item.pop("predictions")
    item |= {
        "id": 12,
        "project": 3,
        "predictions": [],
        "annotations": [{"id": 41, "completed_by": annotator, "was_cancelled": False, "result": prediction["result"]}],
    }
    change(item)
    path = folder / "project-3.json"
    path.write_text(json.dumps([item], ensure_ascii=False), encoding="utf-8")
    return path


def imported(path: Path, split: str | None = None) -> GoldArticle:
    (gold,), _ = read_export(path, {NAME: TEXT}, split)
    return gold


def results(item: dict[str, Any], name: str, kind: str = "labels") -> dict[str, Any]:
    (found,) = [r for r in item["annotations"][0]["result"] if r.get("id") == name and r["type"] == kind]
    return found


def test_a_draft_submitted_unchanged_is_the_draft(tmp_path: Path) -> None:
    gold = imported(export(tmp_path))
    before = example(tmp_path)
    assert gold.annotator == "label-studio:7"
    assert gold.model_copy(update={"annotator": "A"}) == before
    assert list(problems("x", gold, TEXT)) == []


@pytest.mark.parametrize(
    ("annotator", "name"),
    [(7, "7"), ({"id": 7, "email": "a@b.example"}, "a@b.example"), ({"id": 7}, "7"), (None, "None")],
)
def test_the_annotator_is_kept(tmp_path: Path, annotator: object, name: str) -> None:
    assert imported(export(tmp_path, annotator=annotator)).annotator == f"label-studio:{name}"


def test_a_split_can_be_given(tmp_path: Path) -> None:
    assert imported(export(tmp_path)).split == "dev"
    assert imported(export(tmp_path), "train").split == "train"


def move(name: str, by: int) -> Change:
    def change(item: dict[str, Any]) -> None:
        value = results(item, name)["value"]
        value["start"] += by
        value["end"] += by

    return change


def test_off_by_one_is_repaired(tmp_path: Path) -> None:
    moved = imported(export(tmp_path, move("entity-2", 1)))
    assert moved.entities == example(tmp_path).entities


def relabel(item: dict[str, Any]) -> None:
    results(item, "entity-2")["value"]["labels"] = ["ORG"]


def unlink_second_mention(item: dict[str, Any]) -> None:
    item["annotations"][0]["result"] = [
        r for r in item["annotations"][0]["result"] if r.get("to_id") != "event-1-mention-2"
    ]


def threaten(item: dict[str, Any]) -> None:
    for mention in ("event-1-mention-1", "event-1-mention-2"):
        results(item, mention, "choices")["value"]["choices"] = ["threatened"]


def test_what_people_correct_is_taken_over(tmp_path: Path) -> None:
    assert [e.label for e in imported(export(tmp_path, relabel)).entities][1] == "ORG"
    assert [e.modality for e in imported(export(tmp_path, threaten)).events] == ["threatened", "actual", "actual"]


def test_a_missing_modality_means_actual_and_a_backward_arrow_is_an_arrow(tmp_path: Path) -> None:
    def change(item: dict[str, Any]) -> None:
        kept = [r for r in item["annotations"][0]["result"] if r["type"] != "choices"]
        for result in kept:
            if result["type"] == "relation":
                result["from_id"], result["to_id"] = result["to_id"], result["from_id"]
        item["annotations"][0]["result"] = kept

    assert imported(export(tmp_path, change)).events == example(tmp_path).events


def test_cancelled_and_missing_annotations_are_passed_over(tmp_path: Path) -> None:
    texts = {NAME: TEXT}
    cancelled = export(tmp_path, lambda item: item["annotations"][0].update(was_cancelled=True))
    assert read_export(cancelled, texts) == ([], [NAME])
    assert read_export(export(tmp_path, lambda item: item.update(annotations=[])), texts) == ([], [NAME])


def drop(name: str) -> Change:
    def change(item: dict[str, Any]) -> None:
        rows = item["annotations"][0]["result"]
        item["annotations"][0]["result"] = [r for r in rows if name not in (r.get("id"), r.get("to_id"))]

    return change


def unarrow(item: dict[str, Any]) -> None:
    rows = item["annotations"][0]["result"]
    item["annotations"][0]["result"] = [r for r in rows if r.get("to_id") != "event-1-filler-1"]


def value(name: str, **change: Any) -> Change:
    return lambda item: results(item, name)["value"].update(change)


def one_mention_threatened(item: dict[str, Any]) -> None:
    results(item, "event-1-mention-2", "choices")["value"]["choices"] = ["threatened"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(move("entity-2", 4), "region entity-2: a region at 83-88 should hold «الصين»", id="span"),
        pytest.param(value("entity-2", labels=["LOC", "ORG"]), "entity-2 «الصين» has 2 labels", id="two labels"),
        pytest.param(value("entity-2", labels=["GPE"]), "«الصين» has the label 'GPE'", id="label"),
        pytest.param(value("entity-2", start=None), "has no start", id="no offsets"),
        pytest.param(value("entity-2", start=73, end=300, text=TEXT[73:300]), "lies in no sentence", id="too long"),
        pytest.param(drop("event-1-mention-1-trigger"), "mention-1 «فيتو .*» has 0 triggers", id="no trigger"),
        pytest.param(unarrow, "the vetoer event-1-filler-1 «الصين» belongs to no event", id="a filler left alone"),
        pytest.param(value("event-1-filler-1", labels=["caller"]), "'caller' is no slot of veto", id="slot of another"),
        pytest.param(one_mention_threatened, "differ in modality: actual, threatened", id="modalities"),
        pytest.param(value("event-1-mention-2", labels=["vote_tally"]), "differ in type", id="types"),
        pytest.param(lambda item: item["data"].update(text=TEXT + "."), "text has changed", id="another text"),
        pytest.param(lambda item: item["data"].update(article="b"), "no b.txt", id="unknown article"),
        pytest.param(lambda item: item["data"].pop("stories"), "data.stories", id="not our export"),
        pytest.param(lambda item: item["annotations"].append(item["annotations"][0]), "2 annotations", id="two"),
        pytest.param(lambda item: item["annotations"][0].pop("result"), "task 1: annotations.0.result", id="no result"),
        pytest.param(
            lambda item: item["annotations"][0]["result"].append({"id": "r", "type": "rating", "value": {}}),
            "of the type 'rating'",
            id="another control",
        ),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, change: Change, message: str) -> None:
    path = export(tmp_path, change)
    with pytest.raises(GoldError, match=message) as caught:
        imported(path)
    assert caught.value.where.startswith(str(path))


def regions(item: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item["annotations"][0]["result"]
    return found


def test_a_region_may_be_an_entity_and_a_slot(tmp_path: Path) -> None:
    """Label Studio puts a label of a second palette on the same region: same id, another control."""

    def change(item: dict[str, Any]) -> None:
        for region in regions(item):
            for end in ("id", "to_id"):
                if region.get(end) == "event-1-filler-1":
                    region[end] = "entity-2"

    assert imported(export(tmp_path, change)).model_copy(update={"annotator": "A"}) == example(tmp_path)


def test_one_filler_may_stand_for_several_actors(tmp_path: Path) -> None:
    """«The draft» of two sponsors, one region each."""

    def change(item: dict[str, Any]) -> None:
        again = [r | {"id": "again"} for r in regions(item) if r.get("id") == "event-1-filler-1"]
        for region in again:
            if region["type"] == "textarea":
                region["value"] = region["value"] | {"text": ["RUS"]}
        arrow = {"type": "relation", "from_id": "event-1-mention-1", "to_id": "again"}
        regions(item).extend([*again, arrow])

    vetoers = imported(export(tmp_path, change)).events[0].slots["vetoer"]
    assert [(filler.text, filler.actor) for filler in vetoers] == [("الصين", "CHN"), ("الصين", "RUS")]


def test_a_region_may_be_a_mention_and_its_own_trigger(tmp_path: Path) -> None:
    def change(item: dict[str, Any]) -> None:
        mention = results(item, "event-1-mention-2")["value"]
        trigger = results(item, "event-1-mention-2-trigger")
        trigger["value"] |= {"start": mention["start"], "end": mention["end"], "text": mention["text"]}
        trigger["id"] = "event-1-mention-2"
        arrows = [r for r in regions(item) if r.get("to_id") != "event-1-mention-2-trigger"]
        item["annotations"][0]["result"] = arrows

    second = imported(export(tmp_path, change)).events[0].mentions[1]
    assert second.trigger == (second.start, second.end)


def test_everything_wrong_is_listed_at_once(tmp_path: Path) -> None:
    def change(item: dict[str, Any]) -> None:
        move("entity-2", 4)(item)
        value("entity-3", labels=["LOC", "ORG"])(item)

    with pytest.raises(GoldErrors, match="2 problems, so nothing was written") as caught:
        imported(export(tmp_path, change))
    assert ["entity-2" in caught.value.errors[0].where, "entity-3" in caught.value.errors[1].what] == [True, True]

    def unlink(item: dict[str, Any]) -> None:
        drop("event-1-mention-1-trigger")(item)
        unarrow(item)

    with pytest.raises(GoldErrors, match=r"(?s)0 triggers.*belongs to no event"):
        imported(export(tmp_path, unlink))


def arrow_to_an_entity(item: dict[str, Any]) -> None:
    regions(item).append({"type": "relation", "from_id": "event-1-mention-1", "to_id": "entity-2"})


def marked_twice(item: dict[str, Any]) -> None:
    again = [r | {"id": "again"} for r in regions(item) if r.get("id") == "event-1-filler-1" and r["type"] == "labels"]
    regions(item).extend([*again, {"type": "relation", "from_id": "event-1-mention-1", "to_id": "again"}])


def no_arrow(item: dict[str, Any]) -> None:
    item["annotations"][0]["result"] = [r for r in regions(item) if r["type"] != "relation"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(no_arrow, r"example: has \d+ mentions, triggers and slots, but no arrow", id="no arrow at all"),
        pytest.param(arrow_to_an_entity, "«الصين», which is an entity but no slot", id="arrow to an entity"),
        pytest.param(marked_twice, "«الصين» is marked twice as vetoer, not as the same", id="with and without actor"),
        pytest.param(
            lambda item: results(item, "entity-2").update(from_name="place"), "of 'place'", id="another palette"
        ),
        pytest.param(
            lambda item: [r["value"].update(text=["²"]) for r in regions(item) if r.get("from_name") == "value"],
            "no whole number",
            id="a number that is none",
        ),
    ],
)
def test_nothing_is_dropped_silently(tmp_path: Path, change: Change, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        imported(export(tmp_path, change))


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = export(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert imported(path).events == example(tmp_path).events


@pytest.mark.parametrize(("content", "message"), [("{", "is no JSON"), ("{}", "no list of tasks"), ("[1]", "task 1")])
def test_other_files_are_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_export(path, {})


def test_a_number_needs_its_value(tmp_path: Path) -> None:
    def change(item: dict[str, Any]) -> None:
        rows = item["annotations"][0]["result"]
        item["annotations"][0]["result"] = [r for r in rows if r.get("from_name") != "value"]

    with pytest.raises(GoldError, match="abstaining «روسيا» has no whole number"):
        imported(export(tmp_path, change))


def test_the_configuration_is_right_to_left_and_offers_every_label() -> None:
    view = Xml.fromstring(configuration())
    assert "direction: rtl" in view.attrib["style"]
    offered = {labels.attrib["name"]: [label.attrib["value"] for label in labels] for labels in view.iter("Labels")}
    assert offered["entity"] == ["PERS", "LOC", "ORG", "MISC"]
    assert offered["event"] == list(frame_types())
    slots = {slot for kind in frame_types().values() for slot in kind.public}
    assert set(offered["slot"]) == slots | {"trigger"} and len(offered["slot"]) == len(slots) + 1
    (choices,) = view.iter("Choices")
    assert next(choice.attrib["value"] for choice in choices) == "actual"
    text = next(view.iter("Text"))
    assert {child.attrib.get("toName", text.attrib["name"]) for child in view if "toName" in child.attrib} == {"text"}
