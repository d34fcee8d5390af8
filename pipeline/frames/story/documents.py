"""What "the draft" means: a definite document without more takes up the one that the story told of last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.arabic.clitics import ARTICLE, readings
from pipeline.arabic.words import Word
from pipeline.frames.sentence.chunks import Chunk, Member
from pipeline.frames.sentence.clauses import Phrase
from pipeline.frames.sentence.fillers import member_filler, whole
from pipeline.frames.sentence.syntax import Syntax
from pipeline.records import Filler

Told = dict[str, list[Filler]]


def is_text(chunk: Chunk) -> bool:
    """Whether a chunk is a text that can speak for those who issue it: a draft, a resolution, a statement."""
    return not chunk.tags.isdisjoint({"draft", "document", "statement"})


def issuer(row: Sequence[Chunk], syntax: Syntax, phrase: Phrase) -> list[Member]:
    """Who issues the text of a phrase in this sentence: the subject of the verb of issuing that has it as object."""
    clause = syntax.issued.get(syntax.head(phrase))
    if clause is None or clause.subject is None:
        return []
    # أصدرت بيانا مشتركا مع: the adjective heads one of the next clauses
    near = (syntax.base.clauses[at] for at in range(clause.id, min(clause.id + 4, len(syntax.base.clauses))))
    jointly = [one for one in near if one.id == clause.id or (one.governor == clause.id and one.kind == "participle")]
    parties = [clause.subject, *(beside for one in jointly for beside in syntax.phrases(one, "مع"))]
    named = (next((row[at].members for at in syntax.places(party) if row[at].members), []) for party in parties)
    return [member for members in named for member in members]


def issuers(row: Sequence[Chunk], syntax: Syntax, known: list[Member]) -> list[Member]:
    """Who issued the last text of a sentence, `known` where it does not say."""
    for place, chunk in enumerate(row):
        if is_text(chunk):
            known = issuer(row, syntax, Phrase(chunk.start, chunk.end, row[place].start)) or known
    return known


def voice(row: Sequence[Chunk], syntax: Syntax, issuers: list[Member]) -> list[Member]:
    """Who speaks in a sentence whose first clause has a text as its subject (ودعا البيان): those who issued it; nobody
    where it has not."""
    if not issuers or not any(map(is_text, row)):
        return []  # most sentences: their clauses need not be read for this
    first = next((clause for clause in syntax.base.clauses if clause.kind == "finite"), None)
    if first is None or first.subject is None or not first.sure:
        return []
    spoken = any(is_text(row[place]) for place in syntax.places(first.subject))
    return [replace(member, gender=None) for member in issuers] if spoken else []  # verbs agree with the text


def owners(row: Sequence[Chunk], syntax: Syntax, known: list[str | None]) -> list[str | None]:
    """Whose the last document of a sentence is: its sponsors, or who submits it (قدمت X إلى المجلس مشروع قرار); `known`
    if it has none."""
    for i, chunk in enumerate(row):
        if "draft" not in chunk.tags:
            continue
        if sponsors := chunk.parts.get("sponsor"):
            known = [sponsor.actor for sponsor in sponsors]
        elif i >= 2 and {"submit", "verb"} <= row[i - 2].tags and "free" in row[i - 1].tags:
            known = [member.actor for member in row[i - 1].members]
        elif submitting := issuer(row, syntax, Phrase(chunk.start, chunk.end, chunk.start)):
            known = [member.actor for member in submitting]
    return known


def sponsors(rows: Iterable[tuple[Sequence[Chunk], Syntax]]) -> list[str | None]:
    """Whose the documents of a story are, where they are all of the same; nobody where two of them are not."""
    named = {tuple(found) for row, syntax in rows if (found := owners(row, syntax, []))}
    return list(named.pop()) if len(named) == 1 else []


def name_later(slots: Told, slot: str | None, sponsors: Sequence[str | None]) -> None:
    """Let a document that called before its sponsors were named (a headline's draft) stand for them, in place."""
    if slot is not None and sponsors:
        texts = [filler for filler in slots.get(slot, []) if filler.actor is None]
        others = [filler for filler in slots.get(slot, []) if filler.actor is not None]
        slots[slot] = [*others, *(text.model_copy(update={"actor": actor}) for text in texts for actor in sponsors)]


def definite(words: Sequence[Word], chunk: Chunk) -> bool:
    """Whether a document's words point back: النص، مشروع القرار (in a construct the last noun carries the article)."""
    head = words[chunk.start : min(chunk.core or chunk.end, chunk.start + 2)]
    return any(ARTICLE in reading.proclitics for word in head for reading in readings(word.norm))


def note(text: str, words: Sequence[Word], row: Sequence[Chunk], told: Told, headline: int) -> None:
    """Keep in `told` what a sentence says of a document, and the council named first in the story: a new document drops
    what was said of the last, a definite one adds to it.

    A number makes a document another one, also a definite one. headline: where the story's headline ends; what it
    names is new only in the story's first sentences, and the first new document behind it is the same.
    """
    for i, chunk in enumerate(row):
        if "council" in chunk.tags and chunk.members:
            told.setdefault("body", list(map(member_filler, chunk.members[:1])))
        elif "body" in chunk.parts:
            told.setdefault("body", chunk.parts["body"][:1])
        if not {"draft", "document"} <= chunk.tags or "counted" in chunk.tags:
            continue
        numbered = "resolution" in chunk.parts
        if "+ب" in chunk.tags and not numbered and not definite(words, chunk):
            continue  # طالبت باقتراح: asked for, no text yet
        known = told.get("object", [])
        announced = bool(known) and known[-1].start < headline and not numbered
        if numbered or not definite(words, chunk):
            for slot in set(told) - {"body"} if not announced else ():
                del told[slot]
        named = whole(text, words, chunk)
        if "object" not in told:
            told["object"] = [named]
        elif announced and named.start >= headline:
            told["object"].append(named)
        if "sponsor" in chunk.parts:
            told.setdefault("sponsor", list(chunk.parts["sponsor"]))
        if i >= 2 and {"submit", "verb"} <= row[i - 2].tags and "free" in row[i - 1].tags:
            told.setdefault("sponsor", list(map(member_filler, row[i - 1].members)))


def resume(slots: Told, told: Told, wanted: Sequence[str]) -> None:
    """Give a happening whose document points back what is known of it, for the wanted slots; the words for the document
    itself are added to those that are there."""
    for slot in set(wanted) & set(told):
        if slot == "object":
            slots["object"] = [*slots.get("object", []), *told["object"]]
        else:
            slots.setdefault(slot, list(told[slot]))


def another(words: Sequence[Word], row: Sequence[Chunk], trigger: int) -> bool:
    """Whether a sentence goes on to another text than the one told of (كما تبنى المجلس قرارا): a word that goes on
    opens it, or stands before the trigger, and it brings in a text without article or number before it."""
    if not any("further" in chunk.tags for chunk in row[: trigger + 1]):
        return False
    texts = [chunk for chunk in row if {"draft", "document"} <= chunk.tags or "law" in chunk.tags]
    return bool(texts) and not any(definite(words, chunk) or "resolution" in chunk.parts for chunk in texts)
