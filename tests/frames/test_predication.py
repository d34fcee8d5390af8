"""A rule with a head reads roles of a clause, wherever its words stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frames.reading import events, told

FILE = """
frame: aid
slots:
  giver: {kind: actor, many: true, core: true, role: source, common: true, link: true, description: who sends}
  taker: {kind: actor, many: true, common: true, description: to whom}
needs: [[giver]]
terms:
  send: {verbs: [[أرسل, رسل]]}
  relief: {words: [مساعدات, معونة]}
rules:
  - id: aid.send
    head: {all: send+verb}
    roles:
      - {role: subject, all: actors, slot: giver}
      - {role: object, all: relief}
      - {role: إلى|ل, all: actors, slot: taker, optional: true}
    matches:
      - text: أرسلت تركيا مساعدات إلى لبنان
        slots: {giver: [TUR], taker: [LBN]}
    misses:
      - أرسلت تركيا وفدا إلى لبنان
"""


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("أرسلت تركيا مساعدات إلى لبنان", {"giver": {"TUR"}, "taker": {"LBN"}}),
        ("تركيا أرسلت مساعدات", {"giver": {"TUR"}}),
        ("أرسلت إلى لبنان تركيا مساعدات", {"giver": {"TUR"}, "taker": {"LBN"}}),
        ("أرسلت تركيا وفدا إلى لبنان لبحث مساعدات", None),
        ("أرسلت مساعدات إلى لبنان", None),
    ],
)
def test_roles_are_filled_from_the_clause(tmp_path: Path, text: str, slots: dict[str, set[str]] | None) -> None:
    (tmp_path / "aid.yaml").write_text(FILE, encoding="utf-8")
    found = events(text, ["aid"], tmp_path)
    assert [told(event) for event in found] == ([] if slots is None else [slots])
