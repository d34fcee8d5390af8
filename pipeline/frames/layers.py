"""From a sentence to its row of chunks: who, how many, when and which terms, before any rule of a frame runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from pipeline.actors.matcher import ActorMention, actors, core_start, learn_persons
from pipeline.arabic.clitics import readings
from pipeline.arabic.dates import dates
from pipeline.arabic.normalise import fold
from pipeline.arabic.numerals import numerals
from pipeline.arabic.words import Word, words
from pipeline.frames.chunks import SILENT, Chunk, Member, merge_adjacent, tile
from pipeline.frames.coordination import coordinate
from pipeline.frames.discourse import COUNTERPART, Discourse, agrees, gender, is_state_organ
from pipeline.frames.fillers import PARTICLES, fillers, phrase_filler, whole
from pipeline.frames.lexicon import Lexicon
from pipeline.frames.matching import Pattern, as_doc, leftmost_longest, negated_tags
from pipeline.frames.rules import Cascade, FrameType, Shared
from pipeline.frames.spelling import is_people, spell
from pipeline.records import Entity, Sentence

# What an organisation that acts begins with; media and companies only report and trade.
_ORGANISATIONS = frozenset(
    map(
        fold,
        ["حركة", "حزب", "جبهة", "جماعة", "منظمة", "هيئة", "تحالف", "ائتلاف", "تيار", "كتلة", "جيش", "قوات", "كتائب",
         "لواء", "ألوية", "فيلق", "فصيل", "ميليشيا", "مليشيا", "مجلس", "لجنة", "نقابة", "رابطة", "جمعية", "كنيسة",
         "منتدى", "تجمع", "شبكة", "تنسيقية", "قوى", "اتحاد", "هيئات", "حكومة", "برلمان"],
    )
)  # fmt: skip
# No deliberative body has more members; the National People's Congress of China has 2,980.
_LARGEST_ASSEMBLY = 3000
# Before a subject that its verb follows, a clause begins: with nothing, a mark, or one of these.
_OPENERS = frozenset(map(fold, ["إن", "أن", "بأن", "وأن", "وإن", "لأن", "لكن", "ولكن", "أما", "وأما", "فإن"]))


@dataclass(slots=True)
class Base:
    """A sentence's words (quotation marks and brackets left out) and the layers all frame types share. people: groups
    without a name that a frame type's terms told of; told: the last chunk of each kind that anaphors may take up;
    recalled: those of the sentence before."""

    sentence: Sentence
    words: list[Word]
    dates: list[Chunk]
    actors: list[Chunk]
    numbers: list[Chunk]
    places: list[Chunk]
    people: list[Chunk] = field(default_factory=list)
    told: dict[str, Chunk] = field(default_factory=dict)
    recalled: dict[str, Chunk] = field(default_factory=dict)


def read_base(
    text: str,
    sentence: Sentence,
    discourse: Discourse,
    shared: Shared,
    published: date | None,
    entities: Sequence[Entity],
) -> Base:
    """Read one sentence and tell the discourse whom it names. `entities`: the tagger's, of this sentence."""
    ws = [word for word in words(text, sentence.start, sentence.end) if word.norm and word.norm not in SILENT]
    people = _word_ranges(ws, entities, "PERS")
    both = frozenset(map(fold, shared.both))
    found = [mention for mention in actors(ws, discourse.persons, people) if not _means_two(ws, mention, both)]
    discourse.persons.update(learn_persons(ws, found, people))
    singles = []
    for mention in found:
        actor: str | None = mention.actor
        form: str = mention.form
        if form == "pronoun_like":
            noun = ws[mention.start].norm[len(mention.proclitics) :]
            whom = discourse.antecedent(noun, ws[mention.start].start)
            if whom is not None:
                actor, form = whom.actor, whom.form
            if actor is None and is_state_organ([word.norm for word in ws[mention.start : mention.end]]):
                actor = discourse.only_state(ws[mention.start].start)
        elif actor is None and form == "parliament":
            whom = discourse.country(ws[mention.start].start)
            actor = whom.actor if whom else None
        singles.append(_actor_chunk(text, ws, mention.start, mention.end, actor, form, mention.proclitics))
        discourse.members.extend(singles[-1].members)
    taken = {i for chunk in singles for i in range(chunk.start, chunk.end)}
    unnamed = _unregistered(text, ws, taken, entities, both)
    discourse.members.extend(member for chunk in unnamed for member in chunk.members)
    taken |= {i for chunk in unnamed for i in range(chunk.start, chunk.end)}
    singles += unnamed + _anaphora(text, ws, taken, discourse, shared)
    singles.sort(key=lambda chunk: chunk.start)
    numbers = []
    for numeral in numerals(ws):
        tags = {"ordinal"} if numeral.ordinal else {"number", numeral.form}
        if numeral.unit:
            tags |= {"counted", "unit:" + numeral.unit}
        parted = [word.norm for word in ws[numeral.end : numeral.end + 2]] == ["من", "اصل"]
        if numeral.form == "digits" and numeral.value >= 100 and not parted:
            tags.add("long")
        if numeral.value > _LARGEST_ASSEMBLY:
            tags.add("large")
        if numeral.form == "digits" and not numeral.unit and 1900 <= numeral.value < 2100:
            tags.add("yearlike")
        tags |= {"+" + clitic for clitic in numeral.proclitics}
        numbers.append(
            Chunk("ordinal" if numeral.ordinal else "number", numeral.start, numeral.end, tags, numeral.value)
        )
    when = [
        Chunk("date", found_date.start, found_date.end, {found_date.granularity}, found_date.value)
        for found_date in dates(ws, published)
    ]
    places = [Chunk("place_name", start, end, set()) for start, end in _word_ranges(ws, entities, "LOC")]
    named = coordinate(singles, ws)
    prepositions = {fold(word) for word in shared.terms["preposition"].exact}
    for chunk in named:
        if chunk.tags & {"+ل", "+ب", "+ك"} or (chunk.start and ws[chunk.start - 1].norm in prepositions):
            chunk.tags.add("governed")  # no topic for the sentences to come
    discourse.pairs += [chunk.members for chunk in named if len(chunk.members) == 2]
    when = [chunk for chunk in when if not any(_inside(chunk, other) for other in singles)]  # حركة 23 مارس
    return Base(sentence, ws, when, named, numbers, places)


