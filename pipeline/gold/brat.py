"""Gold as brat standoff (Stenetorp et al. 2012), out and back: ARTICLE.txt beside ARTICLE.ann, and annotation.conf.

An event line is a mention: its trigger, an `Extent` and, on the event's first mention, the fillers by slot. Further
mentions of the event are tied to the first by the relation `Same`. Value and actor of a filler stand in its note.
Entities are marked by their core. Stories and sentences are not in the file: they come from the gold or draft exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pipeline.errors import GoldError, raise_any
from pipeline.frames.rules.heads import frame_types
from pipeline.gold.assemble import Assembler, RawFiller, RawMention, Span, collected
from pipeline.gold.repair import repair
from pipeline.gold.studio_export import stated
from pipeline.records import EntityLabel, Event, GoldArticle, Modality
from pipeline.sources import read_text

EXTENT, FILLER, SAME, MODALITY = "Extent", "Filler", "Same", "Modality"
_SHOWN = 40  # characters of a line in a message
_ROLE = re.compile(r"(?P<role>[A-Za-z_]+)\d*:(?P<target>[TE]\d+)")


def configuration() -> str:
    """brat's annotation.conf for our labels."""
    events = [
        f"{name}\t{EXTENT}:{EXTENT}, " + ", ".join(f"{slot}*:{FILLER}" for slot in kind.public)
        for name, kind in frame_types().items()
    ]
    parts = {
        "entities": [*get_args(EntityLabel), EXTENT, FILLER],
        "relations": [f"{SAME}\tArg1:<EVENT>, Arg2:<EVENT>"],
        "events": events,
        "attributes": [f"{MODALITY}\tArg:<EVENT>, Value:{'|'.join(get_args(Modality))}"],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in parts.items())


def to_brat(gold: GoldArticle, text: str) -> str:
    """The article's .ann; offsets are code points, as brat counts them."""
    writer = _Writer(text)
    for entity in gold.entities:
        writer.span(entity.label, (entity.core[0], entity.core[1]))
    for event in gold.events:
        writer.event(event)
    return "".join(f"{line}\n" for line in writer.lines)


@dataclass
class _Writer:
    text: str
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def name(self, prefix: str) -> str:
        self.counts[prefix] = self.counts.get(prefix, 0) + 1
        return f"{prefix}{self.counts[prefix]}"

    def span(self, label: str, span: Span) -> str:
        name = self.name("T")
        self.lines.append(f"{name}\t{label} {span[0]} {span[1]}\t{' '.join(self.text[slice(*span)].split())}")
        return name

    def event(self, event: Event) -> None:
        roles: list[str] = []
        for slot, fillers in event.slots.items():
            for number, filler in enumerate(fillers, 1):
                target = self.span(FILLER, (filler.start, filler.end))
                roles.append(f"{slot}{number if number > 1 else ''}:{target}")
                value = stated(filler)
                facts = [] if value is None else [f"value={value}"]
                facts += [f"actor={filler.actor}"] if filler.actor else []
                if facts:
                    self.lines.append(f"{self.name('#')}\tAnnotatorNotes {target}\t{'; '.join(facts)}")
        first = ""
        for mention in event.mentions:
            trigger = self.span(event.type, mention.trigger)
            extent = self.span(EXTENT, (mention.start, mention.end))
            name = self.name("E")
            self.lines.append(" ".join([f"{name}\t{event.type}:{trigger}", f"{EXTENT}:{extent}", *roles]))
            self.lines.append(f"{self.name('A')}\t{MODALITY} {name} {event.modality}")
            if first:
                self.lines.append(f"{self.name('R')}\t{SAME} Arg1:{first} Arg2:{name}")
            first, roles = first or name, []


def read_brat(path: Path, base: GoldArticle, text: str, annotator: str) -> GoldArticle:
    """The gold that ARTICLE.ann describes; article, split and stories are those of `base`.

    Raises GoldError naming file and line for a line that is not understood, spans that do not fit, and events that lack
    trigger or extent; GoldErrors where that is more than one thing.
    """
    reader = _Reader(path, text)
    for number, line in enumerate(read_text(path, GoldError).split("\n"), 1):
        if line.strip():
            with collected(reader.faults):
                reader.line(number, line.rstrip("\r"))
    # Where a line is not understood, what names it would be reported as wrong a second time.
    raise_any(path, reader.faults)
    mentions = reader.mentions()
    raise_any(path, reader.faults)
    assembler = Assembler(str(path), base.article, text, base.stories)
    return assembler.gold(base.split, annotator, reader.entities(), mentions)


