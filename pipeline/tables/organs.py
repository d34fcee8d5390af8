"""What organ of a state its words name: parliament, army, opposition …; sectors.yaml lists the words."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pycountry
import yaml

from pipeline.arabic.normalise import fold

PARLIAMENT = "LEG"
SECTORS = Path(__file__).with_name("sectors.yaml")


def organ(words: str) -> str | None:
    """The sector of the organ that the words name; None where they name none, as a state's own name does."""
    folded = fold(words)
    return next((code for code, pattern in _patterns() if pattern.search(folded)), None)


def table_id(actor: str | None, words: str) -> str | None:
    """The id that tables give to who is named by these words. In the records a parliament has the id of its state, for
    which it stands there; in a table the Knesset's vote would read as Israel's, so its id is its own: ISR-LEG."""
    if actor and organ(words) == PARLIAMENT and pycountry.countries.get(alpha_3=actor):
        return f"{actor}-{PARLIAMENT}"
    return actor


@lru_cache(maxsize=1)
def sectors() -> dict[str, Any]:
    """The file sectors.yaml."""
    read: dict[str, Any] = yaml.safe_load(SECTORS.read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """For each sector its words, each with what may be attached to it."""
    return [
        (
            code,
            re.compile(r"(?<!\w)[وفبلك]{0,2}(?:ال|لل?)?(?:" + "|".join(map(re.escape, map(fold, words))) + r")(?!\w)"),
        )
        for code, words in sectors()["words"].items()
    ]