def _means_two(ws: Sequence[Word], mention: ActorMention, both: frozenset[str]) -> bool:
    """Whether an actor's words are a single noun for two named before, whom it takes up together: الدولتان."""
    readings_ = readings(ws[mention.start].norm) if mention.end - mention.start == 1 else []
    return any(reading.definite and reading.stem in both for reading in readings_)


def _inside(chunk: Chunk, other: Chunk) -> bool:
    return other.start <= chunk.start and chunk.end <= other.end and chunk.end - chunk.start < other.end - other.start


def _word_ranges(ws: Sequence[Word], entities: Sequence[Entity], label: str) -> list[tuple[int, int]]:
    """Word ranges of the entities with this label."""
    found = []
    for entity in entities:
        inside = [i for i, word in enumerate(ws) if word.start < entity.core[1] and entity.core[0] < word.end]
        if entity.label == label and inside:
            found.append((inside[0], inside[-1] + 1))
    return found


def _actor_chunk(
    text: str, ws: Sequence[Word], start: int, end: int, actor: str | None, form: str, proclitics: tuple[str, ...]
) -> Chunk:
    """A chunk of one member whose span leaves out the conjunction and preposition attached in front."""
    attached = [clitic for clitic in proclitics if clitic != "ال"]
    first, last = core_start(ws[start], len(attached)), ws[end - 1].end
    folded = tuple(word.norm for word in ws[start:end])
    head = folded[0][len(attached) :]
    member = Member(
        actor, form, first, last, text[first:last], (head, *folded[1:]), gender(actor, form, (head, *folded[1:]))
    )
    tags = {form, *("+" + clitic for clitic in proclitics)}
    if COUNTERPART.match(head):
        tags.add("counterpart")
    if actor is None and head.endswith("ين"):
        tags.add("oblique")
    return Chunk("actors", start, end, tags, members=[member])


def _unregistered(
    text: str, ws: Sequence[Word], taken: set[int], entities: Sequence[Entity], both: frozenset[str]
) -> list[Chunk]:
    """People and organisations that the tagger sees and the register does not know: they act, whoever they are. A noun
    for two named before (العاصمتان) is neither."""
    found = []
    for entity in entities:
        at = [i for i, word in enumerate(ws) if word.start < entity.core[1] and entity.core[0] < word.end]
        if not at or taken & set(at) or entity.label not in ("PERS", "ORG"):
            continue
        if ws[at[0]].norm.removeprefix("ال") in both:
            continue
        clitics = tuple(fold(text[entity.start : entity.core[0]]))
        head = ws[at[0]].norm[len(clitics) :].removeprefix("ال")
        if entity.label == "PERS" or head in _ORGANISATIONS:
            form = "person" if entity.label == "PERS" else "group"
            found.append(_actor_chunk(text, ws, at[0], at[-1] + 1, None, form, clitics))
            found[-1].tags.add("unregistered")
    return found


