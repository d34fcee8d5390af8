"""docs/RULES.md says what the rule language is now, and says something of every key."""

from __future__ import annotations

import re

import pytest

from pipeline.frames.rules.guide import MODELS, PAGE, guide, in_words, meaning
from pipeline.frames.rules.schema import Item


def test_the_page_is_current() -> None:
    def timeless(page: str) -> str:
        return re.sub(r"fires \d+", "fires N", page)

    assert timeless(PAGE.read_text(encoding="utf-8")) == timeless(guide({})), "write it anew: python -m pipeline rules"


def test_every_key_has_a_meaning() -> None:
    silent = [f"{model.__name__}.{key}" for model in MODELS for key in model.model_fields if not meaning(model, key)]
    assert silent == []


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"all": "veto+verb", "trigger": True}, "[veto and verb **trigger**]"),
        ({"any": "actor, power", "slot": "by", "op": "?"}, "[one of actor, power, maybe → by]"),
        ({"gap": 3}, "(up to 3 chunks of the clause)"),
        ({"reach": 6, "none": "veto"}, "(up to 6 chunks: not veto)"),
    ],
)
def test_an_item_is_told_in_words(item: dict[str, object], words: str) -> None:
    assert in_words(Item.model_validate(item)) == words
