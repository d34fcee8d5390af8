"""A corpus that grew, shrank or changed by an article: every file is to the byte that of a run that knew nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import vl_convert

from pipeline.extract import extract_folder
from pipeline.frames.engine import Engine
from pipeline.params import Params
from pipeline.stages import happenings, tables
from tests.project.killing import contents

ROOT = Path(__file__).parents[1]
MINI = str(ROOT / "models" / "mini")
SMALL = Params.model_validate({"ner": {"batch_tokens": 512}})
FIRST = {
    "a": "استخدمت روسيا في 25 فبراير 2022 حق النقض ضد مشروع قرار بشأن أوكرانيا أيدته 11 دولة وامتنعت الصين عن التصويت.",
    "b": "اعتمد مجلس الأمن القرار 2736 بأغلبية 14 صوتا وامتناع روسيا، ودعت كينيا إلى هدنة في السودان.",
    "c": "افتتح المعرض في تونس أمس.",
}
MORE = "أعلن مجلس الأمن أن روسيا استخدمت يوم 25 فبراير 2022 حق النقض ضد مشروع قرار بشأن أوكرانيا أيدته 11 دولة."


def run(news: Path, out: Path) -> dict[str, bytes]:
    list(extract_folder(news, out, MINI, SMALL))
    return {name: data for name, data in contents(out).items() if not name.startswith(".cache")}


def test_what_was_kept_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine.configured(SMALL.frames)
    monkeypatch.setattr(Engine, "configured", lambda settings: engine)
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda snippet: snippet)
    news = tmp_path / "news"
    news.mkdir()
    for name, text in FIRST.items():
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    before = run(news, tmp_path / "out")
    # In front of the others, so that every place moves; it tells of a happening that another article tells of.
    (news / "000.txt").write_text(MORE, encoding="utf-8")
    rows: list[str] = []
    for stage in (happenings, tables):
        work = stage._work
        monkeypatch.setattr(stage, "_work", lambda *told, work=work: _noting(work(*told), rows))
    grown = run(news, tmp_path / "out")
    assert rows == ["000", "000"]
    assert grown == run(news, tmp_path / "cold") and grown["events.jsonl"] != before["events.jsonl"]
    (news / "000.txt").unlink()
    assert run(news, tmp_path / "out") == before


def _noting(work: object, articles: list[str]) -> object:
    def noted(items: list) -> object:
        articles.extend(item.article for item in items)
        return work(items)  # type: ignore[operator]

    return noted
