"""The golden net: events of the seeds, the project's articles and the challenges, each line an event and its rules."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden", ROOT / ".ci" / "golden.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shipped
@pytest.mark.parametrize("part", ["seeds", "articles", "challenges"])
def test_the_events_are_the_golden_ones(part: str) -> None:
    """`python .ci/golden.py` tells the same; where the new ones are right, `--write` keeps them."""
    changed = golden().differences(part)
    assert not changed, "\n".join(changed)


def test_a_line_tells_an_event_and_its_rules() -> None:
    event = {
        "article": "a",
        "type": "veto",
        "modality": "actual",
        "slots": {"vetoer": [{"value": "روسيا", "actor": "RUS"}], "count": [{"value": 2}]},
        "mentions": [{"sentence": "a-1-3", "rules": ["veto.use", "veto.count"]}],
    }
    assert golden().line(event) == "a [1-3] veto actual: count 2; vetoer RUS | veto.use veto.count"
