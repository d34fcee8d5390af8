"""Web archives: a row for each page, and for nothing else in them."""

from __future__ import annotations

import builtins
import gzip
import io
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.articles import read_articles
from pipeline.errors import ArticleError
from pipeline.params import Ingest
from tests.test_html import LEDE, NEXT, OPEN_GRAPH, page

SKIP = Ingest(on_bad_article="skip")
HTML = "text/html; charset=utf-8"


def archive(path: Path, *records: dict[str, Any]) -> Path:
    """An archive of these records: url, data, and where they differ from a page's the type, status, kind and id."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "tests"}))
        for number, record in enumerate(records, 1):
            kind = record.get("kind", "response")
            told = [("Content-Type", record.get("type", HTML)), *record.get("headers", [])]
            status = StatusAndHeaders(record.get("status", "200 OK"), told, protocol="HTTP/1.1")
            headers = {"WARC-Record-ID": record.get("id", f"<urn:uuid:00000000-0000-0000-0000-{number:012}>")}
            more = {"http_headers": status} if kind == "response" else {"warc_content_type": record.get("type", HTML)}
            payload = io.BytesIO(record["data"])
            writer.write_record(
                writer.create_warc_record(record["url"], kind, payload=payload, warc_headers_dict=headers, **more)
            )
    return path


def told(**record: Any) -> dict[str, Any]:
    return {"url": "https://dhifaf.example/page?id=1", "data": page(OPEN_GRAPH)} | record


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_page_is_a_row_with_what_its_metadata_say(name: str, tmp_path: Path) -> None:
    path = archive(tmp_path / name, told(), told(url="https://dhifaf.example/2", data=page()))
    for source in (path, tmp_path):
        (first, second), aside = read_articles((source,), tmp_path, Ingest())
        assert not aside
        assert (first.article, first.path) == ("00000000-0000-0000-0000-000000000001", f"{name}#1")
        assert first.text == f"كينيا تدعو إلى هدنة\n\n{LEDE}\n\n{NEXT}\n"
        assert (first.published, first.outlet) == ("2024-02-20", "مرصد الضفاف")
        # The address that was asked for, not the one that the page prefers.
        assert first.source == {"url": "https://dhifaf.example/page?id=1"}
        assert (second.text, second.source) == (f"{LEDE}\n\n{NEXT}\n", {"url": "https://dhifaf.example/2"})


@pytest.mark.parametrize(
    "other",
    [
        told(status="301 Moved Permanently"),
        told(status="404 Not Found"),
        told(type="image/png", data=b"\x89PNG"),
        told(type="application/json", data=b"{}"),
        told(kind="metadata", type="application/warc-fields", data=b"via: x"),
        told(kind="resource", type="text/css", data=b"a {}"),
    ],
    ids=lambda record: str(record.get("status") or record["type"]),
)
def test_what_is_no_page_is_passed_over(other: dict[str, Any], tmp_path: Path) -> None:
    path = archive(tmp_path / "crawl.warc.gz", other, told())
    (only,), aside = read_articles((path,), tmp_path, Ingest())
    assert only.path == "crawl.warc.gz#1" and not aside


def test_a_resource_that_is_a_page_is_one(tmp_path: Path) -> None:
    (only,), _ = read_articles((archive(tmp_path / "a.warc", told(kind="resource")),), tmp_path, Ingest())
    assert only.title == "كينيا تدعو إلى هدنة"


@pytest.mark.parametrize("said", ["windows-1256", "'WINDOWS-1256'", "no-such-encoding", "utf-8"])
def test_the_server_says_the_encoding_and_where_it_does_not_the_page(said: str, tmp_path: Path) -> None:
    charset = "utf-8" if said in {"no-such-encoding", "utf-8"} else "windows-1256"
    data = page(charset=charset).replace(b'<meta charset="windows-1256">', b"")
    path = archive(tmp_path / "a.warc", told(data=data, type=f"text/html; charset={said}"))
    (only,), _ = read_articles((path,), tmp_path, Ingest())
    assert only.text == f"{LEDE}\n\n{NEXT}\n"


def test_packed_pages_are_unpacked(tmp_path: Path) -> None:
    packed = told(data=gzip.compress(page()), headers=[("Content-Encoding", "gzip")])
    (only,), _ = read_articles((archive(tmp_path / "a.warc", packed),), tmp_path, Ingest())
    assert only.text == f"{LEDE}\n\n{NEXT}\n"


def test_a_page_without_an_article_is_set_aside_by_its_number(tmp_path: Path) -> None:
    empty = told(url="https://dhifaf.example/", data=b"<html><body></body></html>")
    path = archive(tmp_path / "a.warc.gz", told(), empty, told())
    read, (aside,) = read_articles((path,), tmp_path, SKIP)
    assert [article.path for article in read] == ["a.warc.gz#1", "a.warc.gz#3"]
    assert aside.where.endswith("a.warc.gz#2")
    assert aside.reason == "is a web page without an article: https://dhifaf.example/"


def test_a_record_without_an_id_is_called_by_its_number(tmp_path: Path) -> None:
    (only,), _ = read_articles((archive(tmp_path / "crawl.warc.gz", told(id="<none>")),), tmp_path, Ingest())
    assert only.article == "crawl-1"


@pytest.mark.parametrize("data", [b"", b"not an archive at all", b"\x1f\x8b\x08\x00broken"])
def test_a_file_that_is_no_archive_takes_nothing_from_the_others(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.warc.gz").write_bytes(data)
    archive(tmp_path / "good.warc.gz", told())
    read, aside = read_articles((tmp_path,), tmp_path, SKIP)
    assert [article.path for article in read] == ["good.warc.gz#1"]
    assert not data or [line.path for line in aside] == ["bad.warc.gz"]


def test_of_an_archive_that_breaks_off_what_stood_before_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", told(), told(data=page() * 50))
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    read, _ = read_articles((path,), tmp_path, SKIP)
    assert read[0].text.startswith("كينيا تدعو")


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.warc", told())
    real = builtins.__import__

    def lacking(name: str, *more: Any) -> Any:
        if name.startswith("warcio"):
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(ArticleError, match=r"a\.warc: is a web archive, .* pip install .*\[warc\]"):
        read_articles((path,), tmp_path, Ingest())
