"""Reading articles: files to text, byte for byte; every file that is no Arabic article is named or set aside."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache import Cache
from pipeline.corpus import ENDING, relative, shown, twins, walk
from pipeline.errors import ArticleError, RecordError
from pipeline.files import Workspace, read_records, sha256
from pipeline.params import Columns, Ingest
from pipeline.records import Article, Listed, Segments, SetAside
from pipeline.rows import NoTextsError, Row, read_rows

_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTES_PER_MEGABYTE = 1_000_000
_ROWS = "rows.sqlite"
# The control characters that Unicode does not count as white space, and those that only Python does: C0, delete and C1,
# but tab, line feed, vertical tab, form feed, return and next line.
_CONTROLS = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]
_BLANKED = dict.fromkeys(_CONTROLS, " ")


@dataclass(frozen=True, slots=True)
class Found:
    """What is called like an article. name: what it is or would be called; path: its file; place: that below the root,
    as it can be printed; article: of a table's row, the article; error: why it is none. With neither, it is a file that
    has yet to be read."""

    name: str
    path: Path
    place: str
    article: Article | None = None
    error: ArticleError | None = None


def find_articles(sources: Sequence[Path], root: Path, columns: Columns, max_megabytes: float) -> Iterator[Found]:
    """Everything below `sources` that is called like an article, one after another: what is refused without being
    opened, every *.txt in the order of the stems, then the rows of every table there (rows.py).

    Raises ArticleError where nothing at all is called like one: there is nothing to go on with. A table without a
    column of texts is about something else, where there are articles beside it.
    """
    found = walk(sources)
    if not found.files and not found.tables and not found.refused:
        raise ArticleError(
            " and ".join(map(shown, sources)),
            f"no *{ENDING} file is there, and no table",
            "Name a folder that holds the articles",
        )
    places: dict[str, str] = {}
    for refused in found.refused:
        error = ArticleError(shown(refused.path), refused.what, refused.do)
        yield Found(refused.name, refused.path, shown(relative(refused.path, root)), error=error)
    for stem, paths in twins(found.files).items():
        for path in paths:
            place = shown(relative(path, root))
            if len(paths) > 1:
                others = ", ".join(shown(relative(other, root)) for other in paths if other is not path)
                what = f"has the same name as {others}, and articles are told apart by it"
                yield Found(stem, path, place, error=ArticleError(shown(path), what, "Rename one of them"))
            else:
                places[stem] = relative(path, root)
                yield Found(stem, path, place)
    there = bool(found.files or found.refused)
    other: NoTextsError | None = None
    for path in found.tables:
        place, told = shown(relative(path, root)), ""
        try:
            for row in read_rows(path, columns):
                there = True
                try:
                    article = _from_row(row, path, root, max_megabytes, places)
                    yield Found(article.article, path, place, article=article)
                except ArticleError as error:
                    told = error.where
                    yield Found(row.name if isinstance(row, Row) else path.name, path, place, error=error)
        except NoTextsError as error:
            if path in sources or (len(found.tables) == 1 and not found.files):
                raise
            other = other or error
        except ArticleError as error:  # the rest of the table is out of reach
            there = True
            if told != error.where:
                yield Found(path.name, path, place, error=error)
    if other and not there:
        raise other


def read_found(found: Found, root: Path, max_megabytes: float) -> Article:
    """The article of what was found. Raises the ArticleError that it is, or that reading its file comes to."""
    if found.error:
        raise found.error
    return found.article or _read(found.path, found.name, root, max_megabytes)


def read_articles(sources: Sequence[Path], root: Path, params: Ingest) -> tuple[list[Article], list[SetAside]]:
    """All articles that `find_articles` finds; a text is exactly what the bytes say in UTF-8, or the cell.

    Raises ArticleError for the first at fault where `params.on_bad_article` is `stop`; where it is `skip`, such files
    and rows are returned as set aside.
    """
    articles: list[Article] = []
    set_aside: list[SetAside] = []
    for found in find_articles(sources, root, params.columns, params.max_megabytes):
        try:
            articles.append(read_found(found, root, params.max_megabytes))
        except ArticleError as error:
            if params.on_bad_article == "stop":
                raise
            set_aside.append(SetAside(article=found.name, path=found.place, where=error.where, reason=error.what))
    return articles, set_aside


def article_of(text: str, name: str, max_megabytes: float) -> Article:
    """A text that is in no file as an article, held to what a file is held to. Raises ArticleError naming it."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"holds half a surrogate pair at character {error.start}, which is no text"
        raise ArticleError(name, what, "Decode it with errors='replace'") from error
    _check_size(name, len(data), max_megabytes)
    return Article(article=name, path=name, sha256=sha256(data), text=_decode(name, data))


