"""Outlets and agencies: the names that credits print, and one id for all names of one outlet."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from pipeline.arabic.normalise import fold

_LABELLED = "only_labelled"
# What a credit puts before and behind the name itself.
_BEFORE = re.compile(
    r"(?:(?:ال)?(?:وكاله|وكالة|صحيفة|جريدة|موقع|شبكة|قناة|فضائية|مجلة|اذاعة|راديو)\s+)(?:(?:ال)?انباء\s+)?|عن\s+|\W+"
)
_BEHIND = re.compile(r"(?:\s+(?:للانباء|الاخبارية|الاخباري|الدولية|نيوز))?\W*$")
_BETWEEN = re.compile(r"[\s.\u0640]+")


@lru_cache(maxsize=1)
def _register() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The outlets known by their name alone, and those known only behind a label, by id."""
    raw = yaml.safe_load(Path(__file__).with_name("outlets.yaml").read_text(encoding="utf-8"))
    labelled = raw.pop(_LABELLED)
    return raw, labelled


def outlet_names() -> list[str]:
    """The names that are an outlet's wherever they stand alone on a line or in brackets."""
    return [name for names in _register()[0].values() for name in names]


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    return {_key(name): id_ for register in _register() for id_, names in register.items() for name in names}


def outlet_id(printed: str) -> str | None:
    """The id of an outlet by the words of a credit, None where the register does not have it."""
    name = fold(printed)
    start = 0
    while match := _BEFORE.match(name, start):
        start = match.end()
    bare = name[start:]
    shorter = bare[: behind.start()] if (behind := _BEHIND.search(bare)) else bare
    return next((_ids()[key] for form in (name, bare, shorter) if (key := _key(form)) in _ids()), None)


def _key(name: str) -> str:
    """What two prints of one name share: no spaces, no dots, no article."""
    return _BETWEEN.sub("", re.sub(r"[^\w\s.]", "", fold(name))).removeprefix("ال")
