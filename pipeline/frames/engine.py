"""The rule engine: frame mentions from the sentences of a story. It knows no frame type by name."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from pipeline.frames.mentions.asides import Aside, captured, share
from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.mentions.comparing import unique
from pipeline.frames.mentions.context import Context
from pipeline.frames.mentions.setting import Setting
from pipeline.frames.mentions.telling import CompiledType, Telling
from pipeline.frames.rules.loading import TYPES, load_frame_type, load_shared, without
from pipeline.frames.rules.slots import Misfilled
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk, Member, span
from pipeline.frames.sentence.matching import Tags
from pipeline.frames.sentence.syntax import Syntax
from pipeline.frames.story import documents, seams
from pipeline.frames.story.memory import Memory, TypeMemory, topic
from pipeline.frames.story.reading import read_base
from pipeline.params import Frames
from pipeline.records import Dropped, Entity, Event, Mention, Sentence, Story

# A sentence may go on with what was told so many sentences before.
_ECHO = 2


@dataclass(slots=True)
class Reading:
    """What the engine saw in one sentence: its base layers, and by frame type its row and what the rules made of it.

    joins: of the window around a cut in a sentence too long to be read at once, its two sides; `at` is the first one's.
    """

    at: int
    sentence: Sentence
    base: Base
    rows: dict[str, list[Chunk]]
    tellings: dict[str, Telling]
    joins: tuple[Sentence, Sentence] | None = None


Told = tuple[Reading, Candidate, str]  # a candidate that stands, with its modality


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

    def read(self, text: str, story: Story, entities: Sequence[Entity] = ()) -> Iterator[Reading]:
        """The sentences of a story in order, each as it is read with what the story said before: the one loop of
        extraction, `explain` and tests."""
        headlines = [sentence.end for sentence in story.sentences if sentence.section == "headline"]
        memory = Memory(headline=max(headlines, default=0), types={frame.frame: TypeMemory() for frame in self.types})
        published = date.fromisoformat(story.published) if story.published and self.resolve_dates else None
        mine = _by_sentence(entities, story.sentences)
        for at, sentence in enumerate(story.sentences):
            reading = self._reading(text, at, sentence, memory, published, mine[at])
            memory.topics.append(_topic(reading, memory))
            yield reading
            following = story.sentences[at + 1 : at + 2]
            if following and seams.goes_on(text, sentence, following[0]):
                around = seams.window(text, sentence, following[0])
                inside = [e for e in (*mine[at], *mine[at + 1]) if around.start <= e.start and e.end <= around.end]
                reading = self._reading(text, at, around, memory.copy(), published, inside)
                yield replace(reading, joins=(sentence, following[0]))

    def _reading(
        self,
        text: str,
        at: int,
        sentence: Sentence,
        memory: Memory,
        published: date | None,
        entities: Sequence[Entity],
    ) -> Reading:
        """Read one sentence, and note in memory what it says."""
        base = read_base(text, sentence, memory, self.shared, published, entities)
        reading = Reading(at, sentence, base, {}, {})
        for compiled in self.compiled:
            self._tell(text, reading, compiled, memory)
        return reading

    @staticmethod
    def _tell(text: str, reading: Reading, compiled: CompiledType, memory: Memory) -> None:
        """Read a sentence for one frame type, and note in memory what it told."""
        name = compiled.frame.frame
        mine = memory.types[name]
        row, mine.recalled = compiled.layers.row(text, reading.base, mine.recalled)
        syntax = Syntax(reading.base, row)
        mine.issuers = documents.issuers(row, syntax, mine.issuers)
        mine.owners = documents.owners(row, syntax, mine.owners)
        documents.note(text, reading.base.words, row, mine.document, memory.headline)
        told = mine.last is not None and reading.at - mine.last <= _ECHO
        mine.slots = mine.slots if told else {}
        if told and row:
            row[0].tags.add("told")
        telling = compiled.tell(Context(text, reading.base, row, Tags(row), syntax, memory, mine), told)
        for candidate, _ in telling.mentions:
            mine.owners = candidate.owners or mine.owners
            mine.slots = candidate.slots
            mine.last = reading.at
        reading.rows[name] = row
        reading.tellings[name] = telling

    def frames(
        self,
        article: str,
        text: str,
        story: Story,
        entities: Sequence[Entity] = (),
        dropped: list[Dropped] | None = None,
    ) -> list[Event]:
        """The frame mentions of one story, each an Event with one mention, in text order within each type.

        A filler that is not of its slot's kind is in none of them; where `dropped` is given, each is noted there.
        """
        notes = dropped if dropped is not None else []
        readings = list(self.read(text, story, entities))
        named = {member.actor for reading in readings for chunk in reading.base.actors for member in chunk.members}
        found: list[Event] = []
        for compiled in self.compiled:
            name = compiled.frame.frame
            told: list[tuple[int, Event]] = []
            asides: list[Aside] = []
            standing = _standing(readings, name)
            late = any(candidate.unowned for _, candidate, _ in standing)  # rare, and clauses are read for it
            read = ((reading.rows[name], Syntax(reading.base, reading.rows[name])) for reading in readings)
            sponsors = documents.sponsors(read) if late else []
            for reading, candidate, modality in standing:
                documents.name_later(candidate.slots, candidate.unowned, sponsors)
                number = f"{article}-{story.story}-{name}-m{len(told) + 1}"
                event, wrong = _event(number, article, story, compiled, reading, candidate, modality)
                told.append((reading.at, event))
                notes += _noted(wrong, article, story, name, reading, candidate)
            sentences = [reading for reading in readings if not reading.joins]
            for reading in sentences:
                for candidate in reading.tellings[name].asides:
                    aside = captured(reading.at, reading.base, reading.rows[name], candidate)
                    slots, wrong = compiled.frame.sound(aside.slots)
                    asides.append(aside._replace(slots=slots))
                    notes += _noted(wrong, article, story, name, reading, candidate)
            share(asides, told, compiled.frame.with_key("tells_apart"), compiled.frame.with_key("link"))
            rows = [reading.rows[name] for reading in sentences]
            if Setting(compiled.frame.setting).holds(rows, named, [at for at, _ in told]):
                found += [event for _, event in told]
        return found


def _by_sentence(entities: Sequence[Entity], sentences: Sequence[Sentence]) -> list[list[Entity]]:
    """For each sentence the entities that begin in it."""
    starts = [sentence.start for sentence in sentences]
    found: list[list[Entity]] = [[] for _ in sentences]
    for entity in entities:
        at = bisect_right(starts, entity.start) - 1
        if at >= 0 and entity.start < sentences[at].end:
            found[at].append(entity)
    return found


def _standing(readings: Sequence[Reading], name: str) -> list[Told]:
    """What a story tells of one frame type, in text order: the mentions of its sentences and, where one goes across a
    cut, that mention in place of its parts on either side. The side that its trigger begins on tells of it."""
    across: list[Told] = []
    parted: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for reading in readings:
        if reading.joins is None:
            continue
        before, behind = reading.joins
        for candidate, modality in reading.tellings[name].mentions:
            start, end = _extent(reading, name, candidate)
            if start < before.end and behind.start < end:
                later = _trigger(reading, name, candidate)[0] >= behind.start
                side = replace(reading, at=reading.at + later, sentence=behind if later else before)
                across.append((side, candidate, modality))
                parted[reading.at].append((start, end))
                parted[reading.at + 1].append((start, end))
    told = [
        (reading, candidate, modality)
        for reading in readings
        for candidate, modality in (reading.tellings[name].mentions if reading.joins is None else ())
        if not any(start <= _trigger(reading, name, candidate)[0] < end for start, end in parted[reading.at])
    ]
    if across:
        told = sorted([*told, *across], key=lambda one: (one[0].at, _trigger(one[0], name, one[1])))
    return told


def _topic(reading: Reading, memory: Memory) -> list[Member]:
    """Whom a sentence is about: those who issued the text that it makes speak, else the first that can be a subject."""
    for name, row in reading.rows.items():
        spoken = documents.voice(row, Syntax(reading.base, row), memory.types[name].issuers)
        if spoken:
            return spoken
    people = [chunk for row in reading.rows.values() for chunk in row if "unnamed" in chunk.tags]
    return topic(sorted([*reading.base.actors, *people], key=lambda chunk: chunk.start))


def _event(
    number: str,
    article: str,
    story: Story,
    compiled: CompiledType,
    reading: Reading,
    candidate: Candidate,
    modality: str,
) -> tuple[Event, list[Misfilled]]:
    """A candidate that stands, as a frame mention, and the fillers left out that are not of their slot's kind."""
    frame = compiled.frame
    slots, wrong = frame.sound({slot: unique(candidate.slots[slot]) for slot in sorted(candidate.slots)})
    event = Event.model_validate(
        {
            "id": number,
            "type": frame.frame,
            "article": article,
            "story": story.story,
            "modality": modality,
            "slots": slots,
            "mentions": [_mention(reading, frame.frame, candidate, slots)],
        }
    )
    return event, wrong


