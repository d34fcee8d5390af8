"""Rule files read and checked: a fault is refused with its file and place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.errors import RuleError
from pipeline.frames.rules.heads import TYPES, line_at, read_yaml, refusal
from pipeline.frames.rules.schema import FrameType, Shared
from pipeline.frames.rules.slot_check import misfits
from pipeline.frames.rules.tags import declared, idle, undeclared
from pipeline.frames.rules.templates import expand


def _load(path: Path, kind: type[BaseModel]) -> Any:
    """A rule file checked against its schema. Raises RuleError with file and line."""
    data = read_yaml(path)
    try:
        data = expand(data) if kind is FrameType and isinstance(data, dict) else data
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        if rule := _rule_id(data, first["loc"]):
            fault = f"{rule}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise _refused(path, rule, fault, "docs/RULES.md describes every key") from error
        raise refusal(path, error) from error
    except ValueError as error:
        raise RuleError(path, str(error), "docs/RULES.md describes families") from error


def _rule_id(data: Any, place: tuple[int | str, ...]) -> str:
    """The id of the rule that a place of the file belongs to, '' for any other place."""
    if len(place) < 2 or place[0] != "rules" or not isinstance(place[1], int):
        return ""
    return str(data["rules"][place[1]].get("id", ""))


def line_of(text: str, name: str) -> int:
    """The line of a rule file that a rule's id or a key stands in, the first where a template gave the id."""
    lines = text.splitlines()
    exact = re.compile(rf"\s*(- id: |- chunk: )?['\"]?{re.escape(name)}\b")
    return next((number for number, line in enumerate(lines, 1) if exact.match(line)), 1)


def load_frame_type(name: str, folder: Path = TYPES) -> FrameType:
    """Read one rule file, its families written out. Raises RuleError naming the file and the line of
    what is wrong: a key or a form that the schema has not, an id given twice, a tag that nothing makes, a term that
    nothing names, a rule that could put into a slot what is not of its kind."""
    path = folder / f"{name}.yaml"
    frame: FrameType = _load(path, FrameType)
    ids = [rule.id for rule in frame.rules]
    for rule in ids:
        if ids.count(rule) > 1:
            raise _refused(path, rule, f"two rules are called {rule}", "Give each its own id")
    shared = load_shared()
    for place, tag in undeclared(frame, shared):
        close = ", ".join(get_close_matches(tag, sorted(declared(frame, shared)), n=3))
        raise _refused(path, place, f"{place}: nothing makes the tag {tag}", f"Like it are: {close or 'none'}")
    for term in idle(frame):
        hint = "Name it, take it out, or say in `blocks` from which reading it takes its words"
        raise _refused(path, term, f"no rule names the term {term}", hint)
    for at, fault in misfits(frame, shared):
        hint = "See what kind the slot is, at the head of the file"
        if at[0] == "rules":
            raise _refused(path, frame.rules[int(at[1])].id, fault, hint)
        raise RuleError(f"{path}:{line_at(path, at)}", fault, hint)
    return frame


def _refused(path: Path, name: str, fault: str, hint: str) -> RuleError:
    return RuleError(f"{path}:{line_of(path.read_text(encoding='utf-8'), name)}", fault, hint)


def without(types: Sequence[FrameType], off: Collection[str], folder: Path = TYPES) -> list[FrameType]:
    """The frame types without the rules named, also by ids that they had before. Raises RuleError for an id that no
    rule file of the folder has; an id of a type that is not on changes nothing."""
    renamed = {old: new for frame in types for old, new in frame.renamed.items()}
    off = [renamed.get(name, name) for name in off]
    known = {rule.id for frame in types for rule in frame.rules}
    if not set(off) <= known:
        known |= {rule.id for path in folder.glob("*.yaml") for rule in load_frame_type(path.stem, folder).rules}
    for name in off:
        if name not in known:
            close = ", ".join(get_close_matches(name, sorted(known), n=3)) or "none has a name like it"
            raise RuleError("frames.rules_off", f"there is no rule {name}", f"Those nearest: {close}")
    return [frame.model_copy(update={"rules": [rule for rule in frame.rules if rule.id not in off]}) for frame in types]


@cache
def load_shared(path: Path = TYPES.parent / "shared.yaml") -> Shared:
    """Read the shared layer."""
    shared: Shared = _load(path, Shared)
    return shared
