"""The rule engine: frame mentions from the sentences of a story. It knows no frame type by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from pipeline.frames.mentions.asides import share
from pipeline.frames.mentions.candidates import Candidate, CompiledType
from pipeline.frames.mentions.comparing import key
from pipeline.frames.rules.loading import TYPES, load_frame_type, load_shared, without
from pipeline.frames.rules.schema import FrameType, Rule
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk, span
from pipeline.frames.story import documents
from pipeline.frames.story.memory import Discourse, topic
from pipeline.frames.story.reading import read_base
from pipeline.params import Frames
from pipeline.records import Entity, Event, Filler, Mention, Sentence, Story


class Engine:
    """All frame types over stories. Deterministic; holds no state between stories.

    off: ids of rules that are not to run, RuleError for one that no frame type has; resolve_dates: whether a date that
    the text does not give in full (Tuesday, last month) is worked out from the day of publication, or left as words.
    """

    def __init__(
        self, types: Sequence[str], folder: Path = TYPES, off: Collection[str] = (), resolve_dates: bool = True
    ) -> None:
        self.shared = load_shared()
        self.types = without([load_frame_type(name, folder) for name in types], off, folder)
        self.resolve_dates = resolve_dates

    @classmethod
    def configured(cls, settings: Frames) -> Engine:
        """The engine that the section `frames` of params.yaml asks for."""
        return cls(settings.types, off=settings.rules_off, resolve_dates=settings.dates == "resolve")

    @cached_property
    def compiled(self) -> list[CompiledType]:
        return [CompiledType(frame, self.shared) for frame in self.types]

    def read(
        self, text: str, story: Story, entities: Sequence[Entity] = ()
    ) -> Iterable[tuple[Sentence, Base, Discourse]]:
        """The sentences of a story in order, each with its base layers and the discourse as it stands before it."""
        headlines = [sentence.end for sentence in story.sentences if sentence.section == "headline"]
        discourse = Discourse(headline=max(headlines, default=0))
        published = date.fromisoformat(story.published) if story.published and self.resolve_dates else None
        told: dict[str, Chunk] = {}
        for sentence in story.sentences:
            mine = [entity for entity in entities if sentence.start <= entity.start < sentence.end]
            base = read_base(text, sentence, discourse, self.shared, published, mine)
            base.recalled = told
            yield sentence, base, discourse
            told = base.told
            discourse.topics.append(topic(sorted([*base.actors, *base.people], key=lambda chunk: chunk.start)))

    def frames(self, article: str, text: str, story: Story, entities: Sequence[Entity] = ()) -> list[Event]:
        """The frame mentions of one story, each an Event with one mention, in text order within each type."""
        found: dict[str, list[Event]] = {frame.frame: [] for frame in self.types}
        settings: dict[str, set[str]] = {frame.frame: set() for frame in self.types}
        elsewhere: set[str] = set()
        named: set[str | None] = set()
        asides: dict[str, list[tuple[int, Rule, bool, dict[str, list[Filler]]]]] = {
            frame.frame: [] for frame in self.types
        }
        where: dict[str, int] = {}
        last: dict[str, int] = {}
        for at, (sentence, base, discourse) in enumerate(self.read(text, story, entities)):
            discourse.told = {name for name, told in last.items() if at - told <= 2}
            where[sentence.id] = at
            named.update(member.actor for chunk in base.actors for member in chunk.members)
            for compiled in self.compiled:
                row = compiled.layers.row(text, base)
                setting = compiled.frame.setting
                if setting and any(chunk.tags & set(setting.tags) for chunk in row):
                    settings[compiled.frame.frame].add(sentence.id)
                if setting and any(chunk.tags & set(setting.instead) for chunk in row):
                    elsewhere.add(compiled.frame.frame)
                for candidate in compiled.mentions(text, base, row, discourse):
                    if aside := candidate.rule.aside:
                        slots = {slot: _unique(_captured(base, row, candidate, slot)) for slot in aside}
                        new = any(
                            "draft" in chunk.tags and not documents.definite(base.words, chunk)
                            for chunk in row[candidate.match.start : candidate.match.end]
                        )
                        asides[compiled.frame.frame].append((at, candidate.rule, new, slots))
                        continue
                    modality = compiled.modality(row, candidate)
                    if modality == "none":
                        continue
                    if modality in compiled.frame.resumed and "object" not in candidate.slots:
                        documents.resume(
                            candidate.slots, discourse.drafts[compiled.frame.frame], compiled.frame.resumes
                        )
                    mine = found[compiled.frame.frame]
                    last[compiled.frame.frame] = at
                    mine.append(
                        self._event(
                            article, story, compiled.frame, sentence, base, row, candidate, modality, len(mine) + 1
                        )
                    )
        for frame in self.types:
            told = [(where[event.mentions[0].sentence], event) for event in found[frame.frame]]
            share(asides[frame.frame], told, frame.merging.apart, frame.merging.links)
            if frame.setting and not named & set(frame.setting.actors):
                fits = any(event.mentions[0].sentence in settings[frame.frame] for event in found[frame.frame])
                if frame.frame in elsewhere or named & set(frame.setting.instead) or not fits:
                    found[frame.frame] = []
        return [event for events in found.values() for event in events]

    @staticmethod
    def _event(
        article: str,
        story: Story,
        frame: FrameType,
        sentence: Sentence,
        base: Base,
        row: list[Chunk],
        candidate: Candidate,
        modality: str,
        number: int,
    ) -> Event:
        start, end = span(base.words, row[candidate.trigger].start, row[candidate.trigger].end)
        outer = span(base.words, row[candidate.match.start].start, row[candidate.match.end - 1].end)
        here = [
            f
            for values in candidate.slots.values()
            for f in values
            if sentence.start <= f.start and f.end <= sentence.end
        ]
        mention = Mention(
            sentence=sentence.id,
            start=min([start, outer[0], *(f.start for f in here)]),
            end=max([end, outer[1], *(f.end for f in here)]),
            trigger=(start, end),
            rule=candidate.rule.id,
        )
        return Event(
            id=f"{article}-{story.story}-{frame.frame}-m{number}",
            type=frame.frame,
            article=article,
            story=story.story,
            modality=modality,
            slots={
                slot: _unique(candidate.slots[slot])
                for slot in sorted(candidate.slots)
                if slot in frame.slots or slot[0] == "_"
            },
            mentions=[mention],
        )


def _captured(base: Base, row: Sequence[Chunk], candidate: Candidate, slot: str) -> list[Filler]:
    """The fillers that a rule's own items captured for a slot; where none did, those that came with its chunks."""
    places = [row[place] for place, claimed in candidate.claims.items() if claimed == slot]
    spans = [span(base.words, chunk.start, chunk.end) for chunk in places]
    own = [f for f in candidate.slots[slot] if any(start <= f.start < end for start, end in spans)]
    return own or candidate.slots[slot]


def _unique(values: Iterable[Filler]) -> list[Filler]:
    """Fillers in text order, one for each key."""
    seen: dict[str | int | bool, Filler] = {}
    for filler in sorted(values, key=lambda f: (f.start, f.end)):
        seen.setdefault(key(filler), filler)
    return list(seen.values())
