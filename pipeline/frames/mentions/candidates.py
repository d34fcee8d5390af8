"""The rules of one frame type at work in one sentence: matches, their fillers, which of them stand, and modality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.frames.mentions.comparing import contradict, count_of
from pipeline.frames.rules.schema import FrameType, Rule, Shared
from pipeline.frames.sentence.agreement import agrees
from pipeline.frames.sentence.base import Base
from pipeline.frames.sentence.chunks import Chunk, Member
from pipeline.frames.sentence.fillers import fillers, member_filler, whole
from pipeline.frames.sentence.layers import FrameLayers
from pipeline.frames.sentence.matching import CLAUSE_ENDS, Match, Pattern, as_doc, following, negated_tags, neighbours
from pipeline.frames.story import documents
from pipeline.frames.story.memory import Discourse
from pipeline.records import Filler, Modality


@dataclass(slots=True)
class Candidate:
    """A rule's match in a row: its trigger, the fillers it captured and the chunks they came from
    by slot; `start` is the code point its sentence begins at."""

    rule: Rule
    order: int
    match: Match
    trigger: int
    slots: dict[str, list[Filler]]
    start: int
    claims: dict[int, str] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, ...]:
        """Best first: higher priority, more captures and fillers, fewer chunks for them, earlier in the file, earlier
        captures."""
        values = sum(map(len, self.slots.values()))
        return (
            -self.rule.priority,
            -len(self.claims),
            -values,
            self.match.end - self.match.start,
            self.order,
            sum(self.claims),
        )


class CompiledType:
    """A frame type ready to run."""

    def __init__(self, frame: FrameType, shared: Shared) -> None:
        self.frame = frame
        self.layers = FrameLayers(shared, frame)
        self.rules = [Pattern(rule.pattern) for rule in frame.rules]
        self.cues = [(cue, Pattern(cue.pattern)) for cue in frame.cues]
        self._only = {slot: frozenset(frame.sets[name]) for slot, name in frame.only.items()}
        self.negatable = negated_tags([*(r.pattern for r in frame.rules), *(c.pattern for c in frame.cues)])

    def candidates(self, text: str, base: Base, row: list[Chunk], discourse: Discourse) -> list[Candidate]:
        """Every acceptable match of every rule, in rule order."""
        discourse.note_documents(row)
        drafts = discourse.drafts.setdefault(self.frame.frame, {})
        documents.note(text, base.words, row, drafts, discourse.headline)
        if self.frame.frame in discourse.told and row:
            row[0].tags.add("told")
        present = {tag for chunk in row for tag in chunk.tags} | {"!" + tag for tag in self.negatable}
        context = [*self.frame.context, *(self.frame.echo if self.frame.frame in discourse.told else [])]
        if context and not any(present.issuperset(tag.split("&")) for tag in context):
            return []
        runnable = [i for i, pattern in enumerate(self.rules) if pattern.possible(present)]
        if not runnable:
            return []
        doc = as_doc(row, self.negatable)
        found: list[Candidate] = []
        for order in runnable:
            rule = self.frame.rules[order]
            for match in self.rules[order].find(doc, present):
                candidate = self._candidate(text, base, row, rule, order, match, discourse)
                if candidate is not None:
                    self._attach(text, base, row, candidate)
                    self._fill(candidate, row, discourse)
                    if self.frame.resumes and not rule.aside and self._points_back(base, row, candidate):
                        documents.resume(candidate.slots, drafts, self.frame.resumes)
                    found.append(candidate)
        return found

    def _candidate(
        self, text: str, base: Base, row: list[Chunk], rule: Rule, order: int, match: Match, discourse: Discourse
    ) -> Candidate | None:
        at = next(i for i, item in enumerate(rule.pattern) if item.trigger)
        trigger = match.items[at][0]
        candidate = Candidate(rule, order, match, trigger, {}, base.sentence.start)
        for item, places in zip(rule.pattern, match.items, strict=True):
            for place in places:
                chunk = row[place]
                if item.agrees and not agrees(row[trigger], chunk):
                    return None
                if item.gap is None and item.reach is None:
                    for slot, inner in chunk.parts.items():
                        candidate.slots.setdefault(slot, []).extend(inner)
                if item.slot:
                    new = (
                        self._owned(text, base, row, place, discourse)
                        if item.owner
                        else fillers(text, base.words, chunk, item)
                    )
                    candidate.slots.setdefault(item.slot, []).extend(new)
                    candidate.claims[place] = item.slot
                    if goes_on(row, place):
                        continue
                    if item.counts:
                        candidate.slots[item.counts] = [count_of(text, candidate.slots[item.slot])]
                    if item.listed:
                        candidate.slots["_" + item.listed] = [count_of(text, candidate.slots[item.slot])]
        for slot, value in rule.set.items():
            candidate.slots[slot] = [whole(text, base.words, row[trigger], value)]
        for slot, allowed in self._only.items():
            if slot in candidate.slots and not {f.actor for f in candidate.slots[slot]} <= allowed:
                return None
        return candidate

    def _owned(self, text: str, base: Base, row: Sequence[Chunk], place: int, discourse: Discourse) -> list[Filler]:
        """A document as one who calls: its words, and as actor whose it is — the body where it names it, the body
        named before a resolution (one with a number was passed, whoever drafted it), its sponsors, else the owners of
        the story's last document. One filler an owner."""
        chunk = row[place]
        actors: list[str | None] = [f.actor for f in chunk.parts.get("body", []) if f.actor]
        sponsors: list[str | None] = [f.actor for f in chunk.parts.get("sponsor", []) if f.actor]
        if not actors and "resolution" in chunk.tags and ("resolution" in chunk.parts or not sponsors):
            bodies = self.layers.sets["deliberative"]
            start = base.words[chunk.start].start
            before = [m.actor for m in discourse.members if m.actor in bodies and m.end <= start]
            actors = list(before[-1:])
        actors = actors or sponsors
        actors = actors or discourse.documents
        discourse.documents = actors
        filler = whole(text, base.words, chunk)
        return [filler.model_copy(update={"actor": actor}) for actor in actors] or [filler]

    def _fill(self, candidate: Candidate, row: list[Chunk], discourse: Discourse) -> None:
        """Slots that the rule leaves to the context."""
        trigger = row[candidate.trigger]
        for slot, source in {**self.frame.fill, **candidate.rule.fill}.items():
            if slot in candidate.slots:
                continue
            if source == "subject":
                gender = next((g for g in ("fem", "masc") if g in trigger.tags), None)
                governed = candidate.trigger and "preposition" in row[candidate.trigger - 1].tags  # إلى رفض: no verb
                agreement = gender if "verb" in trigger.tags and not governed else None
                members = discourse.subject(row, trigger, agreement, self._only.get(slot))
            elif source.startswith("sentence:"):
                tag = source.removeprefix("sentence:")
                members = next((chunk.members[:1] for chunk in row if tag in chunk.tags and chunk.members), [])
                inner = next((chunk.parts[slot][:1] for chunk in row if slot in chunk.parts), [])
                if inner and not members:
                    candidate.slots[slot] = inner
            else:
                tags = frozenset(source.removeprefix("nearest:").split(","))
                members = self._nearest(row, candidate, tags, discourse)
            if members:
                candidate.slots[slot] = list(map(member_filler, members))

    @staticmethod
    def _points_back(base: Base, row: list[Chunk], candidate: Candidate) -> bool:
        """Whether the object is a definite document of which the sentence says no more."""
        starts = {filler.start for filler in candidate.slots.get("object", [])}
        return any(
            "draft" in chunk.tags and documents.definite(base.words, chunk)
            for chunk in row
            if any(base.words[chunk.start].start <= start < base.words[chunk.end - 1].end for start in starts)
        )

    def _nearest(
        self, row: list[Chunk], candidate: Candidate, tags: frozenset[str], discourse: Discourse
    ) -> list[Member]:
        """Who carries a tag: in the sentence, the last before the trigger that no preposition governs, else the last
        before it, else the first after it; else the last in the story, or whom its sentence is about (أوصت الجمعية
        العامة مجلس الأمن)."""
        tagged = [chunk for chunk in row if tags & chunk.tags and chunk.members]
        before = [chunk for chunk in tagged if chunk.start < row[candidate.trigger].start]
        free = [chunk for chunk in before if "governed" not in chunk.tags]
        if tagged:
            return (free or before or tagged[:1])[-1].members[-1:]
        ids = frozenset().union(*(self.layers.sets.get(tag, frozenset()) for tag in tags))
        earlier = [
            m
            for m in discourse.members
            if (m.form in tags or (m.actor in ids and m.form not in {"person", "office"})) and m.end <= candidate.start
        ]
        leading = [m for members in discourse.topics for m in members[:1] if earlier and m.start <= earlier[-1].start]
        return leading[-1:] if leading and leading[-1] in earlier else earlier[-1:]

    def _attach(self, text: str, base: Base, row: list[Chunk], candidate: Candidate) -> None:
        """Slots taken from the nearest fitting chunk around the match, or from that chunk's own slots."""
        for slot, tries in self.frame.attach.items():
            around = following if slot in self.frame.follows else neighbours
            ends = CLAUSE_ENDS | ({"comma"} if slot in self.frame.unparted else set())
            found = (c for tag, within in tries for c in around(row, candidate.match, within, ends) if tag in c.tags)
            near = next(found, None)
            if near is not None and slot not in candidate.slots:
                name = "_" + slot if slot in candidate.rule.lends else slot
                candidate.slots[name] = near.parts.get(slot) or [whole(text, base.words, near, near.value)]
        for slot, (tag, within) in self.frame.inherit.items():
            near = next(
                (c for c in neighbours(row, candidate.match, within) if tag in c.tags and slot in c.parts), None
            )
            if near is not None and slot not in candidate.slots:
                candidate.slots[slot] = list(near.parts[slot])

    def mentions(self, text: str, base: Base, row: list[Chunk], discourse: Discourse) -> list[Candidate]:
        """Candidates resolved: one a trigger, or for `group: sentence` one for all parts that do not contradict; then
        the asides, one a trigger and kind."""
        found = self.candidates(text, base, row, discourse)
        aside = [c for c in found if c.rule.aside and set(c.rule.aside) <= set(c.slots)]
        kinds = sorted({tuple(c.rule.aside) for c in aside})
        asides = [
            best for kind in kinds for best in self._by_trigger([c for c in aside if tuple(c.rule.aside) == kind])
        ]
        asides.sort(key=lambda c: -len(c.claims))  # who submits a draft goes before those named with it
        told = [c for c in found if not c.rule.aside]
        return (self._by_trigger(told) if self.frame.group == "trigger" else self._by_sentence(row, told)) + asides

    @staticmethod
    def _by_trigger(candidates: Sequence[Candidate]) -> list[Candidate]:
        best: dict[int, Candidate] = {}
        for candidate in sorted(candidates, key=lambda c: c.rank):
            kept = best.setdefault(candidate.trigger, candidate)
            taken = {f.start for values in kept.slots.values() for f in values}
            if kept is not candidate:
                for slot, values in candidate.slots.items():
                    if slot not in kept.slots and not taken & {f.start for f in values}:
                        kept.slots[slot] = values
        return [best[trigger] for trigger in sorted(best)]

    def _by_sentence(self, row: list[Chunk], candidates: Sequence[Candidate]) -> list[Candidate]:
        """Parts of one telling. A number can say one thing only, so the more specific match claims it first; what the
        cues drop says nothing, and a part that contradicts what is there opens a second telling."""
        claimed: dict[int, str] = {}
        accepted = []
        for candidate in sorted(candidates, key=lambda c: c.rank):
            if candidate.rule.names:
                continue
            free = all(claimed.get(place, slot) == slot for place, slot in candidate.claims.items())
            if free and self.modality(row, candidate) != "none":
                claimed.update(candidate.claims)
                accepted.append(candidate)
        accepted += filter(None, (_named(c, claimed) for c in candidates if c.rule.names))
        tellings: list[Candidate] = []
        lent: set[str] = set()
        told = False
        for candidate in sorted(accepted, key=lambda c: (c.match.start, c.order)):
            for telling in tellings[-1:]:
                if not contradict(telling.slots, candidate.slots, self.frame):
                    for slot, values in candidate.slots.items():
                        known = telling.slots.setdefault(slot, [])
                        known += [v for v in values if all((v.start, v.end) != (k.start, k.end) for k in known)]
                    break
            else:
                tellings.append(candidate)
                lent, told = set(), False
            lent, told = lent | set(candidate.rule.lends), told or not candidate.rule.lends
            if told:  # the sentence tells of this happening, too
                _own(tellings[-1].slots, sorted(lent))
        return tellings

    def modality(self, row: list[Chunk], candidate: Candidate) -> Modality | str:
        """What the cues around a mention say of it; the rule's own word goes first, `actual` is the default."""
        if candidate.rule.modality:
            return candidate.rule.modality
        trigger, first = row[candidate.trigger], row[candidate.match.start]
        trigger.tags.add("trigger")
        first.tags.add("start")
        present = {tag for chunk in row for tag in chunk.tags} | {"!" + tag for tag in self.negatable}
        doc = as_doc(row, self.negatable)
        cues = ((cue, pattern) for cue, pattern in self.cues if not present & set(cue.unless))
        found: Modality | str = next((cue.is_ for cue, pattern in cues if pattern.find(doc, present)), "actual")
        trigger.tags.discard("trigger")
        first.tags.discard("start")
        return found


def _named(candidate: Candidate, claimed: Mapping[int, str]) -> Candidate | None:
    """What a rule that names the counted found, in the slot for those that the count it starts from was read as; None
    where no rule has read it."""
    counted = next(place for place, slot in candidate.claims.items() if slot == "_counted")
    slot = candidate.rule.names.get(claimed.get(counted, ""))
    return replace(candidate, slots={slot: candidate.slots["_names"]}) if slot else None


def _own(slots: dict[str, list[Filler]], lent: Sequence[str]) -> None:
    """Let what was another happening's be this one's, in place, where the sentence gives nothing else."""
    for slot in lent:
        if "_" + slot in slots and slot not in slots:
            slots[slot] = slots.pop("_" + slot)


def goes_on(row: Sequence[Chunk], place: int) -> bool:
    """Whether a list of names ends in a number of others: كندا وبنما وأربع من جزر المحيط."""
    following = row[place + 1].tags if place + 1 < len(row) else frozenset()
    return "+و" in following and not following.isdisjoint({"count", "number"})
