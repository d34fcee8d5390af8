"""Families of rules: one pattern with variables gives the rules of every camp that it is written for.

After the rule templates of clulab/eidos, one pattern file imported twice with other words, and the macros of SUTime
(Chang and Manning 2012).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_VARIABLE = re.compile(r"\{(\w+)\}")
# Keys of a template rule that hold something else for each camp.
_BY_CAMP = ("matches", "misses", "priority", "set", "fill")


def expand(data: Mapping[str, Any]) -> dict[str, Any]:
    """A rule file's data with the rules of its `families` written out, before the rules of its own.

    A family has `camps`, variables with their values for each camp, and `rules`, in which {variable} stands for the
    value and {camp} for the camp's name; a variable whose value is a list is spliced into the list that it stands in.
    A rule is for all camps, or for those of its key `for`. `matches` and `misses` are given by camp; `priority`, `set`
    and `fill` may be. Where a rule gives no misses, what it matches of the other camps are a camp's near misses. Raises
    ValueError for a variable or a camp that the family has not.
    """
    rules = [
        _rule(rule, camp, {"camp": camp, **family["camps"][camp]})
        for family in data.get("families", [])
        for rule in family["rules"]
        for camp in _camps(rule, family["camps"])
    ]
    rest = {key: value for key, value in data.items() if key != "families"}
    return {**rest, "rules": [*rules, *data.get("rules", [])]}


def _camps(rule: Mapping[str, Any], camps: Mapping[str, Any]) -> list[str]:
    """The camps that a rule is written for."""
    named = rule.get("for", list(camps))
    for camp in named:
        if camp not in camps:
            raise ValueError(f"{rule.get('id')}: the family has no camp {camp}")
    return list(named)


def _rule(rule: Mapping[str, Any], camp: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """One camp's rule."""
    found = {}
    if "misses" not in rule:
        others = (examples for other, examples in rule.get("matches", {}).items() if other != camp)
        rule = {**rule, "misses": {camp: [example["text"] for examples in others for example in examples]}}
    for key, value in rule.items():
        if key == "for":
            continue
        if key in _BY_CAMP and isinstance(value, Mapping) and camp in value:
            value = value[camp]
        elif key in ("matches", "misses"):
            raise ValueError(f"{rule.get('id')}: no {key} for {camp}")
        elif key in ("priority",) and isinstance(value, Mapping):
            continue
        found[key] = _fill(value, values, str(rule.get("id")))
    return found


def _fill(value: Any, values: Mapping[str, Any], rule: str) -> Any:
    """A part of a rule with its variables filled in."""
    if isinstance(value, Mapping):
        return {_fill(key, values, rule): _fill(part, values, rule) for key, part in value.items()}
    if isinstance(value, list):
        filled = []
        for part in value:
            new = _fill(part, values, rule)
            filled += new if isinstance(part, str) and isinstance(new, list) else [new]
        return filled
    if not isinstance(value, str):
        return value
    whole = _VARIABLE.fullmatch(value)
    if whole:
        return _value(whole[1], values, rule)
    return _VARIABLE.sub(lambda match: str(_value(match[1], values, rule)), value)


def _value(name: str, values: Mapping[str, Any], rule: str) -> Any:
    if name not in values:
        raise ValueError(f"{rule}: no variable {name} in this camp")
    return values[name]
