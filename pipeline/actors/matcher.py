"""Finds in a sentence every noun phrase that names an actor, and learns from a story who speaks for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.actors.lexicon import Form
from pipeline.actors.persons import PARTICLES, Names, Span
from pipeline.actors.phrases import PhraseReader
from pipeline.actors.reader import Phrase
from pipeline.actors.register import Register, load_register
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word

# Words that are the second half of a surname: نصر الله, داود أوغلو.
_LAST = frozenset(map(fold, ("الله", "أوغلو")))
_CLOSERS = {"(": ")", '"': '"'}


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A noun phrase that names an actor; ranges are half-open, in words.

    [start, end): the whole phrase, from وزير to the name of the minister; head: the words that name the actor
    (الأمريكي); name: the words of a person's name within the phrase. actor: the register's id; None where a phrase
    only refers back (الوزير, الحركة: form pronoun_like). label: the actor's name to show, for None the words
    themselves. proclitics, head_proclitics: what is attached to the first word of either (و, ل), the article not
    counted.
    """

    start: int
    end: int
    actor: str | None
    form: Form
    head: tuple[int, int]
    label: str
    name: tuple[int, int] | None = None
    proclitics: tuple[str, ...] = ()
    head_proclitics: tuple[str, ...] = ()

    def span(self, ws: Sequence[Word]) -> tuple[int, int]:
        """The mention's code-point range in the article, without the clitics attached to its first word."""
        return core_start(ws[self.start], len(self.proclitics)), ws[self.end - 1].end

    def head_span(self, ws: Sequence[Word]) -> tuple[int, int]:
        """The code-point range of the words that name the actor, without clitics where they begin the mention."""
        first, last = self.head
        return core_start(ws[first], len(self.head_proclitics)), ws[last - 1].end


def core_start(word: Word, clitics: int) -> int:
    """Where a word begins after so many clitic letters, past the marks that belong to them."""
    left = clitics
    for offset, char in enumerate(word.text):
        if fold(char):
            if not left:
                return word.start + offset
            left -= 1
    return word.start


def actors(
    ws: Sequence[Word], persons: Mapping[str, str] | None = None, person_spans: Sequence[tuple[int, int]] = ()
) -> list[ActorMention]:
    """The actor mentions of a sentence, in text order, not overlapping; a list of states is one mention each.

    persons: folded names to register ids, as `learn_persons` gives them for the sentences before; person_spans: word
    ranges that a tagger takes for people. Names are found without both where names.yaml or people.yaml knows how
    they begin. Raises RuleError where the register's data files are malformed.
    """
    register = load_register()
    reader = PhraseReader(register, ws)
    names = Names(reader, persons or {}, person_spans)
    found: list[ActorMention] = []
    at = 0
    while at < len(ws):
        mention, at = _at(reader, names, register, at)
        if mention:
            _append(found, mention, ws)
    return found


def _at(reader: PhraseReader, names: Names, register: Register, at: int) -> tuple[ActorMention | None, int]:
    """The mention that begins at word `at`, and where to look on."""
    if reader.ws[at].kind == "punct":
        return None, at + 1
    person = names.person(at)
    if person:
        return _named_person(reader, register, at, *person)
    phrase = reader.read(at)
    if phrase is None:
        return None, at + 1
    if phrase.actor is None and phrase.form == "name":
        return None, phrase.end
    holder = names.after(phrase) if phrase.form in ("office", "pronoun_like", "adjective") else None
    if holder is None:
        return _mention(register, reader.ws, phrase), phrase.end
    name, owner = holder
    if phrase.actor or owner:
        phrase = replace(phrase, actor=phrase.actor or owner, form="office")
    return _mention(register, reader.ws, replace(phrase, end=name[1]), name), name[1]


def _named_person(
    reader: PhraseReader, register: Register, at: int, name: Span, proclitics: tuple[str, ...], actor: str | None
) -> tuple[ActorMention | None, int]:
    """The mention that a person's name opens, with the office that follows it in apposition."""
    office = _apposed_office(reader, name[1])
    if office and (actor or office.actor) and actor in (None, office.actor or actor):
        whole = replace(office, start=at, actor=office.actor or actor, form="office", proclitics=proclitics)
        return _mention(register, reader.ws, whole, name), office.end
    if actor is None:
        return None, name[1]
    return _mention(register, reader.ws, Phrase(*name, actor, "person", name, proclitics, proclitics), name), name[1]


def _apposed_office(reader: PhraseReader, at: int) -> Phrase | None:
    """The office phrase after a person's name, past a comma: "…، وزير الخارجية الأمريكي"."""
    if at < len(reader.ws) and reader.ws[at].norm in ("،", ","):
        at += 1
    if at >= len(reader.ws):
        return None
    phrase = reader.read(at)
    return phrase if phrase and phrase.form in ("office", "pronoun_like") and not phrase.proclitics else None


def _mention(register: Register, ws: Sequence[Word], phrase: Phrase, name: Span | None = None) -> ActorMention:
    words = " ".join(word.text for word in ws[phrase.start : phrase.end])
    return ActorMention(
        phrase.start,
        phrase.end,
        phrase.actor,
        phrase.form,
        phrase.head,
        label=register.actors[phrase.actor].label if phrase.actor else words,
        name=name,
        proclitics=phrase.proclitics,
        head_proclitics=phrase.head_proclitics,
    )


def _append(found: list[ActorMention], mention: ActorMention, ws: Sequence[Word]) -> None:
    """Add a mention, or widen the last one by it: its bracketed short name, as in "حركة المقاومة الإسلامية (حماس)"."""
    if found and found[-1].actor == mention.actor is not None:
        last = found[-1]
        around = [ws[at].norm for at in (last.end, mention.end) if at < len(ws)]
        if last.end + 1 == mention.start and len(around) == 2 and _CLOSERS.get(around[0]) == around[1]:
            found[-1] = replace(last, end=mention.end + 1)
            return
    found.append(mention)


def learn_persons(
    ws: Sequence[Word], mentions: Sequence[ActorMention], person_spans: Sequence[tuple[int, int]] = ()
) -> dict[str, str]:
    """Folded names to register ids, from mentions in which an office has its holder's name beside it.

    "منسق الاتصالات في البيت الأبيض جون كيربي" gives both "جون كيربي" and "كيربي". A surname that is itself an actor's
    name or adjective (السوداني) is learnt only in full. person_spans is taken as in `actors`, where a name's extent
    was already decided with it.
    """
    lexicon = load_register().lexicon
    learnt: dict[str, str] = {}
    for mention in mentions:
        if mention.actor is None or mention.name is None:
            continue
        start, end = mention.name
        parts = [word.norm for word in ws[start:end] if word.kind == "word"]
        if start == mention.start and parts:
            parts[0] = parts[0][len(mention.proclitics) :]
        for name in _short_names(parts):
            if not any(entry.head or (entry.actor and entry.form != "person") for entry in lexicon.get(name)):
                learnt[name] = mention.actor
    return learnt


def _short_names(parts: Sequence[str]) -> list[str]:
    """The name in full and what it is shortened to: the last word, with the particles that bind to it."""
    if not parts:
        return []
    first = len(parts) - 1
    while first and (parts[first - 1] in PARTICLES or parts[first] in _LAST):
        first -= 1
    names = [" ".join(parts)]
    if len(parts) > 1 and len(parts[-1]) > 2:
        names.append(" ".join(parts[first:]))
    return names
