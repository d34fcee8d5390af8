"""Gold or drafts to Label Studio: pre-annotated tasks and the labelling configuration that goes with them.

An event is drawn as its mentions: a region of the event's type over the mention's words, from which arrows lead to the
region of its trigger, to the regions of its fillers, labelled by slot, and to the other mentions of the same event.
Modality, actor and value are attributes of the single region. Stories and sentences travel in the task's data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args
from xml.etree import ElementTree as Xml

from pipeline.frames.rules.heads import frame_types
from pipeline.records import Entity, EntityLabel, Event, Filler, GoldArticle, Modality

TEXT, ENTITY, EVENT, SLOT = "text", "entity", "event", "slot"
MODALITY, VALUE, ACTOR = "modality", "value", "actor"
TRIGGER = "trigger"
_COLOURS = {
    "PERS": "#7c5cd6",
    "LOC": "#2f855a",
    "ORG": "#2b6cb0",
    "MISC": "#b7791f",
    "veto": "#c53030",
    "vote_tally": "#6b46c1",
    "ceasefire_call": "#2c7a7b",
}


def configuration() -> str:
    """The labelling interface as Label Studio's XML: right to left, one palette each for entities, events and slots."""
    view = Xml.Element("View", style="direction: rtl; text-align: right")
    Xml.SubElement(view, "Header", value="$article")
    _palette(view, ENTITY, list(get_args(EntityLabel)))
    _palette(view, EVENT, list(frame_types()))
    _palette(view, SLOT, [TRIGGER, *dict.fromkeys(slot for kind in frame_types().values() for slot in kind.public)])
    Xml.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    modality = Xml.SubElement(
        view, "Choices", name=MODALITY, toName=TEXT, perRegion="true", whenTagName=EVENT, choice="single-radio"
    )
    for value in get_args(Modality):
        Xml.SubElement(modality, "Choice", value=value)
    for name, hint in (
        (VALUE, "value, where it is not the words: 13, adopted, 2024-02-20"),
        (ACTOR, "actor: USA, UN …"),
    ):
        Xml.SubElement(
            view,
            "TextArea",
            name=name,
            toName=TEXT,
            perRegion="true",
            whenTagName=SLOT,
            placeholder=hint,
            maxSubmissions="1",
            editable="true",
        )
    Xml.indent(view)
    return Xml.tostring(view, encoding="unicode") + "\n"


def _palette(view: Xml.Element, name: str, labels: list[str]) -> None:
    palette = Xml.SubElement(view, "Labels", name=name, toName=TEXT, showInline="true")
    for label in labels:
        Xml.SubElement(palette, "Label", value=label, background=_COLOURS.get(label, "#4a5568"))


def task(gold: GoldArticle, text: str) -> dict[str, Any]:
    """One task with the article's labels as a prediction, in Label Studio's JSON; offsets are code points."""
    return {
        "data": {
            "text": text,
            "article": gold.article,
            "sha256": gold.sha256,
            "split": gold.split,
            "stories": [story.model_dump(mode="json", exclude_none=True) for story in gold.stories],
        },
        "predictions": [{"model_version": gold.annotator, "result": list(_results(gold, text))}],
    }


def _results(gold: GoldArticle, text: str) -> Iterator[dict[str, Any]]:
    for number, entity in enumerate(gold.entities, 1):
        yield _region(f"entity-{number}", ENTITY, entity.label, _core(entity), text)
    for number, event in enumerate(gold.events, 1):
        yield from _event(f"event-{number}", event, text)


def _core(entity: Entity) -> tuple[int, int]:
    return entity.core[0], entity.core[1]


def _event(name: str, event: Event, text: str) -> Iterator[dict[str, Any]]:
    first = f"{name}-mention-1"
    for number, mention in enumerate(event.mentions, 1):
        region, span = f"{name}-mention-{number}", (mention.start, mention.end)
        yield _region(region, EVENT, event.type, span, text)
        yield _attribute(region, MODALITY, "choices", [event.modality], span, text)
        yield _region(f"{region}-trigger", SLOT, TRIGGER, mention.trigger, text)
        yield _arrow(region, f"{region}-trigger")
        if number > 1:
            yield _arrow(first, region)
    rows = ((slot, filler) for slot, fillers in event.slots.items() for filler in fillers)
    for number, (slot, filler) in enumerate(rows, 1):
        region, span = f"{name}-filler-{number}", (filler.start, filler.end)
        yield _region(region, SLOT, slot, span, text)
        if (value := stated(filler)) is not None:
            yield _attribute(region, VALUE, "textarea", [value], span, text, key="text")
        if filler.actor:
            yield _attribute(region, ACTOR, "textarea", [filler.actor], span, text, key="text")
        yield _arrow(first, region)


def stated(filler: Filler) -> str | None:
    """The value as text where it says more than the filler's words."""
    if isinstance(filler.value, bool):
        return "true"
    value = str(filler.value)
    return None if value == " ".join(filler.text.split()) else value


def _region(name: str, control: str, label: str, span: tuple[int, int], text: str) -> dict[str, Any]:
    return _attribute(name, control, "labels", [label], span, text)


def _attribute(
    name: str, control: str, kind: str, values: list[str], span: tuple[int, int], text: str, key: str | None = None
) -> dict[str, Any]:
    """A result on a region: its label, or one of its attributes, told apart by control and kind."""
    value: dict[str, Any] = {"start": span[0], "end": span[1], "text": text[slice(*span)]}
    value[key or kind] = values
    return {"id": name, "from_name": control, "to_name": TEXT, "type": kind, "value": value}


def _arrow(start: str, end: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": []}
