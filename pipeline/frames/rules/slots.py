"""What a frame type's file says of its events: the slots, what each may hold, how it is shown, scored and coded.

This is the head of a rule file, without its rules. Gold, tables, scores, the report and the code book read it from
here, so that a slot, or a whole type, is added in one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from pipeline.records import Filler

# Of digits and what stands between them in dates: meant as an ISO date, not as the text's words.
_NUMBERS = re.compile(r"[\d/.-]+")
_NAME = re.compile(r"_?[a-z][a-z0-9_]*")
_YEARS = range(1800, 2200)

Kind = Literal["integer", "flag", "date", "actor", "words", "one_of"]
Value = str | int | bool
# A slot, what would have filled it and why that is not of its kind.
Misfilled = tuple[str, Filler, str]


class PlaceError(ValueError):
    """Something wrong at a place of a rule file that is not where pydantic looks when it finds it."""

    def __init__(self, place: tuple[str, ...], what: str) -> None:
        super().__init__(what)
        self.place = place


class Strict(BaseModel):
    """Base of all that a rule file holds: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class Labels(Strict):
    """What the page calls something, in its two languages."""

    en: str
    ar: str


class Listing(Strict):
    """When a list of names gives a count."""

    names: str = Field(description="The slot of the names.")
    covers: str | None = Field(
        None,
        description="Where the event has this slot, the list must hold its actors too (who vetoed voted against, so a "
        "list without them is not exhaustive).",
    )
    beside: list[str] = Field([], description="Slots that the event must have besides.")
    among: list[str] = Field([], description="Slots of which the event must have one besides.")


