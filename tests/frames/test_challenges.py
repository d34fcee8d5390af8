"""Challenge passages: short news texts that no rule was written from, and the events that they tell.

`challenges/TYPE.yaml` is a list of passages, each with `text` (lines are paragraphs), `published` where it matters,
and `events`: what of this type the whole passage tells, none for a near miss. An event lists its `modality` where it
is not actual, and the slots that are asked about, each with the ids or values it must have, no more and no fewer.
A passage that is `missed` is read wrong and known to be: constructions that no real article at hand has, for which no
rule is kept. Whoever makes one right takes the word out, or the test tells it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import srsly

from tests.frames.reading import events, told

FILES = sorted((Path(__file__).parent / "challenges").glob("*.yaml"))
MISSED = pytest.mark.xfail(strict=True, reason="a construction that no rule reads")
PASSAGES = [
    pytest.param(file.stem, passage, id=f"{file.stem}-{number}", marks=MISSED if passage.get("missed") else ())
    for file in FILES
    for number, passage in enumerate(srsly.read_yaml(file), 1)
]


def asked(event: dict[str, Any]) -> dict[str, Any]:
    """An expected event: its modality, and its slots as sets of keys."""
    return {
        slot: values if slot == "modality" else set(values if isinstance(values, list) else [values])
        for slot, values in ({"modality": "actual"} | event).items()
    }


@pytest.mark.parametrize(("kind", "passage"), PASSAGES)
def test_challenge(kind, passage):
    expected = [asked(event) for event in passage["events"]]
    found = [
        {"modality": event.modality} | told(event)
        for event in events(passage["text"], [kind], published=passage.get("published"))
    ]
    assert len(found) == len(expected), found
    for event in expected:
        assert any(all(other.get(slot, set()) == value for slot, value in event.items()) for other in found), (
            event,
            found,
        )
