"""Finds in a sentence every noun phrase that names an actor, and learns from a story who speaks for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.actors.lexicon import Form, key
from pipeline.actors.persons import Names
from pipeline.actors.phrases import PhraseReader
from pipeline.actors.reader import Phrase, Span
from pipeline.actors.register import Register, load_register
from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import Word

# Signs of hashtags (#مجلس_الأمن) and stray marks, which part no phrase.
_SKIPPED = ("_", "#", "")
_PLURALS = ("ون", "ين", "ات", "ان")
_CLOSERS = {"(": ")", '"': '"'}


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A noun phrase that names an actor; ranges are half-open, in words.

    [start, end): the whole phrase, from وزير to the name of the minister; head: the words that name the actor
    (الأمريكي); name: the words of a person's name within the phrase. actor: the register's id; None where a phrase
    only refers back (الوزير, الحركة: form pronoun_like; مجلس النواب: parliament). label: the actor's name to show,
    for None the words themselves. proclitics, head_proclitics: what is attached to the first word of either (و, ل),
    the article not counted.
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
    kept = [at for at, word in enumerate(ws) if word.norm not in _SKIPPED]
    reader = PhraseReader(load_register(), [ws[at] for at in kept], persons or {})
    names = Names(reader, [span for span in (_kept_span(ws, kept, *span) for span in person_spans) if span])
    found: list[ActorMention] = []
    at = 0
    while at < len(kept):
        phrase, at = _at(reader, names, at)
        if phrase:
            _append(found, _mention(reader.register, ws, phrase, kept), ws)
    return found


def _kept_span(ws: Sequence[Word], kept: Sequence[int], start: int, end: int) -> Span | None:
    """A tagger's word range as a range of `kept`, without punctuation at its ends; None where nothing is left."""
    inside = [place for place, at in enumerate(kept) if start <= at < end and ws[at].kind == "word"]
    return (inside[0], inside[-1] + 1) if inside else None


def _at(reader: PhraseReader, names: Names, at: int) -> tuple[Phrase | None, int]:
    """The phrase that begins at word `at`, if it is to be a mention, and where to look on."""
    if reader.ws[at].kind == "punct":
        return None, at + 1
    person = names.at(at)
    if person:
        whole = _with_office(reader, person)
        return whole if whole.actor else None, whole.end
    phrase = reader.read(at)
    if phrase is None or (phrase.form == "adjective" and not phrase.proclitics and names.surname(at)):
        return None, at + 1
    if phrase.actor is None and phrase.form == "name":
        return None, phrase.end
    if phrase.name is None and phrase.form in ("office", "pronoun_like", "adjective"):
        holder = names.after(phrase)
        if holder:
            name, actor = holder
            form: Form = "office" if phrase.actor or actor else phrase.form
            phrase = replace(phrase, end=name[1], name=name, actor=phrase.actor or actor, form=form)
    return phrase, phrase.end


def _with_office(reader: PhraseReader, person: Phrase) -> Phrase:
    """A person with the office that follows in apposition, past a comma: "…، وزير الخارجية الأمريكي"."""
    at = person.end
    if at < len(reader.ws) and reader.ws[at].norm in ("،", ","):
        at += 1
    office = reader.read(at)
    if office is None or office.proclitics or office.form not in ("office", "pronoun_like"):
        return person
    if office.actor is None and reader.ws[at].norm.endswith(_PLURALS):
        return person  # حث غوتيريش الطرفين: they are others
    if office.actor is None:
        return replace(person, end=office.end, form="office") if person.actor else person
    if person.actor not in (None, office.actor):
        return person
    return replace(office, start=person.start, name=person.name, proclitics=person.proclitics)


def _mention(register: Register, ws: Sequence[Word], phrase: Phrase, kept: Sequence[int]) -> ActorMention:
    def back(span: Span) -> Span:
        return kept[span[0]], kept[span[1] - 1] + 1

    start, end = back((phrase.start, phrase.end))
    words = " ".join(word.text for word in ws[start:end])
    return ActorMention(
        start,
        end,
        phrase.actor,
        phrase.form,
        back(phrase.head),
        label=register.actors[phrase.actor].label if phrase.actor else words,
        name=back(phrase.name) if phrase.name else None,
        proclitics=phrase.proclitics,
        head_proclitics=phrase.head_proclitics,
    )


def _append(found: list[ActorMention], mention: ActorMention, ws: Sequence[Word]) -> None:
    """Add a mention, or widen the last one by it.

    What widens is a bracketed short name, as in "حركة المقاومة الإسلامية (حماس)", and a second office of one person:
    "رئيس الوزراء القطري وزير الخارجية …". An adjective added to an office or organ is a further one:
    "الرئيسان الروسي والتركي".
    """
    if found and mention.form == "adjective" and mention.proclitics == ("و",) and mention.start == found[-1].end:
        last, norm = found[-1], ws[mention.start].norm
        shared = last.form in ("office", "ministry") and last.head[1] == last.end and last.head[0] > last.start
        if shared and norm.startswith("و" + ARTICLE) and not norm.endswith(_PLURALS):
            mention = replace(mention, form=last.form)
    if found and found[-1].actor == mention.actor is not None:
        last = found[-1]
        around = [ws[at].norm for at in (last.end, mention.end) if at < len(ws)]
        if last.end + 1 == mention.start and len(around) == 2 and _CLOSERS.get(around[0]) == around[1]:
            found[-1] = replace(last, end=mention.end + 1)
            return
        apposed = last.name is None and last.form == mention.form == "office" and not mention.proclitics
        if apposed and all(word.norm in ("،", ",") for word in ws[last.end : mention.start]):
            found[-1] = replace(last, end=mention.end, name=mention.name)
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
    register = load_register()
    learnt: dict[str, str] = {}
    for mention in mentions:
        if mention.actor is None or mention.name is None:
            continue
        start, end = mention.name
        parts = [word.norm for word in ws[start:end] if word.kind == "word"]
        if start == mention.start and parts:
            parts[0] = parts[0][len(mention.proclitics) :]
        for name in _short_names(parts, register):
            taken = any(entry.head or entry.form != "person" for entry in register.lexicon.get(name))
            if not taken and key(name) not in register.words.common:
                learnt[name] = mention.actor
    return learnt


def _short_names(parts: Sequence[str], register: Register) -> list[str]:
    """The name in full and what it is shortened to: the last word, with the particles that bind to it."""
    if not parts:
        return []
    first = len(parts) - 1
    while first and (
        key(parts[first - 1]) in register.words.particles or key(parts[first]) in register.words.second_halves
    ):
        first -= 1
    names = [" ".join(parts)]
    if len(parts) > 1 and len(parts[-1]) > 2:
        names.append(" ".join(parts[first:]))
    return names
