"""Compact labels, written by hand as YAML, to a gold article: words become spans, and whatever does not fit is an error
that names the line. The format is described in data/gold/FORMAT.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pipeline.arabic.normalise import fold
from pipeline.errors import GoldError, GoldErrors, raise_any
from pipeline.files import sha256
from pipeline.gold.author_events import Events
from pipeline.gold.check import problems
from pipeline.gold.lines import Map, load_yaml
from pipeline.gold.locate import NotFoundError, locate, tile
from pipeline.gold.shapes import Shapes
from pipeline.gold.spans import trim, whole_tokens
from pipeline.records import Entity, EntityLabel, Event, GoldArticle, Section, SectionKind, Sentence, Story

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def compile_labels(path: Path, texts: Mapping[str, str] | Callable[[str], str]) -> GoldArticle:
    """The gold article that the compact labels in `path` describe. `texts` gives an article's text by its stem.

    Raises GoldError naming file and line for YAML that is broken, keys unknown or missing, shapes that are others than
    expected, and words that are not, or not only once, where they should be; GoldErrors where that is more than one.
    """
    shapes = Shapes(path)
    top = shapes.mapping(load_yaml(path), "the file", {"article", "split", "annotator", "stories"})
    article = shapes.words(top["article"], "article")
    text = texts(article) if callable(texts) else texts.get(article)
    if text is None:
        do = "Name the stem of a .txt file of the sources"
        shapes.fail(article, f"no text of the article {str(article)[:80]!r} is known", do)
    with shapes.apart():
        if shapes.words(top["split"], "split") not in ("train", "dev", "test"):
            shapes.fail(top["split"], f"the split is {str(top['split'])[:40]!r}", "Write train, dev or test")
    with shapes.apart():
        shapes.words(top["annotator"], "annotator")
    stories, entities, events = _Author(shapes, article, text).stories(top)
    raise_any(path, shapes.faults)
    return GoldArticle(
        article=str(article),
        sha256=sha256(text),
        split=top["split"],
        annotator=str(top["annotator"]),
        stories=stories,
        entities=entities,
        events=events,
    )


def compile_all(files: Sequence[Path], texts: Mapping[str, str], actors: Collection[str]) -> list[GoldArticle]:
    """The gold of several files of compact labels, checked as `gold check` does. Raises GoldErrors for
    all that is wrong with any of them."""
    found: dict[str, GoldArticle] = {}
    faults: list[GoldError] = []
    for file in files:
        try:
            gold = compile_labels(file, texts)
        except GoldError as error:
            faults += error.errors
            continue
        if gold.article in found:
            faults.append(GoldError(file, f"{gold.article} is labelled by another file too", "Give one of them"))
        found[gold.article] = gold
        for problem in problems(file, gold, texts[gold.article], actors):
            faults.append(GoldError(f"{file}: {problem.place}", problem.what, "Mend the labels"))
    if faults:
        raise GoldErrors(" ".join(map(str, files)), faults)
    return list(found.values())


@dataclass
class _Author:
    """Turns the parsed YAML of one article into records. `shapes` lists what is wrong with it."""

    shapes: Shapes
    article: str
    text: str

    def stories(self, top: Map) -> tuple[list[Story], list[Entity], list[Event]]:
        """Everything that the file says of the article; what is wrong is left out of it, and listed."""
        raw_stories: list[Map] = []
        with self.shapes.apart():
            for raw in self.shapes.items(top["stories"]):
                raw_stories.append(self.shapes.mapping(raw, "a story", {"sections"}, {"published", "outlet", "events"}))
            if not raw_stories:
                self.shapes.fail(top, "the file lists no stories")
            cut = self.sections(raw_stories)
            found = [self.story(*row) for row in zip(range(1, len(cut) + 1), raw_stories, cut, strict=True)]
            return (
                [story for story, _, _ in found],
                [entity for _, entities, _ in found for entity in entities],
                [event for _, _, events in found for event in events],
            )
        return [], [], []

    def sections(self, stories: list[Map]) -> list[list[tuple[Section, Map]]]:
        """Sections of all stories, each with its YAML: together they cut the whole text."""
        rows = [(number, raw) for number, story in enumerate(stories) for raw in self.shapes.items(story["sections"])]
        kinds: list[SectionKind] = []
        faults: list[GoldError] = []
        for story in stories:
            if not self.shapes.items(story["sections"]):
                faults.append(self.shapes.fault(story, "the story lists no sections"))
        for _, raw in rows:
            try:
                kinds.append(self.section_kind(raw))
            except GoldError as error:
                faults += error.errors
        # Where one piece of the text is not known, none after it can be placed.
        raise_any(self.shapes.path, faults)
        pieces = [raw[kind] for kind, (_, raw) in zip(kinds, rows, strict=True)]
        spans = self.tile((0, len(self.text)), pieces)
        sections: list[list[tuple[Section, Map]]] = [[] for _ in stories]
        for kind, (number, raw), (start, end) in zip(kinds, rows, spans, strict=True):
            sections[number].append((Section(kind=kind, start=start, end=end), raw))
        return sections

    def section_kind(self, raw: Any) -> SectionKind:
        """The kind that a section's mapping names by its key."""
        section = self.shapes.mapping(raw, "a section", (), {*get_args(SectionKind), "sentences"})
        kinds = [kind for kind in get_args(SectionKind) if kind in section]
        if len(kinds) != 1:
            self.shapes.fail(raw, "a section should be `kind: first words` or `kind: first words >> last words`")
        if "sentences" in section and kinds[0] not in ("headline", "body"):
            self.shapes.fail(raw, f"a {kinds[0]} has no sentences", "Only headline and body have")
        return kinds[0]

    def tile(self, within: tuple[int, int], pieces: list[Any]) -> list[tuple[int, int]]:
        """The spans of consecutive pieces, each given by its first words and, after >>, its last."""
        for piece in pieces:
            first = self.shapes.words(piece, "the beginning of a section or sentence").partition(">>")[0]
            if not fold(first).strip():
                self.shapes.fail(piece, "the beginning of a section or sentence holds no letters")
        try:
            return tile(self.text, *within, pieces)
        except NotFoundError as error:
            what, *index = error.args
            self.shapes.fail(pieces[index[0]] if index else pieces[0], what, "Copy the words from the text")

    def story(
        self, number: int, raw: Map, sections: list[tuple[Section, Map]]
    ) -> tuple[Story, list[Entity], list[Event]]:
        """A story with its entities and events. Events name sentences by number, so none is read where a section's
        sentences are not known."""
        story = Story(story=number, sections=[section for section, _ in sections], sentences=[])
        with self.shapes.apart():
            story.published = self.day(raw)
        with self.shapes.apart():
            story.outlet = str(self.shapes.words(raw["outlet"], "outlet")) if raw.get("outlet") else None
        entities: list[Entity] = []
        whole = True
        for section, labels in sections:
            if section.kind not in ("headline", "body"):
                continue
            if section.kind == "headline" and story.title is None:
                story.title = self.text[section.start : section.end].splitlines()[0].strip()
            before = len(self.shapes.faults)
            with self.shapes.apart():
                rows = self.sentences(labels, section)
                spans = self.tile((section.start, section.end), [row["s"] for row in rows])
                for row, (start, end) in zip(rows, spans, strict=True):
                    name = f"{self.article}-{number}-{len(story.sentences) + 1}"
                    sentence = Sentence(id=name, section=section.kind, start=start, end=end)
                    story.sentences.append(sentence)
                    entities += self.entities(row, sentence)
                continue
            whole = whole and len(self.shapes.faults) == before
        reader = Events(self.shapes, self.article, story, self.text)
        events = reader.events(self.shapes.items(raw.get("events"))) if whole else []
        return story, sorted(entities, key=lambda entity: entity.start), events

    def day(self, raw: Map) -> str | None:
        """The day of publication, as an ISO date."""
        if not raw.get("published"):
            return None
        day = self.shapes.words(raw["published"], "published")
        try:
            if _DAY.fullmatch(day) and date.fromisoformat(day):
                return str(day)
        except ValueError:
            pass
        self.shapes.fail(day, f"published is «{day[:40]}», no day of the calendar", "Write it like 2024-02-20")

    def sentences(self, labels: Map, section: Section) -> list[Mapping[str, Any]]:
        """The sentences that a section's YAML lists; a headline that lists none is one sentence."""
        known = frozenset(get_args(EntityLabel))
        rows: list[Mapping[str, Any]] = [
            self.shapes.mapping(row, "a sentence", {"s"}, known) if isinstance(row, Map) else {"s": row}
            for row in self.shapes.items(labels.get("sentences"))
        ]
        if not rows and section.kind == "body":
            self.shapes.fail(labels, "the body lists no sentences", "Add `sentences:` with the first words of each")
        return rows or [{"s": labels["headline"]}]

    def entities(self, row: Mapping[str, Any], sentence: Sentence) -> list[Entity]:
        """The entities of a sentence; one that is not found is listed, and the rest goes on."""
        found = []
        for label in get_args(EntityLabel):
            for words in self.shapes.items(row.get(label)):
                with self.shapes.apart():
                    found += self.entity(label, words, sentence)
        return found

    def entity(self, label: EntityLabel, words: Any, sentence: Sentence) -> list[Entity]:
        self.shapes.words(words, label)
        try:
            places = locate(self.text, sentence.start, sentence.end, words)
        except NotFoundError as error:
            number = sentence.id.rpartition("-")[2]
            self.shapes.fail(words, f"sentence {number}: {error}", "Copy the words from the sentence")
        found = []
        for place in places:
            core = trim(self.text, place.start, place.end)
            start, end = whole_tokens(self.text, *core, within=(sentence.start, sentence.end))
            head = {"article": str(self.article), "sentence": sentence.id}
            found.append(Entity(**head, label=label, start=start, end=end, core=core))
        return found
