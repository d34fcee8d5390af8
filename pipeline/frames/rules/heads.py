"""The heads of all frame types, read and checked without their rules: what gold, tables, scores and the page need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.errors import RuleError
from pipeline.frames.rules.slots import PlaceError, Slot, TypeSchema

TYPES = Path(__file__).parents[1] / "types"
# libyaml reads a long rule file twenty times as fast; PyYAML is built without it on some machines.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """A rule file's YAML. Raises RuleError naming file and line of what is none."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except FileNotFoundError as error:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.yaml")))
        raise RuleError(path, "no such frame type", f"Known are: {known}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(f"{path}:{mark.line + 1 if mark else '?'}", "is not YAML", "Mend the line named") from error
    except ValueError as error:  # what looks like a date and is none
        raise RuleError(path, f"is not YAML: {error}", "Put the value into quotation marks") from error


def line_at(path: Path, place: Iterable[str | int]) -> int:
    """The line, from 1, of a place in a YAML file; of its nearest part that the file has where it is not all there."""
    node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                continue  # a step of the model that the file does not write: a short form, a union's branch
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def refusal(path: Path, error: ValidationError) -> RuleError:
    """The first thing that pydantic has against a rule file, as our error with its line."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    steps = cause.place if isinstance(cause, PlaceError) else first["loc"]
    place = ".".join(map(str, steps))
    message = first["msg"].removeprefix("Value error, ")
    where = f"{path}:{line_at(path, steps)}"
    return RuleError(where, f"{place}: {message}" if place else message, "docs/RULES.md describes every key")


def load_schema(path: Path) -> TypeSchema:
    """The head of one rule file. Raises RuleError naming file and line."""
    data = read_yaml(path)
    head = (
        {key: value for key, value in data.items() if key in TypeSchema.model_fields} if isinstance(data, dict) else {}
    )
    try:
        schema = TypeSchema.model_validate(head)
    except ValidationError as error:
        raise refusal(path, error) from error
    if schema.frame != path.stem:
        raise RuleError(path, f"describes {schema.frame!r}, not {path.stem!r}", "Give the file the frame's name")
    return schema


@lru_cache(maxsize=8)
def _load(folder: Path) -> dict[str, TypeSchema]:
    found = [load_schema(path) for path in sorted(folder.glob("*.yaml"))]
    found.sort(key=lambda schema: (schema.order is None, schema.order or 0, schema.frame))
    first: dict[str, tuple[str, Slot]] = {}
    for schema in found:
        for name, slot in schema.public.items():
            other, known = first.setdefault(name, (schema.frame, slot))
            for key in ("kind", "order", "labels"):
                mine, theirs = (_shown(getattr(entry, key)) for entry in (slot, known))
                if mine != theirs:
                    path = folder / f"{schema.frame}.yaml"
                    raise RuleError(
                        f"{path}:{line_at(path, ('slots', name, key))}",
                        f"slots.{name}: its {key} is not the one in {other}.yaml, {theirs}, but {mine}",
                        "A slot of one name is one column: make them the same, or give this one another name",
                    )
    return {schema.frame: schema for schema in found}


def _shown(value: Any) -> str:
    """A slot's kind, order or labels as its file writes them."""
    if isinstance(value, BaseModel):
        return "{" + ", ".join(f"{key}: {text}" for key, text in value.model_dump().items()) + "}"
    return "none" if value is None else str(value)


def frame_types(folder: Path | None = None) -> dict[str, TypeSchema]:
    """What the frame types of a folder, by default those of the project, say of their events, by name and in order.

    Raises RuleError naming file and line of a wrong head, or of a slot that two types declare differently.
    """
    return _load(folder or TYPES)


def slot_columns(types: Mapping[str, TypeSchema]) -> dict[str, Slot]:
    """The slots of all types, each once, in the order of their columns."""
    slots: dict[str, Slot] = {}
    for schema in types.values():
        for name, slot in schema.public.items():
            slots.setdefault(name, slot)
    return dict(sorted(slots.items(), key=lambda item: (item[1].order is None, item[1].order or 0, item[0])))
