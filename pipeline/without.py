"""What each rule is worth on a set of texts: how many events come out otherwise without it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.extraction import FoundEvent
from pipeline.extractor import Extractor
from pipeline.params import Params


def lost(texts: Mapping[str, str], params: Params) -> dict[str, int]:
    """By rule id, the events that are gone or come out with another modality, slot, place or day when that rule alone
    is off, and those that only then come out; rules without any are left out.

    texts: by the articles' names; read without a tagger, so that the rules alone are compared. Each rule is taken away
    from the texts where it gives something to a mention.
    """
    whole = Extractor(None, params)
    told = {name: list(whole(text, id=name)) for name, text in texts.items()}
    gave: dict[str, list[str]] = defaultdict(list)
    for name, events in told.items():
        for rule in dict.fromkeys(
            rule for event in events for mention in event.record.mentions for rule in mention.rules
        ):
            gave[rule].append(name)
    found: dict[str, int] = {}
    for rule, names in gave.items():
        off = params.frames.model_copy(update={"rules_off": [*params.frames.rules_off, rule]})
        fewer = Extractor(None, params.model_copy(update={"frames": off}))
        changed = sum(_changed(_said(told[name]), _said(fewer(texts[name], id=name))) for name in names)
        if changed:
            found[rule] = changed
    return found


def _changed(one: set[str], other: set[str]) -> int:
    """How many events two readings of a text differ in; one that comes out otherwise is in each of them."""
    return max(len(one - other), len(other - one))


def _said(events: Iterable[FoundEvent]) -> set[str]:
    """Events by what they say and where, whichever rules found them."""
    return {
        json.dumps(
            [
                event.type,
                event.modality,
                event.to_dict()["slots"],
                [[mention.start, mention.end] for mention in event.record.mentions],
            ],
            ensure_ascii=False,
        )
        for event in events
    }
