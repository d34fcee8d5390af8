"""Every kind of wrong gold is found, by file and place, and never read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.articles import article_texts
from pipeline.errors import GoldError
from pipeline.files import Workspace
from pipeline.gold.check import problems
from pipeline.gold.read import check, read_gold, write_gold
from pipeline.records import GoldArticle
from tests.gold.example import NAME, TEXT, example

ACTORS = {"CHN", "PAN", "UNSC", "RUS"}
Mutation = Callable[[dict[str, Any]], object]


def put(*way: str | int, to: Any) -> Mutation:
    """Set the value at the end of a way through the JSON."""

    def mutate(gold: dict[str, Any]) -> None:
        at: Any = gold
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] = to

    return mutate


def shift(*way: str | int, by: int) -> Mutation:
    """Move start and end of the span at the end of a way."""

    def mutate(gold: dict[str, Any]) -> None:
        at: Any = gold
        for step in way:
            at = at[step]
        at["start"] += by
        at["end"] += by

    return mutate


def copy(*way: str | int, **change: Any) -> Mutation:
    """Append a copy of a list's element, changed, to the list."""

    def mutate(gold: dict[str, Any]) -> None:
        at: Any = gold
        for step in way[:-1]:
            at = at[step]
        at.append(json.loads(json.dumps(at[way[-1]])) | change)

    return mutate


def drop(*way: str | int) -> Mutation:
    def mutate(gold: dict[str, Any]) -> None:
        at: Any = gold
        for step in way[:-1]:
            at = at[step]
        del at[way[-1]]

    return mutate


