"""What stands before a word, as far as it tells verbs from nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.arabic.conjugation import Inflection
from pipeline.arabic.words import Word
from pipeline.frames.sentence.tokens import Sense, is_stop, lists, proper
from pipeline.frames.sentence.verb_forms import Verb

_SILENT = frozenset("()[]{}'\"")
# Roles that call for a verb, and those that open a clause.
LICENCE = frozenset({"particle", "negation", "lest"})
OPENERS = frozenset({"that", "relative", "subordinator", "coordinator"})
_GENDERS: dict[str, Literal["m", "f"]] = {"الذي": "m", "التي": "f"}
# Verbs whose complement tells what somebody wants done.
ASKING = frozenset({"ask", "order"})
# Prepositions that أن and a perfect follow.
_AFTERWARDS = frozenset({"بعد", "منذ", "الي", "حتي", "رغم"})


@dataclass(frozen=True, slots=True)
class FiniteVerb:
    """The word at `index` is a finite verb.

    verb: which one, None where the list does not have it; inflection: aspect, person, gender, number, voice;
    proclitics: و ف س ل before it; pronoun: its object behind it; sure: no noun is written alike, or the place calls for
    a verb.
    """

    index: int
    verb: Verb | None
    inflection: Inflection
    proclitics: tuple[str, ...]
    pronoun: str | None
    sure: bool

    @property
    def kind(self) -> str:
        """The coarse class of the verb, '' where it is not known."""
        return self.verb.kind if self.verb else ""


@dataclass(slots=True)
class Left:
    """What stands before a word: role of the nearest word that counts, its index, whether its clause has a verb.

    asked: the prepositions of the verb of asking that the words before belong to; demands: what it asks for has begun
    (دعا إلى نشر المراقبين), and may go on with و; inner: a relative clause is open there.
    """

    role: str = "start"
    at: int = -1
    verbs: int = 0
    kind: str = ""
    topic: bool = False
    adverb: bool = False
    base: str = ""
    definite: bool = False
    comma: bool = False
    dual: bool = False
    verbal_noun: bool = False
    imperfect: bool = False
    asked: frozenset[str] = frozenset()
    demands: bool = False
    inner: bool = False
    gender: Literal["m", "f"] | None = None


def advance(left: Left, words: Sequence[Word], index: int, told: Sense, verb: FiniteVerb | None, nominal: bool) -> None:
    """Take note of the word at `index`, which is a verb, in a known nominal, or neither."""
    norm = words[index].norm
    if told.role == "punct":
        if is_stop(words, index):
            left.role, left.at, left.definite, left.comma = "start", index, False, False
            left.verbs, left.topic, left.adverb = 0, False, False
            left.asked, left.demands, left.inner = frozenset(), False, False
        elif norm in "،,":
            left.comma, left.inner = True, False
        elif norm not in _SILENT:
            left.role, left.at = "dash", index
        return
    if left.comma and told.joined and told.role == "prep":
        left.verbs, left.role = 0, "start"
    first = left.role in {"start", "dash", "that", "subordinator", "coordinator"}
    left.comma = False
    left.at = index
    if verb:
        if not left.inner and left.role != "relative":
            asks = verb.verb is not None and verb.kind in ASKING
            left.asked, left.demands = verb.verb.governs if asks and verb.verb else frozenset(), False
        left.role, left.base, left.definite, left.kind = "verb", "", False, verb.kind
        left.verbal_noun, left.gender, left.imperfect = False, None, verb.inflection.aspect == "imperfect"
        left.verbs += verb.kind != "be"
        left.topic |= verb.kind == "be"  # كانت الدول تمثل: what follows كان is the topic of another verb
        return
    role = "noun" if nominal or not told.role else told.role
    if told.pronoun and role == "prep":
        role = "filled"
    if role in OPENERS:
        left.verbs = 0
    if first:
        left.topic = role in {"noun", "demonstrative", "pronoun", "number", "determiner"} and not told.prefix
        left.adverb = role in {"prep", "filled"} and told.base != "علي"
    left.inner |= role == "relative"
    left.demands |= role == "noun" and not left.inner and _asked_for(left, told)
    after = role == "that" and left.role == "prep" and left.base in _AFTERWARDS
    left.role, left.base, left.dual = role, told.base, role == "noun" and norm.endswith("ان")
    left.verbal_noun |= role == "noun" and any(reading.form == "noun" for reading in told.nominal)
    left.kind = "after" if after else "pronoun" if told.pronoun else ""
    left.gender = _GENDERS.get(told.base) if role == "relative" else None
    left.definite = nominal or told.definite or proper(told.base) if role == "noun" else False


def _asked_for(left: Left, told: Sense) -> bool:
    """Whether a noun stands behind a preposition of the verb of asking before it (إلى نشر, بنشر)."""
    return (left.role == "prep" and left.base in left.asked) or told.prefix in left.asked


def licensed(left: Left) -> bool:
    """Whether the word before calls for a verb."""
    if left.role in LICENCE or left.role in {"relative", "what"}:
        return True
    return (left.role == "that" and left.kind == "pronoun") or left.base in lists()["verbal"]
