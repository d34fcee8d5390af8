"""Records as lines of their file, read one after another and parsed only where somebody asks what they say."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import RecordError

R = TypeVar("R", bound=BaseModel)

# A quotation mark within a string of JSON is written with a backslash, so that this is the key and nothing else.
_ARTICLE = re.compile(r'"article"\s*:\s*("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one file that follow one another: those of one article. first: the number of the first of them."""

    path: Path
    first: int
    texts: tuple[str, ...]

    def records(self, kind: type[R]) -> list[R]:
        """The lines as records. Raises RecordError naming the line that is none."""
        return [_parsed(self.path, number, text, kind) for number, text in enumerate(self.texts, self.first)]


def runs(path: Path, kind: type[BaseModel]) -> Iterator[tuple[str, Lines]]:
    """The lines of a file that follow one another and are of one article, with its name.

    Raises RecordError where the file is not there, or a line tells no article; `kind` is what it should be.
    """
    if not path.is_file():
        raise RecordError(path, "is not there", "Run `dvc repro`, or the stage that writes it, first")
    name, told, first, texts = "", "", 0, list[str]()
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, text in enumerate(file, 1):
            found = _ARTICLE.search(text)
            if found is None:
                _parsed(path, number, text, kind)
                raise RecordError(f"{path}:{number}", "tells no article", "Rerun the stage that writes this file")
            if not texts or found.group(1) != told:
                told = found.group(1)
                article = json.loads(told, strict=False)
                if texts and article != name:
                    yield name, Lines(path, first, tuple(texts))
                    texts = []
                if not texts:
                    name, first = article, number
            texts.append(text)
    if texts:
        yield name, Lines(path, first, tuple(texts))


def each(path: Path) -> Iterator[Lines]:
    """The lines of a file, one after another. Raises RecordError where the file is not there."""
    if not path.is_file():
        raise RecordError(path, "is not there", "Run `dvc repro`, or the stage that writes it, first")
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, text in enumerate(file, 1):
            yield Lines(path, number, (text,))


class Following:
    """A file whose lines are in the order of the corpus, read along with it."""

    def __init__(self, path: Path, kind: type[BaseModel], corpus: Path) -> None:
        self._lines, self._corpus = runs(path, kind), corpus
        self._none = Lines(path, 0, ())
        self._next = next(self._lines, None)

    def of(self, article: str) -> Lines:
        """The lines of the article that is next in the corpus; none where the file has none of it."""
        if self._next is None or self._next[0] != article:
            return self._none
        _, lines = self._next
        self._next = next(self._lines, None)
        return lines

    def close(self) -> None:
        """Raise RecordError where lines are left: they are of no article, and nothing would tell that they were not
        read."""
        if self._next is not None:
            article, lines = self._next
            what = f"{article} is no article of {self._corpus}, or not at its place there"
            raise RecordError(f"{lines.path}:{lines.first}", what, "Rerun the stages, from segment on")


def line(record: BaseModel) -> str:
    """A record as its line, fields in the contract's order, unset options left out."""
    return json.dumps(record.model_dump(mode="json", exclude_none=True), ensure_ascii=False) + "\n"


def lines(records: Iterable[BaseModel]) -> str:
    """Records as their lines."""
    return "".join(map(line, records))


@contextmanager
def replacing(path: Path, encoding: str = "utf-8") -> Iterator[IO[str]]:
    """A file to write to, which takes the place of `path` when the block ends, and is gone where it raises. Newlines
    stay as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding=encoding, newline="") as file:
            yield file
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _parsed(path: Path, number: int, text: str, kind: type[R]) -> R:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        what = f"{place}: {first['msg']}"
        raise RecordError(f"{path}:{number}", what, "Rerun the stage that writes this file") from error
