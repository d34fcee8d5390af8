"""What actors are called in the two languages of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pycountry
from babel import Locale

from pipeline.actors.register import load_register
from pipeline.tables.organs import PARLIAMENT


def actor_names(ids: Iterable[str], english: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Names by language for each register id, in the order of the ids.

    States are named as in CLDR, in Arabic as in the register; others in English by `english`; a parliament by its
    state. An id that nothing is known of stands for itself.
    """
    territories = Locale("en").territories
    actors = load_register().actors
    named = {}
    for actor in sorted(set(ids)):
        state = actor.removesuffix(f"-{PARLIAMENT}")
        country = pycountry.countries.get(alpha_3=state)
        cldr = territories.get(country.alpha_2) if country else None
        known = actors.get(state)
        names = {"en": english.get(state) or cldr or state, "ar": known.label if known else state}
        named[actor] = (
            names if actor == state else {"en": f"Parliament of {names['en']}", "ar": f"برلمان {names['ar']}"}
        )
    return named