VETOER = ("events", 0, "slots", "vetoer", 0)
WRONG = [
    pytest.param(put("sha256", to="0" * 64), "sha256", "another text", id="text has changed"),
    # stories, sections, sentences
    pytest.param(put("stories", to=[]), "stories", "none", id="no story"),
    pytest.param(put("stories", 0, "story", to=2), "stories[0]", "numbered 2", id="story number"),
    pytest.param(put("stories", 0, "published", to="3 March"), "stories[0].published", "ISO", id="published"),
    pytest.param(put("stories", 0, "title", to="عنوان آخر"), "stories[0].title", "not in the text", id="title"),
    pytest.param(drop("stories", 0, "sections", 1), "stories[0].sections[1]", "leaves out", id="text left out"),
    pytest.param(drop("stories", 0, "sections", 3), "stories", "no section holds", id="text left out at the end"),
    pytest.param(
        put("stories", 0, "sections", 1, "start", to=30),
        "stories[0].sections[1]",
        "before the end",
        id="sections overlap",
    ),
    pytest.param(
        put("stories", 0, "sections", 3, "end", to=9999), "stories[0].sections[3]", "no span", id="beyond the text"
    ),
    pytest.param(
        put("stories", 0, "sentences", 1, "id", to=f"{NAME}-1-7"), "stories[0].sentences[1]", "has the id", id="id"
    ),
    pytest.param(
        put("stories", 0, "sentences", 1, "start", to=72), "stories[0].sentences[1]", "white space", id="white space"
    ),
    pytest.param(
        put("stories", 0, "sentences", 1, "start", to=50), "stories[0].sentences[1]", "not within a body", id="section"
    ),
    pytest.param(
        put("stories", 0, "sentences", 1, "section", to="dateline"), "stories[0].sentences[1]", "dateline", id="kind"
    ),
    pytest.param(
        put("stories", 0, "sentences", 2, "start", to=180),
        "stories[0].sentences[2]",
        "overlaps",
        id="sentences overlap",
    ),
    pytest.param(
        put("stories", 0, "sentences", 0, "end", to=52), "stories[0].sentences[0]", "line's end", id="over a line's end"
    ),
    # entities
    pytest.param(shift("entities", 1, by=-1), "entities[1]", "white space", id="entity off by one"),
    pytest.param(put("entities", 1, "core", to=[79, 83]), "entities[1].core", "without", id="core is not to the end"),
    pytest.param(
        lambda gold: gold["entities"][1].update(end=83, core=[79, 83]),
        "entities[1]",
        "only a part",
        id="part of a token",
    ),
    pytest.param(put("entities", 1, "core", to=[80, 85]), "entities[1].core", "without attached", id="core"),
    pytest.param(put("entities", 6, "sentence", to="x"), "entities[6].sentence", "no sentence x", id="its sentence"),
    pytest.param(
        put("entities", 6, "sentence", to=f"{NAME}-1-1"), "entities[6]", "not within", id="entity of another sentence"
    ),
    pytest.param(put("entities", 6, "article", to="b"), "entities[6].article", "is b", id="entity of another article"),
    pytest.param(copy("entities", 3), "entities[7]", "twice", id="entity twice"),
    pytest.param(
        lambda gold: gold["entities"][3].update(start=gold["entities"][2]["start"]),
        "entities[3]",
        "overlaps",
        id="nested",
    ),
    pytest.param(
        lambda gold: gold["entities"][1].update(end=gold["entities"][4]["end"], core=[79, gold["entities"][4]["end"]]),
        "entities[4]",
        "overlaps",
        id="one over several",
    ),
    # events
    pytest.param(put("events", 0, "type", to="coup"), "events[0].type", "none of", id="type"),
    pytest.param(put("events", 0, "story", to=2), "events[0].story", "no story 2", id="story"),
    pytest.param(put("events", 0, "id", to="veto-1"), "events[0].id", "does not read", id="event id"),
    pytest.param(
        put("events", 0, "slots", "caller", to=[]), "events[0].slots.caller", "no slot", id="another type's slot"
    ),
    pytest.param(put("events", 0, "slots", "date", to=[]), "events[0].slots.date", "empty", id="empty slot"),
    pytest.param(drop("events", 0, "slots", "vetoer"), "events[0]", "needs vetoer", id="slot needed"),
    pytest.param(copy(*VETOER), "events[0].slots.vetoer", "CHN is there 2 times", id="filler twice"),
    pytest.param(shift(*VETOER, by=1), "events[0].slots.vetoer[0]", "the text has", id="filler off by one"),
    pytest.param(put(*VETOER, "text", to="الهند"), "events[0].slots.vetoer[0]", "says «الهند»", id="filler's words"),
    pytest.param(
        lambda gold: gold["events"][0]["slots"]["vetoer"][0].update(end=83, text="الصي"),
        "events[0].slots.vetoer[0]",
        "«الصي» is only a part of «الصين»",
        id="filler cuts a word",
    ),
    pytest.param(
        lambda gold: gold["events"][0]["slots"]["vetoer"][0].update(
            start=TEXT.index("رويترز"), end=TEXT.index("رويترز") + 6, text="رويترز"
        ),
        "events[0].slots.vetoer[0]",
        "lies in no sentence",
        id="filler outside the sentences",
    ),
    pytest.param(put(*VETOER, "actor", to="CHINA"), "events[0].slots.vetoer[0].actor", "register", id="unknown actor"),
    pytest.param(put(*VETOER, "actor", to="chn"), "events[0].slots.vetoer[0].actor", "register", id="actor's form"),
    pytest.param(
        put("events", 0, "slots", "object", 0, "actor", to="CHN"),
        "events[0].slots.object[0]",
        "no actor",
        id="not an actor",
    ),
    pytest.param(
        put("events", 2, "slots", "in_favour", 0, "value", to="12"),
        "events[2].slots.in_favour[0]",
        "whole",
        id="number",
    ),
    pytest.param(
        copy("events", 2, "slots", "in_favour", 0, value=13), "events[2].slots.in_favour", "2 fillers", id="two numbers"
    ),
    pytest.param(
        put("events", 0, "slots", "date", 0, "value", to="2021-02-30"), "events[0].slots.date[0]", "no date", id="day"
    ),
    pytest.param(
        put("events", 2, "slots", "in_favour", 0, "value", to=True), "events[2].slots.in_favour[0]", "whole", id="true"
    ),
    pytest.param(
        put("events", 2, "slots", "outcome", 0, "value", to="lost"), "events[2].slots.outcome[0]", "none of", id="value"
    ),
    pytest.param(
        lambda gold: gold["events"][2]["slots"].update(unanimous=[gold["events"][2]["slots"]["outcome"][0]]),
        "events[2].slots.unanimous[0]",
        "not true",
        id="flag",
    ),
    pytest.param(
        put("events", 0, "slots", "topic", 0, "value", to=" "), "events[0].slots.topic[0]", "not words", id="no words"
    ),
    pytest.param(put("events", 0, "article", to="b"), "events[0].mentions[0].article", "is b", id="event's article"),
    pytest.param(
        put("events", 0, "mentions", 0, "sentence", to=f"{NAME}-1-2"),
        "events[0].mentions[0]",
        "not within",
        id="mention",
    ),
    pytest.param(
        put("events", 0, "mentions", 0, "sentence", to=f"{NAME}-2-1"),
        "events[0].mentions[0].sentence",
        "no sentence",
        id="ms",
    ),
    pytest.param(
        put("events", 0, "mentions", 0, "trigger", to=[73, 78]), "events[0].mentions[0].trigger", "within", id="trigger"
    ),
    pytest.param(
        put("events", 0, "mentions", 0, "trigger", to=[0, 3]),
        "events[0].mentions[0].trigger",
        "«فيت» is only a part of «فيتو»",
        id="trigger off by one",
    ),
    pytest.param(
        put("events", 2, "mentions", 0, "end", to=TEXT.index("عضوا،") + 5),
        "events[2].mentions[0]",
        "comma",
        id="a comma taken along",
    ),
    pytest.param(
        lambda gold: gold["events"][0]["mentions"][0].update(end=gold["events"][0]["mentions"][0]["end"] - 1),
        "events[0].mentions[0]",
        "only a part",
        id="mention off by one",
    ),
    pytest.param(
        put("events", 0, "mentions", 0, "trigger", to=[4, 4]),
        "events[0].mentions[0].trigger",
        "no span",
        id="empty span",
    ),
    pytest.param(copy("events", 0, "mentions", 0), "events[0].mentions", "2 times", id="mention twice"),
    pytest.param(copy("events", 0), "events", "is there 2 times", id="event id twice"),
    pytest.param(copy("events", 0, id=f"{NAME}-1-veto-2"), "events[3]", "the same as events[0]", id="event twice"),
]


