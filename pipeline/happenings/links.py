"""Which tally and which veto of one story are of one text: linked, never merged."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Event

# Signs that a tally and a veto are of one text. One of the first two is enough, of the others it takes two.
_SAME_TEXT, _SAME_SPONSOR, _SAME_SENTENCE, _SAME_DAY, _SAME_BODY = 2, 2, 1, 1, 1
_ENOUGH = 2


def links(events: Sequence[Event]) -> dict[int, int]:
    """Indices of a story's vetoes to those of their tallies, and back; each is linked once, the surest pairs first."""
    pairs = []
    for v, veto in enumerate(events):
        for t, tally in enumerate(events):
            if (veto.type, tally.type) == ("veto", "vote_tally") and veto.modality == tally.modality == "actual":
                score = _score(veto, tally)
                if score >= _ENOUGH:
                    pairs.append((-score, abs(veto.mentions[0].start - tally.mentions[0].start), v, t))
    found: dict[int, int] = {}
    for _, _, v, t in sorted(pairs):
        if v not in found and t not in found:
            found[v], found[t] = t, v
    return found


def _score(veto: Event, tally: Event) -> int:
    """How much speaks for one text; nothing where something speaks against it."""
    if "count" in veto.slots or "adopted" in _keys(tally, "outcome") or "unanimous" in tally.slots:
        return 0
    if tally.slots.get("body") and "UNSC" not in _keys(tally, "body"):
        return 0
    sponsors, others = _keys(veto, "sponsor"), _keys(tally, "sponsor")
    days, other_days = _keys(veto, "date"), _keys(tally, "date")
    vetoers = _keys(veto, "vetoer")
    if (sponsors and others and not sponsors & others) or _other_day(days, other_days):
        return 0
    if vetoers & (_keys(tally, "abstaining_actors") | _keys(tally, "in_favour_actors")):
        return 0
    sentences = {mention.sentence for mention in veto.mentions} & {mention.sentence for mention in tally.mentions}
    return sum(
        (
            _SAME_TEXT * bool(_texts(veto) & _texts(tally)),
            _SAME_SPONSOR * bool(sponsors & others),
            _SAME_SENTENCE * bool(sentences),
            _SAME_DAY * bool(days & other_days),
            _SAME_SENTENCE * bool(vetoers & _keys(tally, "against_actors")),
            _SAME_BODY * ("rejected" in _keys(tally, "outcome") and bool(sentences)),
        )
    )


def _keys(event: Event, slot: str) -> set[str]:
    return {filler.actor or str(filler.value) for filler in event.slots.get(slot, ())}


def _texts(event: Event) -> set[tuple[int, int] | str]:
    """The text voted on: where its words stand, and the words themselves where they say more than "the draft"."""
    fillers = event.slots.get("object", ())
    phrases = {" ".join(str(filler.value).split()) for filler in fillers}
    return {(filler.start, filler.end) for filler in fillers} | {phrase for phrase in phrases if phrase.count(" ") > 1}


def _other_day(days: set[str], others: set[str]) -> bool:
    """Whether two sets of dates exclude one another; words that settle no date exclude nothing."""
    if not days or not others or not all(day[:4].isdigit() for day in days | others):
        return False
    return not any(one.startswith(other) or other.startswith(one) for one in days for other in others)
