"""What actors are called in the two languages of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pycountry
from babel import Locale

from pipeline.actors.register import load_register


def actor_names(ids: Iterable[str], english: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Names by language for each register id, in the order of the ids.

    States are named as in CLDR, in Arabic as in the register; others in English by `english`. An id that nothing is
    known of stands for itself.
    """
    territories = Locale("en").territories
    actors = load_register().actors
    named = {}
    for actor in sorted(set(ids)):
        country = pycountry.countries.get(alpha_3=actor)
        cldr = territories.get(country.alpha_2) if country else None
        known = actors.get(actor)
        named[actor] = {"en": english.get(actor) or cldr or actor, "ar": known.label if known else actor}
    return named
