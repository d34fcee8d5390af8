"""Whether a verb agrees with a noun phrase: yes, no, or None where the noun does not tell."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from pipeline.arabic.words import Word
from pipeline.frames.sentence.model import Phrase
from pipeline.frames.sentence.tokens import Sense, lists
from pipeline.frames.sentence.verbs import FiniteVerb

_RELATIVES = {"الذي": "m", "التي": "f", "الذين": "p", "اللذان": "p", "اللذين": "p", "اللتان": "f", "اللتين": "f"}


class Concord:
    """Asks after gender and number in one sentence. A feminine verb before or behind a noun without a feminine ending
    may have a broken plural as its subject, so that only a singular tells."""

    def __init__(
        self, words: Sequence[Word], senses: Sequence[Sense], chunk: Container[int], genders: Mapping[int, str]
    ) -> None:
        self.words, self.senses, self.chunk, self.genders = words, senses, chunk, genders

    def gender(self, head: int) -> str | None:
        """'f', 'm', 'p' (masculine plural or dual) or 'o' (oblique, no subject) of the noun at `head`, None where its
        form does not tell."""
        if head in self.genders:
            return self.genders[head]
        told, norm = self.senses[head], self.words[head].norm
        base = told.base
        if base in lists()["numbers"]:
            return None
        if norm.endswith(("ة", "ات")) or base in lists()["feminine"]:
            return "f"
        if norm.endswith(("ون", "ين")) and len(base) > 4 and told.definite:
            return "p"
        if base in lists()["masculine"] or any(reading.form == "noun" for reading in told.nominal):
            return "m"
        return None

    def agrees(self, verb: FiniteVerb, phrase: Phrase) -> bool | None:
        """Whether the noun phrase can be the verb's subject."""
        told = verb.inflection
        gender = self.gender(phrase.head)
        if gender == "o":
            return False
        if told.person == 1:
            return False if self.senses[phrase.head].role != "pronoun" else None
        if gender is None or told.gender is None:
            return None if told.number != "p" or gender is None else gender == "p"
        if gender == "p":
            return told.gender == "m"
        if told.gender == "f":
            return gender == "f"
        return gender == "m"

    def surely(self, verb: FiniteVerb, phrase: Phrase) -> bool:
        """Whether the form of the noun phrase says that it agrees."""
        return self.agrees(verb, phrase) is True

    def relative(self, marker: int, verb: FiniteVerb) -> bool | None:
        """Whether the relative pronoun at `marker` can be the verb's subject."""
        told = verb.inflection
        kind = self._kind(marker)
        if kind is None or told.person == 1:
            return None if kind is None else False
        if kind == "p":
            return told.number != "s"
        return told.gender in (kind, None) and told.number == "s"

    def _kind(self, marker: int) -> str | None:
        norm = self.words[marker].norm
        return _RELATIVES.get(norm[1:] if norm[0] in "وف" else norm)

    def meant(self, marker: int, noun: int) -> bool:
        """Whether the noun's form says that the relative pronoun at `marker` agrees with it."""
        return self.gender(noun) == self._kind(marker)

    def by_pronoun(self, marker: int, verb: FiniteVerb) -> bool:
        """Whether the pronoun of أنه, لكنها can be the verb's subject."""
        pronoun, told = self.senses[marker].pronoun, verb.inflection
        if pronoun is None or told.person == 1:
            return pronoun == "نا"
        if pronoun in ("هم", "هما", "هن"):
            return told.number != "s"
        return told.gender == {"ه": "m", "ها": "f"}.get(pronoun)

    def oblique(self, phrase: Phrase) -> bool:
        """Whether the noun is a dual or plural in ين, which no subject is."""
        told, norm = self.senses[phrase.head], self.words[phrase.head].norm
        return told.definite and norm.endswith("ين") and len(told.base) > 4 and phrase.head not in self.chunk
