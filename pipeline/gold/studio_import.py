"""Label Studio's JSON export back to gold: every region checked against the text, repaired where it is plain what was
meant, refused otherwise."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import GoldError, GoldErrors, raise_any
from pipeline.gold.assemble import SHOWN, Assembler, RawFiller, RawMention, Span, collected
from pipeline.gold.repair import repair
from pipeline.gold.studio_export import ACTOR, ENTITY, EVENT, MODALITY, SLOT, TRIGGER, VALUE
from pipeline.records import EntityLabel, GoldArticle, Modality, Story
from pipeline.sources import read_json


class _Lenient(BaseModel):
    """Label Studio adds fields from version to version; those that are not needed are passed over."""

    model_config = ConfigDict(extra="ignore")


class _Value(_Lenient):
    start: int | None = None
    end: int | None = None
    text: str | list[str] | None = None
    labels: list[str] = []
    choices: list[str] = []


class _Result(_Lenient):
    id: str = ""
    type: str
    from_name: str = ""
    value: _Value = _Value()
    from_id: str = ""
    to_id: str = ""


class _Annotation(_Lenient):
    id: int | str | None = None
    result: list[_Result]
    was_cancelled: bool = False
    completed_by: Any = None


class _Data(_Lenient):
    text: str
    article: str
    sha256: str
    split: Literal["train", "dev", "test"]
    stories: list[Story]


class _Task(_Lenient):
    data: _Data
    annotations: list[_Annotation] = Field(default_factory=list)


def read_export(path: Path, texts: Mapping[str, str], split: str | None = None) -> tuple[list[GoldArticle], list[str]]:
    """The gold of every annotated task of a JSON export, and the articles of the tasks that nobody submitted.

    texts: article → text as in its file. split: for all of them, else the one each task was exported with. Raises
    GoldError naming file, article and region for an export of another format, a text that is not the file's, several
    annotations of one task, and whatever does not fit; GoldErrors where that is more than one thing.
    """
    articles: list[GoldArticle] = []
    passed_over: list[str] = []
    faults: list[GoldError] = []
    for task in _tasks(path, faults):
        done = [annotation for annotation in task.annotations if not annotation.was_cancelled]
        if not done:
            passed_over.append(task.data.article)
            continue
        with collected(faults):
            articles.append(_gold(path, task.data, done, texts, split))
    raise_any(path, faults)
    return articles, passed_over


def _tasks(path: Path, faults: list[GoldError]) -> Iterator[_Task]:
    """The tasks of an export; what is no task of ours comes to `faults`, with all that its schema has against it."""
    raw = read_json(path, GoldError)
    if not isinstance(raw, list):
        raise GoldError(path, "holds no list of tasks", "Export from Label Studio as JSON")
    for number, item in enumerate(raw, 1):
        try:
            yield _Task.model_validate(item)
        except ValidationError as error:
            do = "Export as JSON (not JSON-MIN) what `gold export` wrote"
            for fault in error.errors():
                place = ".".join(map(str, fault["loc"])) or "the task"
                faults.append(GoldError(f"{path}: task {number}", f"{place}: {fault['msg']}", do))


def _gold(
    path: Path, data: _Data, annotations: list[_Annotation], texts: Mapping[str, str], split: str | None
) -> GoldArticle:
    place = f"{path}: {data.article}"
    if len(annotations) > 1:
        what = f"has {len(annotations)} annotations"
        raise GoldError(place, what, "Keep one, or import them apart and compare")
    text = texts.get(data.article)
    if text is None:
        raise GoldError(place, f"there is no {data.article}.txt in the sources", "Put it back, or drop the task")
    if text != data.text:
        raise GoldError(place, "the text has changed since the export", "Export it again, and label that")
    (annotation,) = annotations
    reader = _Reader(place, text, annotation.result)
    entities, mentions = reader.entities(), reader.mentions()
    if reader.faults:
        raise GoldErrors(place, reader.faults)
    assembler = Assembler(str(path), data.article, text, data.stories)
    return assembler.gold(split or data.split, f"label-studio:{annotator(annotation)}", entities, mentions)


def annotator(annotation: _Annotation) -> str:
    """Who submitted it: an e-mail address or a number, as the export has it."""
    who = annotation.completed_by
    return str(who.get("email") or who.get("id")) if isinstance(who, dict) else str(who)


class _Reader:
    """The regions of one annotation, with their attributes and arrows; what is wrong with them comes to `faults`.

    A region may have a label of several palettes: somebody who marks a name once as place and as vetoer.
    """

    def __init__(self, place: str, text: str, results: list[_Result]) -> None:
        self.place = place
        self.text = text
        self.faults: list[GoldError] = []
        self.labels: dict[str, dict[str, tuple[str, Span]]] = {}
        self.attributes: dict[tuple[str, str], str] = {}
        self.arrows: list[tuple[str, str]] = []
        for result in results:
            with collected(self.faults):
                self.take(result)

    def take(self, result: _Result) -> None:
        value = result.value
        if result.type == "relation":
            self.arrows.append((result.from_id, result.to_id))
        elif result.type in ("choices", "textarea"):
            values = value.choices or ([value.text] if isinstance(value.text, str) else value.text or [])
            self.attributes[result.id, result.from_name] = "".join(values[:1]).strip()
        elif result.type != "labels" or result.from_name not in (ENTITY, EVENT, SLOT):
            what = f"region {result.id} is of the type {result.type!r} and of {result.from_name!r}"
            raise GoldError(self.place, what, "Use our configuration")
        elif value.start is None or value.end is None:
            raise GoldError(self.place, f"region {result.id} has no start and end", "Export as JSON")
        else:
            words = value.text if isinstance(value.text, str) else None
            span = repair(self.text, value.start, value.end, words, f"{self.place}: region {result.id}")
            if len(value.labels) != 1:
                what = f"region {result.id} «{self.text[slice(*span)]}» has {len(value.labels)} labels"
                raise GoldError(self.place, what, "Give every region one label of a palette")
            self.labels.setdefault(result.id, {})[result.from_name] = value.labels[0], span

    def wrong(self, what: str, do: str) -> None:
        self.faults.append(GoldError(self.place, what, do))

    def entities(self) -> list[tuple[EntityLabel, Span]]:
        found: list[tuple[EntityLabel, Span]] = []
        for name, controls in self.labels.items():
            if ENTITY in controls:
                label, span = controls[ENTITY]
                known = [known for known in get_args(EntityLabel) if known == label]
                found += [(known, span) for known in known]
                if not known:
                    words = self.text[slice(*span)]
                    self.wrong(f"region {name} «{words}» has the label {label!r}", "Use our configuration")
        return found

    def mentions(self) -> list[RawMention]:
        """Every mention with its fillers. Nothing is looked for where regions are missing: that would be reported as
        wrong a second time."""
        if self.faults:
            return []
        loose = [name for name, controls in self.labels.items() if len(controls.keys() & {EVENT, SLOT}) == 1]
        if loose and not self.arrows:
            what = f"has {len(loose)} mentions, triggers and slots, but no arrow"
            self.wrong(what, "Draw arrows from each mention to its trigger and slots; an export as JSON holds them")
            return []
        linked: set[str] = set()
        found = [self.mention(name, linked) for name, controls in self.labels.items() if EVENT in controls]
        for name, controls in self.labels.items():
            if SLOT in controls and name not in linked:
                label, span = controls[SLOT]
                what = f"the {label} {name} «{self.text[slice(*span)]}» belongs to no event"
                self.wrong(what, "Draw an arrow from a mention to it")
        return found

    def mention(self, name: str, linked: set[str]) -> RawMention:
        label, span = self.labels[name][EVENT]
        told = f"the mention {name} «{textwrap.shorten(self.text[slice(*span)], SHOWN, placeholder=' …')}»"
        targets = [end for start, end in self.arrows if start == name]
        targets += [start for start, end in self.arrows if end == name]
        others = [target for target in dict.fromkeys(targets) if target in self.labels and target != name]
        same = [target for target in others if EVENT in self.labels[target]]
        # What is mention and slot in one region is its own: an arrow to it leads to the mention.
        slots = [target for target in (name, *others) if target not in same and SLOT in self.labels[target]]
        linked.update(slots)
        for target in others:
            if self.labels[target].keys() == {ENTITY}:
                words = self.text[slice(*self.labels[target][ENTITY][1])]
                what = f"an arrow joins {told} and «{words}», which is an entity but no slot"
                self.wrong(what, "Label the words as a slot too, or delete the arrow")
        fillers = [(target, *self.labels[target][SLOT]) for target in slots]
        triggers = [where for _, slot, where in fillers if slot == TRIGGER]
        if len(triggers) != 1:
            self.wrong(f"{told} has {len(triggers)} triggers", "Draw an arrow from it to its one trigger")
        modality = self.attributes.get((name, MODALITY)) or "actual"
        if modality not in get_args(Modality):
            self.wrong(f"{told} has the modality {modality!r}", "Use our configuration")
        return RawMention(
            name=name,
            type=label,
            span=span,
            trigger=triggers[0] if triggers else span,
            modality=next((known for known in get_args(Modality) if known == modality), "actual"),
            fillers=[
                RawFiller(
                    slot=slot,
                    span=where,
                    value=self.attributes.get((target, VALUE)) or None,
                    actor=self.attributes.get((target, ACTOR)) or None,
                )
                for target, slot, where in fillers
                if slot != TRIGGER
            ],
            same=same,
        )
