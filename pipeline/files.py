"""Reading and writing the workflow's files: UTF-8 JSON Lines, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import RecordError

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Workspace:
    """Where a run reads and writes. The DVC stages use the project's own folders, `extract` a folder of the caller's.

    root: what the `path` of an article is relative to; sources: folders searched for *.txt, in this order;
    out: the folder of the outputs; model: the tagger's folder; gold: the folder of gold files; reference: that of the
    record that happenings are held against.
    """

    root: Path
    sources: tuple[Path, ...]
    out: Path
    model: Path
    gold: Path
    cache: Path
    reference: Path = Path("data/reference")

    @classmethod
    def project(cls, root: Path = Path()) -> Workspace:
        """The project's own layout under `root`, the folder that holds dvc.yaml."""
        return cls(
            root=root,
            sources=(root / "seeds", root / "data" / "articles"),
            out=root / "data",
            model=root / "models" / "ner",
            gold=root / "data" / "gold",
            cache=root / ".cache",
            reference=root / "data" / "reference",
        )

    @property
    def segments(self) -> Path:
        return self.out / "segments.jsonl"

    @property
    def corpus(self) -> Path:
        """The articles there are, as the segment stage found them: no other stage looks for articles in folders."""
        return self.out / "corpus.jsonl"

    @property
    def set_aside(self) -> Path:
        """What was set aside by any stage, put together from the files of `set_aside_by`."""
        return self.out / "set_aside.jsonl"

    def set_aside_by(self, stage: str) -> Path:
        """What one stage set aside: each stage of the workflow owns its files."""
        return self.out / "set_aside" / f"{stage}.json"

    @property
    def training(self) -> Path:
        return self.out / "training.jsonl"

    @property
    def entities(self) -> Path:
        return self.out / "entities.jsonl"

    @property
    def frames(self) -> Path:
        return self.out / "frames.jsonl"

    @property
    def dropped(self) -> Path:
        return self.out / "dropped.jsonl"

    @property
    def events(self) -> Path:
        return self.out / "events.jsonl"

    @property
    def happenings_gold(self) -> Path:
        return self.gold.parent / "happenings_gold.yaml"

    @property
    def happenings(self) -> Path:
        return self.out / "happenings.jsonl"


def sha256(data: bytes | str) -> str:
    """Hexadecimal SHA-256 of bytes, or of a text's UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write `text` with its newlines as they are, atomically: a reader sees the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(text.encode(encoding))
    os.replace(part, path)


def write_json(path: Path, value: object) -> None:
    """Write a JSON file, keys in the order given, two-space indent, atomically."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_records(path: Path, records: Iterable[BaseModel]) -> int:
    """Write records one a line, fields in the contract's order, unset options left out; returns how many. Atomic."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    count = 0
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(record.model_dump(mode="json", exclude_none=True), ensure_ascii=False) + "\n")
            count += 1
    os.replace(part, path)
    return count


def write_lines(path: Path, values: Iterable[object]) -> None:
    """Write JSON values one a line, keys in the order given, atomically."""
    write_text(path, "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values))


def read_records(path: Path, kind: type[R]) -> Iterator[R]:
    """Yield the records of a JSON Lines file, checked against `kind`. Raises RecordError naming the line at fault."""
    if not path.is_file():
        raise RecordError(path, "is not there", "Run `dvc repro`, or the stage that writes it, first")
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield kind.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"])) or "the line"
                raise RecordError(
                    f"{path}:{number}", f"{place}: {first['msg']}", "Rerun the stage that writes this file"
                ) from error