def _noted(
    wrong: Iterable[Misfilled], article: str, story: Story, frame: str, reading: Reading, candidate: Candidate
) -> Iterator[Dropped]:
    """Fillers left out, as records."""
    for slot, filler, reason in wrong:
        yield Dropped(
            article=article,
            story=story.story,
            sentence=reading.sentence.id,
            type=frame,
            slot=slot,
            rule=candidate.rule.id,
            reason=reason,
            **filler.model_dump(),
        )


def _trigger(reading: Reading, name: str, candidate: Candidate) -> tuple[int, int]:
    """Where the trigger of a candidate stands in the text."""
    chunk = reading.rows[name][candidate.trigger]
    return span(reading.base.words, chunk.start, chunk.end)


def _extent(reading: Reading, name: str, candidate: Candidate) -> tuple[int, int]:
    """From where to where a candidate's trigger, its match and those of its fillers that were read with it go."""
    row, first, last = reading.rows[name], *_trigger(reading, name, candidate)
    words = reading.base.words
    outer = span(words, row[candidate.match.start].start, row[candidate.match.end - 1].end)
    fillers = [f for values in candidate.slots.values() for f in values]
    here = [f for f in fillers if words[0].start <= f.start and f.end <= words[-1].end]
    return min([first, outer[0], *(f.start for f in here)]), max([last, outer[1], *(f.end for f in here)])


def _mention(reading: Reading, name: str, candidate: Candidate, slots: Iterable[str]) -> Mention:
    """Where a candidate stands in the text, as far as its sentence goes."""
    sentence = reading.sentence
    start, end = _extent(reading, name, candidate)
    first, last = _trigger(reading, name, candidate)
    gave = [rule for slot in slots for rule in candidate.gave(slot)]
    return Mention(
        sentence=sentence.id,
        start=max(start, sentence.start),
        end=min(end, sentence.end),
        trigger=(first, min(last, sentence.end)),
        rule=candidate.rule.id,
        rules=list(dict.fromkeys([candidate.rule.id, *gave])),
    )
