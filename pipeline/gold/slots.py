"""Which slots an event type has, and what a filler of each may hold: read from slots.yaml beside this module."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

# Of digits and what stands between them in dates: meant as an ISO date, not as the text's words.
_NUMBERS = re.compile(r"[\d/.-]+")
Kind = Literal["actor", "text", "date", "integer", "flag"]


class EventType(BaseModel):
    """slots: name → kind, or the values it may take; needs: slots, or groups of which one is needed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    needs: list[str | list[str]]
    slots: dict[str, Kind | list[str]]

    def fault(self, slot: str, value: str | int | bool, actor: str | None) -> str | None:
        """What is wrong with a filler's value for this slot, or None."""
        kind = self.slots[slot]
        if actor is not None and kind != "actor":
            return f"takes no actor, got {actor!r}"
        if isinstance(kind, list):
            return None if value in kind else f"is {value!r}, which is none of {', '.join(kind)}"
        if kind == "integer":
            good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return None if good else f"is {value!r}, not a whole number"
        if kind == "flag":
            return None if value is True else f"is {value!r}, not true"
        if kind == "date" and isinstance(value, str) and _NUMBERS.fullmatch(value) and not _is_day(value):
            return f"is {value!r}, no date like 2024-02-20, 2024-02 or 2024"
        return None if isinstance(value, str) and value.strip() else f"is {value!r}, not words"

    def single(self, slot: str) -> bool:
        """Whether one event has at most one filler of this slot: a number of votes, or that they were all."""
        return self.slots[slot] in ("integer", "flag")

    def missing(self, filled: set[str]) -> list[str]:
        """The needs that the filled slots leave open, as text."""
        groups = [[need] if isinstance(need, str) else need for need in self.needs]
        return [" or ".join(group) for group in groups if filled.isdisjoint(group)]


def _is_day(value: str) -> bool:
    """Whether an ISO date, year and month, or year is of the calendar."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def event_types() -> dict[str, EventType]:
    """All event types by name."""
    raw = yaml.safe_load(Path(__file__).with_name("slots.yaml").read_text(encoding="utf-8"))
    return {name: EventType.model_validate(entry) for name, entry in raw.items()}
