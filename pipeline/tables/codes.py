"""The coding schemes' data beside this module: codes.yaml for CAMEO and PLOVER, cow.yaml for Correlates of War."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipeline.arabic.clitics import readings
from pipeline.arabic.normalise import fold
from pipeline.arabic.verbs import conjugate
from pipeline.arabic.words import words
from pipeline.errors import RuleError
from pipeline.records import Event, Modality

Scheme = Literal["cameo", "plover"]
Reason = Literal[
    "no_coding", "cameo_modality", "plover_modality", "no_source", "unknown_actor", "group", "no_cow", "no_iso",
    "coarse_date", "no_date",
]  # fmt: skip


class Strict(BaseModel):
    """Base of all that is read: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class Category(Strict):
    """What PLOVER calls an event: its category, the mode of it and the context."""

    event: str
    mode: str
    context: str


class Coding(Strict):
    """How events of a frame type are coded. `unsaid` tells why a scheme has no code where it has none."""

    frame: str
    when: dict[str, str | int | bool] = {}
    trigger: str | None = None
    cameo: str | None = None
    plover: Category | None = None
    unsaid: dict[Scheme, str] = {}

    @model_validator(mode="after")
    def _coded_or_told_why_not(self) -> Self:
        for scheme, code in (("cameo", self.cameo), ("plover", self.plover)):
            if (code is None) != (scheme in self.unsaid):
                raise ValueError(f"{self.frame}: either a code of {scheme} or the reason why there is none")
        return self


class Family(Strict):
    """Words by verbs (past and present stem, inflected) and as they are; attached particles are no part of them."""

    verbs: list[tuple[str, str]] = []
    words: list[str] = []

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(map(fold, self.words)).union(*(conjugate(past, present) for past, present in self.verbs))

    def has(self, text: str) -> bool:
        """Whether a word of the text is of the family."""
        return any(reading.stem in self.forms for word in words(text) for reading in readings(word.norm))


class Treatment(Strict):
    """What each scheme makes of a modality; `context` is what PLOVER adds."""

    cameo: bool = False
    plover: bool = False
    context: str | None = None


class Codes(Strict):
    """codes.yaml."""

    codebook: str
    cameo: dict[str, str]
    quads: dict[str, int]
    codings: list[Coding]
    triggers: dict[str, Family]
    modalities: dict[Modality, Treatment]
    ngos: list[str]
    unsaid: dict[Reason, str]

    def coding(self, event: Event, triggers: list[str]) -> Coding | None:
        """The first coding that fits; triggers: the words at the trigger of each of the event's mentions."""
        return next((coding for coding in self.codings if self._fits(coding, event, triggers)), None)

    def _fits(self, coding: Coding, event: Event, triggers: list[str]) -> bool:
        if coding.frame != event.type:
            return False
        if any(value not in [f.value for f in event.slots.get(slot, ())] for slot, value in coding.when.items()):
            return False
        return coding.trigger is None or any(self.triggers[coding.trigger].has(text) for text in triggers)


@lru_cache(maxsize=1)
def load_codes() -> Codes:
    """The schemes' codes. Raises RuleError (E601) naming the place at fault."""
    try:
        codes = Codes.model_validate(_read("codes.yaml"))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RuleError("pipeline/tables/codes.yaml", f"{place}: {first['msg']}", "See the file's head") from error
    for coding in codes.codings:
        if coding.cameo not in {None, *codes.cameo} or coding.trigger not in {None, *codes.triggers}:
            raise RuleError("pipeline/tables/codes.yaml", f"{coding.frame}: unknown code or trigger", "List it there")
    return codes


@lru_cache(maxsize=1)
def load_cow() -> dict[str, tuple[int, str]]:
    """COW's number and letters of a state by its ISO 3166-1 alpha-3 code."""
    return {iso: (number, letters) for iso, (number, letters) in _read("cow.yaml").items()}


def _read(name: str) -> Any:
    return yaml.safe_load(resources.files("pipeline.tables").joinpath(name).read_text(encoding="utf-8"))
