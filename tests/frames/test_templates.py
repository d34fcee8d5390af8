"""A family writes one pattern for several camps."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.frames.rules.templates import expand

RULE: dict[str, Any] = {
    "id": "vote.{camp}.count",
    "pattern": [{"all": "{verb}", "trigger": True}, {"all": "count", "slot": "{slot}"}, "{tail}"],
    "matches": {"for": [{"text": "أيدته دولتان"}], "against": [{"text": "عارضته دولتان"}]},
    "misses": {"for": ["أيدته"], "against": ["عارضته"]},
    "priority": {"against": 3},
}
CAMPS = {
    "for": {"verb": "favour", "slot": "in_favour", "tail": [{"gap": 2}, {"all": "draft"}]},
    "against": {"verb": "oppose", "slot": "against", "tail": []},
}


def family(**changed: Any) -> dict[str, Any]:
    return {"frame": "x", "families": [{"camps": CAMPS, "rules": [{**RULE, **changed}]}], "rules": [{"id": "own"}]}


def test_a_rule_is_written_for_every_camp() -> None:
    first, second, own = expand(family())["rules"]
    assert [first["id"], second["id"], own["id"]] == ["vote.for.count", "vote.against.count", "own"]
    assert first["pattern"][0] == {"all": "favour", "trigger": True}
    assert first["pattern"][1:] == [{"all": "count", "slot": "in_favour"}, {"gap": 2}, {"all": "draft"}]
    assert second["pattern"][1:] == [{"all": "count", "slot": "against"}]
    assert second["misses"] == ["عارضته"]
    assert ("priority" in first, second["priority"]) == (False, 3)


def test_a_rule_may_be_for_one_camp() -> None:
    assert [rule["id"] for rule in expand(family(**{"for": ["against"]}))["rules"]] == ["vote.against.count", "own"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"for": ["neutral"]}, "no camp neutral"),
        ({"misses": {"for": ["أيدته"]}}, "no misses for against"),
        ({"id": "vote.{party}"}, "party"),
    ],
)
def test_what_the_family_has_not_is_named(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        expand(family(**changed))


def test_what_tells_of_the_other_camps_is_a_near_miss() -> None:
    rule = {key: value for key, value in RULE.items() if key != "misses"}
    first, second = expand({"families": [{"camps": CAMPS, "rules": [rule]}]})["rules"]
    assert (first["misses"], second["misses"]) == (["عارضته دولتان"], ["أيدته دولتان"])


def test_fill_may_be_given_by_camp() -> None:
    fill = {"for": {"in_favour": "subject"}, "against": {"against": "subject"}}
    first, second, _ = expand(family(fill=fill))["rules"]
    assert (first["fill"], second["fill"]) == ({"in_favour": "subject"}, {"against": "subject"})
