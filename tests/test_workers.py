"""Several processes: the same bytes from every stage, the same articles set aside, the same errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.boundary import listed
from pipeline.errors import ModelError, RecordError
from pipeline.extract import extract_folder
from pipeline.files import Workspace
from pipeline.params import Params
from pipeline.stages import frames, ner, segment
from pipeline.work import using
from tests.project.killing import contents

ROOT = Path(__file__).parents[1]
MINI = str(ROOT / "models" / "mini")
SKIP = Params.model_validate({"ingest": {"on_bad_article": "skip"}})
ARTICLES = ("2022-unsc-ukraine-01", "2025-elfasher-01")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Articles of the project, many of two sentences, a table, and two that are none."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ARTICLES:
        (folder / f"{name}.txt").write_bytes((ROOT / "data" / "articles" / f"{name}.txt").read_bytes())
    for number in range(12):
        text = f"استخدمت روسيا حق النقض ضد مشروع القرار {number}. وامتنعت الصين عن التصويت في مجلس الأمن."
        (folder / f"short-{number}.txt").write_text(text, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\xff")
    rows = "id,text,published,url\nr1,دعت كينيا الثلاثاء إلى هدنة في السودان,2024-02-21,https://example.org/1\nr2,,,\n"
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    return folder


def test_two_processes_write_the_bytes_of_one(news: Path) -> None:
    told = {}
    for number in (1, 2):
        out = news.parent / f"out-{number}"
        told[number] = list(extract_folder(news, out, MINI, SKIP, workers=number))
    one, two = (contents(news.parent / f"out-{number}") for number in (1, 2))
    assert one == two and len(one["events.jsonl"].splitlines()) > 12
    assert told[2][-1] == told[1][-1].replace("out-1", "out-2")


def test_an_article_fails_in_another_process_as_it_does_in_this(news: Path) -> None:
    aside = {}
    for number in (1, 2):
        out = news.parent / f"out-{number}"
        workspace = Workspace(news, (news,), out, Path(MINI), out, out / ".cache")
        with using(number):
            segment.run(workspace, SKIP)
            text = (news / "short-7.txt").read_text(encoding="utf-8")
            (news / "short-7.txt").write_text("غيره", encoding="utf-8")
            (out / "entities.jsonl").touch()
            assert "1 set aside" in frames.run(workspace, SKIP)
            with pytest.raises(RecordError, match=r"short-7\.txt: has changed since it was segmented"):
                frames.run(workspace, Params())
            (news / "short-7.txt").write_text(text, encoding="utf-8")
        aside[number] = listed(workspace)
    assert aside[1] == aside[2] and {line.article for line in aside[1]} >= {"bad", "short-7"}


def test_a_model_that_is_none_is_told_before_any_process_begins(news: Path) -> None:
    out = news.parent / "out"
    workspace = Workspace(news, (news,), out, out / "none", out, out / ".cache")
    with using(2):
        segment.run(workspace, SKIP)
        with pytest.raises(ModelError, match="none"):
            ner.run(workspace, SKIP)
