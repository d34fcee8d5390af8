"""What the page is told: articles, entities and events as one JSON value of short rows, the same every time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date as Date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from pipeline.actors.register import load_register
from pipeline.frames.rules.heads import frame_types, slot_columns
from pipeline.frames.rules.slots import Labels
from pipeline.records import Entity, Event, Segments, Story
from pipeline.report.names import actor_names
from pipeline.tables.organs import table_id
from pipeline.version import VERSION

_MONTH = 31
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def load_labels() -> dict[str, Any]:
    """The page's words by language: those of labels.yaml beside this module, and what the frame types' files say of the
    types, their slots and the values of these.

    A type also has, by slots, how it is shown: `who`, `what`, `tally`, `sign`, and `splits`, the slot of its class.
    """
    labels = _own_labels()
    kinds = frame_types()
    slots = slot_columns(kinds)
    values = {value: shown for slot in slots.values() for value, shown in slot.values.items()}
    return {
        **labels,
        "types": {
            name: {
                **_words(name, kind.labels),
                **kind.page.model_dump(),
                "who": kind.leading,
                "splits": kind.class_slot,
            }
            for name, kind in kinds.items()
        },
        "slots": {**{name: _words(name, slot.labels) for name, slot in slots.items()}, **labels["slots"]},
        "values": {**labels["values"], **{value: _words(value, shown) for value, shown in values.items()}},
    }


@lru_cache(maxsize=1)
def _own_labels() -> dict[str, Any]:
    text = resources.files("pipeline.report").joinpath("labels.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def _words(name: str, labels: Labels | None) -> dict[str, str]:
    """The labels by language; the name in place of those that are not given."""
    return labels.model_dump() if labels else dict.fromkeys(("en", "ar"), name.replace("_", " "))


def payload(
    segments: Sequence[Segments],
    entities: Iterable[Entity],
    events: Sequence[Event],
    texts: Mapping[str, str],
    evaluation: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything that the page shows, as plain values for JSON.

    articles: [{name, short, text, stories, entities}], where an entity is [start, end, label, score] and a story
    {story, title, published, outlet, url, sections: [[kind, start, end]], sentences: [[id, start, end]]};
    events: [{id, type, article: its place, story, modality, date, dated, background,
    slots: {name: [[value, actor, start, end]]}, mentions: [[sentence, start, end, trigger start, trigger end, rule]]}].
    Offsets are code points of the article's text. `date` is ISO to the day, month or year, `dated` says whether it is
    the event's own or that of publication, `background` whether it lies long before the story. Ids of actors are
    those of the tables. states: the ids of those that are states; version: of the code that made the page.
    """
    short = short_names(record.article for record in segments)
    stories = {(record.article, story.story): story for record in segments for story in record.stories}
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        found[entity.article].append(entity)
    places = {record.article: place for place, record in enumerate(segments)}
    return {
        **around(actors_of(events)),
        "articles": [
            {
                "name": record.article,
                "short": short[record.article],
                "text": texts[record.article],
                **article_rest(record, found[record.article]),
            }
            for record in segments
        ],
        "events": [
            event_row(event, places[event.article], stories.get((event.article, event.story))) for event in events
        ],
        "evaluation": evaluation,
    }


def actors_of(events: Iterable[Event]) -> set[str]:
    """Whom the events' slots name, by the ids of the tables."""
    fillers = (filler for event in events for values in event.slots.values() for filler in values)
    # A parliament's own id, and its state's, which is shown beside it.
    return {actor for filler in fillers for actor in (filler.actor, table_id(filler.actor, filler.text)) if actor}


def around(actors: Set[str]) -> dict[str, Any]:
    """What `payload` says beside the articles and their events: words, version, and of those who act their names."""
    labels, register = load_labels(), load_register().actors
    return {
        "labels": {name: part for name, part in labels.items() if name != "actors"},
        "version": VERSION,
        "actors": actor_names(actors, labels["actors"]),
        "states": sorted(actor for actor in actors if actor in register and register[actor].kind == "state"),
    }


def short_names(articles: Iterable[str]) -> dict[str, str]:
    """For each article its name up to the first `_`, or whole where that would not tell it from another."""
    names = list(articles)
    heads: dict[str, int] = defaultdict(int)
    for name in names:
        heads[name.split("_")[0]] += 1
    return {name: head if (head := name.split("_")[0]) and heads[head] == 1 else name for name in names}


def event_date(event: Event, story: Story | None) -> tuple[str | None, str | None]:
    """The event's date as ISO and whose it is: `event` where the text dates it, else that of the story, `published`."""
    for filler in event.slots.get("date", ()):
        if _ISO.fullmatch(str(filler.value)):
            return str(filler.value), "event"
    if story and story.published and _ISO.fullmatch(story.published):
        return story.published, "published"
    return None, None


def background(date: str | None, dated: str | None, story: Story | None) -> bool:
    """Whether a story tells of an event as of something past: its own date ends more than a month before the story."""
    if dated != "event" or not date or not story or not story.published or not _DAY.fullmatch(story.published):
        return False
    latest = date + "-12-31"[len(date) - 10 :] if len(date) < 10 else date
    year, month, day = map(int, latest.split("-"))
    try:
        last = Date(year, month, min(day, monthrange(year, month)[1]))
        return (Date.fromisoformat(story.published) - last).days > _MONTH
    except ValueError:  # no day of the calendar, as a misprint may have it
        return False


def _story(story: Story) -> dict[str, object]:
    return {
        "story": story.story,
        "title": story.title,
        "published": story.published,
        "outlet": story.outlet,
        "url": getattr(story, "url", None),
        "sections": [[section.kind, section.start, section.end] for section in story.sections],
        "sentences": [[sentence.id, sentence.start, sentence.end] for sentence in story.sentences],
    }


def article_rest(record: Segments, entities: Iterable[Entity]) -> dict[str, Any]:
    """What `payload` says of an article beside its names and its text."""
    return {
        "stories": [_story(story) for story in record.stories],
        "entities": [[entity.start, entity.end, entity.label, entity.score] for entity in entities],
    }


def event_row(event: Event, article: int, story: Story | None) -> dict[str, object]:
    """An event as `payload` has it. article: the place of its article; story: its story, if there is one."""
    date, dated = event_date(event, story)
    return {
        "id": event.id,
        "type": event.type,
        "article": article,
        "story": event.story,
        "modality": event.modality,
        "date": date,
        "dated": dated,
        "background": background(date, dated, story),
        "slots": {
            name: [[filler.value, table_id(filler.actor, filler.text), filler.start, filler.end] for filler in fillers]
            for name, fillers in event.slots.items()
        },
        "mentions": [[m.sentence, m.start, m.end, *m.trigger, m.rule] for m in event.mentions],
    }
