"""The rules' own examples: each rule must fire on its matches with the slots given, and stay silent on its misses."""

from __future__ import annotations

import pytest

from pipeline.frames.engine import Engine
from pipeline.frames.mentions.comparing import keys
from pipeline.frames.rules.loading import TYPES
from pipeline.records import Section, Sentence, Story

ENGINE = Engine(sorted(path.stem for path in TYPES.glob("*.yaml")))
EXAMPLES = [
    pytest.param(number, rule, example, id=f"{rule.id}-{n}")
    for number, frame in enumerate(ENGINE.types)
    for rule in frame.rules
    for n, example in enumerate(rule.matches)
]
MISSES = [
    pytest.param(number, rule, text, id=f"{rule.id}-{n}")
    for number, frame in enumerate(ENGINE.types)
    for rule in frame.rules
    for n, text in enumerate(rule.misses)
]


def story(text: str) -> Story:
    sentence = Sentence(id="x-1-1", section="body", start=0, end=len(text))
    return Story(story=1, sections=[Section(kind="body", start=0, end=len(text))], sentences=[sentence])


def fired(number: int, text: str) -> set[str]:
    """The rules of a frame type with a match in the text, before mentions compete."""
    name = ENGINE.types[number].frame
    return {
        candidate.rule.id
        for reading in ENGINE.read(text, story(text))
        for candidate in reading.tellings[name].candidates
    }


@pytest.mark.parametrize(("number", "rule", "example"), EXAMPLES)
def test_rule_matches_its_example(number, rule, example):
    assert rule.id in fired(number, example.text)
    found = [e for e in ENGINE.frames("x", example.text, story(example.text)) if e.type == ENGINE.types[number].frame]
    expected = {slot: set(values) for slot, values in example.slots.items()}
    filled = [{slot: keys(e.slots.get(slot, [])) for slot in expected} for e in found]
    assert expected in filled, filled
    for event in found:
        assert event.modality == (example.modality or "actual")
        for filler in (f for values in event.slots.values() for f in values):
            assert example.text[filler.start : filler.end] == filler.text


@pytest.mark.parametrize(("number", "rule", "text"), MISSES)
def test_rule_stays_silent_on_its_near_miss(number, rule, text):
    assert rule.id not in fired(number, text)
