"""What a rule is worth: the events that come out otherwise when it alone is off."""

from __future__ import annotations

import pytest

from pipeline.params import Params
from pipeline.without import lost

VETO = "استخدمت روسيا حق النقض في مجلس الأمن ضد مشروع قرار كيني."


@pytest.mark.parametrize(
    ("texts", "rule", "events"),
    [
        ({"a": VETO}, "veto.use.verb-subject", 1),
        ({"a": VETO, "b": VETO.replace("روسيا", "الصين")}, "veto.use.verb-subject", 2),
        ({"a": VETO}, "veto.body.council", 0),  # another rule gives the body, too
        ({"a": "أدانت مصر الهجوم."}, "veto.use.verb-subject", 0),
    ],
)
def test_what_is_lost_without_a_rule(texts: dict[str, str], rule: str, events: int) -> None:
    assert lost(texts, Params()).get(rule, 0) == events
