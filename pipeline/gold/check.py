"""Whether gold is right: every problem, with its file and place."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.arabic.normalise import fold
from pipeline.errors import shown
from pipeline.files import sha256
from pipeline.frames.rules.heads import frame_types
from pipeline.gold.spans import COMMAS, trim, whole_tokens, whole_words
from pipeline.records import Entity, Event, Filler, GoldArticle, Mention, Sentence, Story

SHOWN = 60  # characters of a text in a message
_ACTOR = re.compile(r"[A-Z][A-Z0-9_-]*")
# What may stand between a clitic and the name: لـ"صدى البلد"
_MARKS = re.compile(r"\W")
_CLITICS = re.compile(r"[وف]?[بلك]?")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one gold file; `place` is the way to it in the JSON (events[2].slots.vetoer[0])."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{shown(self.file)}: {shown(self.place)}: {shown(self.what)}"


def problems(
    file: str | Path, gold: GoldArticle, text: str, actors: Collection[str] | None = None
) -> Iterator[Problem]:
    """All that is wrong with one article's gold. `actors` are the register's ids; without them only the form counts."""
    name = Path(file).name
    if sha256(text) != gold.sha256:
        yield Problem(name, "sha256", f"binds the labels to another text than {gold.article} as it is now")
        return
    for place, what in _Checker(gold, text, actors).all():
        yield Problem(name, place, what)


Finding = tuple[str, str]


@dataclass(frozen=True)
class _Checker:
    gold: GoldArticle
    text: str
    actors: Collection[str] | None

    def all(self) -> Iterator[Finding]:
        sentences = {}
        at = 0
        for index, story in enumerate(self.gold.stories):
            yield from self.story(f"stories[{index}]", story, index + 1, at)
            at = max([at, *(section.end for section in story.sections)])
            sentences.update({sentence.id: (story, sentence) for sentence in story.sentences})
        if not self.gold.stories:
            yield "stories", "there is none"
        elif rest := self.text[at:].strip():
            yield "stories", f"no section holds «{rest[:40]}» at {at}"
        yield from self.entities({key: sentence for key, (_, sentence) in sentences.items()})
        stories = {story.story: story for story in self.gold.stories}
        for index, event in enumerate(self.gold.events):
            yield from self.event(f"events[{index}]", event, stories)
        yield from self.duplicates()

    def there(self, start: int, end: int) -> bool:
        """Whether the text has such a span."""
        return 0 <= start < end <= len(self.text)

    def span(self, place: str, start: int, end: int) -> Iterator[Finding]:
        if not self.there(start, end):
            yield place, f"[{start}, {end}) is no span of a text of {len(self.text)} characters"
        elif self.text[start:end] != self.text[start:end].strip():
            yield place, f"«{self.text[start:end]}» begins or ends with white space"

    def story(self, place: str, story: Story, number: int, at: int) -> Iterator[Finding]:
        if story.story != number:
            yield place, f"is numbered {story.story}, not {number}"
        if story.published is not None:
            try:
                date.fromisoformat(story.published)
            except ValueError:
                yield f"{place}.published", f"{story.published!r} is no ISO date"
        if story.title is not None and fold(story.title) not in fold(self.text):
            yield f"{place}.title", "is not in the text"
        for index, section in enumerate(story.sections):
            here = f"{place}.sections[{index}]"
            yield from self.span(here, section.start, section.end)
            if section.start < at:
                yield here, f"begins at {section.start}, before the end of the one before it"
            elif skipped := self.text[at : section.start].strip():
                yield here, f"leaves out «{skipped[:40]}» before it"
            at = max(at, section.end)
        last = -1
        for index, sentence in enumerate(story.sentences):
            here = f"{place}.sentences[{index}]"
            yield from self.span(here, sentence.start, sentence.end)
            if sentence.id != f"{self.gold.article}-{story.story}-{index + 1}":
                yield here, f"has the id {sentence.id}, not {self.gold.article}-{story.story}-{index + 1}"
            if sentence.section not in ("headline", "body"):
                yield here, f"lies in a {sentence.section}; only headline and body have sentences"
            if not any(
                section.kind == sentence.section and section.start <= sentence.start and sentence.end <= section.end
                for section in story.sections
            ):
                yield here, f"is not within a {sentence.section} of its story"
            if sentence.start < last:
                yield here, "overlaps the one before it"
            if "\n" in self.text[sentence.start : sentence.end]:
                yield here, "runs over a line's end"
            last = sentence.end

    def entities(self, sentences: Mapping[str, Sentence]) -> Iterator[Finding]:
        last: Entity | None = None
        for index, entity in sorted(enumerate(self.gold.entities), key=lambda row: (row[1].start, row[1].end)):
            here = f"entities[{index}]"
            yield from self.span(here, entity.start, entity.end)
            yield from self.inside(here, entity.article, entity.sentence, (entity.start, entity.end), sentences)
            if not self.there(entity.start, entity.end):
                continue
            if trim(self.text, entity.start, entity.end) != (entity.start, entity.end):
                yield here, f"«{self.text[entity.start : entity.end]}» has punctuation at its edge"
            home = sentences.get(entity.sentence)
            if home and self.there(home.start, home.end) and home.start <= entity.start < entity.end <= home.end:
                start, end = whole_tokens(self.text, entity.start, entity.end, (home.start, home.end))
                if (start, end) != (entity.start, entity.end):
                    yield here, f"«{self.text[entity.start : entity.end]}» is only a part of «{self.text[start:end]}»"
            core = entity.core
            if not (entity.start <= core[0] < core[1] == entity.end and self.clitics(entity.start, core[0])):
                yield f"{here}.core", f"{list(core)} is not the span without attached و ف ب ل ك"
            if last and entity.start < last.end:
                what = "is there twice" if (entity.start, entity.end) == (last.start, last.end) else "overlaps"
                yield here, f"«{self.text[entity.start : entity.end]}» {what}: «{self.text[last.start : last.end]}»"
            last = entity if last is None or entity.end > last.end else last

    def clitics(self, start: int, end: int) -> bool:
        """Whether text[start:end] is nothing but attached و ف ب ل ك, or empty."""
        return bool(_CLITICS.fullmatch(_MARKS.sub("", fold(self.text[start:end]))))

    def words(self, place: str, start: int, end: int, sentence: Sentence) -> Iterator[Finding]:
        """That a span within its sentence cuts no word, clitics before it apart, and takes no comma along."""
        if not self.there(sentence.start, sentence.end):
            return  # told of the sentence
        if {self.text[start], self.text[end - 1]} & COMMAS:
            yield place, f"«{self.text[start:end]}» begins or ends with a comma"
        low, high = whole_words(self.text, start, end, (sentence.start, sentence.end))
        if high != end or not self.clitics(low, start):
            yield place, f"«{self.text[start:end]}» is only a part of «{self.text[low:high]}»"

    def inside(
        self, place: str, article: str, sentence: str, span: tuple[int, int], sentences: Mapping[str, Sentence]
    ) -> Iterator[Finding]:
        if article != self.gold.article:
            yield f"{place}.article", f"is {article}, not {self.gold.article}"
        home = sentences.get(sentence)
        if home is None:
            yield f"{place}.sentence", f"there is no sentence {sentence}"
        elif not home.start <= span[0] <= span[1] <= home.end:
            yield place, f"[{span[0]}, {span[1]}) is not within its sentence {sentence}"

    def event(self, place: str, event: Event, stories: Mapping[int, Story]) -> Iterator[Finding]:
        kind = frame_types().get(event.type)
        if kind is None:
            yield f"{place}.type", f"{event.type!r} is none of {', '.join(frame_types())}"
            return
        story = stories.get(event.story)
        if story is None:
            yield f"{place}.story", f"there is no story {event.story}"
            return
        if not re.fullmatch(re.escape(f"{self.gold.article}-{event.story}-{event.type}-") + r"\d+", event.id):
            yield f"{place}.id", f"{event.id!r} does not read ARTICLE-STORY-TYPE-N"
        for slot, fillers in event.slots.items():
            if slot not in kind.public:
                yield f"{place}.slots.{slot}", f"is no slot of {event.type}"
                continue
            if not fillers:
                yield f"{place}.slots.{slot}", "is empty; leave out what the text does not state"
            for index, filler in enumerate(fillers):
                here = f"{place}.slots.{slot}[{index}]"
                yield from self.filler(here, filler, story)
                if fault := kind.slots[slot].fault(filler.value, filler.actor):
                    yield here, f"«{filler.text}» {fault}"
            if len(fillers) > 1 and kind.slots[slot].single:
                yield f"{place}.slots.{slot}", f"has {len(fillers)} fillers, where one value can be true"
            for (who, _), count in Counter(
                (f.actor or f.value, f.start if f.actor is None else 0) for f in fillers
            ).items():
                if count > 1:
                    yield f"{place}.slots.{slot}", f"{who} is there {count} times"
        for need in kind.missing({slot for slot, fillers in event.slots.items() if fillers}):
            yield place, f"a {event.type} needs {need}"
        sentences = {sentence.id: sentence for sentence in story.sentences}
        for index, mention in enumerate(event.mentions):
            yield from self.mention(f"{place}.mentions[{index}]", event, mention, sentences)
        for sentence, count in Counter(mention.sentence for mention in event.mentions).items():
            if count > 1:
                yield f"{place}.mentions", f"sentence {sentence} is there {count} times"

    def filler(self, place: str, filler: Filler, story: Story) -> Iterator[Finding]:
        yield from self.span(place, filler.start, filler.end)
        found = self.text[filler.start : filler.end]
        if found != filler.text:
            said, there = (textwrap.shorten(words, SHOWN, placeholder=" …") for words in (filler.text, found))
            yield place, f"says «{said}», the text has «{there}» at [{filler.start}, {filler.end})"
        home = next((s for s in story.sentences if s.start <= filler.start < filler.end <= s.end), None)
        if home is None:
            yield place, f"«{filler.text}» lies in no sentence of the event's story"
        elif found == filler.text:
            yield from self.words(place, filler.start, filler.end, home)
        if filler.actor is None:
            return
        if not _ACTOR.fullmatch(filler.actor) or (self.actors is not None and filler.actor not in self.actors):
            yield f"{place}.actor", f"{filler.actor!r} of «{filler.text}» is not in the register"

    def mention(
        self, place: str, event: Event, mention: Mention, sentences: Mapping[str, Sentence]
    ) -> Iterator[Finding]:
        yield from self.span(place, mention.start, mention.end)
        yield from self.span(f"{place}.trigger", *mention.trigger)
        yield from self.inside(place, event.article, mention.sentence, (mention.start, mention.end), sentences)
        if not mention.start <= mention.trigger[0] <= mention.trigger[1] <= mention.end:
            yield f"{place}.trigger", "is not within its mention"
        home = sentences.get(mention.sentence)
        for here, (start, end) in ((place, (mention.start, mention.end)), (f"{place}.trigger", mention.trigger)):
            if home and home.start <= start < end <= home.end:
                yield from self.words(here, start, end, home)

    def duplicates(self) -> Iterator[Finding]:
        ids = Counter(event.id for event in self.gold.events)
        yield from (("events", f"the id {key} is there {count} times") for key, count in ids.items() if count > 1)
        seen: dict[str, int] = {}
        for index, event in enumerate(self.gold.events):
            key = event.model_dump_json(exclude={"id"})
            if key in seen:
                yield f"events[{index}]", f"says the same as events[{seen[key]}]"
            seen.setdefault(key, index)
