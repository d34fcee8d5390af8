"""Tables of articles: every form reads alike, bad rows are told by their number, and what a row says goes along."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.articles import load_text, read_articles
from pipeline.errors import ArticleError, ParamsError, RecordError
from pipeline.files import Workspace, read_records, write_records
from pipeline.params import Columns, Ingest, Params, named_columns
from pipeline.records import Event, Segments, SetAside
from pipeline.stages import events, frames, segment

ROWS = [
    {
        "id": "a1",
        "text": "قال المتحدث إن الجلسة رفعت.\nوأضاف أنها تستأنف غدا.",
        "title": "جلسة مرفوعة",
        "published": "2024-02-20",
        "outlet": "صحيفة الميناء",
        "url": "https://example.org/1",
        "language": "ar",
        "desk": "سياسة",
    },
    {"id": "a2", "text": "عاد الوفد إلى العاصمة؛ ولم يدل بتصريح, «مطلقا».", "published": "2024-02-21", "desk": "دولي"},
]
NAMES = list(ROWS[0])


def _write(path: Path, rows: list[dict[str, object]] = ROWS, parting: str = ",") -> Path:
    """A table in the form that the path's ending says."""
    bare = path.name.removesuffix(".gz")
    if bare.endswith(".parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        typed = [{**row, "published": date.fromisoformat(str(row["published"]))} for row in rows]
        pq.write_table(pa.Table.from_pylist([{name: row.get(name) for name in NAMES} for row in typed]), path)
        return path
    if bare == "saved":
        import datasets

        datasets.disable_progress_bars()
        datasets.Dataset.from_list([{name: row.get(name) for name in NAMES} for row in rows]).save_to_disk(path)
        return path
    if bare.endswith((".csv", ".tsv")):
        out = io.StringIO()
        writer = csv.DictWriter(out, NAMES, delimiter=parting)
        writer.writeheader()
        writer.writerows(rows)
        data = out.getvalue().encode("utf-8-sig")
    else:
        data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize(
    ("name", "parting"),
    [
        ("news.jsonl", ""),
        ("news.ndjson", ""),
        ("news.jsonl.gz", ""),
        ("news.csv", ","),
        ("news.csv", ";"),
        ("news.tsv", "\t"),
        ("news.csv.gz", ","),
        ("news.parquet", ""),
        ("saved", ""),
    ],
)
def test_every_form_gives_the_same_articles(tmp_path: Path, name: str, parting: str) -> None:
    path = _write(tmp_path / name, parting=parting or ",")
    for source in (tmp_path, path):
        read, aside = read_articles((source,), tmp_path, Ingest(columns=Columns(carry=["desk"])))
        assert not aside
        assert [(a.article, a.path, a.text) for a in read] == [
            (row["id"], f"{name}#{number}", row["text"]) for number, row in enumerate(ROWS, 1)
        ]
        assert (read[0].title, read[0].published, read[0].outlet) == ("جلسة مرفوعة", "2024-02-20", "صحيفة الميناء")
        assert read[0].source == {"url": "https://example.org/1", "desk": "سياسة"}
        assert (read[1].title, read[1].published, read[1].source) == (None, "2024-02-21", {"desk": "دولي"})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "x", "text": None}, "no text"),
        ({"id": "x", "text": 5}, "no text"),
        ({"id": "x", "text": ""}, "is empty"),
        ({"id": "x", "text": "no Arabic at all"}, "no Arabic letter"),
        ({"id": "a1", "text": "نص آخر"}, "same id, a1, as news.jsonl#1"),
        ({"id": "../up", "text": "نص آخر"}, "has the id"),
        ({"id": "x", "text": "نص آخر", "published": "last week"}, "no day"),
        ({"id": "x", "text": "نص آخر", "published": "2024-02-31"}, "no day"),
        ({"id": "x", "text": "نص آخر", "language": "fa"}, "is in fa"),
        ({"id": "x", "text": "نص \ud800 آخر"}, "surrogate"),
        ("not json", "is no JSON"),
        ("[1, 2]", "is no JSON object"),
        ("", "is an empty line"),
    ],
)
def test_a_bad_row_is_set_aside_by_its_number(tmp_path: Path, row: object, said: str) -> None:
    path = _write(tmp_path / "news.jsonl")
    with path.open("a", encoding="utf-8") as file:
        file.write((row if isinstance(row, str) else json.dumps(row)) + "\n")
        file.write(json.dumps({"id": "last", "text": "وختم كلمته."}) + "\n")
    read, (aside,) = read_articles((tmp_path,), tmp_path, Ingest(on_bad_article="skip"))
    assert [article.article for article in read] == ["a1", "a2", "last"]
    assert aside.where.endswith("news.jsonl#3") and said in aside.reason
    with pytest.raises(ArticleError, match=r"news\.jsonl#3"):
        read_articles((tmp_path,), tmp_path, Ingest())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("news.jsonl.gz", b"not gzip", "cannot be read as a table"),
        ("news.parquet", b"PAR1", "cannot be read as a table"),
        ("news.csv", "id,text\n1,نص\n".encode("utf-16"), "cannot be read as a table"),
    ],
)
def test_a_table_that_is_none_is_set_aside_whole(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "beside.txt").write_text("نص بجانبه", encoding="utf-8")
    read, (aside,) = read_articles((tmp_path,), tmp_path, Ingest(on_bad_article="skip"))
    assert [article.article for article in read] == ["beside"]
    assert name in aside.where and said in aside.reason


