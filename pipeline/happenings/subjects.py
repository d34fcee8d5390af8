"""What a vote or a call is about: places and matters, found in Arabic words and in the record's English."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import pycountry
import yaml

from pipeline.actors.lexicon import Entry, Lexicon
from pipeline.actors.register import load_register
from pipeline.arabic.words import words

# How a state is named where it is what a text is about; capitals and ministries stand for those who act.
_NAMING = frozenset({"name", "adjective", "group"})
_MATTER = "matter:"
# States whose English names are also other words, or parts of other states' names.
_NO_ENGLISH = frozenset({"GEO", "JEY", "NER", "GIN", "TCD", "OMN", "SDN", "COG", "MLI", "IND", "NIU", "JOR"})


@dataclass(frozen=True, slots=True)
class About:
    """Ids of places (ISO 3166 codes, or those of subjects.yaml) and of matters."""

    places: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()

    def __or__(self, other: About) -> About:
        return About(self.places | other.places, self.matters | other.matters)


class Subjects:
    """subjects.yaml with the names of all states.

    lexicon: Arabic phrases to ids, matters under `matter:ID`; parties: groups to the state where they fight.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.parties: dict[str, str] = data["parties"]
        self.lexicon = Lexicon()
        register = load_register()
        for actor in register.actors.values():
            for phrase in actor.names:
                if any(e.actor == actor.id and e.form in _NAMING for e in register.lexicon.get(phrase)):
                    self.lexicon.add(Entry(phrase, self.place(actor.id)))
        english = {country.alpha_3: _english_names(country) for country in pycountry.countries}
        for kind, prefix in (("places", ""), ("matters", _MATTER)):
            for name, terms in data[kind].items():
                for phrase in terms["ar"]:
                    self.lexicon.add(Entry(phrase, prefix + name))
                english[prefix + name] = terms["en"]
        self._english: dict[str, set[str]] = defaultdict(set)
        for name, starts in english.items():
            for start in starts:
                self._english[start.lower()].add(name)
        longest_first = sorted(self._english, key=lambda start: (-len(start), start))
        # Looking ahead takes no letters: what one match covers is for `english` to say (South Sudan is not Sudan).
        self._starts = re.compile(r"\b(?=(" + "|".join(map(re.escape, longest_first)) + "))")

    def arabic(self, text: str) -> About:
        """What Arabic words name. A phrase may be a place and a matter (المستوطنات); a longer one hides a shorter."""
        ws = words(text)
        found: set[str] = set()
        covered = 0
        for index in range(len(ws)):
            match = self.lexicon.match(ws, index)
            if match and match.end > covered:
                found |= {entry.actor for entry in match.entries if entry.actor}
                covered = match.end
        return _about(found)

    def english(self, text: str) -> About:
        """What the record's English names."""
        found: set[str] = set()
        covered = 0
        for match in self._starts.finditer(text.lower()):
            if match.end(1) > covered:
                found |= self._english[match.group(1)]
                covered = match.end(1)
        return _about(found)

    def place(self, actor: str) -> str:
        """The place that an actor stands for: a group the state where it fights, anybody else themselves."""
        return self.parties.get(actor, actor)


@lru_cache(maxsize=1)
def load_subjects() -> Subjects:
    """subjects.yaml, read once."""
    text = resources.files("pipeline.happenings").joinpath("subjects.yaml").read_text(encoding="utf-8")
    return Subjects(yaml.safe_load(text))


def _english_names(country: Any) -> list[str]:
    if country.alpha_3 in _NO_ENGLISH:
        return []
    common = getattr(country, "common_name", country.name)
    return [common.split(",")[0].split(" (")[0]]


def _about(found: Iterable[str]) -> About:
    ids = list(found)
    return About(
        frozenset(name for name in ids if not name.startswith(_MATTER)),
        frozenset(name.removeprefix(_MATTER) for name in ids if name.startswith(_MATTER)),
    )
