"""The list of errors a person reads: every miss, false alarm and wrong slot, with the sentence and the rule."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.records import Event, Filler, Sentence, Story
from pipeline.scoring.events import Matched, filler_key, kind, slot_keys
from pipeline.scoring.matching import Span, overlap

FaultKind = Literal["missed", "false alarm", "repeated", "wrong class", "wrong slot"]
KINDS: dict[FaultKind, str] = {
    "missed": "in the gold, not predicted",
    "false alarm": "predicted, not in the gold",
    "repeated": "predicted a second time; one prediction of it was found, this one counts as a false alarm",
    "wrong class": "predicted at the right place as another type or class; counts as one miss and one false alarm",
    "wrong slot": "found, but not all of its slots are right",
}


@dataclass(frozen=True)
class Passage:
    """A sentence to show: its span, its text, and the spans of the triggers in it (all offsets into the article)."""

    span: Span
    text: str
    triggers: tuple[Span, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong, at `start` of the article.

    slots: (slot, gold fillers, predicted fillers) of those that differ, of all where one side is missing; rules: those
    that made the prediction.
    """

    kind: FaultKind
    article: str
    story: int
    start: int
    gold: str | None
    predicted: str | None
    passages: tuple[Passage, ...]
    slots: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    rules: tuple[str, ...]


def faults(matched: Matched, text: str, gold: Sequence[Story], predicted: Sequence[Story]) -> list[Fault]:
    """All that went wrong with one article's events, in text order. gold, predicted: its stories by each."""
    pairs: list[tuple[FaultKind, Event | None, Event | None]] = [
        ("wrong slot", g, p) for g, p in matched.found if slot_keys(g) != slot_keys(p) or g.modality != p.modality
    ]
    pairs += [("wrong class", g, p) for g, p in matched.confused]
    told = [event.id for pair in matched.confused for event in pair]
    pairs += [("missed", g, None) for g in matched.missed if g.id not in told]
    repeats = [event.id for event in matched.repeats]
    pairs += [("repeated" if p.id in repeats else "false alarm", None, p) for p in matched.false if p.id not in told]
    sentences = [{s.id: s for story in stories for s in story.sentences} for stories in (gold, predicted)]
    found = [_fault(what, g, p, text, sentences) for what, g, p in pairs]
    return sorted(found, key=lambda fault: (fault.start, fault.kind, fault.gold or "", fault.predicted or ""))


def _fault(
    what: FaultKind, gold: Event | None, predicted: Event | None, text: str, sentences: Sequence[Mapping[str, Sentence]]
) -> Fault:
    event = gold or predicted
    assert event is not None
    gold_slots, predicted_slots = (_fillers(e) for e in (gold, predicted))
    return Fault(
        kind=what,
        article=event.article,
        story=event.story,
        start=event.mentions[0].start,
        gold=kind(gold) if gold else None,
        predicted=kind(predicted) if predicted else None,
        passages=_passages(text, [(gold, sentences[0]), (predicted, sentences[1])]),
        slots=tuple(
            (name, _told(gold_slots.get(name, {})), _told(predicted_slots.get(name, {})))
            for name in sorted(gold_slots.keys() | predicted_slots.keys())
            if gold_slots.get(name, {}).keys() != predicted_slots.get(name, {}).keys()
        ),
        rules=tuple(sorted({mention.rule for mention in predicted.mentions})) if predicted else (),
    )


def _fillers(event: Event | None) -> dict[str, dict[str, str]]:
    """By slot, each filler's key and how to tell it; the modality as if it were a slot."""
    if event is None:
        return {}
    slots = {name: {filler_key(f): _tell(f) for f in fillers} for name, fillers in event.slots.items()}
    return {**slots, "modality": {event.modality: event.modality}}


def _tell(filler: Filler) -> str:
    told = filler.actor or str(filler.value)
    return told if told == filler.text else f"{told} ({' '.join(filler.text.split())})"


def _told(fillers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(told for _, told in sorted(fillers.items()))


def _passages(text: str, sides: Sequence[tuple[Event | None, Mapping[str, Sentence]]]) -> tuple[Passage, ...]:
    """The sentences of all mentions, those that overlap shown as one, in text order."""
    shown: list[Span] = []
    triggers: list[Span] = []
    for event, sentences in sides:
        for mention in event.mentions if event else ():
            sentence = sentences.get(mention.sentence)
            shown.append((sentence.start, sentence.end) if sentence else (mention.start, mention.end))
            triggers.append(mention.trigger)
    bold = _merged(triggers)
    return tuple(
        Passage(span, text[slice(*span)], tuple(trigger for trigger in bold if overlap(trigger, span)))
        for span in _merged(shown)
    )


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in text order, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def errors_markdown(errors: Mapping[str, Sequence[Fault]]) -> str:
    """The list as Markdown, by split, article and place. Everything that comes from articles or gold is escaped."""
    lines = ["# Errors", "", "What `evaluate` found wrong with the events, made under predicted entities.", ""]
    lines += [f"- **{name}**: {meaning}." for name, meaning in KINDS.items()]
    if not errors:
        lines += ["", "No split has gold, so nothing was compared."]
    for split, found in errors.items():
        counts = Counter(fault.kind for fault in found)
        told = ", ".join(f"{counts[name]} {name}" for name in KINDS if counts[name]) or "none"
        lines += ["", f"## {split}: {told}"]
        for article, group in groupby(found, key=lambda fault: fault.article):
            lines += ["", f"### Article {escaped(article)}"]
            for fault in group:
                lines += _fault_lines(fault)
    return "\n".join(lines) + "\n"


def _fault_lines(fault: Fault) -> list[str]:
    told = " → ".join(escaped(side or "nothing") for side in dict.fromkeys((fault.gold, fault.predicted)))
    lines = ["", f"#### {fault.kind}: {told} (story {fault.story}, character {fault.start})", ""]
    for passage in fault.passages:
        lines += [f'<p dir="rtl" lang="ar">{_marked(passage)}</p>', ""]
    if fault.slots:
        lines += ["| slot | gold | predicted |", "| --- | --- | --- |"]
        lines += [f"| {escaped(name)} | {_cell(gold)} | {_cell(found)} |" for name, gold, found in fault.slots]
        lines += [""]
    if fault.rules:
        lines += ["Rule: " + ", ".join(escaped(rule) for rule in fault.rules)]
    return lines if lines[-1] else lines[:-1]


def _cell(fillers: Sequence[str]) -> str:
    return "; ".join(map(escaped, fillers)) or "–"


def escaped(text: str) -> str:
    """Text that shows as it is in a line or table cell of Markdown, with no markup of its own, on one line."""
    plain = html.escape(" ".join(text.split()), quote=False)
    # An underscore between letters is none of Markdown's and names of types and rules have many.
    return re.sub(r"([\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_]))", r"\\\1", plain)


def _marked(passage: Passage) -> str:
    """A passage as HTML on one line, its triggers in bold; within an HTML block Markdown is not read."""
    pieces, at = [], passage.span[0]
    for first, after in passage.triggers:
        start, end = max(first, at), min(after, passage.span[1])
        pieces += [_html(passage, at, start), "<b>", _html(passage, start, end), "</b>"]
        at = end
    pieces.append(_html(passage, at, passage.span[1]))
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _html(passage: Passage, start: int, end: int) -> str:
    offset = passage.span[0]
    return html.escape(passage.text[start - offset : end - offset])