def _from_row(row: Row | ArticleError, path: Path, root: Path, max_megabytes: float, places: dict[str, str]) -> Article:
    """A table's row as an article; notes where it is in `places`, by its name. Raises ArticleError naming the row."""
    if isinstance(row, ArticleError):
        raise row
    at = f"{relative(path, root)}#{row.number}"
    name = f"{shown(path)}#{row.number}"
    if row.name in places:
        what = f"has the same id, {row.name}, as {places[row.name]}, and articles are told apart by it"
        raise ArticleError(name, what, "Give it an id of its own, or name the column of the ids")
    article = article_of(row.text, name, max_megabytes)
    places[row.name] = at
    return article.model_copy(
        update={
            "article": row.name,
            "path": at,
            "title": row.title,
            "published": row.published,
            "outlet": row.outlet,
            "source": row.source or None,
        }
    )


def kept_rows(workspace: Workspace) -> Cache:
    """Where the texts of table rows are kept by their hashes, so that later stages need not read the table for each."""
    return Cache(workspace.cache / _ROWS, "texts")


def load_text(record: Segments | Listed, workspace: Workspace) -> str:
    """An article's text, read again from its file.

    Raises RecordError where the file is gone or no longer the one that was segmented: every span would be off.
    """
    path = workspace.root / record.path
    if "#" in record.path and not path.exists():
        with kept_rows(workspace) as kept:
            text = kept.get(record.sha256)
        if text is None:
            what = f"its text is no longer kept in {workspace.cache / _ROWS}"
            raise RecordError(shown(path), what, "Rerun the segment stage: dvc repro -f segment")
        return str(text)
    try:
        data = _bytes(path)
    except OSError as error:
        what = f"{shown(path)} cannot be read: {error.strerror}"
        raise RecordError(workspace.segments, what, "Rerun the segment stage") from error
    if sha256(data) != record.sha256:
        raise RecordError(shown(path), "has changed since it was segmented", "Rerun the segment stage")
    return data.decode("utf-8")


def load_texts(segments: Iterable[Segments | Listed], workspace: Workspace) -> dict[str, str]:
    """The text of each article by its name, read again from its file. Raises RecordError as `load_text` does."""
    return {record.article: load_text(record, workspace) for record in segments}


def article_texts(workspace: Workspace) -> dict[str, str]:
    """The texts of the corpus by name: of the articles that the segment stage listed, less those whose files are gone
    or changed since; where it has not run yet, of those that it would list."""
    if not workspace.corpus.is_file():
        found = walk(workspace.sources)
        if not found.files and not found.tables:
            return {}
        articles, _ = read_articles(workspace.sources, workspace.root, Ingest(on_bad_article="skip"))
        return {article.article: article.text for article in articles}
    texts = {}
    for record in read_records(workspace.corpus, Listed):
        try:
            texts[record.article] = load_text(record, workspace)
        except RecordError:
            continue  # whoever needs it is told that the corpus has no such text
    return texts


def blanked(text: str) -> str:
    """The text as it is read: control characters, which no plain text needs, are white space. It is as long as `text`,
    so that spans fit both."""
    return text.translate(_BLANKED)


def _bytes(path: Path) -> bytes:
    """A file's bytes. Raises OSError, also for what is no file: opening a pipe would wait for somebody to write."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is not a file")
        return file.read()


def _read(path: Path, stem: str, root: Path, max_megabytes: float) -> Article:
    """One article. Raises ArticleError naming the file, and the line where there is one."""
    try:
        _check_size(shown(path), path.stat().st_size, max_megabytes)
        data = _bytes(path)
    except OSError as error:
        raise ArticleError(shown(path), f"cannot be read: {error.strerror}", "Check its rights") from error
    return Article(article=stem, path=relative(path, root), sha256=sha256(data), text=_decode(shown(path), data))


def _check_size(name: str, size: int, max_megabytes: float) -> None:
    """Raises ArticleError for an article that is too large."""
    if size > max_megabytes * _BYTES_PER_MEGABYTE:
        raise ArticleError(
            name,
            f"has {size / _BYTES_PER_MEGABYTE:.1f} megabytes, more than the {max_megabytes:g} allowed",
            "Split it, or raise ingest.max_megabytes in params.yaml",
        )


def _decode(name: str, data: bytes) -> str:
    """The text of an article's bytes, untouched. Raises ArticleError where they are no Arabic text in UTF-8."""
    if not data:
        raise ArticleError(name, "is empty", "Delete it, or put the article into it")
    if data.startswith(_UTF16_MARKS):
        raise ArticleError(name, "is UTF-16, not UTF-8", "Convert it, for instance with iconv -f UTF-16 -t UTF-8")
    if (nul := data.find(0)) >= 0:
        what = f"holds the control byte 0x00 at byte {nul}, as binary files do"
        raise ArticleError(_place(name, data, nul), what, "Save it as plain text in UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(
            _place(name, data, error.start),
            f"is not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start}",
            "Convert it, for instance with iconv -f WINDOWS-1256 -t UTF-8",
        ) from error
    if not blanked(text).strip().strip("\ufeff").strip():
        raise ArticleError(name, "holds nothing but white space", "Delete it, or put the article into it")
    if not _ARABIC_LETTER.search(text):
        raise ArticleError(name, "holds no Arabic letter", "Take it out: the workflow reads Arabic only")
    return text


def _place(name: str, data: bytes, offset: int) -> str:
    """file:line of a byte."""
    return f"{name}:{data.count(bytes([10]), 0, offset) + 1}"
