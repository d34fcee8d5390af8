"""Groups of reports into happenings: best supported values, days, links, ids, and the record's answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipeline.files import sha256
from pipeline.happenings.days import EVER, NEVER, When
from pipeline.happenings.records import Day, Differs, Happening, Matched, Report, Supported
from pipeline.happenings.subjects import About
from pipeline.happenings.tellings import VOTES, Telling, Value
from pipeline.record.answers import Answers, Profile, Verdict

# Slots of which one value alone can be true.
SINGLE = frozenset(
    {
        "in_favour",
        "against",
        "abstaining",
        "not_voting",
        "unanimous",
        "outcome",
        "resolution",
        "stance",
        "ordinal",
        "count",
    }
)
# Slots whose values are words: another wording is no other value.
WORDED = frozenset({"object", "topic", "place", "duration", "addressee"})
# The bodies whose votes the record holds.
RECORDED = ("UNSC", "UNGA")
_BASES = ("stated", "resolved", "linked", "published", "words", "none")
_GRAINS = ("day", "month", "year", "none")


def assemble(
    tellings: Sequence[Telling], groups: Sequence[Sequence[int]], matcher: Answers | None
) -> Iterator[Happening]:
    """One happening a group of indices, in the order of the groups; without a matcher none is held against a record."""
    ids = _ids(tellings, groups)
    owner = {tellings[index].event: ids[row] for row, group in enumerate(groups) for index in group}
    made: dict[str, Happening] = {}
    profiles: dict[str, Profile] = {}
    for id_, group in zip(ids, groups, strict=True):
        members = sorted((tellings[index] for index in group), key=_order)
        linked = sorted({owner[t.linked] for t in members if t.linked in owner} - {id_})
        made[id_] = _happening(id_, members, linked)
        profile = _profile(members, made[id_])
        if matcher and profile:
            profiles[id_] = profile
            made[id_].record = _matched(matcher.match(profile))
    for id_, happening in made.items():
        if matcher and happening.record and happening.record.status == "several":
            happening.record = _by_link(happening, profiles[id_], made, matcher)
        yield happening


def _by_link(happening: Happening, profile: Profile, made: Mapping[str, Happening], matcher: Answers) -> Matched | None:
    """The record's answer to one that fits several rows, by what the record has of the veto or tally of its text."""
    for other in happening.linked:
        known = made[other].record
        if known and known.id and not happening.aggregate:
            verdict = matcher.match_linked(profile, known.id)
            if verdict:
                return _matched(verdict)
    return happening.record


def _happening(id_: str, members: Sequence[Telling], linked: list[str]) -> Happening:
    slots = {name: supported(values) for name, values in _by_slot(members).items()}
    differing = [name for name, values in slots.items() if name in SINGLE and len(values) > 1]
    days = _day(members)
    first = members[0]
    dated = [member.published for member in members if member.published]
    return Happening(
        id=id_,
        type=first.type,
        modality=first.modality,
        aggregate=any(member.aggregate for member in members),
        day=days,
        articles=len({member.article for member in members}),
        outlets=len({member.house for member in members if member.house}),
        first_report=min(dated, default=None),
        last_report=max(dated, default=None),
        slots=slots,
        best={name: _how_many(name, values) for name, values in slots.items()},
        differing=differing + (["date"] if days.others else []),
        linked=linked,
        reports=[
            Report(
                event=m.event, article=m.article, story=m.story, outlet=m.outlet or None, published=m.published or None
            )
            for m in members
        ],
    )  # fmt: skip


def _order(telling: Telling) -> tuple[str, str, int, int]:
    """By the page's date, those without one last; then by article and place."""
    return telling.published or "9999", telling.article, telling.story, telling.start