@dataclass
class _Reader:
    path: Path
    text: str
    spans: dict[str, tuple[str, Span]] = field(default_factory=dict)
    events: dict[str, tuple[int, list[tuple[str, str]]]] = field(default_factory=dict)
    modalities: dict[str, str] = field(default_factory=dict)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    same: list[tuple[str, str]] = field(default_factory=list)
    faults: list[GoldError] = field(default_factory=list)

    def fail(self, number: int, what: str, do: str = "Compare with what `gold export` writes") -> GoldError:
        return GoldError(f"{self.path}:{number}", what, do)

    def line(self, number: int, line: str) -> None:
        name, *rest = line.split("\t")
        kind = name[:1]
        if name in self.spans or name in self.events:
            raise self.fail(number, f"{name} is there twice")
        if kind == "T" and len(rest) == 2:
            label, _, offsets = rest[0].partition(" ")
            if not re.fullmatch(r"\d{1,9} \d{1,9}", offsets):
                raise self.fail(
                    number, f"the offsets {offsets[:_SHOWN]!r} are no single span", "Mark words within one line"
                )
            start, end = map(int, offsets.split())
            self.spans[name] = label, repair(self.text, start, end, rest[1], f"{self.path}:{number}")
        elif kind == "E" and len(rest) == 1:
            roles = [(match["role"], match["target"]) for match in _ROLE.finditer(rest[0])]
            if not roles or len(roles) != len(rest[0].split()):
                raise self.fail(number, f"the event {rest[0][:_SHOWN]!r} is not understood")
            self.events[name] = number, roles
        elif kind in "AM" and rest and rest[0].startswith(f"{MODALITY} "):
            _, target, value = [*rest[0].split(), "", ""][:3]
            if value not in get_args(Modality):
                raise self.fail(
                    number, f"{value[:_SHOWN]!r} is no modality", f"Use one of {', '.join(get_args(Modality))}"
                )
            self.modalities[target] = value
        elif kind == "R" and rest and (match := re.fullmatch(rf"{SAME} Arg1:(E\d+) Arg2:(E\d+)\s*", rest[0])):
            self.same.append((match[1], match[2]))
        elif kind == "#" and len(rest) == 2:
            facts = (part.partition("=") for part in rest[1].split(";") if part.strip())
            self.notes[rest[0].partition(" ")[2]] = {key.strip(): value.strip() for key, _, value in facts}
        else:
            raise self.fail(number, f"{line[:_SHOWN]!r} is not understood")

    def entities(self) -> Iterator[tuple[EntityLabel, Span]]:
        for label, span in self.spans.values():
            for known in get_args(EntityLabel):
                if label == known:
                    yield known, span

    def mentions(self) -> list[RawMention]:
        """The events' mentions; what is wrong with one comes to `faults`."""
        found = []
        for name, (number, roles) in self.events.items():
            with collected(self.faults):
                found.append(self.mention(name, number, roles))
        return found

    def mention(self, name: str, number: int, roles: Sequence[tuple[str, str]]) -> RawMention:
        for role, target in roles:
            if target not in self.spans:
                raise self.fail(number, f"{role} names {target}, which is no span")
        type_, trigger = roles[0]
        extents = [self.spans[target][1] for role, target in roles[1:] if role == EXTENT]
        if len(extents) != 1:
            raise self.fail(number, f"the event has {len(extents)} extents", f"Give it one argument {EXTENT}")
        modality = self.modalities.get(name, "actual")
        fillers = [
            RawFiller(role, self.spans[target][1], **self.facts(number, target))
            for role, target in roles[1:]
            if role != EXTENT
        ]
        return RawMention(
            name=name,
            type=type_,
            span=extents[0],
            trigger=self.spans[trigger][1],
            modality=next(known for known in get_args(Modality) if known == modality),
            fillers=fillers,
            same=[other for pair in self.same if name in pair for other in pair if other != name],
        )

    def facts(self, number: int, target: str) -> dict[str, str]:
        """What a filler's note says: `value=…; actor=…`."""
        facts = self.notes.get(target, {})
        if unknown := sorted(facts.keys() - {"value", "actor"}):
            raise self.fail(number, f"the note of {target} says {unknown[0]!r}", "Write value=…; actor=…")
        return facts
