"""The part of the code book that the frame types' files tell: their types, and a row for each slot's column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import RecordError
from pipeline.files import write_text
from pipeline.frames.rules.heads import slot_columns
from pipeline.frames.rules.slots import Slot, TypeSchema

BEGIN = "<!-- told by the frame types' files: python -m pipeline codebook writes from here -->"
END = "<!-- to here -->"
_VALUES = {
    "integer": "whole number",
    "flag": "`true`",
    "date": "ISO 8601 as far as stated or resolved against `published` (`2024-02-20`, `2024-02`); else the words",
    "actor": "words, their ids in `{name}_id`",
    "words": "words",
}


def slot_tables(types: Mapping[str, TypeSchema]) -> str:
    """Two Markdown tables, of the types and of the columns that slots have, in the order of events.csv."""
    kinds = [f"| `{name}` | {kind.description} | {_parties(kind)} |" for name, kind in types.items()]
    slots = [_row(name, slot, types) for name, slot in slot_columns(types).items()]
    return "\n".join(
        [
            "| type | what | source → recipient |",
            "| --- | --- | --- |",
            *kinds,
            "",
            "| column | of | what | values |",
            "| --- | --- | --- | --- |",
            *slots,
            "",
        ]
    )


def write_code_book(page: Path, types: Mapping[str, TypeSchema]) -> bool:
    """Write the tables into the code book, between its two marks; returns whether that changed it.

    Raises RecordError where the marks are not there.
    """
    before = page.read_text(encoding="utf-8")
    head, begin, rest = before.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise RecordError(page, "lacks the two marks between which the slots stand", f"Put {BEGIN} and {END} there")
    after = f"{head}{BEGIN}\n\n{slot_tables(types)}\n{END}{tail}"
    if after != before:
        write_text(page, after)
    return after != before


def _parties(kind: TypeSchema) -> str:
    parties = [", ".join(f"`{name}`" for name in names) for names in (kind.role("source"), kind.role("recipient"))]
    return " → ".join(names or "–" for names in parties)


def _row(name: str, slot: Slot, types: Mapping[str, TypeSchema]) -> str:
    """One column's row. What it means is told once where all types mean the same by it, else by type."""
    having = {kind: schema.slots[name] for kind, schema in types.items() if name in schema.slots}
    meanings = {one.description for one in having.values()}
    if len(meanings) == 1:
        meaning = slot.description
    else:
        meaning = "; ".join(f"`{kind}`: {one.description}" for kind, one in having.items())
    if slot.kind == "one_of":
        values = ", ".join(f"`{value}`" for value in slot.values)
    else:
        values = _VALUES[slot.kind].format(name=name)
    several = ", one or more" if any(one.many for one in having.values()) else ""
    return f"| `{name}` | {', '.join(f'`{kind}`' for kind in having)} | {meaning} | {values}{several} |"
