"""The shapes that compact labels may have, and a list of all faults found on the way, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import GoldError, raise_any
from pipeline.gold.lines import List, Map, Text

# Numbers that people write; longer ones are slips of the hand, and past some thousand digits Python reads none.
_MOST_DIGITS = 15
_SHOWN = 40


@dataclass
class Shapes:
    """Asks of parsed YAML what it should be. What is not is a GoldError at once, which `apart` collects."""

    path: Path
    faults: list[GoldError] = field(default_factory=list)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part whose faults are listed while the rest is read on."""
        try:
            yield
        except GoldError as error:
            self.faults += error.errors

    def fault(self, at: Any, what: str, do: str = "See data/gold/FORMAT.md for the format") -> GoldError:
        line = getattr(at, "line", None)
        return GoldError(f"{self.path}:{line}" if line else self.path, what, do)

    def fail(self, at: Any, what: str, do: str = "See data/gold/FORMAT.md for the format") -> NoReturn:
        raise self.fault(at, what, do)

    def mapping(self, raw: Any, name: str, required: Collection[str], optional: Collection[str] = ()) -> Map:
        """`raw` as a mapping that has all required keys and none but the optional ones besides."""
        if not isinstance(raw, Map):
            self.fail(raw, f"{name} should be a mapping of {', '.join(sorted({*required, *optional}))}")
        faults = []
        if missing := sorted({*required} - raw.keys()):
            faults.append(self.fault(raw, f"{name} lacks {', '.join(missing)}"))
        if unknown := sorted(raw.keys() - {*required, *optional}):
            faults.append(self.fault(raw, f"{name} has the unknown key {', '.join(unknown)}"))
        raise_any(self.path, faults)
        return raw

    def items(self, raw: Any) -> list[Any]:
        """A list as it is, nothing as none, anything else as a list of one."""
        return raw if isinstance(raw, list) else [] if raw is None or raw == "" else [raw]

    def words(self, raw: Any, name: str) -> Text:
        """`raw` as words, at least one."""
        if not isinstance(raw, Text) or not raw.strip():
            kind = "a list" if isinstance(raw, List) else "a mapping" if isinstance(raw, Map) else "nothing"
            self.fail(raw, f"{name} should be words, and is {kind}")
        return raw

    def number(self, raw: Any, what: str, do: str) -> int:
        """`raw` as a whole number; `what` says what is wanted."""
        if not isinstance(raw, str) or not raw.isdecimal() or len(raw) > _MOST_DIGITS:
            self.fail(raw, f"{what}, not «{raw[:_SHOWN]}»" if isinstance(raw, str) else what, do)
        return int(raw)
