"""What the engine saw in a story, in lines: a short form for readers of events, a long one for writers of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from pipeline.frames.engine import Engine, Reading
from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.mentions.comparing import keys
from pipeline.frames.mentions.merging import merge
from pipeline.frames.mentions.naming import named
from pipeline.frames.mentions.predication import Predication, fits
from pipeline.frames.mentions.telling import CompiledType
from pipeline.frames.rules.schema import Item, Rule
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk, span
from pipeline.frames.sentence.matching import Pattern, Tags
from pipeline.frames.sentence.syntax import Syntax
from pipeline.records import Entity, Filler, Story

LEGEND = (
    "[kind:WHO words] a chunk · fired: a rule matched, with what it captured · stands: it became a mention, with its "
    "modality and all rules that gave a slot · lost to: another rule had its trigger or its words · drops: a cue says "
    "that it tells of no event · stopped: the rule's trigger is there, but what comes next is not, or its clause was "
    "not read for sure · shut: none of the tags that the type needs is in the sentence"
)
# What is told of a type that a sentence is none of.
_LONGEST = 120


def explain(
    engine: Engine,
    article: str,
    text: str,
    story: Story,
    entities: Sequence[Entity],
    window: int,
    long: bool = False,
) -> Iterator[str]:
    """Lines on one story: the sentences that tell of something, with what they tell, and how mentions became events.

    long: also what every sentence was cut into, with the tags of each chunk, which candidates lost and to whom, which
    gave but a slot, which rules stopped short and where, why a sentence was shut out, and slots that only comparing
    reads. window: as in params.yaml's `events`.
    """
    yield f"== {article}, story {story.story}: {story.title or ''} (published {story.published or 'unknown'})"
    if long:
        yield LEGEND
    for reading in engine.read(text, story, entities):
        lines = [line for compiled in engine.compiled for line in _telling(compiled, reading, long)]
        if lines or long:
            start, end = reading.sentence.start, reading.sentence.end
            yield f"\n{reading.sentence.id}  {' '.join(text[start:end].split())}"
            yield from lines
    yield "\nEvents"
    merged = merge(engine.frames(article, text, story, entities), engine.types, window)
    for event in named(merged, text, [story]):
        yield f"   {event.id} {event.modality} {describe(event.slots)}"
        for mention in event.mentions:
            told = " ".join(text[mention.start : mention.end].split())
            yield f"      {mention.sentence} [{mention.start}:{mention.end}] {', '.join(mention.rules)}: {told}"


def _telling(compiled: CompiledType, reading: Reading, long: bool) -> Iterator[str]:
    """What one frame type made of a sentence."""
    name = compiled.frame.frame
    row, telling = reading.rows[name], reading.tellings[name]
    stopped = list(near_misses(compiled, reading.base, row)) if long and not telling.shut else []
    if long and telling.shut:
        yield f"   {name}: shut, {shorten(telling.shut, _LONGEST, placeholder=' …')}"
    elif long:
        yield f"   {name}: {show(reading.base, row)}"
        yield from (f"      {tags(reading.base, chunk)}" for chunk in row if chunk.tags - {chunk.kind})
        for candidate in telling.candidates:
            fate = _fate(compiled, reading, candidate)
            yield f"      fired    {candidate.rule.id}  {describe(candidate.slots)}{fate}"
    for candidate, modality in telling.mentions:
        rules = dict.fromkeys([candidate.rule.id, *(rule for slot in candidate.slots for rule in candidate.gave(slot))])
        shown = {slot: fillers for slot, fillers in candidate.slots.items() if long or not slot.startswith("_")}
        yield f"      stands   {name} {modality} {describe(shown)}  by {', '.join(rules)}"
    for candidate in telling.asides if long else ():
        yield f"      aside    {candidate.rule.id}  {describe(candidate.slots)}"
    yield from (f"      stopped  {rule.id} after {reached}" for rule, reached in stopped)


def _fate(compiled: CompiledType, reading: Reading, candidate: Candidate) -> str:
    """Whether a candidate stands, and if not, why."""
    name = compiled.frame.frame
    row, telling = reading.rows[name], reading.tellings[name]
    if compiled.modalities.modality(Tags(row), Syntax(reading.base, row), candidate) == "none":
        return "  — drops"
    for other, _ in telling.mentions:
        given = {rule for slot in other.slots for rule in other.gave(slot)} | {other.rule.id}
        same = other.trigger == candidate.trigger or compiled.frame.group == "sentence"
        if same and candidate.rule.id in given:
            return ""
        if same:
            return f"  — lost to {other.rule.id}"
    return ""


def describe(slots: dict[str, list[Filler]]) -> str:
    """Slots in one line."""
    return " ".join(f"{slot}={','.join(sorted(map(str, keys(values))))}" for slot, values in sorted(slots.items()))


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


def tags(base: Base, chunk: Chunk) -> str:
    """A chunk's words with its tags."""
    words = " ".join(word.text for word in base.words[chunk.start : chunk.end])
    return f"{words}: {' '.join(sorted(chunk.tags))}"


def near_misses(compiled: CompiledType, base: Base, row: list[Chunk]) -> Iterator[tuple[Rule, str]]:
    """Rules whose trigger is there but that do not match, with the longest beginning of the pattern, or the roles, that
    does."""
    rules = compiled.rules
    seen = Tags(row)
    for rule, pattern in zip(compiled.frame.rules, rules.patterns, strict=True):
        if not isinstance(pattern, Pattern):
            if (short := _unfilled(rule, pattern, base, row)) is not None:
                yield rule, short
            continue
        trigger = next(item for item in rule.pattern if item.trigger)
        if not trigger.all or not seen.present.issuperset(trigger.all) or pattern.find(seen):
            continue
        for length in range(len(rule.pattern) - 1, 0, -1):
            found = Pattern(rule.pattern[:length]).find(seen)
            if found and any(item.trigger for item in rule.pattern[:length]):
                start, end = span(base.words, row[found[0].start].start, row[found[0].end - 1].end)
                yield rule, f"[{start}:{end}], wanted {wanted(rule.pattern[length])}"
                break


def _unfilled(rule: Rule, predication: Predication, base: Base, row: list[Chunk]) -> str | None:
    """Where a rule with a head stopped: the head, and what its clause lacks; None where it matches or no head is."""
    syntax = Syntax(base, row)
    place = next((at for at, chunk in enumerate(row) if fits(predication.head, chunk)), None)
    if place is None or next(predication.find(syntax), None):
        return None
    start, end = span(base.words, row[place].start, row[place].end)
    clause = syntax.clause(place)
    if clause is None or not clause.sure:
        return f"[{start}:{end}], whose clause was not read for sure"
    for number, role in enumerate(rule.roles, 1):
        if not next(Predication(rule.model_copy(update={"roles": rule.roles[:number]})).find(syntax), None):
            return f"[{start}:{end}], wanted {role.role} {wanted(role)}"
    return None


def wanted(item: Item) -> str:
    """An item of a pattern in words."""
    parts = [" and ".join(item.all)] if item.all else []
    parts += ["one of " + ", ".join(item.any)] if item.any else []
    parts += ["without " + ", ".join(item.none)] if item.none else []
    distance = item.gap if item.gap is not None else item.reach
    if distance is not None:
        parts.insert(0, f"up to {distance} chunks")
    return " ".join(parts) or "any chunk"
