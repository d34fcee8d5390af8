"""Verbs that the list lacks, told by their form and their place."""

from __future__ import annotations

from pipeline.arabic.conjugation import Inflection
from pipeline.frames.sentence.left import LICENCE, FiniteVerb, Left, licensed
from pipeline.frames.sentence.tokens import Sense, lists, proper


def guess(norm: str, index: int, told: Sense, left: Left) -> FiniteVerb | None:
    """A verb that the list lacks, by its prefix: ي nearly anywhere, ت where a particle calls for an imperfect; behind
    a relative pronoun any word that can be a perfect."""
    bare = norm[1:] if norm[0] in "وف" and len(norm) > 4 else norm
    future = bare[0] in "سل" and len(bare) > 4 and bare[1] in "يت"
    stem = bare[1:] if future else bare
    if left.gender and norm[0] not in "يت" and len(norm) > 2 and not (told.noun or told.prefix or told.nominal):
        return FiniteVerb(index, None, Inflection("perfect", 3, left.gender, "s", None), (), None, False)
    told_by_pronoun = left.kind == "pronoun" and left.role in {"that", "subordinator", "coordinator"}
    if (
        told_by_pronoun
        and norm.endswith(("وا", "نا", "ت"))
        and not norm.endswith("ات")
        and not (told.noun or told.nominal)
    ):
        plural = norm.endswith("وا")
        inflection = Inflection("perfect", 3, "m" if plural else "f", "p" if plural else "s", None)
        return FiniteVerb(index, None, inflection, (), None, False)
    if told.noun or told.definite or not 3 <= len(stem) <= 9 or stem[0] not in "يت" or told.nominal:
        return None
    if stem in lists()["names_in_ya"] or stem.endswith(("ية", "يا", "ة", "يين")) or proper(stem):
        return None
    called = licensed(left) or (future and bare[0] == "س" and stem[0] == "ي" and left.role == "noun" and left.definite)
    if len(stem) < 4 and left.role not in LICENCE:
        return None
    if not called:
        auxiliary = left.role == "verb" and left.kind == "be"
        if stem[0] == "ت" or future or stem.endswith("ات") or (norm[0] == "ف" and left.role not in ("start", "dash")):
            return None
        chained = left.role == "verb" and left.imperfect and norm[0] == "و" and len(stem) < 5
        if left.role in {"prep", "determiner", "verb"} and not (auxiliary or chained):
            return None
        if left.role == "noun" and not left.definite and norm[0] in "وف":
            return None
    plural = stem.endswith(("ون", "وا"))
    told_by = Inflection("imperfect", 3, "m" if stem[0] == "ي" else "f", "p" if plural else "s", None)
    proclitics = tuple(norm[: len(norm) - len(stem)])
    return FiniteVerb(index, None, told_by, proclitics, None, called)
