"""Mentions and a frame type in short form for the tables of these tests."""

from __future__ import annotations

from typing import Any

from pipeline.frames.rules.schema import FrameType
from pipeline.records import Event, Filler, Mention

RULE = {"id": "x", "pattern": [{"all": ["word"], "trigger": True}], "matches": [{"text": "x"}], "misses": ["y"]}
# What a slot is of where a test says no more.
KINDS = {
    "who": {"kind": "actor", "many": True},
    "what": {"kind": "words", "many": True},
    "date": {"kind": "date", "many": True},
    "votes": {"kind": "integer"},
    "_seen": {"kind": "words", "many": True},
}


def frame_type(merging: dict[str, Any] | None = None, needs: list[list[str]] | None = None, **slots: Any) -> FrameType:
    """A frame type with the slots of KINDS, changed and added to by `slots`."""
    described = {
        name: {"description": "", **KINDS.get(name, {}), **slots.get(name, {})}
        for name in dict.fromkeys([*KINDS, *slots])
    }
    return FrameType.model_validate(
        {"frame": "x", "slots": described, "rules": [RULE], "merging": merging or {}, "needs": needs or []}
    )


def fillers(values: Any, at: int = 0) -> list[Filler]:
    """Fillers of values, one or a list; a word in Latin capitals is an actor."""
    given = values if isinstance(values, list) else [values]
    return [
        Filler(
            value=value,
            actor=value if isinstance(value, str) and value.isascii() and value.isupper() else None,
            text=str(value),
            start=at + number,
            end=at + number + 1,
        )
        for number, value in enumerate(given)
    ]


def mention(sentence: int, modality: str = "actual", article: str = "a", story: int = 1, **slots: Any) -> Event:
    """A mention in a sentence with these slots; its fillers stand at a hundred times the sentence's number."""
    at = 100 * sentence
    return Event.model_validate(
        {
            "id": f"m{sentence}",
            "type": "x",
            "article": article,
            "story": story,
            "modality": modality,
            "slots": {name: fillers(values, at) for name, values in slots.items()},
            "mentions": [
                Mention(sentence=f"{article}-{story}-{sentence}", start=at, end=at + 9, trigger=(at, at + 1), rule="x")
            ],
        }
    )
