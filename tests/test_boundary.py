"""One article that a stage cannot get through: an error that names both, or a line of data/set_aside.jsonl, and
everybody else's results as if it had not been there."""

from __future__ import annotations

import errno
import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import events as making
from pipeline import segmentation
from pipeline.articles import load_text
from pipeline.boundary import Boundary, collect, counted, listed, write_part
from pipeline.errors import ModelError, RecordError, StageError
from pipeline.files import Workspace, read_records, write_records
from pipeline.frames.engine import Engine
from pipeline.gold.draft import draft
from pipeline.gold.read import write_gold
from pipeline.params import Ingest, Params
from pipeline.records import Event, Listed, Segments, SetAside
from pipeline.stages import evaluate, events, examples, frames, ner, report, segment, tables
from pipeline.tables import plover
from tests.tagger.conftest import describe, make_model

ARTICLES = {
    "a": "استخدمت روسيا حق النقض في مجلس الأمن ضد مشروع قرار نرويجي.",
    "b": "استخدمت الصين حق النقض في مجلس الأمن ضد مشروع قرار كيني.",
    "c": "دعت كينيا إلى هدنة إنسانية في السودان.",
}
SKIP = Params.model_validate({"ingest": {"on_bad_article": "skip"}, "evaluate": {"bootstrap": 0}})
STOP = Params.model_validate({"evaluate": {"bootstrap": 0}})


ENGINE = functools.cache(lambda: Engine.configured(STOP.frames))
FRAME_TYPE = functools.cache(events.load_frame_type)


@pytest.fixture(autouse=True)
def _rules_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built = ENGINE()
    monkeypatch.setattr(Engine, "configured", lambda settings: built)
    monkeypatch.setattr(events, "load_frame_type", FRAME_TYPE)


def project(root: Path, names: str) -> Workspace:
    """A project with some of the articles and a tagger; every stage before evaluate has something to do."""
    workspace = Workspace.project(root)
    (root / "seeds").mkdir(parents=True)
    for name in names:
        (root / "seeds" / f"{name}.txt").write_text(ARTICLES[name], encoding="utf-8")
    make_model(workspace.model, seed=3)
    describe(workspace.model, context=64)
    return workspace


def run(workspace: Workspace, params: Params) -> list[str]:
    return [stage.run(workspace, params) for stage in (segment, ner, frames, events, tables)]


def failing(real: Callable[..., Any], where: Callable[..., str]) -> Callable[..., Any]:
    """`real`, but for article b, which it cannot bear."""

    def work(*args: Any, **more: Any) -> Any:
        if where(*args) == "b":
            raise RecursionError("maximum recursion depth exceeded")
        return real(*args, **more)

    return work


# Where each stage does its work on one article, and which article that is.
WORK: dict[str, tuple[Any, str, Callable[..., str]]] = {
    "segment": (segmentation, "segment", lambda article, _: article.article),
    "ner": (ner, "_article", lambda record, *_: record.article),
    "frames": (Engine, "frames", lambda _, article, *more: article),
    "events": (making, "merge", lambda mentions, *_: mentions[0].article if mentions else ""),
    "tables": (plover, "plover_record", lambda event, *_: event.article),
}


def rows(workspace: Workspace, name: str) -> list[str]:
    path = workspace.out / name
    return path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []


@pytest.mark.parametrize("stage", WORK)
def test_skip_gives_the_others_results_as_if_it_had_not_been_there(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = project(tmp_path / "without", "ac")
    run(without, SKIP)
    among = project(tmp_path / "among", "abc")
    owner, name, where = WORK[stage]
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), where))
    told = run(among, SKIP)
    (line,) = listed(among)
    assert (line.stage, line.article, line.path) == (stage, "b", "seeds/b.txt")
    assert "RecursionError" in line.reason and "maximum recursion depth" in line.reason
    assert "1 set aside" in told[list(WORK).index(stage)]
    later = ["corpus.jsonl", "segments.jsonl", "entities.jsonl", "frames.jsonl", "events.jsonl", "events_plover.jsonl"]
    at = list(WORK).index(stage)
    for file in later[at + (at > 0) :]:
        assert rows(among, file) == rows(without, file), file
    assert len(rows(without, "events.jsonl")) == 2


@pytest.mark.parametrize("stage", WORK)
def test_stop_names_stage_and_article(stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = project(tmp_path, "abc")
    owner, name, where = WORK[stage]
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), where))
    with pytest.raises(
        StageError, match=rf"^\[E102\] b: {stage} failed on it: RecursionError \(maximum .* at \w+\.py:\d"
    ):
        run(workspace, STOP)


