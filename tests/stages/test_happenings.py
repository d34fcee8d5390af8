"""The stage on a small workspace: what it writes, what it keeps, what it refuses."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import RecordError
from pipeline.files import Workspace, read_records, sha256, write_records, write_text
from pipeline.happenings.records import Happening
from pipeline.params import Params
from pipeline.records import Event, Filler, Mention, Section, Segments, Sentence, Story
from pipeline.stages import happenings

ROOT = Path(__file__).parent.parent.parent
TEXTS = {
    "one": "استخدمت الولايات المتحدة في 20 فبراير 2024 حق النقض ضد مشروع قرار جزائري بشأن غزة",
    "two": "أسقطت الولايات المتحدة في 20 فبراير 2024 مشروعا جزائريا بشأن غزة",
    "six": "استخدمت روسيا في 24 أبريل 2024 حق النقض ضد مشروع قرار بشأن الفضاء",
}
VETOER = {"one": ("الولايات المتحدة", "USA"), "two": ("الولايات المتحدة", "USA"), "six": ("روسيا", "RUS")}
DATES = {
    "one": ("20 فبراير 2024", "2024-02-20"),
    "two": ("20 فبراير 2024", "2024-02-20"),
    "six": ("24 أبريل 2024", "2024-04-24"),
}


def filler(text: str, words: str, value: str, actor: str | None = None) -> Filler:
    start = text.index(words)
    return Filler(value=value, actor=actor, text=words, start=start, end=start + len(words))


def event(article: str) -> Event:
    text = TEXTS[article]
    who, day = VETOER[article], DATES[article]
    slots = {"vetoer": [filler(text, who[0], who[0], who[1])], "date": [filler(text, *day)]}
    mention = Mention(sentence=f"{article}-1-1", start=0, end=len(text), trigger=(0, 7), rule="r")
    return Event(
        id=f"{article}-1-veto-1",
        type="veto",
        article=article,
        story=1,
        modality="actual",
        slots=slots,
        mentions=[mention],
    )


def segments(article: str) -> Segments:
    text = TEXTS[article]
    sentence = Sentence(id=f"{article}-1-1", section="body", start=0, end=len(text))
    story = Story(story=1, sections=[Section(kind="body", start=0, end=len(text))], sentences=[sentence])
    return Segments(article=article, path=f"seeds/{article}.txt", sha256=sha256(text), stories=[story])


def workspace(root: Path, *articles: str) -> Workspace:
    """A project with these articles, their events, and the record."""
    made = Workspace.project(root)
    for article in articles:
        write_text(root / "seeds" / f"{article}.txt", TEXTS[article])
    write_records(made.segments, [segments(article) for article in articles])
    write_records(made.events, [event(article) for article in articles])
    shutil.copytree(ROOT / "data" / "reference", made.reference, dirs_exist_ok=True)
    return made


def found(made: Workspace) -> list[Happening]:
    return list(read_records(made.happenings, Happening))


def test_two_reports_are_one_happening_and_the_record_knows_it(tmp_path: Path) -> None:
    made = workspace(tmp_path, "one", "six", "two")
    line = happenings.run(made, Params())
    gaza, space = found(made)
    assert [report.article for report in gaza.reports] == ["one", "two"]
    assert gaza.record and gaza.record.model_dump(include={"status", "id"}) == {"status": "same", "id": "S/2024/173"}
    assert space.record and space.record.id == "S/2024/302"
    assert "2 (2 veto) from 3 events, 1 told by several articles" in line and "record: 2 same" in line
    assert (made.out / "happenings.csv").is_file() and (made.out / "happenings.parquet").is_file()


def test_one_more_article_costs_one_article_and_changes_no_other_happening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path, "one", "two")
    happenings.run(made, Params())
    before = made.happenings.read_text(encoding="utf-8")
    workspace(tmp_path, "one", "six", "two")
    read: list[str] = []
    whole = happenings.tellings
    monkeypatch.setattr(
        happenings, "tellings", lambda record, *rest: read.append(record.article) or whole(record, *rest)
    )
    assert "2 articles from cache" in happenings.run(made, Params())
    assert read == ["six"]
    assert before in made.happenings.read_text(encoding="utf-8")


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    runs = []
    for name in ("a", "b"):
        made = workspace(tmp_path / name, "one", "six", "two")
        happenings.run(made, Params())
        runs.append([(made.out / f"happenings.{end}").read_bytes() for end in ("jsonl", "csv", "parquet")])
    assert runs[0] == runs[1]


def test_without_a_record_there_is_no_match(tmp_path: Path) -> None:
    made = replace(workspace(tmp_path, "one"), reference=tmp_path / "nowhere")
    assert "record: none at" in happenings.run(made, Params())
    (one,) = found(made)
    assert one.record is None


def test_events_of_an_article_that_is_not_there_are_refused(tmp_path: Path) -> None:
    made = workspace(tmp_path, "one", "two")
    lines = made.segments.read_text(encoding="utf-8").splitlines(keepends=True)
    write_text(made.segments, lines[0])
    with pytest.raises(RecordError, match="two is no article of"):
        happenings.run(made, Params())


def test_no_events_are_no_happenings(tmp_path: Path) -> None:
    made = workspace(tmp_path, "one")
    write_text(made.events, "")
    assert "happenings: 0 (none)" in happenings.run(made, Params())
    assert made.happenings.read_text() == ""
    assert json.dumps(found(made)) == "[]"
