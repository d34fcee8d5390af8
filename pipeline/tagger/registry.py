"""models/registry.yaml: which models there are, where each comes from and what its labels mean; and its lock, which
says what was fetched of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ModelError
from pipeline.files import write_text
from pipeline.sources import read_yaml

REGISTRY = Path("models") / "registry.yaml"
# Names and folders become paths, so they are words: nothing that climbs, begins at the root or hides.
_WORD = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_NAME = re.compile(_WORD)
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
M = TypeVar("M", bound=BaseModel)


class Entry(BaseModel):
    """One model. Exactly one of `hub` (owner/name) and `folder` (relative to the registry's own folder) is given.

    revision: the commit to download; without one it is looked up at the first download and written to the lock file
    beside the registry. weights: the one weights file fetched. sha256: of that file, where known beforehand.
    labels: the model's entity types → LOC, MISC, ORG, PERS or O; empty for an encoder, which has no labels yet.
    words: how sub-words speak for their word, by the first one or by the mean. context: pieces of running text, several
    sentences, the model was trained to see at once; 0 means one sentence at a time. consistency: how much a word's
    other occurrences in the same text count beside its own place (consistency.py); 0 means not at all, as for models
    where nobody has measured what it gives. base_model: the model of the hub that it was made from, where that is
    another; trained_on: data that its weights have seen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    hub: str | None = Field(None, pattern=rf"^{_WORD}/{_WORD}$")
    folder: str | None = Field(None, pattern=rf"^{_WORD}(/{_WORD})*$")
    revision: Commit | None = None
    weights: Literal["model.safetensors", "pytorch_model.bin"] = "model.safetensors"
    sha256: Sha256 | None = None
    labels: dict[str, Literal["LOC", "MISC", "ORG", "PERS", "O"]] = {}
    words: Literal["first", "mean"] = "first"
    context: int = Field(0, ge=0)
    consistency: float = Field(0.0, ge=0, le=1)
    licence: str
    citation: str
    about: str
    base_model: str | None = Field(None, pattern=rf"^{_WORD}/{_WORD}$")
    trained_on: list[str] = []

    @model_validator(mode="after")
    def _one_source(self) -> Entry:
        if (self.hub is None) == (self.folder is None):
            raise ValueError("give either `hub` or `folder`")
        return self


class Locked(BaseModel):
    """What was fetched of a model of the hub: the commit, and the SHA-256 of each file by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    revision: Commit
    files: dict[Annotated[str, Field(pattern=rf"^{_WORD}$")], Sha256]


def load_registry(path: Path = REGISTRY) -> dict[str, Entry]:
    """All models by name. Raises ModelError naming the line or the entry that is malformed."""
    if not path.exists():
        raise ModelError(path, "is not there", "Run from the project's root")
    return _read(path, Entry, "See CONTRIBUTING.md, add a model")


def find(name: str, path: Path = REGISTRY) -> Entry:
    """The model called `name`. Raises ModelError listing the names there are."""
    entries = load_registry(path)
    if name not in entries:
        raise ModelError(path, f"knows no model {name!r}", f"It has: {', '.join(sorted(entries))}")
    return entries[name]


def folder_of(entry: Entry, path: Path = REGISTRY) -> Path:
    """The folder of an entry that names one. Raises ModelError where a link leads it out of the registry's folder."""
    assert entry.folder is not None
    folder = path.parent / entry.folder
    if not folder.resolve().is_relative_to(path.parent.resolve()):
        raise ModelError(folder, f"leads out of {path.parent}", "Put the model's files themselves there")
    return folder


def read_lock(registry: Path) -> dict[str, Locked]:
    """What was fetched of each model, from the lock beside the registry; nothing where none was. Raises ModelError for
    a lock that is damaged."""
    lock = registry.with_suffix(".lock.yaml")
    return _read(lock, Locked, "Restore it from Git; the first download wrote it") if lock.exists() else {}


def write_lock(registry: Path, name: str, locked: Locked) -> None:
    """Write down what was fetched of a model, unless it stands there already."""
    before = read_lock(registry)
    if before.get(name) != locked:
        head = "# Written by the first download of each model; what is fetched later must be the same.\n"
        files = Locked(revision=locked.revision, files=dict(sorted(locked.files.items())))
        rows = {key: value.model_dump() for key, value in {**before, name: files}.items()}
        write_text(registry.with_suffix(".lock.yaml"), head + yaml.safe_dump(rows, sort_keys=True))


def _read(path: Path, kind: type[M], do: str) -> dict[str, M]:
    """A YAML file of entries by model name. Raises ModelError naming the line or the entry at fault."""
    raw = read_yaml(path, ModelError, do="Compare with the last commit")
    if not isinstance(raw, Mapping | None):
        raise ModelError(path, "is no mapping of names to entries", do)
    return {name: _entry(path, name, value, kind, do) for name, value in (raw or {}).items()}


def _entry(path: Path, name: Any, value: Any, kind: type[M], do: str) -> M:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ModelError(path, f"{name!r} is no name of a model", "Use Latin letters, digits, - _ and .")
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the entry"
        raise ModelError(f"{path}: {name}", f"{place}: {first['msg']}", do) from error
