"""The events of compact labels: slots and mentions given by words of numbered sentences, turned into spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from pipeline.frames.rules.heads import frame_types
from pipeline.frames.rules.slots import TypeSchema
from pipeline.gold.lines import Map, Text
from pipeline.gold.locate import NotFoundError, Place, locate
from pipeline.gold.shapes import Shapes
from pipeline.records import Event, Filler, Mention, Modality, Sentence, Story

RULE = "gold"


@dataclass
class Events:
    """Reads the events of one story whose sentences are known. `shapes` lists what is wrong with them."""

    shapes: Shapes
    article: str
    story: Story
    text: str

    def events(self, items: list[Any]) -> list[Event]:
        """The story's events in text order; one that is wrong is listed with all that is wrong in it, and left out."""
        found: list[Event] = []
        for item in items:
            with self.shapes.apart():
                found += self.event(item)
        found.sort(key=lambda event: (event.mentions[0].start, event.type))
        counts: dict[str, int] = {}
        for event in found:
            counts[event.type] = counts.get(event.type, 0) + 1
            event.id = f"{self.article}-{self.story.story}-{event.type}-{counts[event.type]}"
        return found

    def event(self, item: Any) -> list[Event]:
        """The event, or none where one of its parts is wrong."""
        raw = self.shapes.mapping(item, "an event", {"type", "slots", "mentions"}, {"modality"})
        kind = frame_types().get(self.shapes.words(raw["type"], "type"))
        if kind is None:
            do = f"Use one of {', '.join(frame_types())}"
            self.shapes.fail(raw["type"], f"{raw['type'][:40]!r} is no event type", do)
        before = len(self.shapes.faults)
        modality = "actual"
        with self.shapes.apart():
            modality = self.modality(raw)
        fillers: dict[str, list[Filler]] = {}
        with self.shapes.apart():
            fillers = self.fillers(raw, kind)
        mentions = []
        items = self.shapes.items(raw["mentions"])
        if not items:
            self.shapes.fail(raw, "the event has no mention", "Name at least one sentence that tells it")
        for mention in items:
            with self.shapes.apart():
                mentions.append(self.mention(mention, [filler for row in fillers.values() for filler in row]))
        if len(self.shapes.faults) > before:
            return []
        return [
            Event(
                id="",
                type=str(raw["type"]),
                article=str(self.article),
                story=self.story.story,
                modality=next(known for known in get_args(Modality) if known == modality),
                slots=fillers,
                mentions=sorted(mentions, key=lambda mention: mention.start),
            )
        ]

    def modality(self, raw: Map) -> str:
        if "modality" not in raw:
            return "actual"
        modality = self.shapes.words(raw["modality"], "modality")
        if modality not in get_args(Modality):
            do = f"Use one of {', '.join(get_args(Modality))}"
            self.shapes.fail(modality, f"{modality[:40]!r} is no modality", do)
        return modality

    def fillers(self, raw: Map, kind: TypeSchema) -> dict[str, list[Filler]]:
        """What fills the slots, in the order of the type's."""
        slots = self.shapes.mapping(raw["slots"], "slots", (), kind.public)
        if missing := kind.missing({name for name in slots if self.shapes.items(slots[name])}):
            what = f"the {raw['type']} lacks {'; '.join(missing)}"
            self.shapes.fail(raw, what, "Fill it, or leave the event out")
        found: dict[str, list[Filler]] = {}
        for name in kind.public:
            for item in self.shapes.items(slots.get(name)):
                with self.shapes.apart():
                    found.setdefault(name, []).append(self.filler(item, name, kind))
        return found

    def filler(self, item: Any, name: str, kind: TypeSchema) -> Filler:
        raw = self.shapes.mapping(item, f"a filler of {name}", {"text", "in"}, {"value", "actor"})
        place = self.one(self.sentence(raw["in"]), raw["text"])
        surface = self.text[place.start : place.end]
        words = " ".join((("ا" if place.assimilated else "") + surface).split())
        value: str | int | bool = str(self.shapes.words(raw["value"], "value")) if "value" in raw else words
        if kind.slots[name].kind == "integer":
            told = raw.get("value", self.marked(words, raw))
            value = self.shapes.number(told, f"{name} needs a value, a whole number", f"Add value: to «{surface}»")
        elif kind.slots[name].kind == "flag":
            value = True
        actor = raw.get("actor")
        actor = None if actor in (None, "", "null", "~") else str(self.shapes.words(actor, "actor"))
        if fault := kind.slots[name].fault(value, actor):
            self.shapes.fail(raw, f"{name} {fault}", "Write a value that the slot takes")
        return Filler(value=value, actor=actor, text=surface, start=place.start, end=place.end)

    def mention(self, item: Any, fillers: list[Filler]) -> Mention:
        raw = self.shapes.mapping(item, "a mention", {"in", "trigger"}, {"extent"})
        sentence = self.sentence(raw["in"])
        trigger = self.one(sentence, raw["trigger"])
        inside = [f for f in fillers if sentence.start <= f.start and f.end <= sentence.end]
        start = min([trigger.start, *(f.start for f in inside)])
        end = max([trigger.end, *(f.end for f in inside)])
        if "extent" in raw:
            extent = self.shapes.words(raw["extent"], "extent")
            first, cut, last = (part.strip() for part in extent.partition(">>"))
            low = self.one(sentence, self.marked(first, extent))
            high = self.one(sentence, self.marked(last, extent)) if cut else low
            start, end = min(start, low.start), max(end, high.end)
        return Mention(sentence=sentence.id, start=start, end=end, trigger=(trigger.start, trigger.end), rule=RULE)

    def sentence(self, number: Any) -> Sentence:
        """The story's sentence of this number, counted from 1."""
        count = len(self.story.sentences)
        do = f"Write a number from 1 to {count}"
        if not 1 <= (index := self.shapes.number(number, "in should be a sentence's number", do)) <= count:
            self.shapes.fail(number, f"the story has no sentence {index}", do)
        return self.story.sentences[index - 1]

    def one(self, sentence: Sentence, words: Any) -> Place:
        """The one place of words in a sentence."""
        self.shapes.words(words, "text, trigger or extent")
        try:
            places = locate(self.text, sentence.start, sentence.end, words)
        except NotFoundError as error:
            number = sentence.id.rpartition("-")[2]
            self.shapes.fail(words, f"sentence {number}: {error}", "Copy the words from the sentence")
        if len(places) > 1:
            self.shapes.fail(words, "#* stands for several places", "Name one")
        return places[0]

    @staticmethod
    def marked(words: str, origin: Any) -> Text:
        """A part of a scalar, with the line of the whole."""
        part = Text(words)
        part.line = getattr(origin, "line", 0)
        return part