@pytest.mark.parametrize(("mutate", "place", "what"), WRONG)
def test_wrong_gold_is_found_and_never_read(tmp_path: Path, mutate: Mutation, place: str, what: str) -> None:
    raw = example(tmp_path).model_dump(mode="json")
    mutate(raw)
    gold = GoldArticle.model_validate(raw)
    found = list(problems(f"{NAME}.json", gold, TEXT, ACTORS))
    assert [p for p in found if p.place == place and what in p.what], found
    assert {p.file for p in found} == {f"{NAME}.json"}
    folder = tmp_path / "gold"
    path = write_gold(folder, gold)
    with pytest.raises(GoldError) as caught:
        read_gold(folder, {NAME: TEXT}, ACTORS)
    assert caught.value.where == str(path)
    assert found[0].place in caught.value.what


@pytest.mark.parametrize(
    ("mutate", "place"),
    [
        pytest.param(put("split", to="devel"), "split", id="split"),
        pytest.param(put("note", to="x"), "note", id="unknown key"),
        pytest.param(put("entities", 0, "label", to="GPE"), "entities[0].label", id="label"),
        pytest.param(put("events", 0, "modality", to="real"), "events[0].modality", id="modality"),
        pytest.param(put("events", 0, "mentions", to=[]), "events[0].mentions", id="no mention"),
        pytest.param(
            put("stories", 0, "sections", 0, "kind", to="lead"), "stories[0].sections[0].kind", id="section kind"
        ),
        pytest.param(drop("annotator"), "annotator", id="missing key"),
        pytest.param(put("article", to="other"), "article", id="another file's article"),
    ],
)
def test_a_file_against_the_schema_is_an_error_with_or_without_texts(
    tmp_path: Path, mutate: Mutation, place: str
) -> None:
    raw = example(tmp_path).model_dump(mode="json")
    mutate(raw)
    path = tmp_path / "gold" / f"{NAME}.json"
    path.parent.mkdir()
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(GoldError, match=re.escape(place)) as caught:
        read_gold(path.parent)
    assert caught.value.where == str(path)


def workspace(root: Path) -> Workspace:
    (root / "seeds").mkdir()
    (root / "seeds" / f"{NAME}.txt").write_bytes(TEXT.encode())
    return Workspace.project(root)


def test_check_lists_the_problems_of_all_files(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    gold = example(tmp_path)
    write_gold(space.gold, gold)
    assert check(space.gold, space, ACTORS) == []
    assert read_gold(space.gold, article_texts(space), ACTORS) == [gold]
    write_gold(space.gold, gold.model_copy(update={"article": "zzz", "split": "test"}))
    wrong = gold.model_dump(mode="json") | {"article": "aaa", "split": "devel", "annotator": 1}
    wrong["entities"][1]["label"] = "GPE"
    (space.gold / "aaa.json").write_text(json.dumps(wrong), encoding="utf-8")
    (space.gold / "bbb.json").write_bytes(b"\xff{")
    found = check(space.gold, space, ACTORS)
    assert [(problem.file, problem.place) for problem in found] == [
        ("aaa.json", "split"),
        ("aaa.json", "annotator"),
        ("aaa.json", "entities[1].label"),
        ("bbb.json", "line 1"),
        ("zzz.json", "article"),
        ("zzz.json", "sha256"),
        ("zzz.json", "events[0]"),
    ]
    assert found[5].what == f"the same text is in test here and in dev in {NAME}.json"
    assert str(found[4]) == "zzz.json: article: there is no text zzz.txt in the sources"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="is no folder"):
        read_gold(tmp_path / "nowhere")


def test_gold_is_written_to_be_read_and_the_same_every_time(tmp_path: Path) -> None:
    gold = example(tmp_path)
    path = write_gold(tmp_path / "gold", gold)
    first = path.read_bytes()
    assert "الصين" in first.decode()
    assert write_gold(tmp_path / "gold", read_gold(tmp_path / "gold")[0]).read_bytes() == first
