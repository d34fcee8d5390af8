"""The data files beside this package, read and checked: YAML with every key once, and the schemas of the word lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline import sources
from pipeline.actors.lexicon import Form
from pipeline.errors import RuleError

S = TypeVar("S", bound=BaseModel)


class Schema(BaseModel):
    """Base of all schemas: unknown keys are refused, so that a misspelt one never passes silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Family(Schema):
    """Words that open an office phrase; offices.yaml says what each field means."""

    form: Form
    words: list[str] = []
    fixed: list[str] = []
    by: list[str] = []
    posted: bool = False
    places: bool = False
    default: str | None = None
    anaphor: bool = False
    after_verb: bool = False
    definite: bool = False
    adjective: Literal["feminine", "qualified"] | None = None
    of: Form | None = None


class Glue(Schema):
    nouns: list[list[str]]
    qualifiers: list[list[str]]
    purposes: list[str]


class Offices(Schema):
    """offices.yaml."""

    heads: list[Family]
    anaphors: list[str]
    glue: Glue
    private: list[str]
    trailing: list[list[str]]
    posts: list[str]
    titles: list[str]


class Names(Schema):
    """names.yaml."""

    given: dict[str, list[str]]
    accusatives: list[str]
    common: list[str]
    shy: list[str]
    particles: list[str]
    second_halves: list[str]
    ordinals: list[str]
    stops: list[str]
    verbs: list[str]


class Media(Schema):
    nouns: list[str]
    names: list[str]


class Exclusions(Schema):
    """exclusions.yaml."""

    media: list[str]
    media_after: Media
    places: list[list[str]]
    treaties: list[list[str]]
    institutions: list[str]
    words: list[list[str]]
    people: list[str]

    def phrases(self) -> Iterator[str]:
        """All excluded phrases."""
        yield from (*self.media, *self.institutions, *self.people)
        for lists in (self.places, self.treaties, self.words):
            yield from flat(lists)
        yield from (f"{noun} {name}" for noun in self.media_after.nouns for name in self.media_after.names)


class SharedName(Schema):
    """An entry of shared.yaml."""

    name: str
    actor: str
    form: Form
    other: str
    other_form: Form
    sign: str


def flat(lists: Iterable[Iterable[str]]) -> Iterator[str]:
    """The strings of a list of lists."""
    for part in lists:
        yield from part


def read(path: Path, schema: type[S]) -> S:
    """A data file as its schema. Raises RuleError naming the file and the key."""
    return _validated(path, schema, read_yaml(path))


def read_list(path: Path, schema: type[S]) -> list[S]:
    """A data file that is a list of entries. Raises RuleError naming the file and the key."""
    return [_validated(path, schema, entry) for entry in read_yaml(path)]


def read_yaml(path: Path) -> Any:
    """A YAML file as plain values. Raises RuleError naming the file and the line, also for a key given twice, which
    plain YAML would let the second win."""
    return sources.read_yaml(path, RuleError)


def _validated(path: Path, schema: type[S], value: Any) -> S:
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise RuleError(path, f"{key}: {first['msg']}", "See the comments at the head of the file") from error
