"""The stage on one small article: what it reads, what it writes, what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import vl_convert

from pipeline.errors import RecordError
from pipeline.files import Workspace, write_json, write_records
from pipeline.params import Params
from pipeline.stages import report
from tests.report.build import TEXT, call, entity, segments, veto


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda snippet: snippet)
    workspace = Workspace.project(tmp_path)
    path = tmp_path / "data" / "articles" / "900.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(TEXT.encode())
    write_records(workspace.segments, [segments(path="data/articles/900.txt")])
    write_records(workspace.entities, [entity(TEXT, "واشنطن")])
    write_records(workspace.events, [veto(), call()])
    return workspace


def page(workspace: Workspace) -> bytes:
    return (workspace.out / "report" / "index.html").read_bytes()


def test_it_writes_the_page_and_tells_what_was_found(workspace: Workspace) -> None:
    told = report.run(workspace, Params())
    assert re.match(r"report: 2 events, 1 of 1 articles, \d\.\d MB, \d+\.\d s\nFound 2 events in 1 article\.", told)
    assert "  veto            USA  ✗ مشروع قرار  [900-1]" in told.split("\n")
    assert TEXT.split("\n")[0] in page(workspace).decode()


def test_the_evaluation_is_taken_in_where_there_is_one(workspace: Workspace) -> None:
    report.run(workspace, Params())
    without = page(workspace)
    write_json(workspace.out / "evaluation" / "metrics.json", {"dev": {"events_f1": 0.25}})
    report.run(workspace, Params())
    assert b'"events_f1":0.25' in page(workspace) and b'"events_f1":0.25' not in without


def test_the_page_is_the_same_wherever_and_whenever_it_is_made(workspace: Workspace) -> None:
    report.run(workspace, Params())
    first = page(workspace)
    report.run(workspace, Params())
    assert page(workspace) == first
    assert str(workspace.root).encode() not in first


def test_titles_are_those_of_the_parameters(workspace: Workspace) -> None:
    report.run(workspace, Params.model_validate({"report": {"title": "Votes & vetoes", "title_ar": "تصويت"}}))
    assert b"<title>Votes &amp; vetoes</title>" in page(workspace) and "تصويت".encode() in page(workspace)


def test_an_article_changed_since_is_an_error_and_leaves_the_old_page(workspace: Workspace) -> None:
    report.run(workspace, Params())
    before = page(workspace)
    (workspace.root / "data" / "articles" / "900.txt").write_text("غيره", encoding="utf-8")
    with pytest.raises(RecordError, match="changed since"):
        report.run(workspace, Params())
    assert page(workspace) == before
