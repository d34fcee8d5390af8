"""models/registry.yaml: which models there are, where each comes from and what its labels mean."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ModelError

REGISTRY = Path("models") / "registry.yaml"


class Entry(BaseModel):
    """One model. Exactly one of `hub` (owner/name) and `folder` (relative to the registry's own folder) is given.

    revision: the commit to download; without one it is looked up at the first download and written to the lock file
    beside the registry. weights: the one weights file fetched. sha256: of that file, where known beforehand.
    labels: the model's entity types → LOC, MISC, ORG, PERS or O; empty for an encoder, which has no labels yet.
    words: how sub-words speak for their word, by the first one or by the mean. context: pieces of running text, several
    sentences, the model was trained to see at once; 0 means one sentence at a time. consistency: how much a word's
    other occurrences in the same text count beside its own place (consistency.py); 0 means not at all, as for models
    where nobody has measured what it gives.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    hub: str | None = Field(None, pattern=r"^[\w.-]+/[\w.-]+$")
    folder: str | None = None
    revision: str | None = Field(None, pattern=r"^[0-9a-f]{40}$")
    weights: Literal["model.safetensors", "pytorch_model.bin"] = "model.safetensors"
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    labels: dict[str, Literal["LOC", "MISC", "ORG", "PERS", "O"]] = {}
    words: Literal["first", "mean"] = "first"
    context: int = Field(0, ge=0)
    consistency: float = Field(0.0, ge=0, le=1)
    licence: str
    citation: str
    about: str

    @model_validator(mode="after")
    def _one_source(self) -> Entry:
        if (self.hub is None) == (self.folder is None):
            raise ValueError("give either `hub` or `folder`")
        return self


def load_registry(path: Path = REGISTRY) -> dict[str, Entry]:
    """All models by name. Raises ModelError naming the entry that is malformed."""
    if not path.is_file():
        raise ModelError(path, "is not there", "Run from the project's root")
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ModelError(path, "is not YAML", "Compare with the last commit") from error
    entries = {}
    for name, value in (raw or {}).items():
        try:
            entries[name] = Entry.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the entry"
            raise ModelError(
                f"{path}: {name}", f"{place}: {first['msg']}", "See CONTRIBUTING.md, add a model"
            ) from error
    return entries


def find(name: str, path: Path = REGISTRY) -> Entry:
    """The model called `name`. Raises ModelError listing the names there are."""
    entries = load_registry(path)
    if name not in entries:
        raise ModelError(path, f"knows no model {name!r}", f"It has: {', '.join(sorted(entries))}")
    return entries[name]
