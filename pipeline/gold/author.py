"""Compact labels, written by hand as YAML, to a gold article: words become spans, and whatever does not fit is an error
that names the line. The format is described in data/gold/FORMAT.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, get_args

from pipeline.errors import GoldError
from pipeline.files import sha256
from pipeline.gold.lines import Map, Text, load_yaml
from pipeline.gold.locate import NotFoundError, Place, locate, tile
from pipeline.gold.slots import EventType, event_types
from pipeline.gold.spans import trim, whole_tokens
from pipeline.records import (
    Entity,
    EntityLabel,
    Event,
    Filler,
    GoldArticle,
    Mention,
    Modality,
    Section,
    SectionKind,
    Sentence,
    Story,
)

RULE = "gold"


def compile_labels(path: Path, texts: Mapping[str, str] | Callable[[str], str]) -> GoldArticle:
    """The gold article that the compact labels in `path` describe. `texts` gives an article's text by its stem.

    Raises GoldError naming file and line for YAML that is broken, keys unknown or missing, and words that are not, or
    not only once, where they should be.
    """
    raw = load_yaml(path)
    author = _Author(path)
    top = author.mapping(raw, "the file", {"article", "split", "annotator", "stories"})
    article = top["article"]
    text = texts(article) if callable(texts) else texts.get(article)
    if text is None:
        author.fail(
            article, f"no text of the article {article!r} is known", "Name the stem of a .txt file of the sources"
        )
    if top["split"] not in ("train", "dev", "test"):
        author.fail(top["split"], f"the split is {top['split']!r}", "Write train, dev or test")
    return author.article(top, text)


@dataclass
class _Author:
    """Turns the parsed YAML of one file into records."""

    path: Path

    def fail(self, at: Any, what: str, do: str = "See data/gold/FORMAT.md for the format") -> NoReturn:
        line = getattr(at, "line", None)
        raise GoldError(f"{self.path}:{line}" if line else self.path, what, do)

    def mapping(self, raw: Any, name: str, required: set[str], optional: frozenset[str] = frozenset()) -> Map:
        """`raw` as a mapping that has all required keys and none but the optional ones besides."""
        if not isinstance(raw, Map):
            self.fail(raw, f"{name} should be a mapping of {', '.join(sorted(required))}")
        if missing := sorted(required - raw.keys()):
            self.fail(raw, f"{name} lacks {', '.join(missing)}")
        if unknown := sorted(raw.keys() - required - optional):
            self.fail(raw, f"{name} has the unknown key {', '.join(unknown)}")
        return raw

    def items(self, raw: Any) -> list[Any]:
        """A list as it is, nothing as none, anything else as a list of one."""
        return raw if isinstance(raw, list) else [] if raw is None or raw == "" else [raw]

    def article(self, top: Map, text: str) -> GoldArticle:
        stories: list[Story] = []
        entities: list[Entity] = []
        events: list[Event] = []
        raw_stories = [
            self.mapping(raw, "a story", {"sections"}, frozenset({"published", "outlet", "events"}))
            for raw in self.items(top["stories"])
        ]
        for raw, sections in zip(raw_stories, self.sections(raw_stories, text), strict=True):
            number = len(stories) + 1
            story, found = self.story(raw, top["article"], number, sections, text)
            stories.append(story)
            entities += found
            events += self.events(raw, story, top["article"], text)
        return GoldArticle(
            article=str(top["article"]),
            sha256=sha256(text),
            split=top["split"],
            annotator=str(top["annotator"]),
            stories=stories,
            entities=entities,
            events=events,
        )

    def sections(self, stories: list[Map], text: str) -> list[list[tuple[Section, Map]]]:
        """Sections of all stories, each with its YAML: together they cut the whole text."""
        rows = [(number, raw) for number, story in enumerate(stories) for raw in self.items(story["sections"])]
        kinds = [self.section_kind(raw) for _, raw in rows]
        spans = self.tile(text, 0, len(text), [raw[kind] for kind, (_, raw) in zip(kinds, rows, strict=True)])
        sections: list[list[tuple[Section, Map]]] = [[] for _ in stories]
        for kind, (number, raw), (start, end) in zip(kinds, rows, spans, strict=True):
            sections[number].append((Section(kind=kind, start=start, end=end), raw))
        return sections

    def section_kind(self, raw: Any) -> SectionKind:
        """The kind that a section's mapping names by its key."""
        section = self.mapping(raw, "a section", set(), frozenset({*get_args(SectionKind), "sentences"}))
        kinds = [kind for kind in get_args(SectionKind) if kind in section]
        if len(kinds) != 1:
            self.fail(raw, "a section should be `kind: first words` or `kind: first words >> last words`")
        if "sentences" in section and kinds[0] not in ("headline", "body"):
            self.fail(raw, f"a {kinds[0]} has no sentences", "Only headline and body have")
        return kinds[0]

    def tile(self, text: str, start: int, end: int, pieces: list[str]) -> list[tuple[int, int]]:
        try:
            return tile(text, start, end, pieces)
        except NotFoundError as error:
            what, *index = error.args
            self.fail(pieces[index[0]] if index else pieces[0], what, "Copy the words from the text")

    def story(
        self, raw: Map, article: str, number: int, sections: list[tuple[Section, Map]], text: str
    ) -> tuple[Story, list[Entity]]:
        story = Story(
            story=number,
            title=None,
            published=raw.get("published") and str(raw["published"]),
            outlet=raw.get("outlet") and str(raw["outlet"]),
            sections=[section for section, _ in sections],
            sentences=[],
        )
        entities: list[Entity] = []
        for section, labels in sections:
            if section.kind not in ("headline", "body"):
                continue
            if section.kind == "headline" and story.title is None:
                story.title = text[section.start : section.end].splitlines()[0].strip()
            rows = self.sentences(labels, section)
            for row, (start, end) in zip(
                rows, self.tile(text, section.start, section.end, [row["s"] for row in rows]), strict=True
            ):
                name = f"{article}-{number}-{len(story.sentences) + 1}"
                sentence = Sentence(id=name, section=section.kind, start=start, end=end)
                story.sentences.append(sentence)
                entities += self.entities(row, sentence, article, text)
        return story, sorted(entities, key=lambda entity: entity.start)

    def sentences(self, labels: Map, section: Section) -> list[Mapping[str, Any]]:
        """The sentences that a section's YAML lists; a headline that lists none is one sentence."""
        known = frozenset(get_args(EntityLabel))
        rows: list[Mapping[str, Any]] = [
            self.mapping(row, "a sentence", {"s"}, known) if isinstance(row, Map) else {"s": row}
            for row in self.items(labels.get("sentences"))
        ]
        if not rows and section.kind == "body":
            self.fail(labels, "the body lists no sentences", "Add `sentences:` with the first words of each")
        return rows or [{"s": labels["headline"]}]

    def entities(self, row: Mapping[str, Any], sentence: Sentence, article: str, text: str) -> list[Entity]:
        found = []
        for label in get_args(EntityLabel):
            for words in self.items(row.get(label)):
                for place in self.locate(text, sentence, words):
                    core = trim(text, place.start, place.end)
                    start, end = whole_tokens(text, *core, within=(sentence.start, sentence.end))
                    found.append(
                        Entity(
                            article=str(article),
                            sentence=sentence.id,
                            label=label,
                            start=start,
                            end=end,
                            core=core,
                        )
                    )
        return found

    def locate(self, text: str, sentence: Sentence, words: str) -> list[Place]:
        if not isinstance(words, str):
            self.fail(words, "words are expected here")
        try:
            return locate(text, sentence.start, sentence.end, words)
        except NotFoundError as error:
            number = sentence.id.rpartition("-")[2]
            self.fail(words, f"sentence {number}: {error}", "Copy the words from the sentence")

    def one(self, text: str, sentence: Sentence, words: str) -> Place:
        places = self.locate(text, sentence, words)
        if len(places) > 1:
            self.fail(words, "#* stands for several places", "Name one")
        return places[0]

    def sentence(self, story: Story, number: Any) -> Sentence:
        if not str(number).isdigit() or not 1 <= int(number) <= len(story.sentences):
            self.fail(number, f"the story has no sentence {number}", f"Write a number from 1 to {len(story.sentences)}")
        return story.sentences[int(number) - 1]

    def events(self, raw: Map, story: Story, article: str, text: str) -> list[Event]:
        events = [self.event(item, story, article, text) for item in self.items(raw.get("events"))]
        events.sort(key=lambda event: (event.mentions[0].start, event.type))
        counts: dict[str, int] = {}
        for event in events:
            counts[event.type] = counts.get(event.type, 0) + 1
            event.id = f"{article}-{story.story}-{event.type}-{counts[event.type]}"
        return events

    def event(self, item: Any, story: Story, article: str, text: str) -> Event:
        raw = self.mapping(item, "an event", {"type", "slots", "mentions"}, frozenset({"modality"}))
        kind = event_types().get(raw["type"])
        if kind is None:
            self.fail(raw["type"], f"{raw['type']!r} is no event type", f"Use one of {', '.join(event_types())}")
        modality = raw.get("modality", "actual")
        if modality not in get_args(Modality):
            self.fail(modality, f"{modality!r} is no modality", f"Use one of {', '.join(get_args(Modality))}")
        slots = self.mapping(raw["slots"], "slots", set(), frozenset(kind.slots))
        if missing := kind.missing({name for name in slots if self.items(slots[name])}):
            self.fail(raw, f"the {raw['type']} lacks {'; '.join(missing)}", "Fill it, or leave the event out")
        fillers = {
            name: [self.filler(value, name, kind, story, text) for value in self.items(slots[name])]
            for name in kind.slots
            if self.items(slots.get(name))
        }
        mentions = [
            self.mention(mention, story, [filler for row in fillers.values() for filler in row], text)
            for mention in self.items(raw["mentions"])
        ]
        if not mentions:
            self.fail(raw, "the event has no mention", "Name at least one sentence that tells it")
        mentions.sort(key=lambda mention: mention.start)
        return Event(
            id="",
            type=str(raw["type"]),
            article=str(article),
            story=story.story,
            modality=modality,
            slots=fillers,
            mentions=mentions,
        )

    def filler(self, item: Any, name: str, kind: EventType, story: Story, text: str) -> Filler:
        raw = self.mapping(item, f"a filler of {name}", {"text", "in"}, frozenset({"value", "actor"}))
        place = self.one(text, self.sentence(story, raw["in"]), raw["text"])
        surface = text[place.start : place.end]
        words = " ".join((("ا" if place.assimilated else "") + surface).split())
        value: str | int | bool = str(raw.get("value", words))
        if kind.slots[name] == "integer":
            if not str(value).isdigit():
                self.fail(raw, f"{name} needs a value, a whole number", f"Add value: to «{surface}»")
            value = int(value)
        elif kind.slots[name] == "flag":
            value = True
        actor = raw.get("actor")
        actor = None if actor in (None, "", "null", "~") else str(actor)
        if fault := kind.fault(name, value, actor):
            self.fail(raw, f"{name} {fault}", "Write a value that the slot takes")
        return Filler(value=value, actor=actor, text=surface, start=place.start, end=place.end)

    def mention(self, item: Any, story: Story, fillers: list[Filler], text: str) -> Mention:
        raw = self.mapping(item, "a mention", {"in", "trigger"}, frozenset({"extent"}))
        sentence = self.sentence(story, raw["in"])
        trigger = self.one(text, sentence, raw["trigger"])
        inside = [f for f in fillers if sentence.start <= f.start and f.end <= sentence.end]
        start = min([trigger.start, *(f.start for f in inside)])
        end = max([trigger.end, *(f.end for f in inside)])
        if "extent" in raw:
            first, cut, last = (part.strip() for part in raw["extent"].partition(">>"))
            low = self.one(text, sentence, self.marked(first, raw["extent"]))
            high = self.one(text, sentence, self.marked(last, raw["extent"])) if cut else low
            start, end = min(start, low.start), max(end, high.end)
        return Mention(sentence=sentence.id, start=start, end=end, trigger=(trigger.start, trigger.end), rule=RULE)

    @staticmethod
    def marked(words: str, origin: str) -> Text:
        """A part of a scalar, with the line of the whole."""
        part = Text(words)
        part.line = getattr(origin, "line", 0)
        return part
