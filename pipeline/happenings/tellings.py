"""What one event tells of a happening, ready to be compared: the event, its story's dates, and what is linked to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pipeline.happenings.days import When, when
from pipeline.happenings.links import links
from pipeline.happenings.subjects import About, load_subjects
from pipeline.records import Event, Filler, Segments, Story
from pipeline.tables.dating import datings

# Votes in the order in which they are told: 13–1–1.
VOTES = ("in_favour", "against", "abstaining")
# Whom a happening is kept by: another doer is another happening.
DOERS = {"veto": "vetoer", "vote_tally": "body", "ceasefire_call": "caller"}
# Slots that say what it is about.
_ABOUT = ("topic", "place", "object")
# Slots of those who act: their names say nothing of what it is about.
_ACTING = ("sponsor", "vetoer", "in_favour_actors", "against_actors", "abstaining_actors")
# What is told in the headline or in these first sentences of the story is its news.
_NEWS_SENTENCES = 6
# Days before a page's date that what its beginning tells besides its news is of.
_WEEKS = 31
# Sentences in which the setting of a story is looked for.
_LEAD = 4


# Slot, value and, for those who act, the register's id.
Value = tuple[str, str | int | bool, str | None]


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as it is compared. Sets are of actor ids, of folded words where the register knows nobody.

    doers: who vetoed, voted or called; votes: in favour, against, abstaining, -1 where not told; about: what the text
    is about by its slots; setting: places that the story's beginning names; background: not told at the beginning;
    aggregate: told as a number of times or in the plural, so no single happening; linked: the event of the same story
    that is the tally of the text vetoed, or its veto; vetoers: who vetoed that text; house: the outlet,
    the same for all its names; values: all that it tells.
    """

    event: str
    article: str
    story: int
    type: str
    modality: str
    start: int
    outlet: str
    published: str
    when: When
    doers: frozenset[str] = frozenset()
    stance: str = ""
    votes: tuple[int, int, int] = (-1, -1, -1)
    unanimous: bool = False
    outcome: str = ""
    resolution: str = ""
    sponsors: frozenset[str] = frozenset()
    abstainers: frozenset[str] = frozenset()
    about: About = field(default_factory=About)
    setting: frozenset[str] = frozenset()
    background: bool = False
    ordinal: int = -1
    aggregate: bool = False
    linked: str = ""
    vetoers: frozenset[str] = frozenset()
    house: str = ""
    values: tuple[Value, ...] = ()

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Slots and values of a type that is not known here, to compare it slot by slot."""
        known = self.type in DOERS
        return (
            () if known else tuple((slot, actor or str(value)) for slot, value, actor in self.values if slot != "date")
        )

    @property
    def family(self) -> tuple[str, str, str]:
        """Type and class: what two reports must share to be of one happening."""
        return self.type, self.modality, self.stance

    @property
    def signature(self) -> tuple[Any, ...]:
        """All that is compared: two tellings with one signature are alike to every third."""
        return (
            self.when, self.doers, self.votes, self.unanimous, self.outcome, self.resolution, self.sponsors,
            self.abstainers, self.about, self.setting, self.background, self.ordinal, self.aggregate, self.kept,
        )  # fmt: skip


def tellings(record: Segments, events: Sequence[Event], text: str, window: int) -> list[Telling]:
    """The tellings of one article's events, in their order. window: days before its page's date that news may be of."""
    stories = {story.story: story for story in record.stories}
    found: list[Telling] = []
    for number in dict.fromkeys(event.story for event in events):
        told = [event for event in events if event.story == number]
        found += _of_story(told, text, stories.get(number), window)
    return found


def _of_story(events: Sequence[Event], text: str, story: Story | None, window: int) -> list[Telling]:
    acting = {f.actor for event in events for slot in _ACTING for f in event.slots.get(slot, ()) if f.actor}
    abouts = [_about(event.slots) for event in events]
    setting = frozenset() if all(about.places for about in abouts) else _setting(text, story, acting)
    windows = _windows(events, story, window)
    plain = [
        _telling(event, text, story, about, frozenset() if about.places else setting, days)
        for event, about, days in zip(events, abouts, windows, strict=True)
    ]
    pairs = links(events)
    return [
        _with_linked(telling, plain[pairs[index]]) if index in pairs else telling for index, telling in enumerate(plain)
    ]


def _telling(
    event: Event, text: str, story: Story | None, about: About, setting: frozenset[str], window: int | None
) -> Telling:
    slots = event.slots
    doer = DOERS.get(event.type, "")
    return Telling(
        event=event.id,
        article=event.article,
        story=event.story,
        type=event.type,
        modality=event.modality,
        start=event.mentions[0].start,
        outlet=(story and story.outlet) or "",
        house=(story and (story.outlet_id or story.outlet)) or "",
        published=(story and story.published) or "",
        when=when(datings(event, text, story), story.published if story else None, window, event.modality == "actual"),
        doers=actors(slots.get(doer, ())),
        vetoers=actors(slots.get("vetoer", ())),
        stance=_word(slots, "stance"),
        votes=(_count(slots, VOTES[0]), _count(slots, VOTES[1]), _count(slots, VOTES[2])),
        unanimous="unanimous" in slots,
        outcome=_word(slots, "outcome"),
        resolution=_word(slots, "resolution"),
        sponsors=_states(slots.get("sponsor", ())),
        abstainers=actors(slots.get("abstaining_actors", ())),
        about=about,
        setting=setting,
        background=window is None,
        ordinal=_count(slots, "ordinal"),
        aggregate="count" in slots or _plural(slots),
        values=tuple((name, f.value, f.actor) for name, fillers in slots.items() for f in fillers),
    )


def _with_linked(telling: Telling, other: Telling) -> Telling:
    """A telling with what the veto or tally of the same text says of that text and of its day."""
    own, others = telling.when, other.when
    if not own.value and (others.value or not own.told):
        own = replace(others, basis="linked") if others.value else others
    veto = telling.type == "veto"
    return replace(
        telling,
        when=own,
        votes=other.votes if veto else telling.votes,
        outcome="rejected",
        resolution=telling.resolution or other.resolution,
        sponsors=telling.sponsors or other.sponsors,
        abstainers=telling.abstainers or other.abstainers,
        about=telling.about | About(other.about.places - telling.sponsors, other.about.matters),
        setting=frozenset() if other.about.places else telling.setting,
        ordinal=max(telling.ordinal, other.ordinal),
        linked=other.event,
        vetoers=telling.vetoers or other.vetoers,
    )


def _states(fillers: Iterable[Filler]) -> frozenset[str]:
    """The ids of those named: an Arab draft, or sixty-five states', is no other's than one of them."""
    return frozenset(filler.actor for filler in fillers if filler.actor)


def actors(fillers: Iterable[Filler]) -> frozenset[str]:
    """Whom fillers name: the ids of the register, else their words, folded."""
    return frozenset(filler.actor or " ".join(str(filler.value).split()) for filler in fillers)


def _count(slots: Mapping[str, Sequence[Filler]], name: str) -> int:
    value = slots[name][0].value if name in slots else -1
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _word(slots: Mapping[str, Sequence[Filler]], name: str) -> str:
    return str(slots[name][0].value) if name in slots else ""


def _about(slots: Mapping[str, Sequence[Filler]]) -> About:
    """What a text is about. Whose text it is says nothing of that, though it stands in its words (a Russian draft)."""
    subjects = load_subjects()
    found = About()
    for name in _ABOUT:
        for filler in slots.get(name, ()):
            told = subjects.arabic(str(filler.value))
            acting = actors([f for slot in _ACTING for f in slots.get(slot, ())]) if name == "object" else set()
            found = found | About(told.places - acting, told.matters)
    if not found.places:
        groups = {subjects.parties.get(filler.actor or "", "") for filler in slots.get("addressee", ())}
        found = found | About(frozenset(groups - {""}))
    return found


def _setting(text: str, story: Story | None, acting: Set[str]) -> frozenset[str]:
    """The places that headline and first sentences name, but for those who only act there: what the story is about."""
    if story is None:
        return frozenset()
    about = About()
    for sentence in story.sentences[:_LEAD]:
        about = about | load_subjects().arabic(text[sentence.start : sentence.end])
    return about.places - acting


def _windows(events: Sequence[Event], story: Story | None, window: int) -> list[int | None]:
    """For each event how many days before its page's date it may have been, where it has no day of its own.

    The first of its type, told at the beginning of its story, is the news, and so are all calls there; what the
    beginning tells besides is of the last weeks; what comes later may be of any time.
    """
    beginning = {sentence.id for sentence in story.sentences[:_NEWS_SENTENCES]} if story else set()
    first = {kind: min(e.mentions[0].start for e in events if e.type == kind) for kind in {e.type for e in events}}
    return [
        None
        if event.mentions[0].sentence not in beginning
        else window
        if event.mentions[0].start == first[event.type] or event.type == "ceasefire_call"
        else max(window, _WEEKS)
        for event in events
    ]


def _plural(slots: Mapping[str, Sequence[Filler]]) -> bool:
    """Whether a veto is told of texts in the plural (قرارات) and of nothing that would tell which."""
    texts = [str(filler.value) for filler in slots.get("object", ())]
    return bool(texts) and all(words_.split()[0] in _TEXTS for words_ in texts if words_.split())


_TEXTS = frozenset({"قرارات", "مشاريع", "مشروعات", "نصوص", "مسودات", "القرارات", "المشاريع"})


_FIELDS = tuple(field.name for field in fields(Telling))
_SETS = ("doers", "vetoers", "sponsors", "abstainers", "setting")


def pack(telling: Telling) -> dict[str, Any]:
    """A telling as JSON, to be kept."""
    flat = {name: getattr(telling, name) for name in _FIELDS}
    flat |= {name: sorted(flat[name]) for name in _SETS}
    when = {name: getattr(telling.when, name) for name in When.__slots__}
    return flat | {"when": when, "about": [sorted(telling.about.places), sorted(telling.about.matters)]}


def unpack(data: Mapping[str, Any]) -> Telling:
    """The telling that `pack` made of JSON."""
    sets = {name: frozenset(data[name]) for name in _SETS}
    return Telling(
        **{
            **data,
            **sets,
            "when": When(**data["when"]),
            "votes": tuple(data["votes"]),
            "about": About(*map(frozenset, data["about"])),
            "values": tuple(tuple(value) for value in data["values"]),
        }
    )
