"""Inflection of nisba adjectives (أمريكي): gender, number, the article and the accusative, all derived.

The endings are those of the sound plurals and the dual (Ryding, A Reference Grammar of Modern Standard Arabic, 2005,
ch. 7 and 10): nominative and oblique look different in writing only for the masculine plural and the duals.
"""

from __future__ import annotations

_MASCULINE = ("", "ا", "ان", "ين", "ون")
_FEMININE = ("ة", "تان", "تين", "ات")


def adjective_forms(adjective: str) -> dict[str, str]:
    """All written forms of an adjective given in the masculine singular without ال, each with its gender, 'm' or 'f'.

    Every word of it that ends in ي inflects, all in the same way: كوري جنوبي gives الكورية الجنوبية, and
    جنوب أفريقي gives جنوب أفريقية, الجنوب أفريقية and الجنوب الأفريقية. The accusative ا (روسيا for روسيًّا) goes
    without the article.
    """
    forms: dict[str, str] = {}
    for endings, gender in ((_MASCULINE, "m"), (_FEMININE, "f")):
        for ending in endings:
            parts = [part + ending if part.endswith("ي") else part for part in adjective.split()]
            forms[" ".join(parts)] = gender
            if ending != "ا":
                forms["ال" + " ".join(parts)] = gender
                forms[" ".join("ال" + part for part in parts)] = gender
    return forms
