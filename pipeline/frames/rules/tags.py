"""Every tag that a rule may name: who makes it and what it says of a chunk.

A rule file adds its own: the names of its terms, sets, and chunks with their tags. `undeclared` lists what a frame type
names and nothing makes, so that loading refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.frames.rules.schema import FrameType, Item, Shared


@dataclass(frozen=True, slots=True)
class Tag:
    """maker: the module that gives the tag; meaning: what it says of a chunk that has it."""

    maker: str
    meaning: str


_WORDS = "sentence/chunks.py"
_ACTORS = "sentence/base.py"
_NUMBERS = "story/reading.py"
_TERMS = "sentence/lexicon.py"
_SPELLING = "sentence/spelling.py"
_LAYERS = "sentence/layers.py"

TAGS: dict[str, Tag] = {
    # what a word is, where nothing more is known of it
    "word": Tag(_WORDS, "a word that no layer claims"),
    "figure": Tag(_WORDS, "digits that count nothing: a percentage, a decimal"),
    "comma": Tag(_WORDS, "a comma, dash or slash"),
    "stop": Tag(_WORDS, "any other punctuation mark"),
    "slash": Tag(_WORDS, "the sign /"),
    "hyphen": Tag(_WORDS, "the sign -"),
    "latin": Tag(_WORDS, "a word in Latin letters"),
    # who acts, and how he is named
    "actors": Tag(_ACTORS, "someone who acts, or a list of them"),
    "name": Tag(_ACTORS, "a state by its name"),
    "capital": Tag(_ACTORS, "a state by its capital or seat of government"),
    "adjective": Tag(_ACTORS, "a state by its adjective (روسي)"),
    "ministry": Tag(_ACTORS, "a state by a ministry"),
    "parliament": Tag(_ACTORS, "a parliament"),
    "office": Tag(_ACTORS, "whoever holds an office (وزير الخارجية)"),
    "person": Tag(_ACTORS, "a person by name"),
    "epithet": Tag(_ACTORS, "someone by another name for him (الدب الروسي)"),
    "body": Tag(_ACTORS, "an international body"),
    "group": Tag(_ACTORS, "a group that is no state"),
    "pronoun_like": Tag(_ACTORS, "a noun that points back to someone named (المجلس, بلاده)"),
    "counterpart": Tag(_ACTORS, "someone's counterpart (نظيره), whom one speaks to"),
    "oblique": Tag(_ACTORS, "in the oblique plural or dual (ين), which no subject is; so of a number in the dual"),
    "unregistered": Tag(_NUMBERS, "someone whom the tagger sees and the register does not know"),
    "unnamed": Tag(_LAYERS, "a group without a name, told of by a frame type's terms"),
    "several": Tag(_LAYERS, "a list of at least two actors"),
    "free": Tag(_LAYERS, "someone who may be a subject: neither governed nor an adjective nor oblique"),
    "governed": Tag(_LAYERS, "someone whom a preposition governs"),
    # how many, and when
    "number": Tag(_NUMBERS, "a cardinal number"),
    "ordinal": Tag(_NUMBERS, "an ordinal number"),
    "digits": Tag(_NUMBERS, "a number in digits"),
    "words": Tag(_NUMBERS, "a number in words"),
    "mixed": Tag(_NUMBERS, "a number in digits and words"),
    "dual": Tag(_NUMBERS, "two, by the dual of what is counted; of verbs: in the dual"),
    "counted": Tag(_NUMBERS, "a number with the noun that it counts"),
    "long": Tag(_NUMBERS, "digits of a hundred or more, as resolutions have them"),
    "scored": Tag(_NUMBERS, "a number that another one is set against (143 مقابل 9)"),
    "large": Tag(_NUMBERS, "more than any assembly has members"),
    "yearlike": Tag(_NUMBERS, "digits from 1900 to 2099 that count nothing"),
    "date": Tag(_NUMBERS, "a date"),
    "day": Tag(_NUMBERS, "a date to the day"),
    "month": Tag(_NUMBERS, "a date to the month"),
    "year": Tag(_NUMBERS, "a date to the year"),
    "weekday": Tag(_NUMBERS, "a date by the day of the week"),
    "relative": Tag(_NUMBERS, "a date by its distance from today; of words: a relative pronoun"),
    "place_name": Tag(_NUMBERS, "a place that the tagger sees"),
    # forms of terms
    "verb": Tag(_TERMS, "a term as a finite verb"),
    "noun": Tag(_TERMS, "a term as anything but a verb"),
    "transitive": Tag(_TERMS, "a verb that a pronoun may follow"),
    "intransitive": Tag(_TERMS, "a verb that no pronoun follows"),
    "masc": Tag(_TERMS, "a verb of the third person masculine singular"),
    "fem": Tag(_TERMS, "a verb of the third person feminine singular"),
    "plural": Tag(_TERMS, "a verb in the plural"),
    "first": Tag(_TERMS, "a verb of the first person"),
    # what the spelling of a chunk's first word suggests
    "imperfect": Tag(_SPELLING, "looks like an imperfect"),
    "past": Tag(_SPELLING, "looks like a feminine perfect behind a conjunction"),
    "finite": Tag(_SPELLING, "a verb that cannot be the verbal noun spelled alike"),
    "conjunct": Tag(_SPELLING, "a verb with و or ف in front"),
    "counted_noun": Tag(_SPELLING, "looks like the accusative that a number above ten counts"),
    "conjoined": Tag(_SPELLING, "a word of no term that looks joined by و"),
    "article": Tag(_SPELLING, "begins with the article and nothing else in front"),
    # what the row says
    "opens": Tag(_LAYERS, "the first chunk of its sentence"),
    "closes": Tag(_LAYERS, "the last chunk of its sentence"),
    "opening": Tag(_LAYERS, "a verb before which nobody is named that can be its subject"),
    "led": Tag(_LAYERS, "a verb whose subject stands right before it"),
    "recalled": Tag(_LAYERS, "an anaphor that took up a chunk told before"),
    "told": Tag("engine.py", "the first chunk of a sentence, where one of the two before told of this frame type"),
    "trigger": Tag("mentions/modality.py", "in a cue: the mention's trigger"),
    "start": Tag("mentions/modality.py", "in a cue: the first chunk of the mention's match"),
}
# Tags with something of their own behind the colon or plus.
FAMILIES: dict[str, Tag] = {
    "+": Tag(_TERMS, "a clitic: +و +ف +ب +ل +ك +س +ال in front, +pron a pronoun behind, +acc the accusative's alef"),
    "unit:": Tag(_NUMBERS, "a number that counts this noun (unit:صوت)"),
    "some:": Tag(_LAYERS, "one of a list of actors is in this set (some:armed)"),
    "after:": Tag(_LAYERS, "someone governed by this preposition (after:من)"),
    "begins:": Tag(_SPELLING, "a word that begins with this attached preposition"),
    "imperfect:": Tag(_SPELLING, "looks like an imperfect with this prefix"),
    "recalled:": Tag(_LAYERS, "an anaphor of this term that took up a chunk told before"),
}
# A hit has its term's name with each of these, too (favour:verb), so that a chunk of two terms keeps them apart.
FORMS = ("verb", "noun", "masc", "fem", "dual", "plural", "first", "transitive", "intransitive", "pron")


def declared(frame: FrameType, shared: Shared) -> frozenset[str]:
    """Every tag without something behind a colon that a frame type's rules may name."""
    chunks = (*shared.chunks, *frame.chunks)
    sets = {*shared.sets, *frame.sets}
    terms = {*shared.terms, *frame.terms}
    return frozenset(
        {*TAGS, *terms, *sets}
        | {tag for chunk in chunks for tag in (chunk.chunk, *chunk.tags)}
        | {f"some:{name}" for name in sets}
        | {f"recalled:{name}" for name in frame.recalls}
        | {f"{term}:{form}" for term in terms for form in FORMS}
    )


