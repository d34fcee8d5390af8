"""Articles as rows: JSON Lines, CSV, Parquet and saved data sets, plain or gzipped, one row an article; web pages, and
archives of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

from pipeline.corpus import SAVED, shown, table_kind
from pipeline.errors import ArticleError
from pipeline.html import read_web_page
from pipeline.params import Columns
from pipeline.warc import read_archive

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
# Names become parts of ids and of file names.
_NAME = re.compile(r"[^\s/\\.][^\s/\\]{0,199}")
_ARABIC = re.compile(r"ar(?:[-_].*)?|ara|arabic|العربية|عربي", re.IGNORECASE)
_BATCH = 64
_WEB_PAGE_BYTES = 20_000_000


class NoTextsError(ArticleError):
    """A table without a column of texts: among others in a folder, it is about something else."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a table. number: its row, from 1, a CSV's heading not counted; source: what is carried to its
    events, by column."""

    number: int
    name: str
    text: str
    title: str | None
    published: str | None
    outlet: str | None
    source: dict[str, str]


def read_rows(path: Path, columns: Columns) -> Iterator[Row | ArticleError]:
    """The articles of a table in its order; for a row that is none, the error that says which and why.

    Raises NoTextsError where the table has no column of texts, ArticleError where it cannot be read.
    """
    stem = path.with_suffix("").stem if path.suffix.lower() == ".gz" else path.stem
    number = 0
    kind = table_kind(path) or "jsonl"
    if kind in {"html", "warc"}:  # what a page's metadata hold needs no column named
        columns = Columns(carry=columns.carry)
    try:
        raw = _READERS[kind](path)
        for number, record in enumerate(raw, 1):
            if isinstance(record, str):
                yield ArticleError(f"{shown(path)}#{number}", record, "Mend the row, or take it out")
                continue
            if number == 1 and columns.text not in record:
                there = ", ".join(map(str, list(record)[:20])) or "none"
                what = f"has no column {columns.text}; its columns are {there}"
                raise NoTextsError(shown(path), what, "Name the column of the texts, as in --columns text=body")
            try:
                yield _row(record, number, stem, columns)
            except ValueError as error:
                yield ArticleError(f"{shown(path)}#{number}", str(error), "Mend the row, or take it out")
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, ValueError) as error:
        at = f"{shown(path)}#{number + 1}" if number else shown(path)
        raise ArticleError(at, f"cannot be read as a table: {_one_line(error)}", "Mend the file") from error


def _row(record: Mapping[str, Any], number: int, stem: str, columns: Columns) -> Row:
    """A row as an article. Raises ValueError saying what is wrong with it."""
    text = record.get(columns.text)
    if not isinstance(text, str):
        raise ValueError(f"has no text in its column {columns.text}")
    language = _told(record, columns.language)
    if language and not _ARABIC.fullmatch(language):
        raise ValueError(f"is in {language} by its column {columns.language}, and only Arabic is read")
    name = _told(record, columns.id) or f"{stem}-{number}"
    if not _NAME.fullmatch(name):
        what = "must not be longer than 200 characters, hold white space or slashes, or begin with a dot"
        raise ValueError(f"has the id {name[:40]!r}, and ids {what}")
    carried = {column: _told(record, column) for column in dict.fromkeys([columns.url, *columns.carry])}
    return Row(
        number=number,
        name=name,
        text=text,
        title=_told(record, columns.title),
        published=_day(record.get(columns.published), columns.published),
        outlet=_told(record, columns.outlet),
        source={column: value for column, value in carried.items() if value},
    )


def _told(record: Mapping[str, Any], column: str) -> str | None:
    """A cell as text on one line; None where it is empty, or the column is not there."""
    value = record.get(column)
    if value is None or value != value:  # an empty cell of Parquet may be not a number
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(text.split()) or None


def _day(value: Any, column: str) -> str | None:
    """An ISO day from a cell: a date, a time, or text that begins with one."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, str) and _ISO_DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip()[:10]).isoformat()
        except ValueError:
            pass
    raise ValueError(f"has {str(value)[:40]!r} in its column {column}, which is no day like 2024-02-20")


def _open(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _json_lines(path: Path) -> Iterator[Mapping[str, Any] | str]:
    """The objects of a JSON Lines file; text where a line is none. Empty lines count, and are passed over as rows."""
    with _open(path) as file:
        for line in file:
            try:
                value = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                yield f"is no JSON: {_one_line(error)}" if line.strip() else "is an empty line"
            else:
                yield value if isinstance(value, dict) else "is no JSON object"


def _csv(path: Path) -> Iterator[Mapping[str, Any] | str]:
    """The rows of a CSV file with a heading; what parts its cells is what its heading has most of: , ; or a tab."""
    csv.field_size_limit(2**31 - 1)
    with io.TextIOWrapper(cast(io.BufferedReader, _open(path)), encoding="utf-8-sig", newline="") as file:
        heading = file.readline()
        if not heading.strip():
            return
        parting = max(",;\t", key=heading.count)
        names = next(csv.reader([heading], delimiter=parting))
        for cells in csv.reader(file, delimiter=parting):
            if len(cells) == len(names):
                yield dict(zip(names, cells, strict=True))
            else:
                yield f"has {len(cells)} cells where the heading has {len(names)}"


def _parquet(path: Path) -> Iterator[Mapping[str, Any] | str]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_BATCH):
            yield from batch.to_pylist()


def _dataset(path: Path) -> Iterator[Mapping[str, Any] | str]:
    """The rows of a folder that `datasets` saved: Arrow streams, in the order that its state names them."""
    import pyarrow as pa

    state = json.loads((path / SAVED).read_text(encoding="utf-8"))
    files = [path / Path(entry["filename"]).name for entry in state.get("_data_files", [])]

    def rows(file: Path) -> Iterator[Mapping[str, Any]]:
        with pa.memory_map(str(file)) as mapped, pa.ipc.open_stream(mapped) as stream:
            for batch in stream:
                for start in range(0, batch.num_rows, _BATCH):
                    yield from batch.slice(start, _BATCH).to_pylist()

    return chain.from_iterable(map(rows, files))


def _web_page(path: Path) -> Iterator[Mapping[str, Any] | str]:
    """The one article of a saved web page, called by its file's name."""
    bare = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    if path.stat().st_size > _WEB_PAGE_BYTES:
        yield f"is larger than the {_WEB_PAGE_BYTES // 1_000_000} megabytes that are read of a web page"
        return
    with _open(path) as file:
        page = read_web_page(file.read(_WEB_PAGE_BYTES), shown(path))
    yield {"id": "-".join(bare.stem.split()), **asdict(page)}


def _archive(path: Path) -> Iterator[Mapping[str, Any] | str]:
    """The pages of a web archive. It unpacks itself: its records are gzipped one by one."""
    with path.open("rb") as file:
        yield from read_archive(file, path)


_READERS = {
    "warc": _archive,
    "html": _web_page,
    "jsonl": _json_lines,
    "csv": _csv,
    "parquet": _parquet,
    "dataset": _dataset,
}


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
