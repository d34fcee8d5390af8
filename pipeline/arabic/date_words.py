"""The lexicon of dates: dates.yaml as look-up tables over folded words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import yaml

from pipeline.arabic.clitics import readings
from pipeline.arabic.normalise import fold

Direction = Literal["last", "next", "this", "after", None]
Phrases = dict[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """All keys folded. months, english_months, hijri, persian: words of a name → month number in its calendar;
    weekdays: stem → 0 (Monday) to 6; relative: words → days; directions: stem → which one; cues: named sets of stems.
    famous: (day, month) of days named without their year.
    """

    months: Phrases
    english_months: Phrases
    hijri: Phrases
    persian: Phrases
    weekdays: dict[str, int]
    relative: Phrases
    directions: dict[str, Direction]
    cues: dict[str, frozenset[str]]
    famous: frozenset[tuple[int, int]]

    def is_cue(self, name: str, word: str) -> bool:
        """Whether a folded word, under any reading, is in a named set."""
        return any(reading.stem in self.cues[name] for reading in readings(word))


def _phrase(words: str) -> tuple[str, ...]:
    return tuple(fold(words).split())


@lru_cache(maxsize=1)
def date_lexicon() -> DateLexicon:
    """dates.yaml, read once."""
    data = yaml.safe_load(resources.files("pipeline.arabic").joinpath("dates.yaml").read_text(encoding="utf-8"))
    months, english, hijri, persian = (
        {_phrase(name): number for number, names in data[key].items() for name in names}
        for key in ("months", "english_months", "hijri_months", "persian_months")
    )
    directions: dict[str, Direction] = {}
    for direction in ("last", "next", "this", "after"):
        directions |= dict.fromkeys(map(fold, data[direction]), direction)
    cues = {name: words for name, words in data.items() if isinstance(words, list) and isinstance(words[0], str)}
    return DateLexicon(
        months=months,
        english_months=english,
        hijri=hijri,
        persian=persian,
        weekdays={fold(name): day for day, names in data["weekdays"].items() for name in names},
        relative={_phrase(entry["words"]): entry["days"] for entry in data["relative"]},
        directions=directions,
        cues={name: frozenset(map(fold, words)) for name, words in cues.items()},
        famous=frozenset((day, month) for day, months in data["famous_days"].items() for month in months),
    )
