"""Slots that a rule leaves open: whose deed its trigger tells, and whom the sentence or the story names for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from pipeline.frames.mentions.context import Context, Slots
from pipeline.frames.sentence.agreement import COUNTERPART
from pipeline.frames.sentence.chunks import Chunk, Member
from pipeline.frames.sentence.clauses import Phrase
from pipeline.frames.sentence.fillers import member_filler
from pipeline.frames.sentence.tokens import QUOTES
from pipeline.frames.story import documents

# Tags of chunks that name no one who calls: those called on, and words that only stand for somebody.
_NOBODY = frozenset(
    {"parties", "foes", "oblique", "pronoun_like", "relative", "number", "date", "ceasefire", "governed"}
)
# A name and its title; what is longer is more than the name of somebody.
_LONGEST = 5


def fill_from_context(
    context: Context,
    trigger: int,
    slots: Slots,
    sources: Mapping[str, str],
    only: Mapping[str, frozenset[str]],
    sets: Mapping[str, frozenset[str]],
) -> None:
    """Fill, in place, the slots of `sources` that are empty: `subject`, `sentence:TAG` or `nearest:TAG,TAG`."""
    row = context.row
    for slot, source in sources.items():
        if slot in slots:
            continue
        kind, _, names = source.partition(":")
        if kind == "subject":
            members = _subject(context, trigger, only.get(slot), {f.start for values in slots.values() for f in values})
        elif kind == "sentence":
            members = next((row[at].members[:1] for at in context.tags.places(names) if row[at].members), [])
            inner = context.told_within.get(slot)
            if inner and not members:
                slots[slot] = inner[:1]
        else:
            tags = frozenset(names.split(","))
            members = _nearest(context, trigger, tags, sets)
            if slot in context.memory.slots and not any(tags & chunk.tags and chunk.members for chunk in row):
                slots[slot] = context.memory.slots[slot]  # a sentence that names none goes on with what was told
                continue
        if members:
            slots[slot] = list(map(member_filler, members))


def _subject(context: Context, trigger: int, allowed: frozenset[str] | None, taken: Set[int]) -> list[Member]:
    """The subject of the trigger: its clause's where that is sure, who issued it where a text says it, else whom the
    story lets one expect. One whom nobody knows is there by his words, for somebody else would be wrong.

    allowed: the actors that can be it, None for all; taken: offsets of those who fill another slot already, who are
    none. Nobody of whom a quotation tells is the "I" or "we" that speaks in it.
    """
    found = _expected(context, trigger, allowed, taken)
    opening = _opening(context, trigger) if "first" in context.row[trigger].tags else None
    if opening is None or not found or found[0].start < context.base.words[opening].start:
        return found
    said = [place for place, chunk in enumerate(context.row) if chunk.end <= opening and {"say", "verb"} <= chunk.tags]
    phrase = context.syntax.subject(said[-1]) if said else None
    speaker = _named(context.row, context.syntax.places(phrase)) if phrase is not None else []
    return speaker or next((members for members in reversed(context.story.topics) if members), [])


def _opening(context: Context, trigger: int) -> int | None:
    """The sign with which the quotation begins that a trigger stands in, or the last colon before it; None without."""
    words = context.base.words[: context.row[trigger].start]
    quotes = [at for at, word in enumerate(words) if word.norm in QUOTES]
    colons = [at for at, word in enumerate(words) if word.norm == ":"]
    return quotes[-1] if len(quotes) % 2 else next(reversed(colons), None)


def _expected(context: Context, trigger: int, allowed: frozenset[str] | None, taken: Set[int]) -> list[Member]:
    """The subject of the trigger by its clause, or whom the story lets one expect."""
    chunk = context.row[trigger]
    phrase = context.syntax.subject(trigger) or context.syntax.possessor(trigger)
    if phrase is None and "verb" not in chunk.tags:
        phrase = context.syntax.reporter(trigger)
    if phrase is not None:
        places = context.syntax.places(phrase)
        found = _named(context.row, places)
        if not found and any(documents.is_text(context.row[place]) for place in places):
            found = documents.issuer(context.row, context.syntax, phrase) or context.memory.issuers
        if not found and allowed is None and context.syntax.speaks(trigger):
            found = _unknown(context, trigger, phrase)
        members = [m for m in found if m.start not in taken]
        if members and (allowed is None or all(member.actor in allowed for member in members)):
            return members
    gender = next((g for g in ("fem", "masc") if g in chunk.tags), None)
    governed = trigger and "preposition" in context.row[trigger - 1].tags  # إلى رفض: no verb
    agreement = gender if "verb" in chunk.tags and not governed else None
    return context.story.subject(context.row, chunk, agreement, allowed)


def _named(row: Sequence[Chunk], places: Sequence[int]) -> list[Member]:
    """The first ones named in these places, but for those whom an adjective names (دول عربية)."""
    chunks = (row[place] for place in places)
    return next((chunk.members for chunk in chunks if chunk.members and "adjective" not in chunk.tags), [])


def _unknown(context: Context, trigger: int, phrase: Phrase) -> list[Member]:
    """Somebody of whom the register knows nothing, by the words up to the first that is a term of the frame type: with
    the actor of whoever the story named before by more of a name, else without one. Nobody where the words are no name,
    or one who acts stands right before the trigger."""
    chunks = []
    for place in context.syntax.places(phrase):
        chunk = context.row[place]
        if chunk.kind != "word" or chunk.tags & _NOBODY or COUNTERPART.match(context.base.words[chunk.start].norm):
            break
        chunks.append(chunk)
    near = trigger > 0 and context.row[trigger - 1].members and "free" in context.row[trigger - 1].tags
    if not chunks or near or phrase.prep or context.syntax.nameless(phrase):
        return []
    words = context.base.words[chunks[0].start : chunks[-1].end]
    if len(words) == 1 and words[0].norm.startswith("ال") and not words[0].norm.endswith("ون"):
        return []  # التكتل: a noun that takes up somebody named before
    start, end = words[0].start, words[-1].end
    named = Member(None, "phrase", start, end, context.text[start:end], tuple(word.norm for word in words))
    people = (m for m in reversed(context.story.members) if m.form in ("person", "office") and m.end <= start)
    known = next((m for m in people if named.words[0] in m.words[1:]), None)
    return [named if known is None else replace(named, actor=known.actor, form=known.form)]


def _nearest(context: Context, trigger: int, tags: frozenset[str], sets: Mapping[str, frozenset[str]]) -> list[Member]:
    """Who carries a tag: in the sentence, the last before the trigger that no preposition governs, else the last
    before it, else the first after it; else the last in the story, or whom its sentence is about (أوصت الجمعية
    العامة مجلس الأمن)."""
    row = context.row
    tagged = [row[at] for at in context.tags.places(*tags) if row[at].members]
    before = [chunk for chunk in tagged if chunk.start < row[trigger].start]
    free = [chunk for chunk in before if "governed" not in chunk.tags]
    if tagged:
        return (free or before or tagged[:1])[-1].members[-1:]
    ids = frozenset().union(*(sets.get(tag, frozenset()) for tag in tags))
    earlier = [
        m
        for m in context.story.members
        if (m.form in tags or (m.actor in ids and m.form not in {"person", "office"}))
        and m.end <= context.base.sentence.start
    ]
    leading = [m for members in context.story.topics for m in members[:1] if earlier and m.start <= earlier[-1].start]
    return leading[-1:] if leading and leading[-1] in earlier else earlier[-1:]
