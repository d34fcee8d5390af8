"""The page's data in parts that stay as they are while their article does, so that they can be kept from run to run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.cache import Cache
from pipeline.files import sha256
from pipeline.happenings.records import Happening
from pipeline.records import Entity, Event, Segments
from pipeline.report.happenings import happening_row
from pipeline.report.page import Encoded, script_json
from pipeline.report.payload import actors_of, around, article_rest, event_row, short_names
from pipeline.report.summary import told


def article_parts(record: Segments, entities: Sequence[Entity], events: Sequence[Event]) -> dict[str, Any]:
    """What `payload` says of one article, as JSON to be kept: all but its text, and what depends on the other articles,
    its short name and its place."""
    stories = {story.story: story for story in record.stories}
    return {
        "name": record.article,
        "path": record.path,
        "sha256": record.sha256,
        "rest": _within(article_rest(record, entities)),
        "events": [_around(event_row(event, 0, stories.get(event.story)), "article") for event in events],
        "ids": [event.id for event in events],
        "actors": sorted(actors_of(events)),
        "told": list(map(told, events)),
    }


def joined(parts: Sequence[Mapping[str, Any]], texts: Sequence[str], cache: Cache) -> dict[str, Any]:
    """What `payload` says of articles, of their parts and texts in their order, but for the evaluation. cache: where
    the words beside them are kept, by who is named."""
    actors = sorted({actor for part in parts for actor in part["actors"]})
    key = sha256(json.dumps(actors))
    words = cache.get(key)
    if words is None:
        words = around(set(actors))
        cache.put(key, words)
    short = short_names(part["name"] for part in parts)
    articles = (
        f"{{{_within({'name': part['name'], 'short': short[part['name']], 'text': text})},{part['rest']}}}"
        for part, text in zip(parts, texts, strict=True)
    )
    events = (f"{head}{place}{tail}" for place, part in enumerate(parts) for head, tail in part["events"])
    return {
        **words,
        "articles": Encoded(f"[{','.join(articles)}]"),
        "events": Encoded(f"[{','.join(events)}]"),
    }


def happening_part(happening: Happening) -> list[Any]:
    """A happening's row for the page in two parts, around the places of its events, and the ids of these."""
    events = [report.event for report in happening.reports]
    row = happening_row(happening, dict.fromkeys(events, 0))
    return [*_around(row, "reports"), events]


def joined_happenings(parts: Iterable[Sequence[Any]], places: Mapping[str, int]) -> Encoded:
    """The rows of happenings, of their parts; those of which the page has no event are left out."""
    rows = []
    for head, tail, events in parts:
        if there := [places[event] for event in events if event in places]:
            rows.append(f"{head}{script_json(there)}{tail}")
    return Encoded(f"[{','.join(rows)}]")


def _within(values: Mapping[str, Any]) -> str:
    """JSON of an object without its braces."""
    return script_json(values)[1:-1]


def _around(row: Mapping[str, Any], name: str) -> list[str]:
    """JSON of an object before and after the value of one of its keys."""
    place = list(row).index(name)
    before, after = dict(list(row.items())[:place]), dict(list(row.items())[place + 1 :])
    head = "{" + "".join(f"{_within({key: one})}," for key, one in before.items()) + f"{script_json(name)}:"
    tail = "".join(f",{_within({key: one})}" for key, one in after.items()) + "}"
    return [head, tail]