def test_a_table_of_something_else_is_none_of_articles(tmp_path: Path) -> None:
    other = tmp_path / "index.csv"
    other.write_bytes(b"id,body\n1,2\n")
    for source in (tmp_path, other):
        with pytest.raises(ArticleError, match="has no column text; its columns are id, body"):
            read_articles((source,), tmp_path, Ingest(on_bad_article="skip"))
    (tmp_path / "beside.txt").write_text("نص بجانبه", encoding="utf-8")
    read, aside = read_articles((tmp_path,), tmp_path, Ingest())
    assert [article.article for article in read] == ["beside"] and not aside


def test_rows_without_ids_are_called_by_their_numbers(tmp_path: Path) -> None:
    _write(tmp_path / "news.jsonl.gz", [{"text": "نص أول"}, {"text": "نص ثان"}])
    read, _ = read_articles((tmp_path,), tmp_path, Ingest())
    assert [article.article for article in read] == ["news-1", "news-2"]


def test_columns_are_named_by_the_caller(tmp_path: Path) -> None:
    named = named_columns("id=no, text=body,carry=desk+page", Columns(outlet="paper"))
    assert (named.id, named.text, named.outlet, named.carry) == ("no", "body", "paper", ["desk", "page"])
    with pytest.raises(ParamsError, match="the roles are id, text"):
        named_columns("body", Columns())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "in").mkdir()
    text = "الرئيس يتحدث\nتاريخ النشر: 1 مايو 2019\nقال الرئيس الكيني الثلاثاء إنه يدعو إلى هدنة في السودان."
    row = {
        "id": "k",
        "text": text,
        "published": "2024-02-21",
        "outlet": "صحيفة الميناء",
        "url": "https://example.org/k",
    }
    _write(tmp_path / "in" / "news.jsonl", [row])
    return Workspace(
        tmp_path / "in", (tmp_path / "in",), tmp_path / "out", tmp_path, tmp_path / "gold", tmp_path / "cache"
    )


def test_what_a_row_says_wins_and_goes_along_to_every_event(workspace: Workspace) -> None:
    params = Params()
    for _ in range(2):  # the second time from the cache
        segment.run(workspace, params)
        (record,) = read_records(workspace.segments, Segments)
        assert (record.stories[0].published, record.stories[0].outlet) == ("2024-02-21", "صحيفة الميناء")
    write_records(workspace.entities, [])
    frames.run(workspace, params)
    events.run(workspace, params)
    (event,) = read_records(workspace.events, Event)
    assert event.slots["date"][0].value == "2024-02-20", "Tuesday, from the day that the row gives"
    assert event.source == {"url": "https://example.org/k"}
    (line,) = csv.DictReader((workspace.out / "events.csv").read_text("utf-8-sig").splitlines())
    assert line["source_url"] == "https://example.org/k" and line["published"] == "2024-02-21"
    assert not list(read_records(workspace.set_aside, SetAside))


def test_rows_whose_texts_are_gone_ask_for_the_segment_stage(workspace: Workspace) -> None:
    segment.run(workspace, Params())
    (record,) = read_records(workspace.segments, Segments)
    assert load_text(record, workspace).startswith("الرئيس")
    (workspace.cache / "rows.sqlite").unlink()
    with pytest.raises(RecordError, match="dvc repro -f segment"):
        load_text(record, workspace)
