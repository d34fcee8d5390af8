"""What a story has said so far: who was named, so that "the movement", "his country" and a verb without a subject
find the one they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.arabic.normalise import fold
from pipeline.frames.sentence.agreement import COUNTERPART, agrees
from pipeline.frames.sentence.chunks import Chunk, Member
from pipeline.records import Filler

# Nouns for a person who speaks for someone: made definite, they may take up one whom the story named by another title.
_SPEAKERS = frozenset(
    map(fold, ["وزير", "وزيرة", "سفير", "سفيرة", "مندوب", "مندوبة", "مبعوث", "مبعوثة",
               "مسؤول", "مسؤولة", "ممثل", "ممثلة", "دبلوماسي"])
)  # fmt: skip
# Nouns for those who fight a state: made definite, they are the one armed group that the story has named, if it is one.
_REBELS = frozenset(map(fold, ["متمردون", "متمردين", "مسلحون", "مسلحين", "انفصاليون", "انفصاليين"]))
# Organs and offices that every state has, and a state alone.
_STATE_ORGANS = frozenset(
    map(fold, ["حكومة", "جيش", "وزير", "وزيرة", "وزارة", "رئاسة", "خارجية", "رئيس وزراء", "رئيسة وزراء", "رئيس حكومة",
               "رئيس جمهورية", "رئيسة جمهورية"])
)  # fmt: skip
# Organisations headed by a secretary-general.
_WITH_SECRETARY = frozenset({"UN", "LAS", "NATO", "AU", "OIC", "GCC", "HEZBOLLAH"})


def is_state_organ(words: Sequence[str]) -> bool:
    """Whether folded words begin with an organ or office of a state, with or without particles and article."""
    bare = [re.sub("^[وف]?[بلك]?(ال)?|^[وف]?لل", "", word) for word in words[:2]]
    return not _STATE_ORGANS.isdisjoint({*(r for r in words[:1]), *bare[:1], " ".join(bare)})


@dataclass(slots=True)
class TypeMemory:
    """What a story told of one frame type's matter so far.

    issuers: who issued the last text, a statement too; owners: whose the last document was, its sponsors or the body
    that adopted it; document: what was told of the last document, by slot (documents.py); last: the number of the last
    sentence that told of this frame type; slots: what its last mention told, while a sentence may go on with it;
    recalled: the last chunk of each kind in the sentence before, which an anaphor may take up.
    """

    issuers: list[Member] = field(default_factory=list)
    owners: list[str | None] = field(default_factory=list)
    document: dict[str, list[Filler]] = field(default_factory=dict)
    last: int | None = None
    slots: dict[str, list[Filler]] = field(default_factory=dict)
    recalled: dict[str, Chunk] = field(default_factory=dict)

    def copy(self) -> TypeMemory:
        """The same, apart: what is noted in one is not in the other."""
        document = {slot: list(fillers) for slot, fillers in self.document.items()}
        return replace(self, document=document, recalled=dict(self.recalled))


@dataclass(slots=True)
class Memory:
    """What a story said so far, handed on from sentence to sentence; queries never write it.

    members: everyone named, in text order; topics: for each sentence, the first ones named there that can be a subject;
    pairs: lists of two; persons: surname to actor, learnt from offices; types: what it told of each frame type;
    headline: the offset at which the story's headline ends.
    """

    members: list[Member] = field(default_factory=list)
    topics: list[list[Member]] = field(default_factory=list)
    pairs: list[list[Member]] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)
    types: dict[str, TypeMemory] = field(default_factory=dict)
    headline: int = 0

    def copy(self) -> Memory:
        """The same, apart: what is noted in one is not in the other."""
        return replace(
            self,
            members=list(self.members),
            topics=list(self.topics),
            pairs=list(self.pairs),
            persons=dict(self.persons),
            types={name: one.copy() for name, one in self.types.items()},
        )

    def antecedent(self, noun: str, before: int) -> Member | None:
        """Whom a definite noun means: the last one named before offset `before` whose phrase begins with that noun,
        with or without its article, as المجلس takes up مجلس الأمن. A speaker's title may also take up the last
        speaker under another title, "the Secretary-General" the last organisation that has one, and "the rebels" the
        only group named."""
        bare = noun.removeprefix("ال")
        for member in reversed(self.members):
            named = member.end <= before and member.words and member.form != "adjective"
            if named and member.words[0].removeprefix("ال") == bare:
                return member
        for member in reversed(self.members):  # مصدر في حركة حماس … الحركة، قوات النظام السوري … النظام
            inside = {word.removeprefix("ال") for word in member.words[1:]}
            if member.actor and bare in inside and member.end <= before and member.form != "adjective":
                return member
        for member in reversed(self.members):
            if member.end <= before and member.actor:
                if bare in _SPEAKERS and member.form in {"office", "person"}:
                    return member
                if bare == "امين" and member.actor in _WITH_SECRETARY:
                    return member
        return self._only_group(before) if bare in _REBELS else None

    def _only_group(self, before: int) -> Member | None:
        """The one group that is no state which the story has named before an offset; nobody where it named two."""
        groups = [m for m in self.members if m.end <= before and m.actor and m.form == "group"]
        return groups[-1] if len({member.actor for member in groups}) == 1 else None

    def state(self, before: int, speaker: bool = True) -> Member | None:
        """Whose country بلاده means: the state of the last office or person named, else the last state by its name;
        without `speaker` only the latter, as سفيرها is hers who was named."""
        named = None
        for member in reversed(self.members):
            speaks = speaker and member.form in {"office", "person", "ministry"}
            if not speaks and (named is not None or member.form not in {"name", "capital"}):
                continue
            if not _is_state(member, before) or COUNTERPART.match(member.words[0]):
                continue
            if speaks:
                return member
            named = member
            if not speaker:
                break
        return named

    def pair(self, noun: str, before: int) -> list[Member]:
        """Whom "the two states" means: the last list of two, else the last two states named apart, "the two capitals"
        those named by their capitals; none where there are not two."""
        if self.pairs:
            return self.pairs[-1]
        forms = {"capital"} if noun.startswith("عاصم") else {"name", "capital"}
        named = [member for member in self._states(before) if member.form in forms]
        last = {member.actor: member for member in named[-2:]}
        return list(last.values()) if len(last) == 2 else []

    def country(self, before: int) -> Member | None:
        """Whose a bare "the parliament" is: the parliament's or office's named last, else the first state's."""
        states = self._states(before)
        official = [m for m in states if m.form in {"parliament", "office", "ministry"}]
        return official[-1] if official else next(iter(states), None)

    def only_state(self, before: int) -> str | None:
        """Whose a bare "the army" or "the defence minister" is, where the story leaves no doubt: the one state that it
        names and all its officials speak for, else the one whose capital it names."""
        states = self._states(before)
        for forms in ({"office", "ministry", "parliament", "name"}, {"capital"}):
            if named := {member.actor for member in states if member.form in forms}:
                return named.pop() if len(named) == 1 else None
        return None

    def _states(self, before: int) -> list[Member]:
        """The states named before an offset, by whatever words."""
        return [member for member in self.members if _is_state(member, before)]

    def subject(
        self, row: Sequence[Chunk], trigger: Chunk, agreement: str | None, allowed: frozenset[str] | None
    ) -> list[Member]:
        """The subject a verb leaves out: who stands right before it, else last behind a verb before it, else the topic,
        of its clause rather than of the sentence, else who is named after as the one who said it, else, where only some
        can be it, the last of them that no preposition governs, else the topic of the last sentence that has one.
        `agreement` (masc, fem) rules out the other gender, `allowed` all actors but these."""
        before = [chunk for chunk in row if chunk.end <= trigger.start]
        for members in self._expected(row, before, trigger, allowed is not None):
            if not members or (agreement and members[0].gender and members[0].gender != agreement):
                continue
            if allowed is None or all(member.actor in allowed for member in members):
                return members
        return []

    def _expected(
        self, row: Sequence[Chunk], before: Sequence[Chunk], trigger: Chunk, objects: bool
    ) -> Iterator[list[Member]]:
        """Who can be the subject of a trigger, the likeliest first; objects: also those who are only told of."""
        clause = next((at for at in range(len(before), 0, -1) if "boundary" in before[at - 1].tags), 0)
        if "verb" in trigger.tags:
            yield topic(before[-1:])
        yield from _behind_verbs(before[max(clause - 1, 0) :])
        yield topic(before[clause:])
        yield from _behind_verbs(before)
        yield topic(before)
        if not ("verb" in trigger.tags and {"masc", "fem"} & trigger.tags):  # أوقفوا، ندعو are spoken by someone else
            yield speaker(row, trigger)
        if objects:
            yield from (chunk.members for chunk in reversed(before) if "free" in chunk.tags)
        yield from reversed(self.topics)