def undeclared(frame: FrameType, shared: Shared) -> Iterator[tuple[str, str]]:
    """Where a frame type names a tag that nothing makes, and the tag."""
    known = declared(frame, shared)
    open_families = tuple(prefix for prefix in FAMILIES if prefix not in ("some:", "recalled:"))
    for place, tag in _named(frame):
        if tag not in known and not tag.startswith(open_families):
            yield place, tag


def idle(frame: FrameType) -> list[str]:
    """Terms of a frame type that none of its rules, cues, chunks and conditions names: each only takes words away from
    other readings, and must say so by `blocks`."""
    named = {tag for _, tag in _named(frame)}
    named |= {tag.partition(":")[0] for tag in named}
    return sorted(name for name, term in frame.terms.items() if name not in named and not term.blocks)


def _named(frame: FrameType) -> Iterator[tuple[str, str]]:
    """Every tag that a frame type names, with its place."""
    for rule in frame.rules:
        items = [*rule.pattern, *([rule.head] if rule.head else []), *rule.roles]
        yield from ((rule.id, tag) for item in items for tag in _of_item(item))
        for source in rule.fill.values():
            yield from ((rule.id, tag) for tag in _of_source(source))
    for number, cue in enumerate(frame.cues, 1):
        yield from ((f"cue {number}", tag) for item in cue.pattern for tag in _of_item(item))
        yield from ((f"cue {number}", tag) for tag in cue.unless)
    for chunk in frame.chunks:
        yield from ((f"chunk {chunk.chunk}", tag) for item in chunk.pattern for tag in _of_item(item))
        yield from ((f"chunk {chunk.chunk}", tag) for tag in chunk.keep)
    yield from (("context", tag) for text in (*frame.context, *frame.echo) for tag in text.split("&"))
    yield from (("attach", tag) for tries in frame.attach.values() for tag, _ in tries)
    yield from (("inherit", tag) for tag, _ in frame.inherit.values())
    yield from (("recalls", tag) for pair in frame.recalls.items() for tag in pair)
    yield from (("doubled", tag) for tag in frame.doubled)
    yield from (("fill", tag) for source in frame.fill.values() for tag in _of_source(source))
    if frame.setting:
        yield from (("setting", tag) for tag in frame.setting.tags)


def _of_item(item: Item) -> Iterable[str]:
    return (*item.all, *item.any, *item.none, *getattr(item, "until", ()))


def _of_source(source: Any) -> Iterable[str]:
    _, _, names = str(source).partition(":")
    return names.split(",") if names else ()
