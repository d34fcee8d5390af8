"""Rule files read and checked: a fault is refused with its file and place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.errors import RuleError
from pipeline.frames.rules.schema import FrameType, Shared

_FRAMES = Path(__file__).parents[1]
TYPES = _FRAMES / "types"
# libyaml reads a long rule file twenty times as fast; PyYAML is built without it on some machines.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _load(path: Path, kind: type[BaseModel]) -> Any:
    try:
        return kind.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
    except FileNotFoundError as error:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.yaml")))
        raise RuleError(path, "no such frame type", f"Known are: {known}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(f"{path}:{mark.line + 1 if mark else '?'}", "is not YAML", "Mend the line named") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RuleError(path, f"{place}: {first['msg']}", "See CONTRIBUTING.md on rule files") from error


def load_frame_type(name: str, folder: Path = TYPES) -> FrameType:
    """Read one rule file. Raises RuleError naming the file and the place in it."""
    frame: FrameType = _load(folder / f"{name}.yaml", FrameType)
    ids = [rule.id for rule in frame.rules]
    for rule in ids:
        if ids.count(rule) > 1:
            raise RuleError(folder / f"{name}.yaml", f"two rules are called {rule}", "Give each its own id")
    return frame


def without(types: Sequence[FrameType], off: Collection[str], folder: Path = TYPES) -> list[FrameType]:
    """The frame types without the rules named. Raises RuleError for an id that no rule file of the folder has; an id of
    a type that is not on changes nothing."""
    known = {rule.id for frame in types for rule in frame.rules}
    if not set(off) <= known:
        known |= {rule.id for path in folder.glob("*.yaml") for rule in load_frame_type(path.stem, folder).rules}
    for name in off:
        if name not in known:
            close = ", ".join(get_close_matches(name, sorted(known), n=3)) or "none has a name like it"
            raise RuleError("frames.rules_off", f"there is no rule {name}", f"Those nearest: {close}")
    return [frame.model_copy(update={"rules": [rule for rule in frame.rules if rule.id not in off]}) for frame in types]


def load_shared(path: Path = _FRAMES / "shared.yaml") -> Shared:
    """Read the shared layer."""
    shared: Shared = _load(path, Shared)
    return shared
