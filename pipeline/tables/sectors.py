"""What sector an actor is of: government, legislature, military, rebels, an organisation of states …; sectors.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from pipeline.actors.register import load_register
from pipeline.arabic.normalise import fold
from pipeline.records import Filler
from pipeline.tables.codes import load_codes


def sector(filler: Filler) -> str | None:
    """The sector of who fills a slot, None where the register does not know them."""
    known = load_register().actors.get(filler.actor or "")
    if known is None:
        return None
    if known.kind == "body":
        return "NGO" if filler.actor in load_codes().ngos else "IGO"
    if known.kind == "group":
        return str(_sectors()["groups"].get(filler.actor, "REB"))
    text = fold(filler.text)
    return next((code for code, pattern in _patterns() if pattern.search(text)), "GOV")


@lru_cache(maxsize=1)
def _sectors() -> dict[str, Any]:
    text = resources.files("pipeline.tables").joinpath("sectors.yaml").read_text(encoding="utf-8")
    sectors: dict[str, Any] = yaml.safe_load(text)
    return sectors


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """For each sector its words, each with what may be attached to it."""
    return [
        (
            code,
            re.compile(r"(?<!\w)[وفبلك]{0,2}(?:ال|لل?)?(?:" + "|".join(map(re.escape, map(fold, words))) + r")(?!\w)"),
        )
        for code, words in _sectors()["words"].items()
    ]