def _anaphora(text: str, ws: Sequence[Word], taken: set[int], discourse: Discourse, shared: Shared) -> list[Chunk]:
    """Chunks for definite nouns, "the two states", "his country" and "its envoy" that take up someone named before."""
    found = []
    both = {fold(noun) for noun in shared.both}
    envoys = {fold(word) for word in shared.own_envoy}
    nouns = {fold(noun) for noun in shared.anaphora}
    own = {fold(word) for word in shared.own_country}
    for i, word in enumerate(ws):
        if i in taken:
            continue
        for reading in readings(word.norm):
            clitics = tuple(c for c in reading.proclitics if c != "ال")
            whom = None
            if reading.definite and reading.stem in nouns:
                whom = discourse.antecedent(reading.stem, word.start)
            elif reading.stem in own and not reading.definite:
                whom = discourse.state(word.start)
            elif reading.stem in envoys and not reading.definite:
                whom = discourse.state(word.start, speaker=False)
            elif reading.definite and reading.stem in both and (two := discourse.pair(reading.stem, word.start)):
                pair = [_actor_chunk(text, ws, i, i + 1, m.actor, m.form, clitics) for m in two]
                found.append(replace(pair[0], members=[member for chunk in pair for member in chunk.members]))
                break
            if whom is not None:
                form = "office" if reading.stem in envoys else whom.form
                found.append(_actor_chunk(text, ws, i, i + 1, whom.actor, form, clitics))
                break
    return found


