"""What the page's view of happenings is told: each as a short row, with who reported it and what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.happenings.records import Happening
from pipeline.tables.organs import table_id

# Values of a slot that are shown: the best supported of them, and where they exclude one another the others.
_SHOWN = 6


def happening_rows(happenings: Iterable[Happening], events: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows for the page's JSON. events: the place of each event in the page's list, by its id.

    [{id, type, modality, aggregate, day, from, to, basis, articles, outlets, slots: {name: [[value, actor, support]]},
    differing: {name: [[value, support]]}, linked, record: {status, id, differs: [[slot, text, record]], candidates,
    why}, reports: [places of events]}]. Happenings of which the page has no event are left out.
    """
    return [row for happening in happenings if (row := happening_row(happening, events))["reports"]]


def happening_row(happening: Happening, events: Mapping[str, int]) -> dict[str, Any]:
    """One row, also where the page has no event of it."""
    record, day = happening.record, happening.day
    return {
        "id": happening.id,
        "type": happening.type,
        "modality": happening.modality,
        "aggregate": happening.aggregate,
        "day": day.value,
        "from": day.first,
        "to": day.last,
        "basis": day.basis,
        "articles": happening.articles,
        "outlets": happening.outlets,
        "slots": {
            name: [
                [value.value, table_id(value.actor, str(value.value)), value.support]
                for value in happening.values(name)[:_SHOWN]
            ]
            for name in happening.slots
        },
        "differing": {name: _others(happening, name) for name in happening.differing},
        "linked": happening.linked,
        "record": {
            "status": record.status,
            "id": record.id,
            "differs": [[differs.slot, differs.text, differs.record] for differs in record.differs],
            "candidates": record.candidates,
            "why": record.why,
        }
        if record
        else None,
        "reports": [events[report.event] for report in happening.reports if report.event in events],
    }


def _others(happening: Happening, name: str) -> list[list[Any]]:
    """All values of a slot that exclude one another, with how many articles tell each."""
    if name == "date":
        told = {happening.day.value: happening.day.support}
        return [[v, n] for v, n in (told | {v: len(a) for v, a in happening.day.others.items()}).items()]
    return [[value.value, value.support] for value in happening.slots[name][:_SHOWN]]