def _ids(tellings: Sequence[Telling], groups: Iterable[Sequence[int]]) -> list[str]:
    """TYPE-WHO-HASH, where the hash is of the first report: its article, story, and which of its kind it is there.

    So an id stays for as long as the first report does, whatever else comes or goes; nothing is counted over all.
    """
    nth: Counter[tuple[str, ...]] = Counter()
    rank = {}
    for index in sorted(
        range(len(tellings)), key=lambda i: (tellings[i].article, tellings[i].story, tellings[i].start)
    ):
        telling = tellings[index]
        kind = (telling.article, str(telling.story), *telling.family, ",".join(sorted(telling.doers)))
        nth[kind] += 1
        rank[index] = (*kind, str(nth[kind]))
    ids = []
    for group in groups:
        first = min(group, key=lambda index: _order(tellings[index]))
        telling = tellings[first]
        who = "+".join(sorted(name for name in telling.doers if name.isascii())) or "X"
        ids.append(f"{telling.type}-{who}-{sha256('|'.join(rank[first]))[:10]}")
    return ids


def _by_slot(members: Sequence[Telling]) -> dict[str, list[tuple[Telling, Value]]]:
    found: dict[str, list[tuple[Telling, Value]]] = defaultdict(list)
    for member in members:
        for value in member.values:
            found[value[0]].append((member, value))
    return dict(sorted(found.items()))


def supported(told: Sequence[tuple[Telling, Value]]) -> list[Supported]:
    """The values of one slot by how many articles tell them; then by outlets, by the earliest report, by themselves.

    told: in the order of the reports. Of several wordings of one actor, that of most reports is shown.
    """
    groups: dict[str, list[tuple[int, Telling, Value]]] = defaultdict(list)
    for place, (telling, value) in enumerate(told):
        groups[value[2] or f"{type(value[1]).__name__} {' '.join(str(value[1]).split())}"].append(
            (place, telling, value)
        )
    ranked = []
    for key, group in groups.items():
        articles = list(dict.fromkeys(telling.article for _, telling, _ in group))
        outlets = len({telling.house for _, telling, _ in group if telling.house})
        wording = Counter(value[1] for _, _, value in group).most_common(1)[0][0]
        shown = Supported(
            value=wording, actor=group[0][2][2], support=len(articles), outlets=outlets, articles=articles
        )
        ranked.append(((-len(articles), -outlets, group[0][0], key), shown))
    return [shown for _, shown in sorted(ranked, key=lambda pair: pair[0])]


def _how_many(name: str, values: Sequence[Supported]) -> int:
    """How many of a slot's values stand in the tables: one where one alone can be true or the words are anybody's."""
    return 1 if name in SINGLE or name in WORDED or name == "date" else len(values)


def _day(members: Sequence[Telling]) -> Day:
    """The day that most articles give, of those known best."""
    grain = min((_GRAINS.index(m.when.granularity) for m in members), default=3)
    if _GRAINS[grain] == "none":
        return _range(members)
    told: dict[str, list[Telling]] = defaultdict(list)
    for member in members:
        if _GRAINS.index(member.when.granularity) == grain:
            told[member.when.value].append(member)
    ranked = sorted(told, key=lambda value: (-len({m.article for m in told[value]}), value))
    best = told[ranked[0]]
    return Day(
        value=ranked[0],
        granularity=_GRAINS[grain],
        basis=min((m.when.basis for m in best), key=_BASES.index),
        first=date.fromordinal(best[0].when.first).isoformat(),
        last=date.fromordinal(best[0].when.last).isoformat(),
        support=len({m.article for m in best}),
        others={value: sorted({m.article for m in told[value]}) for value in ranked[1:]},
    )


def _range(members: Sequence[Telling]) -> Day:
    """The days that all reports allow, where none dates it: from the latest bound to the first page that tells it."""
    first = max((m.when.first for m in members), default=EVER)
    last = min((m.when.last for m in members), default=NEVER)
    if last < first:
        first = min((m.when.first for m in members if m.when.bounded), default=EVER)
    return Day(
        granularity="none",
        basis=min((m.when.basis for m in members), key=_BASES.index),
        first=date.fromordinal(first).isoformat() if first > EVER else None,
        last=date.fromordinal(last).isoformat() if last < NEVER else None,
    )