class FrameLayers:
    """The terms and cascades of one frame type over the shared ones: from a Base to the row its rules see."""

    def __init__(self, shared: Shared, frame: FrameType) -> None:
        self._lexicon = Lexicon({**shared.terms, **frame.terms})
        self.sets = {name: frozenset(ids) for name, ids in {**shared.sets, **frame.sets}.items()}
        self._cascades: list[tuple[Cascade, Pattern]] = [
            (cascade, Pattern(cascade.pattern)) for cascade in (*shared.chunks, *frame.chunks)
        ]
        self._negatable = negated_tags(cascade.pattern for cascade, _ in self._cascades)
        self._doubled = frozenset({*shared.doubled, *frame.doubled})
        self._recalls = frame.recalls
        self._bodies = frozenset(shared.bodies)
        self._stands = {(fold(noun),): actor for noun, actor in frame.stands.items()}

    def row(self, text: str, base: Base) -> list[Chunk]:
        """Lay terms over the base and run the cascades, each over what the one before it left."""
        hits = [Chunk(hit.term, hit.start, hit.end, set(hit.tags), hit.value) for hit in self._lexicon.find(base.words)]
        for hit in hits:
            hit.tags |= {f"{hit.kind}:{tag.removeprefix('+')}" for tag in hit.tags if tag == "+pron" or tag[0] != "+"}
        single = [_copy(chunk) for chunk in base.actors]
        for chunk in single:
            chunk.members = [
                replace(m, actor=self._stands[m.words]) if m.actor is None and m.words in self._stands else m
                for m in chunk.members
            ]
            person = any(member.form in {"person", "office"} for member in chunk.members)
            who = {member.actor for member in chunk.members}
            for name, ids in self.sets.items():
                if who <= ids and not (person and name in self._bodies):
                    chunk.tags.add(name)
                if who & ids:
                    chunk.tags.add("some:" + name)
            chunk.tags |= {"several"} if len(who) > 1 else set()
        phrases = [hit for hit in hits if hit.end - hit.start > 1]
        base_layers = ([_copy(chunk) for chunk in layer] for layer in (base.dates, base.numbers, base.places))
        dates_, numbers, places = base_layers
        row = tile(
            base.words, [dates_, [*single, *phrases], numbers, [h for h in hits if h.end - h.start == 1], places]
        )
        row = merge_adjacent(row, self._doubled)
        for chunk in row:
            spell(chunk, base.words[chunk.start].norm)
        for cascade, pattern in self._cascades:
            row = self._apply(text, base.words, row, cascade, pattern)
        for before, chunk in pairwise(row):
            if "adjective" in chunk.tags and "verb" in before.tags and is_people(chunk):
                chunk.tags.discard("adjective")
            if "actors" in chunk.tags and ("preposition" in before.tags or chunk.tags & {"+ل", "+ب", "+ك"}):
                chunk.tags.add("governed")
                if "preposition" in before.tags:
                    chunk.tags.add("after:" + base.words[before.end - 1].text)
        for chunk in row:
            if "actors" in chunk.tags and not chunk.tags & {"governed", "adjective", "oblique"}:
                chunk.tags.add("free")
        spoken = False
        for at, chunk in enumerate(row):
            fresh = at > 0 and "stop" in row[at - 1].tags and "first" not in chunk.tags
            if "verb" in chunk.tags and (not spoken or fresh):
                chunk.tags.add("opening")  # nobody named before it in the sentence can be its subject
            spoken = spoken or "free" in chunk.tags
        for at in range(1, len(row)):
            lead = at - 2 if at > 1 and "aside" in row[at - 1].tags else at - 1
            opened = lead == 0 or bool(row[lead - 1].tags & {"comma", "stop", "boundary"})
            opened = opened or base.words[row[lead - 1].end - 1].norm in _OPENERS or "+و" in row[lead].tags
            if opened and "verb" in row[at].tags and "free" in row[lead].tags and agrees(row[at], row[lead]):
                row[at].tags.add("led")  # its subject stands before it: what follows is none
        self._recall(row, base)
        base.people += [chunk for chunk in row if "unnamed" in chunk.tags]
        return row

    def _recall(self, row: Sequence[Chunk], base: Base) -> None:
        """Let anaphors (ذلك، خطوة مماثلة) carry the slots of what they take up, in this sentence or the last."""
        for anaphor, kind in self._recalls.items():
            known = base.recalled.get(kind)
            for chunk in row:
                if kind in chunk.tags:
                    base.told[kind] = known = chunk
                elif anaphor in chunk.tags and known is not None:
                    chunk.tags |= {"recalled", "recalled:" + anaphor}
                    chunk.parts.update(known.parts)

    @staticmethod
    def _people(text: str, ws: Sequence[Word], chunk: Chunk) -> Chunk:
        """A run of words as one who acts: a group without a name, whose verb may be of either gender."""
        apart = ws[chunk.start].norm == "و"  # و25 دولة: before digits the particle is a word
        held = () if apart else chunk.tags & PARTICLES
        clitics = tuple(sorted((tag[1:] for tag in held), key="وفبلك".index))
        found = _actor_chunk(text, ws, chunk.start + apart, chunk.end, None, "group", clitics)
        found.members[0].gender = None
        return found

    def _apply(
        self, text: str, ws: Sequence[Word], row: list[Chunk], cascade: Cascade, pattern: Pattern
    ) -> list[Chunk]:
        present = frozenset(tag for chunk in row for tag in chunk.tags) | {"!" + tag for tag in self._negatable}
        if not pattern.possible(present):
            return row
        merged: list[Chunk] = []
        done = 0
        for match in leftmost_longest(pattern.find(as_doc(row, self._negatable), present)):
            merged += row[done : match.start]
            done = match.end
            first, last = row[match.start], row[match.end - 1]
            tags = {tag for tag in first.tags if tag.startswith("+")} | set(cascade.tags)
            tags |= {tag for part in row[match.start : match.end] for tag in part.tags if tag in cascade.keep}
            chunk = Chunk(cascade.chunk, first.start, last.end, tags)
            if first.kind == chunk.kind or cascade.head:
                chunk.core = first.core or first.end
            phrases: dict[str, list[Chunk]] = {}
            for item, places in zip(pattern.items, match.items, strict=True):
                if item.joined and item.slot:
                    phrases.setdefault(item.slot, []).extend(row[place] for place in places)
                    continue
                for place in places:
                    inner = row[place]
                    for slot, fillers_ in inner.parts.items():
                        chunk.parts.setdefault(slot, []).extend(fillers_)
                    if item.slot == "value":
                        chunk.value = inner.value
                        chunk.tags |= {tag for tag in inner.tags if tag.startswith("unit:")}
                    elif item.slot:
                        chunk.parts.setdefault(item.slot, []).extend(fillers(text, ws, inner, item))
            if cascade.acts:
                mine = self._people(text, ws, chunk)
                chunk.tags |= {"unnamed", *mine.tags}
                chunk.members = mine.members
            elif all(row[place].members for place in range(match.start, match.end)):
                chunk.members = [member for part in row[match.start : match.end] for member in part.members]
            for slot, phrase in phrases.items():
                chunk.parts.setdefault(slot, []).append(phrase_filler(text, ws, phrase, cascade.bare))
            for slot, value in cascade.set.items():
                chunk.parts[slot] = [whole(text, ws, chunk, value)]
            merged.append(chunk)
        return [*merged, *row[done:]]


def _copy(chunk: Chunk) -> Chunk:
    return replace(chunk, tags=set(chunk.tags), parts=dict(chunk.parts))
