"""Every finite form of a verb from its two stems: weak, hollow, doubled and hamzated verbs as they are written.

Orthography after Ryding, A Reference Grammar of Modern Standard Arabic (2005), chapters 21-32. Harakat are not
written, so that most passives coincide with their actives; those that are written otherwise (قيل, أدين, يقال) are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.arabic.normalise import fold

SHADDA = "\u0651"
_WEAK = "اىي"


class Inflection(NamedTuple):
    """Of a written form: aspect, person, gender (None: either), number, voice (None: active or passive), and whether
    it can be an indicative. A form of the second person is given only where it is also one of another."""

    aspect: Literal["perfect", "imperfect"]
    person: Literal[1, 3]
    gender: Literal["m", "f"] | None
    number: Literal["s", "d", "p"]
    voice: Literal["active", "passive"] | None
    indicative: bool = True


def letters(stem: str) -> str:
    """A stem without its shadda."""
    return stem.replace(SHADDA, "")


def doubled(past: str) -> bool:
    """Whether the last two root letters are written as one (ردّ, استمرّ)."""
    return past.endswith(SHADDA)


def hollow(past: str) -> bool:
    """Whether a long alef stands for the middle root letter (قال, أدان, اختار)."""
    bare = letters(past)
    return not doubled(past) and len(bare) > 2 and bare[-2] == "ا" and bare[-1] not in _WEAK


def present_stem(past: str) -> str:
    """The imperfect without its prefix, of a verb whose past tells it: sound verbs and derived forms.

    past: with shadda on the middle letter of forms II and V and of doubled verbs.
    """
    bare = letters(past)
    second = past.find(SHADDA) == 2
    if second and bare[0] != "ا":
        stem = "ؤ" + bare[1:] if bare[0] == "أ" else bare
    elif bare[0] == "أ" and (len(bare) == 4 or doubled(past)):
        stem = bare[1:-2] + "ي" + bare[-1] if hollow(past) else bare[1:]
    elif (bare[0] == "ا" and len(bare) > 4) or (bare[0] == "ا" and SHADDA in past):
        stem = bare[1:-2] + "ي" + bare[-1] if hollow(past) and len(bare) == 6 else bare[1:]
    else:
        stem = bare
    fifth = bare[0] == "ت" and len(bare) > 3 and (past.find(SHADDA) == 3 or bare[2] == "ا")
    return stem[:-1] + "ي" if stem[-1] == "ى" and not fifth else stem


def conjugated(past: str, present: str | None) -> Iterator[tuple[str, Inflection]]:
    """Folded forms with their inflection; one form may come with several. present: None where there is none (ليس)."""
    for form, inflection in _perfect(past):
        yield fold(form.replace("أا", "آ")), inflection
    for form, inflection in _imperfect(past, present) if present else ():
        yield fold(form.replace("أأ", "آ").replace("أا", "آ")), inflection


def _perfect(past: str) -> Iterator[tuple[str, Inflection]]:
    bare = letters(past)
    passive = _passive_past(past)
    voice: Literal["active"] | None = "active" if passive else None
    yield from _perfect_of(bare, _short_past(past), voice)
    if passive:
        short = passive[:-2] + passive[-1] if hollow(past) else passive
        yield from _perfect_of(passive, short, "passive")


def _short_past(past: str) -> str:
    """The stem before endings that begin with a consonant: قل, ردد, دعو, التقي."""
    bare = letters(past)
    if doubled(past):
        return bare + bare[-1]
    if hollow(past):
        return bare[:-2] + ("ئ" if bare[-1] == "ء" else bare[-1])
    if bare[-1] == "ا":
        return bare[:-1] + "و"
    return bare[:-1] + "ي" if bare[-1] in "ىي" else bare


def _perfect_of(bare: str, short: str, voice: Literal["active", "passive"] | None) -> Iterator[tuple[str, Inflection]]:
    drops = bare[-1] in "اى"
    base = bare[:-1] if drops else bare
    plural = bare[:-1] if bare[-1] in _WEAK else bare
    yield bare, Inflection("perfect", 3, "m", "s", voice)
    yield base + "ت", Inflection("perfect", 3, "f", "s", voice)
    yield (short if drops else bare) + "ا", Inflection("perfect", 3, "m", "d", voice)
    yield base + "تا", Inflection("perfect", 3, "f", "d", voice)
    yield plural + "وا", Inflection("perfect", 3, "m", "p", voice)
    if bare[-1] in "أء":
        yield bare[:-1] + "ؤوا", Inflection("perfect", 3, "m", "p", voice)
    yield short + "ن", Inflection("perfect", 3, "f", "p", voice)
    yield short + "ت", Inflection("perfect", 1, None, "s", voice)
    yield short + ("ا" if short[-1] == "ن" else "نا"), Inflection("perfect", 1, None, "p", voice)


def _passive_past(past: str) -> str | None:
    """The perfect passive, where it is written otherwise than the active."""
    bare = letters(past)
    if hollow(past):
        return bare[:-2] + "ي" + bare[-1]
    changed = bare[:-1] + "ي" if bare[-1] in "اى" else bare
    if bare[-1] == "أ":
        changed = bare[:-1] + "ئ"
    at = 2 if bare[0] == "ت" and len(bare) > 4 else 1
    if len(bare) > 3 and bare[at] == "ا" and bare[0] != "ا":
        changed = changed[:at] + "و" + changed[at + 1 :]
    if bare[1] == "أ":
        changed = changed[0] + "ئ" + changed[2:]
    return changed if changed != bare else None


def _imperfect(past: str, present: str) -> Iterator[tuple[str, Inflection]]:
    stem = letters(present)
    passive = _passive_present(past, stem)
    voice: Literal["active"] | None = "active" if passive else None
    yield from _imperfect_of(past, stem, voice)
    if passive:
        yield from _imperfect_of(past, passive, "passive")


def _imperfect_of(past: str, stem: str, voice: Literal["active", "passive"] | None) -> Iterator[tuple[str, Inflection]]:
    weak = stem[-1] in "ويى" and not hollow(past)
    base = stem[:-1] if weak else stem
    before_alef = base + "ي" if stem[-1] == "ى" else stem
    cut = _jussive(past, stem, base if weak else None)
    for prefix, gender in (("ي", "m"), ("ت", "f")):
        yield prefix + stem, Inflection("imperfect", 3, gender, "s", voice)  # type: ignore[arg-type]
        yield prefix + before_alef + "ان", Inflection("imperfect", 3, gender, "d", voice)  # type: ignore[arg-type]
        yield prefix + before_alef + "ا", Inflection("imperfect", 3, gender, "d", voice, False)  # type: ignore[arg-type]
        if cut:
            yield prefix + cut, Inflection("imperfect", 3, gender, "s", voice, False)  # type: ignore[arg-type]
    for prefix in "يت":
        bases = [base, base[:-1] + "ؤ"] if base[-1] == "أ" else [base]
        for plural in bases:
            yield prefix + plural + "ون", Inflection("imperfect", 3, "m", "p", voice)
            yield prefix + plural + "وا", Inflection("imperfect", 3, "m", "p", voice, False)
    yield "ي" + (cut if cut and not weak else before_alef) + "ن", Inflection("imperfect", 3, "f", "p", voice)
    for prefix, number in (("أ", "s"), ("ن", "p")):
        yield prefix + stem, Inflection("imperfect", 1, None, number, voice)  # type: ignore[arg-type]
        if cut:
            yield prefix + cut, Inflection("imperfect", 1, None, number, voice, False)  # type: ignore[arg-type]


def _jussive(past: str, stem: str, base: str | None) -> str | None:
    """The jussive's stem, where it is written otherwise: يقل, يدع, يردد."""
    if doubled(past):
        return stem + stem[-1]
    if hollow(past) and len(stem) > 1 and stem[-2] in "اوي":
        return stem[:-2] + stem[-1]
    return base


def _passive_present(past: str, stem: str) -> str | None:
    """The imperfect passive's stem, where it is written otherwise than the active: يقال, يدعى, يوجد, يؤخذ."""
    if hollow(past):
        changed = stem[:-2] + "ا" + stem[-1]
    elif stem[-1] in "وي":
        changed = stem[:-1] + "ى"
    else:
        changed = stem
    if past[0] == "و" and len(letters(past)) == 3 and stem[0] != "و":
        changed = "و" + changed
    if stem[0] == "أ":
        changed = "ؤ" + changed[1:]
    return changed if changed != stem else None