def _is_state(member: Member, before: int) -> bool:
    """Whether a state is named before an offset."""
    return member.end <= before and member.actor is not None and len(member.actor) == 3


def _behind_verbs(row: Sequence[Chunk]) -> Iterator[list[Member]]:
    """Those who stand right behind a verb as its subject, the last first."""
    for at in range(len(row) - 1, 0, -1):
        if "verb" in row[at - 1].tags and _can_be_subject(row[at]) and agrees(row[at - 1], row[at]):
            yield row[at].members


def speaker(row: Sequence[Chunk], trigger: Chunk) -> list[Member]:
    """Whose words a clause without a subject is, where that is told behind it: «…»، قال الرئيس; …، بحسب الوزارة."""
    after = [chunk for chunk in row if chunk.start >= trigger.end]
    for at, chunk in enumerate(after):
        said = {"say", "verb"} <= chunk.tags and not chunk.tags & {"+و", "+ف"}
        for other in after[at + 1 : at + (3 if said else 9)] if said or "according" in chunk.tags else []:
            fits = _can_be_subject(other) and agrees(chunk, other) if said else "adjective" not in other.tags
            if other.members and fits:
                return other.members
    return []


def topic(row: Iterable[Chunk]) -> list[Member]:
    """The first ones named that no preposition governs and no noun carries as an adjective, if any."""
    for chunk in row:
        if _can_be_subject(chunk) and chunk.members and chunk.members[0].form != "adjective":
            return chunk.members
    return []


def _can_be_subject(chunk: Chunk) -> bool:
    return "actors" in chunk.tags and not chunk.tags & {"governed", "counterpart", "oblique"}
