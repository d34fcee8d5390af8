"""What the engine saw: the tool a rule writer lives in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.frames.engine import Engine
from pipeline.frames.mentions.candidates import CompiledType
from pipeline.frames.mentions.comparing import keys
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules.schema import Rule
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk, span
from pipeline.frames.sentence.matching import Pattern, as_doc
from pipeline.records import Entity, Event, Story


def explain(
    engine: Engine, article: str, text: str, story: Story, entities: Sequence[Entity], window: int
) -> Iterator[str]:
    """Lines of a report on one story: each sentence with its chunks for each frame type that finds a trigger there, the
    rules that fired with what they captured, those that stopped short and where, and how mentions became events."""
    yield f"== {article}, story {story.story}: {story.title or ''} (published {story.published or 'unknown'})"
    for sentence, base, discourse in engine.read(text, story, entities):
        yield f"\n{sentence.id}  {' '.join(text[sentence.start : sentence.end].split())}"
        for compiled in engine.compiled:
            row = compiled.layers.row(text, base)
            lines = []
            for candidate in compiled.candidates(text, base, row, discourse):
                slots = {slot: sorted(map(str, keys(values))) for slot, values in candidate.slots.items()}
                lines.append(f"      fired    {candidate.rule.id}  {compiled.modality(row, candidate)}  {slots}")
            lines += [f"      stopped  {rule.id} after {reached}" for rule, reached in near_misses(compiled, base, row)]
            if lines:
                yield f"   {compiled.frame.frame}: {show(base, row)}"
                yield from lines
    frames = engine.frames(article, text, story, entities)
    yield "\nEvents"
    for event in merge(frames, engine.types, window):
        yield f"   {event.id} {event.modality} {describe(event)}"
        for mention in event.mentions:
            told = " ".join(text[mention.start : mention.end].split())
            yield f"      {mention.sentence} [{mention.start}:{mention.end}] {mention.rule}: {told}"


def describe(event: Event) -> str:
    """An event's slots in one line."""
    return " ".join(f"{slot}={','.join(sorted(map(str, keys(values))))}" for slot, values in event.slots.items())


def show(base: Base, row: Sequence[Chunk]) -> str:
    """A row in brackets: each chunk's kind and words, plain words bare."""
    shown = []
    for chunk in row:
        words = " ".join(word.text for word in base.words[chunk.start : chunk.end])
        who = "/".join(member.actor or "?" for member in chunk.members)
        shown.append(
            words if chunk.kind in {"word", "comma", "stop"} else f"[{chunk.kind}{':' + who if who else ''} {words}]"
        )
    return " ".join(shown)


def near_misses(compiled: CompiledType, base: Base, row: list[Chunk]) -> Iterator[tuple[Rule, str]]:
    """Rules whose trigger is there but whose pattern does not match, with the longest beginning that does."""
    present = {tag for chunk in row for tag in chunk.tags} | {"!" + tag for tag in compiled.negatable}
    doc = as_doc(row, compiled.negatable)
    for rule, pattern in zip(compiled.frame.rules, compiled.rules, strict=True):
        trigger = next(item for item in rule.pattern if item.trigger)
        if not trigger.all or not set(trigger.all) <= present or pattern.find(doc, present):
            continue
        for length in range(len(rule.pattern) - 1, 0, -1):
            found = Pattern(rule.pattern[:length]).find(doc, present)
            if found and any(item.trigger for item in rule.pattern[:length]):
                start, end = span(base.words, row[found[0].start].start, row[found[0].end - 1].end)
                missing = rule.pattern[length]
                yield rule, f"[{start}:{end}], no {missing.model_dump(exclude_defaults=True)}"
                break