def _matched(verdict: Verdict) -> Matched:
    return Matched(
        status=verdict.status,
        id=verdict.id,
        differs=[Differs(slot=d.slot, text=d.text, record=d.record) for d in verdict.differs],
        candidates=list(verdict.candidates),
        possible=verdict.possible,
        why=verdict.why,
    )


def _recorded(happening: Happening) -> bool:
    """Whether the record holds such things: vetoes that were cast, votes of its bodies."""
    slots = happening.slots
    if happening.modality != "actual" or happening.type not in ("veto", "vote_tally"):
        return False
    bodies = {value.actor for value in slots.get("body", ())}
    if bodies:
        return bool(bodies & set(RECORDED))
    told = happening.type == "veto" or happening.linked or "resolution" in slots
    return bool(told) or _whole(slots)


def _whole(slots: dict[str, list[Supported]]) -> bool:
    return all(name in slots for name in VOTES)


def _profile(members: Sequence[Telling], happening: Happening) -> Profile | None:
    """What the reports say together, the best supported value of each; None where no record holds such things."""
    if not _recorded(happening):
        return None
    slots = happening.slots
    veto, vetoed = happening.type == "veto", bool(happening.linked)
    about = About()
    for member in members:
        about = about | member.about
    settings = [member.setting for member in members if member.setting]
    body = "UNSC" if veto or vetoed else str(slots["body"][0].actor) if "body" in slots else ""
    linked = [member for member in members if min(member.votes) >= 0] or list(members)
    return Profile(
        type=happening.type,
        when=_when(members, happening.day),
        doers=frozenset(name for member in members for name in member.vetoers if len(name) == 3),
        votes=tuple(_number(slots, name, [m.votes[i] for m in linked]) for i, name in enumerate(VOTES)),  # type: ignore[arg-type]
        unanimous="unanimous" in slots,
        outcome="rejected" if veto or vetoed else _first(slots, "outcome"),
        resolution=_first(slots, "resolution"),
        sponsors=frozenset(name for member in members for name in member.sponsors),
        abstainers=frozenset(name for member in members for name in member.abstainers),
        opponents=_ids_of(slots, "against_actors"),
        about=about,
        setting=frozenset.intersection(*settings) if settings else frozenset(),
        body=body,
        not_voting=_number(slots, "not_voting", []),
        aggregate=any(member.aggregate for member in members),
        vetoed=veto or vetoed,
    )


def _when(members: Sequence[Telling], day: Day) -> When:
    """The day that the reports agree on; where none has one, all that they say of it."""
    best = next((m.when for m in members if day.value and m.when.value == day.value), None)
    hints = {name: max(getattr(m.when, name) for m in members) for name in ("weekday", "month", "day")}
    if best is not None:
        return best if best.known else When(best.first, best.last, best.value, best.granularity, best.basis, **hints)
    first = date.fromisoformat(day.first).toordinal() if day.first else EVER
    last = date.fromisoformat(day.last).toordinal() if day.last else NEVER
    return When(first, last, "", "none", day.basis, **hints)


def _number(slots: dict[str, list[Supported]], name: str, linked: Sequence[int]) -> int:
    """The best supported number, else that of a linked tally; -1 where none is told."""
    told = slots.get(name)
    if told and isinstance(told[0].value, int):
        return int(told[0].value)
    return max(linked, default=-1)


def _first(slots: dict[str, list[Supported]], name: str) -> str:
    return str(slots[name][0].value) if name in slots else ""


def _ids_of(slots: dict[str, list[Supported]], name: str) -> frozenset[str]:
    return frozenset(value.actor for value in slots.get(name, ()) if value.actor)
