"""A sentence read within its story: who is named, and whom nouns that point back mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import takewhile

from pipeline.actors.matcher import ActorMention, actors, learn_persons
from pipeline.arabic.clitics import readings
from pipeline.arabic.dates import dates
from pipeline.arabic.normalise import fold
from pipeline.arabic.numerals import numerals
from pipeline.arabic.words import Word, words
from pipeline.frames.rules.schema import Shared
from pipeline.frames.sentence.base import Base, actor_chunk
from pipeline.frames.sentence.chunks import SILENT, Chunk
from pipeline.frames.sentence.coordination import coordinate
from pipeline.frames.story.memory import Memory, is_state_organ
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
# What stands behind the first number of a score.
_SET_AGAINST = (["مقابل"], ["لقاء"])
# No deliberative body has more members; the National People's Congress of China has 2,980.
_LARGEST_ASSEMBLY = 3000


def read_base(
    text: str,
    sentence: Sentence,
    memory: Memory,
    shared: Shared,
    published: date | None,
    entities: Sequence[Entity],
) -> Base:
    """Read one sentence and note in memory whom it names. `entities`: the tagger's, of this sentence."""
    ws = list(_read(words(text, sentence.start, sentence.end)))
    people = _word_ranges(ws, entities, "PERS")
    both = _folded(shared.both)
    found = [mention for mention in actors(ws, memory.persons, people) if not _means_two(ws, mention, both)]
    memory.persons.update(learn_persons(ws, found, people))
    singles = []
    for mention in found:
        actor: str | None = mention.actor
        form: str = mention.form
        if form == "pronoun_like":
            noun = ws[mention.start].norm[len(mention.proclitics) :]
            whom = memory.antecedent(noun, ws[mention.start].start)
            if whom is not None:
                actor, form = whom.actor, whom.form
            if actor is None and is_state_organ([word.norm for word in ws[mention.start : mention.end]]):
                actor = memory.only_state(ws[mention.start].start)
        elif actor is None and form == "parliament":
            whom = memory.country(ws[mention.start].start)
            actor = whom.actor if whom else None
        singles.append(actor_chunk(text, ws, mention.start, mention.end, actor, form, mention.proclitics))
        memory.members.extend(singles[-1].members)
    taken = {i for chunk in singles for i in range(chunk.start, chunk.end)}
    unnamed = _unregistered(text, ws, taken, entities, both)
    memory.members.extend(member for chunk in unnamed for member in chunk.members)
    taken |= {i for chunk in unnamed for i in range(chunk.start, chunk.end)}
    singles += unnamed + _anaphora(text, ws, taken, memory, shared)
    singles.sort(key=lambda chunk: chunk.start)
    numbers = []
    counts = numerals(ws)
    for numeral in counts:
        tags = {"ordinal"} if numeral.ordinal else {"number", numeral.form}
        if numeral.unit:
            tags |= {"counted", "unit:" + numeral.unit}
        parted = [word.norm for word in ws[numeral.end : numeral.end + 2]] == ["من", "اصل"]
        if numeral.form == "digits" and numeral.value >= 100 and not parted:
            tags.add("long")
        if [word.norm for word in ws[numeral.end : numeral.end + 1]] in _SET_AGAINST:
            tags.add("scored")
        if numeral.value > _LARGEST_ASSEMBLY:
            tags.add("large")
        if numeral.form == "digits" and not numeral.unit and 1900 <= numeral.value < 2100:
            tags.add("yearlike")
        if numeral.form == "dual" and ws[numeral.end - 1].norm.endswith("ين"):
            tags.add("oblique")
        tags |= {"+" + clitic for clitic in numeral.proclitics}
        numbers.append(
            Chunk("ordinal" if numeral.ordinal else "number", numeral.start, numeral.end, tags, numeral.value)
        )
    when = [
        Chunk("date", found_date.start, found_date.end, {found_date.granularity}, found_date.value)
        for found_date in dates(ws, published, counts)
    ]
    places = [Chunk("place_name", start, end, set()) for start, end in _word_ranges(ws, entities, "LOC")]
    named = coordinate(singles, ws)
    prepositions = _folded(shared.terms["preposition"].exact)
    for chunk in named:
        if chunk.tags & {"+ل", "+ب", "+ك"} or (chunk.start and ws[chunk.start - 1].norm in prepositions):
            chunk.tags.add("governed")  # no topic for the sentences to come
    memory.pairs += [chunk.members for chunk in named if len(chunk.members) == 2]
    when = [chunk for chunk in when if not any(_inside(chunk, other) for other in singles)]  # حركة 23 مارس
    return Base(sentence, ws, when, named, numbers, places)


def _folded(listed: Iterable[str]) -> frozenset[str]:
    """A list of the shared file, folded; every sentence asks for it."""
    return _once_folded(tuple(listed))


@cache
def _once_folded(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, listed))


def _read(ws: Sequence[Word]) -> Iterator[Word]:
    """The words of a sentence that its syntax is made of: no quotation marks and brackets, nor a gloss in Latin letters
    between brackets, هدنة (truce) فورية."""
    skip = -1  # the last word of a gloss
    for at, word in enumerate(ws):
        if word.norm == "(":
            gloss = list(takewhile(lambda other: other.norm.isascii() and other.norm.isalpha(), ws[at + 1 :]))
            closed = [other.norm for other in ws[at + 1 + len(gloss) : at + 2 + len(gloss)]] == [")"]
            skip = at + len(gloss) if closed else skip
        if word.norm and word.norm not in SILENT and at > skip:
            yield word


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
            found.append(actor_chunk(text, ws, at[0], at[-1] + 1, None, form, clitics))
            found[-1].tags.add("unregistered")
    return found


def _anaphora(text: str, ws: Sequence[Word], taken: set[int], memory: Memory, shared: Shared) -> list[Chunk]:
    """Chunks for definite nouns, "the two states", "his country" and "its envoy" that take up someone named before."""
    found = []
    both, envoys = _folded(shared.both), _folded(shared.own_envoy)
    nouns, own = _folded(shared.anaphora), _folded(shared.own_country)
    for i, word in enumerate(ws):
        if i in taken:
            continue
        for reading in readings(word.norm):
            clitics = tuple(c for c in reading.proclitics if c != "ال")
            whom = None
            if reading.definite and reading.stem in nouns:
                whom = memory.antecedent(reading.stem, word.start)
            elif reading.stem in own and not reading.definite:
                whom = memory.state(word.start)
            elif reading.stem in envoys and not reading.definite:
                whom = memory.state(word.start, speaker=False)
            elif reading.definite and reading.stem in both and (two := memory.pair(reading.stem, word.start)):
                pair = [actor_chunk(text, ws, i, i + 1, m.actor, m.form, clitics) for m in two]
                found.append(replace(pair[0], members=[member for chunk in pair for member in chunk.members]))
                break
            if whom is not None:
                form = "office" if reading.stem in envoys else whom.form
                found.append(actor_chunk(text, ws, i, i + 1, whom.actor, form, clitics))
                break
    return found