class Slot(Strict):
    """One slot of a frame type. A name that begins with `_` serves merging alone: such a slot is in no event, table or
    label."""

    kind: Kind = Field(
        description="What a filler's value is: `integer`, a whole number from 0; `flag`, true; `date`, ISO 8601 or the "
        "words of a date that the text leaves open; `actor`, the words for one who acts, with an id of the register "
        "where it knows them; `words`, words of the text; `one_of`, one of `values`."
    )
    description: str = Field(description="What the slot means, for the code book.")
    values: dict[str, Labels | None] = Field(
        {}, description="`one_of` alone: the values, the preferred one first, with their labels on the page."
    )
    labels: Labels | None = Field(
        None, description="What the page calls the slot; its own name where this is left out."
    )
    most: int = Field(
        1_000_000,
        description="`integer` alone: the largest number that can be. What is above it was no such number, but a year, "
        "a sum of money or a misprint, and is dropped.",
        ge=1,
    )
    least: int = Field(
        0,
        description="`integer` alone: the smallest number that can be. A veto that was cast was not cast 0 times: what "
        "is below it was no such number, and is dropped.",
        ge=0,
    )
    many: bool = Field(False, description="Whether an event may have several fillers. Never for `integer` and `flag`.")
    core: bool = Field(False, description="Whether an event with another value here is counted as wrong in its core.")
    splits: bool = Field(
        False,
        description="`one_of` alone: the value is the event's class in the scores, and calls of one class are never "
        "taken for another. An event without one is of the first class. Where no slot splits, the class is whether the "
        "event is actual.",
    )
    role: Literal["source", "recipient"] | None = Field(
        None, description="Whom the coding schemes CAMEO and PLOVER call the source (who acts) or the recipient."
    )
    order: int | None = Field(
        None, description="Where its column stands in tables; those without a number follow by name, so move no other."
    )
    # Where the engine looks for a filler that no rule captured.
    only: str | None = Field(None, description="The set whose members alone may fill the slot.")
    attach: list[tuple[str, int]] = Field(
        [],
        description="Taken from the nearest chunk with a tag, at most so many chunks from the match and in its clause; "
        "of several tags the first that is there.",
    )
    follows: bool = Field(False, description="With `attach`: told behind the match rather than in it or before.")
    unparted: bool = Field(False, description="With `attach`: no comma stands between.")
    inherit: tuple[str, int] | None = Field(None, description="As `attach`, but taken from the chunk's own slots.")
    fill: str | None = Field(
        None,
        description="Whence a slot that the pattern leaves empty is filled, for all rules: `subject`, "
        "`sentence:TAG`, `nearest:TAG,TAG`; see the rules' own `fill`.",
    )
    resumes: bool = Field(False, description="Whether a definite document has it from the document told last.")
    # When two mentions are one event, and what becomes of their fillers.
    keep: Literal["fullest", "first", "preferred"] | None = Field(
        None,
        description="Of the values that the mentions of an event give, the one kept: the one of most words, the first "
        "told, or the first of `values`. Where this is left out and `many` is false, mentions with different values "
        "are different events.",
    )
    common: bool = Field(
        False, description="Mentions that both fill the slot are one event only if they have a value in common."
    )
    link: bool = Field(False, description="Mentions farther apart than the window must agree in one of these slots.")
    tells_apart: bool = Field(
        False, description="Only an event of another kind has it: both mentions fill it or neither."
    )
    weighs: bool = Field(
        False, description="Counts where a mention chooses among events that fit; where no slot does, all count."
    )
    listed: Listing | None = Field(None, description="`integer` alone: the list of names that gives the count.")
    implies: dict[str, Value] = Field({}, description="Values that an event with this slot has in others left empty.")

    @field_validator("values", mode="before")
    @classmethod
    def _unlabelled(cls, data: Any) -> Any:
        """`[call, reject]` for values without labels."""
        return dict.fromkeys(data) if isinstance(data, list) else data

    @field_validator("attach", mode="before")
    @classmethod
    def _one_try(cls, data: Any) -> Any:
        """`[date, 6]` for [[date, 6]]."""
        return [data] if data and isinstance(data[0], str) else data

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        for key, given, kinds in (
            ("values", self.values, {"one_of"}),
            ("splits", self.splits, {"one_of"}),
            ("listed", self.listed, {"integer"}),
            ("most", "most" in self.model_fields_set, {"integer"}),
            ("least", "least" in self.model_fields_set, {"integer"}),
            ("only", self.only, {"actor"}),
            ("fill", self.fill, {"actor"}),
            ("role", self.role, {"actor"}),
        ):
            if given and self.kind not in kinds:
                raise ValueError(f"`{key}` is for a slot of kind {' or '.join(sorted(kinds))}, not {self.kind}")
        if self.least > self.most:
            raise ValueError(f"no number is `least` {self.least} and `most` {self.most}")
        if self.kind == "one_of" and not self.values:
            raise ValueError("a slot of kind one_of lists its `values`")
        if self.many and self.kind in ("integer", "flag"):
            raise ValueError(f"a slot of kind {self.kind} holds one value, never `many`")
        if self.many and self.keep:
            raise ValueError(f"either `many` values stay, or `keep: {self.keep}` leaves one")
        if self.keep == "preferred" and self.kind != "one_of":
            raise ValueError(
                "`keep: preferred` is for a slot of kind one_of, whose `values` are in order of preference"
            )
        return self

    @property
    def single(self) -> bool:
        """Whether another value of it is another event."""
        return not self.many and self.keep is None

    def fault(self, value: Value, actor: str | None) -> str | None:
        """What is wrong with a filler's value for this slot, in words that go on from its name; None if nothing."""
        if actor is not None and self.kind != "actor":
            return f"takes no actor, got {actor!r}"
        if self.kind == "one_of":
            return None if value in self.values else f"is {value!r}, which is none of {', '.join(self.values)}"
        if self.kind == "integer":
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                return f"is {value!r}, not a whole number"
            if value > self.most:
                return f"is {value}, and more than {self.most} cannot be"
            return None if value >= self.least else f"is {value}, and less than {self.least} cannot be"
        if self.kind == "flag":
            return None if value is True else f"is {value!r}, not true"
        if self.kind == "date" and isinstance(value, str) and _NUMBERS.fullmatch(value) and not _is_day(value):
            return f"is {value!r}, no date like 2024-02-20, 2024-02 or 2024"
        return None if isinstance(value, str) and value.strip() else f"is {value!r}, not words"


class Page(Strict):
    """How the page and the lines that a run prints show an event of the type, by slots."""

    who: list[str] = Field([], description="Who leads the line; the sources where this is left out, or all who act.")
    what: list[str] = Field([], description="What it was about.")
    tally: list[str] = Field([], description="Counts shown as 13–1–1.")
    sign: str = Field("", description="What stands before what it was about.")


