"""events_plover.jsonl: each event as PLOVER's record, with its CAMEO code, ISO and COW codes, and its evidence.

Field names are PLOVER's wherever it has one (chapter "JSON Data Fields" of its manual); `cameo`, `date_info`,
`evidence`, `unsaid` and what names the event here are ours. Nothing is guessed: what a scheme cannot say is null, and
`unsaid` tells why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Literal

import pycountry

from pipeline.actors.register import load_register
from pipeline.frames.rules.heads import frame_types
from pipeline.records import Event, Filler, Segments, Story
from pipeline.tables.codes import Codes, Coding, load_codes, load_cow
from pipeline.tables.dating import Dating, datings, published
from pipeline.tables.sectors import sector

Undated = Literal["leave", "published"]
Record = dict[str, Any]


def plover_records(
    events: Sequence[Event], texts: Mapping[str, str], segments: Sequence[Segments], undated: Undated
) -> Iterator[Record]:
    """One record an event, in order. undated: whether the page's date stands in where the text gives none."""
    stories = {(record.article, story.story): story for record in segments for story in record.stories}
    for event in events:
        yield plover_record(event, texts[event.article], stories.get((event.article, event.story)), undated)


def plover_record(event: Event, text: str, story: Story | None, undated: Undated) -> Record:
    """An event as one record; keys in a fixed order, all of them always there."""
    codes = load_codes()
    unsaid: list[str] = []
    coding = codes.coding(event, [text[slice(*mention.trigger)] for mention in event.mentions])
    if coding is None:
        unsaid.append(codes.unsaid["no_coding"])
    code = _cameo(codes, coding, event, unsaid)
    category = _plover(codes, coding, event, unsaid)
    source, recipient = (
        [_actor(filler, unsaid) for slot in slots for filler in event.slots.get(slot, ())] for slots in _parties(coding)
    )
    if coding and not source:
        unsaid.append(codes.unsaid["no_source"])
    date = _date(codes, event, text, story, undated, unsaid)
    return {
        "id": event.id,
        "date": date.value if date and date.granularity == "day" else None,
        "date_info": asdict(date) if date else None,
        "source": source,
        "recipient": recipient,
        **category,
        "cameo": code,
        "type": event.type,
        "modality": event.modality,
        "article": event.article,
        "story": event.story,
        "cite_info": {
            "title": story.title if story else None,
            "publication": story.outlet if story else None,
            "published": story.published if story else None,
            "language": "ar",
            "codebook": codes.codebook,
        },
        "slots": {name: [filler.value for filler in fillers] for name, fillers in event.slots.items()},
        "evidence": [
            {
                "sentence": mention.sentence,
                "start": mention.start,
                "end": mention.end,
                "text": text[mention.start : mention.end],
                "rule": mention.rule,
            }
            for mention in event.mentions
        ],
        "unsaid": list(dict.fromkeys(unsaid)),
    }


def _parties(coding: Coding | None) -> tuple[list[str], list[str]]:
    """The slots of source and recipient; none where there is no coding."""
    kind = frame_types().get(coding.frame) if coding else None
    return (kind.role("source"), kind.role("recipient")) if kind else ([], [])


def _cameo(codes: Codes, coding: Coding | None, event: Event, unsaid: list[str]) -> Record | None:
    if coding is None or coding.cameo is None:
        unsaid += [coding.unsaid["cameo"]] if coding else []
        return None
    if not codes.modalities[event.modality].cameo:
        unsaid.append(codes.unsaid["cameo_modality"])
        return None
    return {"root": coding.cameo[:2], "code": coding.cameo, "name": codes.cameo[coding.cameo]}


def _plover(codes: Codes, coding: Coding | None, event: Event, unsaid: list[str]) -> Record:
    """PLOVER's `event`, `mode`, `context` (lists, as its manual has them) and `quad_code`."""
    treatment = codes.modalities[event.modality]
    if coding is None or coding.plover is None:
        unsaid += [coding.unsaid["plover"]] if coding else []
    elif not treatment.plover:
        unsaid.append(codes.unsaid["plover_modality"])
    else:
        category = coding.plover
        contexts = [category.context, *([treatment.context] if treatment.context else [])]
        return {
            "event": [category.event],
            "mode": [category.mode],
            "context": contexts,
            "quad_code": codes.quads[category.event],
        }
    return {"event": [], "mode": [], "context": [], "quad_code": None}


def _actor(filler: Filler, unsaid: list[str]) -> Record:
    """PLOVER's actor object: `code` is ISO 3166-1 alpha-3, IGO or NGO; `identifier_id` is ours of the register."""
    codes, cow = load_codes(), load_cow()
    known = load_register().actors.get(filler.actor or "")
    kind = known.kind if known else "unknown"
    state = filler.actor if kind == "state" else None
    iso = state if state and in_iso(state) else None
    code = state
    if kind == "body":
        code = "NGO" if filler.actor in codes.ngos else "IGO"
    named = filler.actor or " ".join(filler.text.split())
    reasons = {
        "unknown_actor": kind == "unknown",
        "group": kind == "group",
        "no_iso": state is not None and iso is None,
        "no_cow": state is not None and state not in cow,
    }
    unsaid += [f"{named}: {text}" for reason, text in codes.unsaid.items() if reasons.get(reason)]
    number, letters = cow.get(state or "", (None, None))
    return {
        "code": code,
        "iso3": iso,
        "cow_number": number,
        "cow_letters": letters,
        "kind": kind,
        "sector": sector(filler),
        "identifier_id": filler.actor,
        "identifier_text": known.label if known else None,
        "actor_text": filler.text,
        "start": filler.start,
        "end": filler.end,
    }


@lru_cache(maxsize=512)
def in_iso(code: str) -> bool:
    """Whether a code is one of ISO 3166-1 alpha-3."""
    return pycountry.countries.get(alpha_3=code) is not None


def _date(
    codes: Codes, event: Event, text: str, story: Story | None, undated: Undated, unsaid: list[str]
) -> Dating | None:
    found = datings(event, text, story)
    if found:
        if found[0].granularity != "day":
            unsaid.append(codes.unsaid["coarse_date"])
        return found[0]
    unsaid.append(codes.unsaid["no_date"])
    return published(story) if undated == "published" else None
