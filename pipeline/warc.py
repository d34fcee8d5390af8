"""Web archives (WARC) as tables of articles: a row for each page that the archive's crawler was given.

The reader is warcio, the extra `warc`; the article of a page is found as in a saved one (html.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from pipeline.corpus import shown
from pipeline.errors import ArticleError
from pipeline.html import read_web_page

_PAGE_BYTES = 20_000_000
_PAGES = ("text/html", "application/xhtml+xml")
_ID = re.compile(r"<urn:uuid:([0-9A-Fa-f-]{36})>")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


def read_archive(file: IO[bytes], path: Path) -> Iterator[dict[str, Any] | str]:
    """The pages of an archive, plain or gzipped record by record, one after another: id (of the record), url, and what
    `WebPage` has; for a page that holds no article, or is too large, text that says so.

    Pages are answers with status 200 and records of a resource whose type is that of a web page. Whatever else an
    archive holds (requests, redirects, images, metadata) is no page. Raises ArticleError where the extra is not
    installed, ValueError where the archive is damaged; what stood before that has come out.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        what = "is a web archive, and the extra that reads them is not installed"
        raise ArticleError(shown(path), what, "pip install 'arabic-political-events[warc]'") from error
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(file), 1):
            # Five words on a line are a heading of ARC, which came before WARC, to warcio.
            if record.format != "warc":
                raise ValueError(f"its record {number} is none of WARC")
            kind = _content_type(record)
            data = record.content_stream().read(_PAGE_BYTES + 1) if kind else b""
            # warcio takes an archive that breaks off for one that ends.
            if len(data) <= _PAGE_BYTES and _broken_off(record):
                raise ValueError(f"the archive breaks off within its record {number}")
            if kind:
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield _row(data, kind, url, record.rec_headers.get_header("WARC-Record-ID") or "")
    except ArchiveLoadFailed as error:
        raise ValueError(f"the archive is damaged: {error}") from error
    if not number and path.stat().st_size:
        raise ValueError("it holds no record of an archive")


def _broken_off(record: Any) -> bool:
    """Whether a record ends before it should."""
    while record.raw_stream.read(_PAGE_BYTES):
        pass
    return bool(getattr(record.raw_stream, "limit", 0) > 0)


def _row(data: bytes, kind: str, url: str, record_id: str) -> dict[str, Any] | str:
    if len(data) > _PAGE_BYTES:
        return f"is larger than the {_PAGE_BYTES // 1_000_000} megabytes that are read of a web page: {url}"
    try:
        page = read_web_page(_utf8(data, kind), url)
    except ArticleError as error:
        if "extra" in error.what:
            raise
        return f"{error.what}: {url}"
    found = _ID.search(record_id)
    return {**asdict(page), "url": url or page.url, "id": found.group(1).lower() if found else None}


def _content_type(record: Any) -> str | None:
    """The type of a record that holds a page, with its parameters; None of any other."""
    if record.rec_type == "response":
        headers = record.http_headers
        if headers is None or headers.get_statuscode() != "200":
            return None
        kind = headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    return kind if kind.split(";")[0].strip().lower() in _PAGES else None


def _utf8(data: bytes, kind: str) -> bytes:
    """A page's bytes as UTF-8 where the server said in which encoding they are, which goes before what the page says;
    as they are where it did not, or was wrong."""
    said = _CHARSET.search(kind)
    try:
        return data.decode(said.group(1)).encode() if said else data
    except (LookupError, UnicodeDecodeError):
        return data
