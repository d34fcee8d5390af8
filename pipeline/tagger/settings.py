"""tagger.json: what a model's folder says of itself, and by which its files are known again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ModelError
from pipeline.files import write_json
from pipeline.sources import MEGABYTE, read_json
from pipeline.tagger.registry import Entry, Sha256
from pipeline.tagger.weights import WEIGHTS, check_files, file_sha256

SETTINGS = "tagger.json"
# What decides a result; a card or a score beside them does not.
_FILES = (
    "added_tokens.json", "config.json", WEIGHTS, "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json",
    "vocab.txt",
)  # fmt: skip
_AGAIN = "Restore the folder, or run `dvc repro train`, which writes it anew"


class Described(BaseModel):
    """name: of the registry; revision: the commit, or `local`; labels, words, context, consistency: as registry.Entry;
    files: the SHA-256 of each file of the folder that decides a result."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    revision: str
    labels: dict[str, Literal["LOC", "MISC", "ORG", "PERS", "O"]]
    words: Literal["first", "mean"]
    context: int = Field(ge=0)
    consistency: float = Field(ge=0, le=1)
    files: dict[str, Sha256]


def write_settings(folder: Path, name: str, entry: Entry, revision: str) -> Described:
    """Write tagger.json for a folder whose other files are in place: what the registry's entry says, and their
    hashes."""
    described = Described(
        name=name,
        revision=revision,
        labels=dict(entry.labels),
        words=entry.words,
        context=entry.context,
        consistency=entry.consistency,
        files={file: file_sha256(folder / file) for file in _FILES if (folder / file).is_file()},
    )
    write_json(folder / SETTINGS, described.model_dump())
    return described


def read_settings(folder: Path) -> Described:
    """tagger.json of a model's folder, whose files are those that it was written with. Raises ModelError naming what is
    missing, malformed or not the file that it was."""
    path = folder / SETTINGS
    if not path.exists():
        raise ModelError(folder, f"holds no {SETTINGS}", "Run `dvc repro train`, which writes the model's folder")
    try:
        described = Described.model_validate(read_json(path, ModelError, MEGABYTE))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise ModelError(path, f"{place}: {first['msg']}", _AGAIN) from error
    if unknown := sorted({WEIGHTS, "config.json"} - described.files.keys()) + sorted(
        described.files.keys() - {*_FILES}
    ):
        raise ModelError(path, f"files: {unknown[0]} should be told, and nothing but a model's files", _AGAIN)
    check_files(folder, described.files, SETTINGS, _AGAIN)
    return described
