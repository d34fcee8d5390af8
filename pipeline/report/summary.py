"""What a run found, in a few lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.frames.rules.heads import frame_types
from pipeline.records import Event, Filler
from pipeline.report.payload import load_labels, short_names

EXAMPLES = 9
_WORDS = 12
_ABOUT = 60


Told = tuple[str, str, int, str, str, int]
"""What the summary says of an event: type, modality, how many slots it has, its line, article and story."""


def told(event: Event) -> Told:
    """An event as the summary has it."""
    return event.type, event.modality, len(event.slots), line(event), event.article, event.story


def summary(events: Sequence[Event], articles: Sequence[str], total: int) -> str:
    """Counts by type and modality, then a few events of each type, one a line, as `veto  USA  ✗ نص  [001-1]`."""
    return summary_of(list(map(told, events)), articles, total, list(load_labels()["types"]))


def summary_of(events: Sequence[Sequence[Any]], articles: Sequence[str], total: int, types: Sequence[str]) -> str:
    """As `summary`, of events as `told` has them; types: all that there are, in their order."""
    order = {name: place for place, name in enumerate(types)}
    counts = Counter(kind for kind, *_ in events)
    found = sorted(counts, key=lambda name: (order.get(name, len(order)), name))
    lines = [f"Found {_counted(len(events), 'event')} in {_counted(total, 'article')}."]
    width = max(map(len, found), default=0)
    for name in found:
        modality = Counter(modality for kind, modality, *_ in events if kind == name)
        detail = ", ".join(f"{n} {word}" for word, n in sorted(modality.items(), key=lambda item: (-item[1], item[0])))
        lines.append(f"  {name:<{width}}  {counts[name]:>5}  ({detail})")
    short = short_names(articles)
    chosen = _examples(events, found)
    if chosen:
        lines.append("For example:" if len(chosen) < len(events) else "They are:")
    lines += [f"  {kind:<{width}}  {said}  [{short[article]}-{story}]" for kind, _, _, said, article, story in chosen]
    return "\n".join(lines)


def _examples(events: Sequence[Sequence[Any]], types: Sequence[str]) -> list[Sequence[Any]]:
    """Up to EXAMPLES events, evenly by type: those that happened first, then those with more slots, in text order."""
    quota = max(1, EXAMPLES // max(1, len(types)))
    chosen = []
    for name in types[:EXAMPLES]:
        of_type = (event for event in events if event[0] == name)
        chosen += sorted(of_type, key=lambda event: (event[1] != "actual", -event[2]))[:quota]
    return chosen


def line(event: Event) -> str:
    """Who, the modality unless it happened, the count of a vote, and what it was about, on one line."""
    shown = load_labels()["types"].get(event.type, {})
    who = [filler for slot in shown.get("who", event.slots) for filler in event.slots.get(slot, ())]
    names = dict.fromkeys(filler.actor or _short(str(filler.value), _WORDS) for filler in who if filler.actor or shown)
    parts = [", ".join(names) or "?"]
    if event.modality != "actual":
        parts.append(f"({event.modality.replace('_', ' ')})")
    schema = frame_types().get(event.type)
    if schema and schema.class_slot and (stance := event.slots.get(schema.class_slot)):
        usual = next(iter(schema.slots[schema.class_slot].values))
        parts += [f"({stance[0].value})"] if stance[0].value != usual else []
    tally = shown.get("tally", ())
    if any(slot in event.slots for slot in tally):
        parts.append("–".join(_first(event.slots.get(slot)) for slot in tally))
    values = [str(filler.value) for slot in shown.get("what", ()) for filler in event.slots.get(slot, ())]
    # A shorter way to say the same is left to the page.
    about = " ".join(dict.fromkeys(v for v in values if not any(v in other and v != other for other in values)))
    if about:
        parts.append(f"{shown['sign']} {_short(about, _ABOUT)}".strip())
    return "  ".join(parts)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _first(fillers: Sequence[Filler] | None) -> str:
    return str(fillers[0].value) if fillers else "?"


def _short(text: str, limit: int) -> str:
    """On one line, cut after `limit` characters at a space."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + "…"
