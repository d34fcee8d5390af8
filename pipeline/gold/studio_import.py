"""Label Studio's JSON export back to gold: every region checked against the text, repaired where it is plain what was
meant, refused otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import GoldError
from pipeline.gold.assemble import Assembler, RawFiller, RawMention, Span
from pipeline.gold.repair import repair
from pipeline.gold.studio_export import ACTOR, ENTITY, EVENT, MODALITY, SLOT, TRIGGER, VALUE
from pipeline.records import EntityLabel, GoldArticle, Modality, Story


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
    split: str
    stories: list[Story]


class _Task(_Lenient):
    data: _Data
    annotations: list[_Annotation] = Field(default_factory=list)


def read_export(path: Path, texts: Mapping[str, str], split: str | None = None) -> Iterator[GoldArticle]:
    """The gold of every annotated task of a JSON export; tasks that nobody submitted are passed over.

    texts: article → text as in its file. split: for all of them, else the one each task was exported with. Raises
    GoldError naming file, article and region for an export of another format, a text that is not the file's, several
    annotations of one task, and whatever does not fit.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(path, f"is no JSON: {error}", "Export from Label Studio as JSON") from error
    if not isinstance(raw, list):
        raise GoldError(path, "holds no list of tasks", "Export from Label Studio as JSON")
    for number, item in enumerate(raw, 1):
        try:
            task = _Task.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise GoldError(
                f"{path}: task {number}",
                f"{place}: {first['msg']}",
                "Export as JSON (not JSON-MIN) what `gold export` wrote",
            ) from error
        done = [annotation for annotation in task.annotations if not annotation.was_cancelled]
        if len(done) > 1:
            raise GoldError(
                f"{path}: {task.data.article}",
                f"has {len(done)} annotations",
                "Keep one, or import them apart and compare",
            )
        if done:
            yield _gold(path, task.data, done[0], texts, split)


def _gold(path: Path, data: _Data, annotation: _Annotation, texts: Mapping[str, str], split: str | None) -> GoldArticle:
    place = f"{path}: {data.article}"
    text = texts.get(data.article)
    if text is None:
        raise GoldError(place, f"there is no {data.article}.txt in the sources", "Put it back, or drop the task")
    if text != data.text:
        raise GoldError(place, "the text has changed since the export", "Export it again, and label that")
    reader = _Reader(place, text, annotation.result)
    assembler = Assembler(str(path), data.article, text, data.stories)
    return assembler.gold(
        split or data.split, f"label-studio:{annotator(annotation)}", reader.entities(), reader.mentions()
    )


def annotator(annotation: _Annotation) -> str:
    """Who submitted it: an e-mail address or a number, as the export has it."""
    who = annotation.completed_by
    return str(who.get("email") or who.get("id")) if isinstance(who, dict) else str(who)


class _Reader:
    """The regions of one annotation, with their attributes and arrows."""

    def __init__(self, place: str, text: str, results: list[_Result]) -> None:
        self.place = place
        self.labels: dict[str, tuple[str, str, Span]] = {}
        self.attributes: dict[tuple[str, str], str] = {}
        self.arrows: list[tuple[str, str]] = []
        for result in results:
            if result.type == "relation":
                self.arrows.append((result.from_id, result.to_id))
            elif result.type == "labels":
                self.labels[result.id] = (result.from_name, self.label(result), self.span(text, result))
            elif result.type in ("choices", "textarea"):
                values = result.value.choices or result.value.text or []
                self.attributes[result.id, result.from_name] = "".join(values[:1]).strip()
            else:
                raise GoldError(place, f"region {result.id} is of the type {result.type!r}", "Use our configuration")

    def label(self, result: _Result) -> str:
        if len(result.value.labels) != 1:
            raise GoldError(
                self.place, f"region {result.id} has {len(result.value.labels)} labels", "Give every region one label"
            )
        return result.value.labels[0]

    def span(self, text: str, result: _Result) -> Span:
        value = result.value
        if value.start is None or value.end is None:
            raise GoldError(self.place, f"region {result.id} has no start and end", "Export as JSON")
        words = value.text if isinstance(value.text, str) else None
        return repair(text, value.start, value.end, words, f"{self.place}: region {result.id}")

    def entities(self) -> Iterator[tuple[EntityLabel, Span]]:
        for name, (control, label, span) in self.labels.items():
            if control == ENTITY:
                if label not in get_args(EntityLabel):
                    raise GoldError(self.place, f"region {name} has the label {label!r}", "Use our configuration")
                yield label, span  # type: ignore[misc]

    def mentions(self) -> list[RawMention]:
        found = []
        linked: set[str] = set()
        for name, (control, label, span) in self.labels.items():
            if control != EVENT:
                continue
            targets = [end for start, end in self.arrows if start == name] + [
                start for start, end in self.arrows if end == name
            ]
            rows = {target: self.labels[target] for target in dict.fromkeys(targets) if target in self.labels}
            linked |= rows.keys()
            triggers = [row[2] for row in rows.values() if row[0] == SLOT and row[1] == TRIGGER]
            if len(triggers) != 1:
                raise GoldError(
                    self.place,
                    f"the mention {name} has {len(triggers)} triggers",
                    "Draw an arrow from it to its trigger",
                )
            modality = self.attributes.get((name, MODALITY)) or "actual"
            if modality not in get_args(Modality):
                raise GoldError(
                    self.place, f"the mention {name} has the modality {modality!r}", "Use our configuration"
                )
            found.append(
                RawMention(
                    name=name,
                    type=label,
                    span=span,
                    trigger=triggers[0],
                    modality=self.modality(modality),
                    fillers=[
                        RawFiller(
                            slot=row[1],
                            span=row[2],
                            value=self.attributes.get((target, VALUE)) or None,
                            actor=self.attributes.get((target, ACTOR)) or None,
                        )
                        for target, row in rows.items()
                        if row[0] == SLOT and row[1] != TRIGGER
                    ],
                    same=[target for target, row in rows.items() if row[0] == EVENT],
                )
            )
        for name, (control, label, _) in self.labels.items():
            if control == SLOT and name not in linked:
                raise GoldError(
                    self.place, f"the {label} {name} belongs to no event", "Draw an arrow from a mention to it"
                )
        return found

    @staticmethod
    def modality(value: str) -> Modality:
        return next(known for known in get_args(Modality) if known == value)