def labelled(workspace: Workspace, names: str) -> None:
    """Gold of articles, as the workflow found it."""
    found = list(read_records(workspace.events, Event))
    for record in read_records(workspace.segments, Segments):
        if record.article in names:
            write_gold(workspace.gold, draft(record, [], found, "dev", load_text(record, workspace)))


def test_evaluate_and_report_have_the_boundary_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = project(tmp_path, "abc")
    run(workspace, SKIP)
    labelled(workspace, "abc")
    monkeypatch.setattr(Engine, "frames", failing(Engine.frames, lambda _, article, *more: article))
    assert ", 1 set aside" in evaluate.run(workspace, SKIP)
    metrics = json.loads((workspace.out / "evaluation" / "metrics.json").read_text())
    assert (metrics["articles_set_aside"], metrics["dev"]["events_f1"]) == (1, 1.0)
    monkeypatch.setattr("pipeline.report.charts.charting_library", lambda cache: "")
    monkeypatch.setattr(report, "charting_library", lambda cache: "")
    assert "2 events, 2 of 2 articles" in report.run(workspace, SKIP)
    assert [(line.stage, line.article) for line in listed(workspace)] == [("evaluate", "b")]


def test_gold_of_an_article_set_aside_is_left_out_and_counted(tmp_path: Path) -> None:
    workspace = project(tmp_path, "abc")
    run(workspace, SKIP)
    labelled(workspace, "ab")
    (tmp_path / "seeds" / "b.txt").write_bytes(b"\xff\xff\xff")
    run(workspace, SKIP)
    assert "gold of articles set aside: 1" in evaluate.run(workspace, SKIP)
    assert "gold of articles set aside: 1" in examples.run(workspace, SKIP)


def test_gold_of_an_article_that_never_was_there_is_an_error(tmp_path: Path) -> None:
    workspace = project(tmp_path, "abc")
    run(workspace, SKIP)
    labelled(workspace, "ab")
    (tmp_path / "seeds" / "b.txt").unlink()
    run(workspace, SKIP)
    with pytest.raises(Exception, match=r"b\.json: article b is not in"):
        evaluate.run(workspace, SKIP)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), ModelError("models/ner", "is gone", "Train it")]
)
def test_what_is_no_articles_fault_stops_the_run_whatever_params_say(error: Exception, tmp_path: Path) -> None:
    workspace = project(tmp_path, "a")
    boundary = Boundary("frames", workspace, Ingest(on_bad_article="skip"))

    def work(record: Segments) -> None:
        raise error

    record = Segments(article="a", path="seeds/a.txt", sha256="0", stories=[])
    with pytest.raises(type(error)):
        list(boundary.each([record], work))


def test_a_file_that_changed_since_it_was_segmented_is_that_articles_fault(tmp_path: Path) -> None:
    workspace = project(tmp_path, "abc")
    segment.run(workspace, SKIP)
    write_records(workspace.entities, [])
    (tmp_path / "seeds" / "b.txt").write_text("غيره", encoding="utf-8")
    with pytest.raises(RecordError, match=r"b\.txt: has changed since"):
        frames.run(workspace, STOP)
    assert "in 2 articles, 1 set aside" in frames.run(workspace, SKIP)


def test_the_list_is_put_together_in_the_order_of_the_stages(tmp_path: Path) -> None:
    workspace = Workspace.project(tmp_path)
    for stage in ("tables", "segment", "frames"):
        line = SetAside(stage=stage, article=f"of {stage}", where="x", reason="y")
        write_part(workspace.set_aside_by(stage), [line, line])
    collect(workspace)
    assert counted(listed(workspace)) == {"segment": 2, "frames": 2, "tables": 2}
    assert [line.stage for line in listed(workspace)][::2] == ["segment", "frames", "tables"]
    write_part(workspace.set_aside_by("frames"), [])
    collect(workspace)
    assert counted(listed(workspace)) == {"segment": 2, "tables": 2}


def test_a_record_of_an_article_that_is_not_there_is_told(tmp_path: Path) -> None:
    workspace = project(tmp_path, "ab")
    run(workspace, SKIP)
    write_records(workspace.segments, list(read_records(workspace.segments, Segments))[:1])
    with pytest.raises(RecordError, match=r"frames\.jsonl:\d: b is no article of .*Rerun the stages"):
        events.run(workspace, SKIP)


def test_the_corpus_is_listed_with_the_hash_of_each_file(tmp_path: Path) -> None:
    workspace = project(tmp_path, "ab")
    segment.run(workspace, SKIP)
    assert [(entry.article, entry.path) for entry in read_records(workspace.corpus, Listed)] == [
        ("a", "seeds/a.txt"),
        ("b", "seeds/b.txt"),
    ]
    assert [entry.sha256 for entry in read_records(workspace.corpus, Listed)] == [
        record.sha256 for record in read_records(workspace.segments, Segments)
    ]
