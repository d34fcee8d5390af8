"""Tellings made of a few words, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.happenings.days import When, bounds
from pipeline.happenings.subjects import About
from pipeline.happenings.tellings import Telling


def on(value: str, basis: str = "resolved") -> When:
    """A day, month or year that a text gives."""
    first, last = bounds(value)
    grain = {4: "year", 7: "month", 10: "day"}[len(value)]
    return When(first, last, value, grain, basis)  # type: ignore[arg-type]


def news(published: str, days: int = 4) -> When:
    """No day of its own; news of a page of that date."""
    page = date.fromisoformat(published).toordinal()
    return When(page - days, page, "", "none", "published")


def telling(article: str, type_: str = "veto", n: int = 1, **told: Any) -> Telling:
    """A telling of article ARTICLE, its nth. doers, sponsors, abstainers, places, matters, setting: in words parted by
    spaces; votes: 13-1-1, with ? for what is not told."""
    sets = {name: frozenset(told.pop(name, "").split()) for name in ("doers", "sponsors", "abstainers", "setting")}
    about = About(frozenset(told.pop("places", "").split()), frozenset(told.pop("matters", "").split()))
    votes = tuple(-1 if number == "?" else int(number) for number in told.pop("votes", "?-?-?").split("-"))
    when = told.pop("when", When())
    values = told.pop("values", ())
    if not values:
        slot = {"veto": "vetoer", "vote_tally": "body", "ceasefire_call": "caller"}.get(type_, "actor")
        values = tuple((slot, name, name) for name in sorted(sets["doers"]))
        numbers = zip(("in_favour", "against", "abstaining"), votes, strict=True)
        values += tuple((name, number, None) for name, number in numbers if number >= 0)
        values += tuple((name, told[name], None) for name in ("resolution", "outcome", "stance") if name in told)
        values += tuple(("date", when.value, None) for _ in range(1) if when.value)
    fields: dict[str, Any] = {
        "event": f"{article}-1-{type_}-{n}", "article": article, "story": 1, "type": type_, "modality": "actual",
        "start": n * 100, "outlet": "", "published": "", "when": when, "about": about, "votes": votes, "values": values,
        "vetoers": sets["doers"] if type_ == "veto" else frozenset(),
    } | sets | told  # fmt: skip
    return Telling(**fields)
