"""`extract` over a folder: everything in place or nothing, bad articles set aside and told in the last line."""

from __future__ import annotations

import errno
import functools
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer

from pipeline.__main__ import app
from pipeline.boundary import listed
from pipeline.errors import ArticleError, ModelError, OutputError, PipelineError
from pipeline.extract import extract_folder
from pipeline.files import Workspace
from pipeline.frames.engine import Engine
from pipeline.params import Params
from pipeline.publishing import publishing
from pipeline.stages import events, tables
from tests.project.killing import contents
from tests.tagger.conftest import describe, make_model

command_line = typer.main.get_command(app)
SKIP = Params.model_validate({"ingest": {"on_bad_article": "skip"}})
TEXT = "استخدمت روسيا حق النقض في مجلس الأمن ضد مشروع قرار نرويجي."
built = functools.cache(lambda: Engine.configured(SKIP.frames))


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two articles, one of which is none; beside it a tagger."""
    engine = built()
    monkeypatch.setattr(Engine, "configured", lambda settings: engine)
    make_model(tmp_path / "model", seed=3)
    describe(tmp_path / "model", context=64)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\xff")
    return folder


def run(news: Path, params: Params = SKIP) -> list[str]:
    return list(extract_folder(news, news.parent / "out", news.parent / "model", params))


def test_the_last_line_says_what_was_set_aside_and_where_that_is_told(news: Path) -> None:
    *_, last = run(news)
    out = news.parent / "out"
    assert last.startswith("extract: 2 articles, 1 of them set aside (1 by segment), with the reasons in ")
    assert str(out / "set_aside.jsonl") in last
    (line,) = listed(Workspace(news, (news,), out, out, out, out))
    assert (line.article, line.stage) == ("bad", "segment")
    (news / "bad.txt").unlink()
    assert run(news)[-1].startswith("extract: 1 articles, none set aside; the results are in ")


def test_the_folder_holds_the_results_and_nothing_of_how_they_were_made(news: Path) -> None:
    run(news)
    names = {path.name for path in (news.parent / "out").iterdir()}
    assert {"corpus.jsonl", "events.csv", "events.jsonl", "events.parquet", "set_aside.jsonl"} <= names
    assert {name for name in names if name[0] == "."} == {".cache"} and "set_aside" not in names


def test_two_runs_write_the_same(news: Path) -> None:
    run(news)
    first = contents(news.parent / "out")
    run(news)
    assert contents(news.parent / "out") == first


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x"), r"\[E701\] .*No space left on device"),
        (ModelError("m", "is none", "Train one"), r"\[E501\] m: is none"),
    ],
)
def test_what_stops_a_stage_leaves_the_results_of_the_run_before(
    error: Exception, told: str, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(news)
    before = contents(news.parent / "out")
    (news / "more.txt").write_text(TEXT.replace("روسيا", "الصين"), encoding="utf-8")

    def fail(*_: object) -> str:
        raise error

    for stage in (events, tables):
        with monkeypatch.context() as patched:
            patched.setattr(stage, "run", fail)
            with pytest.raises(PipelineError, match=told):
                run(news)
        assert contents(news.parent / "out") == before
    run(news)
    assert contents(news.parent / "out") != before


def test_a_bad_article_stops_where_that_is_wanted_and_nothing_is_written(news: Path) -> None:
    with pytest.raises(ArticleError, match=r"bad\.txt:1: is not UTF-8"):
        run(news, Params())
    # What is kept of the work, for the next run to go on from, is no result.
    assert [path.name for path in (news.parent / "out").iterdir()] == [".cache"]


def test_a_folder_that_another_run_holds_is_left_alone(news: Path) -> None:
    with publishing(news.parent / "out"), pytest.raises(OutputError, match="another run is writing there"):
        run(news)
    assert not (news.parent / "out").exists()


def test_explain_reads_what_was_written_anywhere(
    news: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(news)
    monkeypatch.chdir(news.parent)
    command_line(["explain", "good", "--results", "out", "--articles", "news"], standalone_mode=False)
    told = capsys.readouterr().out
    assert TEXT in told and "veto" in told.split("Events")[1]
    with pytest.raises(typer.BadParameter, match="go together"):
        command_line(["explain", "good", "--results", "out"], standalone_mode=False)


def test_explain_goes_by_the_parameters_that_it_is_given(
    news: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(news)
    monkeypatch.chdir(news.parent)
    Path("own.yaml").write_text("frames: {types: [vote_tally]}", encoding="utf-8")
    seen: list[list[str]] = []
    monkeypatch.setattr(Engine, "configured", lambda settings: seen.append(settings.types) or built())
    for own in ([], ["--params", "own.yaml"]):
        command_line(["explain", "good", "--results", "out", "--articles", "news", *own], standalone_mode=False)
    assert [types == ["vote_tally"] for types in seen] == [False, True]


def test_parts_of_the_events_take_their_places_with_the_rest(news: Path) -> None:
    out = news.parent / "out"
    list(extract_folder(news, out, str(news.parent / "model"), SKIP, partitions=3))
    parts = [pq.read_table(part) for part in sorted((out / "events-in-3").iterdir())]
    assert len(parts) == 3
    whole = pq.read_table(out / "events.parquet")
    assert whole.num_rows == 1 and pa.concat_tables(parts).equals(whole)
