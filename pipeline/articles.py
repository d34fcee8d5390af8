"""Reading articles: files to text, byte for byte; every file that is no Arabic article is named or set aside."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.corpus import ENDING, relative, shown, twins, walk
from pipeline.errors import ArticleError, RecordError
from pipeline.files import Workspace, read_records, sha256
from pipeline.params import Ingest
from pipeline.records import Article, Listed, Segments, SetAside

_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTES_PER_MEGABYTE = 1_000_000
# The control characters that Unicode does not count as white space, and those that only Python does: C0, delete and C1,
# but tab, line feed, vertical tab, form feed, return and next line.
_CONTROLS = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]
_BLANKED = dict.fromkeys(_CONTROLS, " ")


def read_articles(sources: Sequence[Path], root: Path, params: Ingest) -> tuple[list[Article], list[SetAside]]:
    """Read every *.txt below `sources`, in the order of their stems; the text is exactly what the bytes say in UTF-8.

    Raises ArticleError for the first file at fault where `params.on_bad_article` is `stop`; where it is `skip`, such
    files are returned as set aside, with whatever else is called like an article and is none. Where nothing at all is
    called like one there is nothing to go on with: ArticleError either way.
    """
    found = walk(sources)
    if not found.files and not found.refused:
        raise ArticleError(
            " and ".join(map(shown, sources)), f"no *{ENDING} file is there", "Name a folder that holds the articles"
        )
    articles: list[Article] = []
    set_aside: list[SetAside] = []

    def refuse(name: str, path: Path, error: ArticleError) -> None:
        if params.on_bad_article == "stop":
            raise error
        place = shown(relative(path, root))
        set_aside.append(SetAside(article=name, path=place, where=error.where, reason=error.what))

    for refused in found.refused:
        refuse(refused.name, refused.path, ArticleError(shown(refused.path), refused.what, refused.do))
    for stem, paths in twins(found.files).items():
        for path in paths:
            try:
                if len(paths) > 1:
                    others = ", ".join(shown(relative(other, root)) for other in paths if other is not path)
                    what = f"has the same name as {others}, and articles are told apart by it"
                    raise ArticleError(shown(path), what, "Rename one of them")
                articles.append(_read(path, stem, root, params.max_megabytes))
            except ArticleError as error:
                refuse(stem, path, error)
    return articles, set_aside


def article_of(text: str, name: str, params: Ingest) -> Article:
    """A text that is in no file as an article, held to what a file is held to. Raises ArticleError naming it."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"holds half a surrogate pair at character {error.start}, which is no text"
        raise ArticleError(name, what, "Decode it with errors='replace'") from error
    _check_size(name, len(data), params.max_megabytes)
    return Article(article=name, path=name, sha256=sha256(data), text=_decode(Path(name), data))


def load_text(record: Segments | Listed, workspace: Workspace) -> str:
    """An article's text, read again from its file.

    Raises RecordError where the file is gone or no longer the one that was segmented: every span would be off.
    """
    path = workspace.root / record.path
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
        if not walk(workspace.sources).files:
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
        size = path.stat().st_size
        _check_size(shown(path), size, max_megabytes)
        data = _bytes(path)
    except OSError as error:
        raise ArticleError(shown(path), f"cannot be read: {error.strerror}", "Check its rights") from error
    return Article(article=stem, path=relative(path, root), sha256=sha256(data), text=_decode(path, data))


def _check_size(name: str, size: int, max_megabytes: float) -> None:
    """Raise ArticleError where an article has more bytes than are allowed."""
    if size > max_megabytes * _BYTES_PER_MEGABYTE:
        raise ArticleError(
            name,
            f"has {size / _BYTES_PER_MEGABYTE:.1f} megabytes, more than the {max_megabytes:g} allowed",
            "Split it, or raise ingest.max_megabytes in params.yaml",
        )


def _decode(path: Path, data: bytes) -> str:
    """The text of an article's bytes, untouched. Raises ArticleError where they are no Arabic text in UTF-8."""
    name = shown(path)
    if not data:
        raise ArticleError(name, "is empty", "Delete it, or put the article into it")
    if data.startswith(_UTF16_MARKS):
        raise ArticleError(name, "is UTF-16, not UTF-8", "Convert it, for instance with iconv -f UTF-16 -t UTF-8")
    if (nul := data.find(0)) >= 0:
        what = f"holds the control byte 0x00 at byte {nul}, as binary files do"
        raise ArticleError(_place(path, data, nul), what, "Save it as plain text in UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(
            _place(path, data, error.start),
            f"is not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start}",
            "Convert it, for instance with iconv -f WINDOWS-1256 -t UTF-8",
        ) from error
    if not blanked(text).strip().strip("\ufeff").strip():
        raise ArticleError(name, "holds nothing but white space", "Delete it, or put the article into it")
    if not _ARABIC_LETTER.search(text):
        raise ArticleError(name, "holds no Arabic letter", "Take it out: the workflow reads Arabic only")
    return text


def _place(path: Path, data: bytes, offset: int) -> str:
    """file:line of a byte."""
    return f"{shown(path)}:{data.count(bytes([10]), 0, offset) + 1}"