class TypeSchema(BaseModel):
    """The head of a frame type's file."""

    frame: str = Field(description="The type's name, that of the file.")
    description: str = Field("", description="What an event of the type is, for the code book.")
    labels: Labels | None = Field(None, description="What the page calls the type.")
    order: int | None = Field(
        None, description="Where the type stands in lists; those without a number follow by name."
    )
    page: Page = Field(Page(), description="How an event is shown in a line.")
    slots: dict[str, Slot] = Field(description="The slots by name.")
    needs: list[list[str]] = Field(
        [], description="An event must fill all slots of at least one of these lists; without lists, none."
    )
    labelled: list[list[str]] = Field(
        [], description="The same for events that people label, where that is more or less than `needs`."
    )

    @field_validator("slots", mode="before")
    @classmethod
    def _each_says_its_kind(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            raise ValueError(
                "is a mapping of each slot's name to its kind and description, as in `target: {kind: words, …}`"
            )
        return data

    @model_validator(mode="after")
    def _names_its_slots(self) -> Self:
        for name in self.slots:
            if not _NAME.fullmatch(name):
                raise PlaceError(("slots", name), f"{name!r} is no name in small letters, digits and _")
        counts = {"_" + name for name, slot in self.slots.items() if slot.listed}
        for place, named in self._named():
            for name in named:
                if name not in self.slots and name not in counts:
                    raise PlaceError(place, f"names {name}, which is no slot of {self.frame}")
        for name, slot in self.slots.items():
            for other, value in slot.implies.items():
                if fault := self.slots[other].fault(value, None):
                    raise PlaceError(("slots", name, "implies"), f"{other} {fault}")
        if sum(slot.splits for slot in self.slots.values()) > 1:
            raise PlaceError(("slots",), "more than one `splits`, so an event would be of two classes")
        return self

    def _named(self) -> Iterable[tuple[tuple[str, ...], Iterable[str]]]:
        """Where the head names slots, and which."""
        yield ("needs",), [name for need in self.needs for name in need]
        yield ("labelled",), [name for need in self.labelled for name in need]
        yield ("page",), [*self.page.who, *self.page.what, *self.page.tally]
        for name, slot in self.slots.items():
            yield ("slots", name, "implies"), slot.implies
            if listed := slot.listed:
                cover = [listed.covers] if listed.covers else []
                yield ("slots", name, "listed"), [listed.names, *cover, *listed.beside, *listed.among]

    def with_key(self, key: str) -> list[str]:
        """The slots whose entry says `key`."""
        if key not in self.marked:
            self.marked[key] = [name for name, slot in self.slots.items() if getattr(slot, key)]
        return self.marked[key]

    @cached_property
    def marked(self) -> dict[str, list[str]]:
        """What `with_key` was asked for so far."""
        return {}

    @cached_property
    def public(self) -> dict[str, Slot]:
        """The slots of its events, without those that serve merging alone."""
        return {name: slot for name, slot in self.slots.items() if name[0] != "_"}

    @cached_property
    def single(self) -> list[str]:
        """Slots of which two values are two events."""
        return [name for name, slot in self.public.items() if slot.single]

    @cached_property
    def core(self) -> list[str]:
        """The slots that an event stands or falls with; none where the file marks none."""
        return self.with_key("core")

    @cached_property
    def class_slot(self) -> str | None:
        """The slot whose value is the event's class."""
        return next(iter(self.with_key("splits")), None)

    def role(self, role: Literal["source", "recipient"]) -> list[str]:
        """The slots of those whom the coding schemes call so."""
        return [name for name, slot in self.slots.items() if slot.role == role]

    @property
    def leading(self) -> list[str]:
        """The slots of those who lead an event's line."""
        return self.page.who or self.role("source") or [n for n, slot in self.public.items() if slot.kind == "actor"]

    def missing(self, filled: set[str]) -> list[str]:
        """What an event that people label, with these slots filled, lacks, as text; empty if nothing."""
        needs = self.labelled or self.needs
        if not needs or any(filled.issuperset(need) for need in needs):
            return []
        if len(needs) == 1:
            return [name for name in needs[0] if name not in filled]
        return [" or ".join(" and ".join(need) for need in needs)]

    def sound(self, slots: Mapping[str, list[Filler]]) -> tuple[dict[str, list[Filler]], list[Misfilled]]:
        """Slots with the fillers of their kind alone, and what had to be left out: slot, filler and why.

        A slot that the type does not have is left out without a word: chunks carry parts that another type uses. A slot
        for merging alone that no entry declares (a count by names, another happening's date) passes as it is. A number
        where words are wanted is told by its words (two leaders).
        """
        kept: dict[str, list[Filler]] = {}
        dropped: list[Misfilled] = []
        for name, fillers in slots.items():
            slot = self.slots.get(name)
            if slot is None:
                if name[0] == "_":
                    kept[name] = fillers
                continue
            for filler in fillers:
                if slot.kind in ("actor", "words") and isinstance(filler.value, int):
                    filler = filler.model_copy(update={"value": " ".join(filler.text.split())})
                fault = slot.fault(filler.value, filler.actor)
                if fault is None and name in kept and slot.single and slot.kind in ("integer", "flag"):
                    fault = "holds one value, and has one"
                if fault:
                    dropped.append((name, filler, fault))
                else:
                    kept.setdefault(name, []).append(filler)
        return kept, dropped


def _is_day(value: str) -> bool:
    """Whether an ISO date, year and month, or year is of the calendar, and of a time that news tells of."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value) or int(value[:4]) not in _YEARS:
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True
