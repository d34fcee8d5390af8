"""From the regions of an annotation tool to a gold article: what Label Studio, brat and CoNLL imports share."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.errors import GoldError, raise_any
from pipeline.files import sha256
from pipeline.frames.rules.heads import frame_types
from pipeline.frames.rules.slots import Slot, TypeSchema
from pipeline.gold.spans import whole_tokens
from pipeline.records import (
    Entity,
    EntityLabel,
    Event,
    Filler,
    GoldArticle,
    Mention,
    Modality,
    Sentence,
    Story,
)

Span = tuple[int, int]
RULE = "gold"
SHOWN = 60  # characters of a region in a message
_MOST_DIGITS = 15


@contextmanager
def collected(faults: list[GoldError]) -> Iterator[None]:
    """A part whose faults come to the list while the rest is read on."""
    try:
        yield
    except GoldError as error:
        faults += error.errors


@dataclass(frozen=True, slots=True)
class RawFiller:
    """A slot's filler as a tool gives it; `value` None where it is the words themselves."""

    slot: str
    span: Span
    value: str | None = None
    actor: str | None = None


@dataclass
class RawMention:
    """A mention as a tool gives it: `name` the tool's id, `same` the ids of other mentions of the same event."""

    name: str
    type: str
    span: Span
    trigger: Span
    modality: Modality = "actual"
    fillers: list[RawFiller] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Assembler:
    """Builds the gold of one article. `place` is the file that errors name; stories come from elsewhere (an export's
    data, a segments file), since tools annotate spans, not pages."""

    place: str
    article: str
    text: str
    stories: Sequence[Story]

    def gold(
        self,
        split: str,
        annotator: str,
        entities: Iterable[tuple[EntityLabel, Span]],
        mentions: Sequence[RawMention],
    ) -> GoldArticle:
        """The article with its regions put into sentences and events; entities by their cores. Raises GoldError where
        one does not fit, GoldErrors where several do not."""
        faults = self.stray_sentences()
        raise_any(self.place, faults)
        found: list[Entity] = []
        for row in entities:
            with collected(faults):
                found.append(self.entity(*row))
        events = self.events(mentions, faults)
        raise_any(self.place, faults)
        return GoldArticle(
            article=self.article,
            sha256=sha256(self.text),
            split=split,
            annotator=annotator,
            stories=list(self.stories),
            entities=sorted(found, key=lambda entity: entity.start),
            events=events,
        )

    def stray_sentences(self) -> list[GoldError]:
        """What is wrong with sentences that came along with the labels: places that the text does not have."""
        return [
            self.fail(f"the sentence {sentence.id} is no span of the text", "Export the article again")
            for story in self.stories
            for sentence in story.sentences
            if not 0 <= sentence.start < sentence.end <= len(self.text)
        ]

    def fail(self, what: str, do: str) -> GoldError:
        return GoldError(f"{self.place}: {self.article}", what, do)

    def home(self, span: Span) -> tuple[Story, Sentence]:
        """The story and sentence that hold a span; GoldError where none does."""
        for story in self.stories:
            for sentence in story.sentences:
                if sentence.start <= span[0] and span[1] <= sentence.end:
                    return story, sentence
        words = textwrap.shorten(self.text[slice(*span)], SHOWN, placeholder=" …")
        raise self.fail(
            f"«{words}» at {span[0]}-{span[1]} lies in no sentence, or runs over a sentence's end",
            "Mark words within one sentence of a headline or body",
        )

    def entity(self, label: EntityLabel, core: Span) -> Entity:
        """An entity by its core, as it is marked in every tool: the words without و ف ب ل ك attached before them."""
        _, sentence = self.home(core)
        start, end = whole_tokens(self.text, *core, within=(sentence.start, sentence.end))
        return Entity(
            article=self.article, sentence=sentence.id, label=label, start=start, end=end, core=(core[0], end)
        )

    def events(self, mentions: Sequence[RawMention], faults: list[GoldError]) -> list[Event]:
        """One event for every group of mentions linked as the same; what is wrong comes to `faults`."""
        events: list[Event] = []
        for group in self.groups(mentions, faults):
            with collected(faults):
                events.append(self.event(group))
        events.sort(key=lambda event: (event.story, event.mentions[0].start, event.type))
        counts: dict[tuple[int, str], int] = {}
        for event in events:
            key = event.story, event.type
            counts[key] = counts.get(key, 0) + 1
            event.id = f"{self.article}-{event.story}-{event.type}-{counts[key]}"
        return events

    def groups(self, mentions: Sequence[RawMention], faults: list[GoldError]) -> list[list[RawMention]]:
        """Mentions joined by their `same` links, in text order; links that lead nowhere come to `faults`."""
        leader = {mention.name: mention.name for mention in mentions}

        def find(name: str) -> str:
            while leader[name] != name:
                name = leader[name]
            return name

        for mention in mentions:
            for other in mention.same:
                if other not in leader:
                    what = f"the mention {mention.name} is linked to {other}, which is none"
                    faults.append(self.fail(what, "Link mentions to mentions"))
                    continue
                leader[find(other)] = find(mention.name)
        grouped: dict[str, list[RawMention]] = {}
        for mention in sorted(mentions, key=lambda mention: mention.span):
            grouped.setdefault(find(mention.name), []).append(mention)
        return list(grouped.values())

    def event(self, group: Sequence[RawMention]) -> Event:
        first = group[0]
        for what, values in (("type", {m.type for m in group}), ("modality", {m.modality for m in group})):
            if len(values) > 1:
                raise self.fail(
                    f"mentions linked as one event differ in {what}: {', '.join(sorted(values))}",
                    "Give them the same, or unlink them",
                )
        kind = frame_types().get(first.type)
        if kind is None:
            raise self.fail(f"{first.type!r} is no event type", f"Use one of {', '.join(frame_types())}")
        faults: list[GoldError] = []
        found: dict[str, dict[tuple[Span, str], Filler]] = {}
        for raw in (filler for mention in group for filler in mention.fillers):
            with collected(faults):
                self.fill(found, raw, first.type, kind)
        rows = []
        for mention in group:
            with collected(faults):
                rows.append((self.home(mention.span), mention))
        raise_any(self.place, faults)
        return Event(
            id="",
            type=first.type,
            article=self.article,
            story=rows[0][0][0].story,
            modality=first.modality,
            slots={slot: [found[slot][key] for key in sorted(found[slot])] for slot in kind.public if slot in found},
            mentions=[
                Mention(sentence=sentence.id, start=m.span[0], end=m.span[1], trigger=m.trigger, rule=RULE)
                for (_, sentence), m in rows
            ],
        )

    def fill(
        self, found: dict[str, dict[tuple[Span, str], Filler]], raw: RawFiller, name: str, kind: TypeSchema
    ) -> None:
        """Put a filler to those found, once."""
        if raw.slot not in kind.public:
            raise self.fail(f"{raw.slot!r} is no slot of {name}", f"Use one of {', '.join(kind.public)}")
        filler = self.filler(raw, kind.public[raw.slot])
        # One filler for several who act, each with its id: «the draft» of three sponsors calls for a truce.
        known = found.setdefault(raw.slot, {}).setdefault((raw.span, raw.actor or ""), filler)
        if known != filler or len({bool(actor) for span, actor in found[raw.slot] if span == raw.span}) > 1:
            raise self.fail(f"«{filler.text}» is marked twice as {raw.slot}, not as the same", "Keep one of them")

    def filler(self, raw: RawFiller, slot: Slot) -> Filler:
        surface = self.text[slice(*raw.span)]
        value: str | int | bool = raw.value if raw.value is not None else " ".join(surface.split())
        if slot.kind == "integer":
            if not str(value).isdecimal() or len(str(value)) > _MOST_DIGITS:
                raise self.fail(f"{raw.slot} «{surface}» has no whole number as its value", "Give it a value")
            value = int(value)
        elif slot.kind == "flag":
            value = True
        return Filler(value=value, actor=raw.actor, text=surface, start=raw.span[0], end=raw.span[1])
