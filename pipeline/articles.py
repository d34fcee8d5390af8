"""Reading articles: files to text, byte for byte; every file that is no Arabic article is named or set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import ArticleError, RecordError
from pipeline.files import Workspace, sha256
from pipeline.params import Ingest
from pipeline.records import Article, Segments, SetAside

_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc]")
# Control characters that no text editor writes: all of C0 but tab, line feed, vertical tab, form feed, return, escape.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTES_PER_MEGABYTE = 1_000_000


def read_articles(sources: Sequence[Path], root: Path, params: Ingest) -> tuple[list[Article], list[SetAside]]:
    """Read every *.txt below `sources`, in the order of their stems; the text is exactly what the bytes say in UTF-8.

    Raises ArticleError for the first file at fault where `params.on_bad_article` is `stop`; where it is `skip`, such
    files are returned as set aside. Without any *.txt at all there is nothing to go on with: ArticleError either way.
    """
    paths = sorted({path for source in sources for path in _text_files(source)}, key=lambda path: (path.stem, path))
    if not paths:
        raise ArticleError(
            " and ".join(map(str, sources)), "no *.txt file is there", "Name a folder that holds the articles"
        )
    by_stem: dict[str, list[Path]] = {}
    for path in paths:
        by_stem.setdefault(path.stem, []).append(path)

    articles: list[Article] = []
    set_aside: list[SetAside] = []
    for stem, twins in by_stem.items():
        for path in twins:
            try:
                if len(twins) > 1:
                    others = ", ".join(_relative(other, root) for other in twins if other is not path)
                    raise ArticleError(
                        path, f"has the same name as {others}, and articles are told apart by it", "Rename one of them"
                    )
                articles.append(_read(path, stem, root, params.max_megabytes))
            except ArticleError as error:
                if params.on_bad_article == "stop":
                    raise
                set_aside.append(SetAside(path=_relative(path, root), where=error.where, reason=error.what))
    return articles, set_aside


def load_texts(segments: Iterable[Segments], workspace: Workspace) -> dict[str, str]:
    """The text of each article by its name, read again from its file.

    Raises RecordError where the file is gone or no longer the one that was segmented: every span would be off.
    """
    texts = {}
    for record in segments:
        path = workspace.root / record.path
        try:
            data = path.read_bytes()
        except OSError as error:
            raise RecordError(
                workspace.segments, f"{path} cannot be read: {error.strerror}", "Rerun the segment stage"
            ) from error
        if sha256(data) != record.sha256:
            raise RecordError(path, "has changed since it was segmented", "Rerun the segment stage")
        texts[record.article] = data.decode("utf-8")
    return texts


def _text_files(source: Path) -> Iterator[Path]:
    """All *.txt below a folder, .TXT too, so that none is passed over in silence; none where there is no folder."""
    return (path for path in source.rglob("*") if path.suffix.lower() == ".txt" and not path.is_dir())


def _relative(path: Path, root: Path) -> str:
    """`path` below `root` with forward slashes; as it is where it lies elsewhere."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _read(path: Path, stem: str, root: Path, max_megabytes: float) -> Article:
    """One article. Raises ArticleError naming the file, and the line where there is one."""
    try:
        size = path.stat().st_size
        if size > max_megabytes * _BYTES_PER_MEGABYTE:
            raise ArticleError(
                path,
                f"has {size / _BYTES_PER_MEGABYTE:.1f} megabytes, more than the {max_megabytes:g} allowed",
                "Split it, or raise ingest.max_megabytes in params.yaml",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(path, f"cannot be read: {error.strerror}", "Check its rights") from error
    return Article(article=stem, path=_relative(path, root), sha256=sha256(data), text=_decode(path, data))


def _decode(path: Path, data: bytes) -> str:
    """The text of an article's bytes, untouched. Raises ArticleError where they are no Arabic text in UTF-8."""
    if not data:
        raise ArticleError(path, "is empty", "Delete it, or put the article into it")
    if data.startswith(_UTF16_MARKS):
        raise ArticleError(path, "is UTF-16, not UTF-8", "Convert it, for instance with iconv -f UTF-16 -t UTF-8")
    if control := _CONTROL.search(data):
        raise ArticleError(
            _place(path, data, control.start()),
            f"holds the control byte 0x{data[control.start()]:02x} at byte {control.start()}, as binary files do",
            "Save it as plain text in UTF-8",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(
            _place(path, data, error.start),
            f"is not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start}",
            "Convert it, for instance with iconv -f WINDOWS-1256 -t UTF-8",
        ) from error
    if not text.strip().strip("\ufeff").strip():
        raise ArticleError(path, "holds nothing but white space", "Delete it, or put the article into it")
    if not _ARABIC_LETTER.search(text):
        raise ArticleError(path, "holds no Arabic letter", "Take it out: the workflow reads Arabic only")
    return text


def _place(path: Path, data: bytes, offset: int) -> str:
    """file:line of a byte."""
    return f"{path}:{data.count(bytes([10]), 0, offset) + 1}"
