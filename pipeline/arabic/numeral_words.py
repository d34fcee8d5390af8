"""The lexicon of numerals: numerals.yaml as look-up tables over folded stems."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import yaml

from pipeline.arabic.normalise import fold

Kind = Literal[
    "zero", "ones", "bound", "ten", "teen", "tens", "compound", "hundred", "hundreds",
    "scale", "scale_plural", "scale_dual", "scale_construct", "ordinals", "bound_ordinals", "ordinal_teen",
]  # fmt: skip
_PLAIN: tuple[Kind, ...] = (
    "zero", "ones", "bound", "ten", "tens", "hundred", "hundreds",
    "scale", "scale_plural", "scale_dual", "scale_construct", "ordinals", "bound_ordinals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun's form: its lemma (folded) and how many of it the form says."""

    lemma: str
    number: Literal["singular", "plural", "dual", "construct"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """atoms: stem → kind → value; nouns: form → reading; cues: named lists of stems. All keys made by `key`."""

    atoms: dict[str, dict[Kind, int]]
    nouns: dict[str, Noun]
    cues: dict[str, frozenset[str]]


def key(word: str) -> str:
    """Folded, and ه for ة: final ة is often written without its dots."""
    return fold(word).replace("ة", "ه")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """numerals.yaml, read once."""
    data = yaml.safe_load(resources.files("pipeline.arabic").joinpath("numerals.yaml").read_text(encoding="utf-8"))
    atoms: dict[str, dict[Kind, int]] = {}
    for kind in _PLAIN:
        for value, forms in data[kind].items():
            for form in forms.split():
                atoms.setdefault(key(form), {})[kind] = value
    _add_glued(atoms)
    nouns: dict[str, Noun] = {}
    for lemma, forms in data["nouns"].items():
        _add_noun(nouns, lemma, forms, both=True)
    for lemma, forms in data["sound_plural_nouns"].items():
        _add_noun(nouns, lemma, forms, both=False)
    for lemma in data["no_dual_in_an"].split():
        nouns[key(lemma) + "ان"] = Noun(fold(lemma), "plural")
    for lemma in data["construct_duals"].split():
        stem = key(lemma)
        base = stem[:-1] + "ت" if stem.endswith("ه") else stem
        for ending in "اي":
            nouns[base + ending] = Noun(fold(lemma), "construct")
    cues = {name: frozenset(map(key, words.split())) for name, words in data.items() if isinstance(words, str)}
    return Lexicon(atoms, nouns, cues)


def _add_glued(atoms: dict[str, dict[Kind, int]]) -> None:
    """Teens and tens written without their space: خمسةعشر, ثلاثةوعشرون."""

    def forms(*kinds: Kind) -> list[tuple[str, int]]:
        return [(form, found[kind]) for form, found in atoms.items() for kind in kinds if kind in found]

    glued: list[tuple[str, Kind, int]] = []
    for ten, _ in forms("ten"):
        glued += [(unit + ten, "teen", value + 10) for unit, value in forms("ones", "bound")]
        glued += [(unit + ten, "ordinal_teen", value + 10) for unit, value in forms("ordinals", "bound_ordinals")]
    for tens, tens_value in forms("tens"):
        glued += [(f"{unit}و{tens}", "compound", value + tens_value) for unit, value in forms("ones", "bound")]
    for form, kind, value in glued:
        atoms.setdefault(form, {})[kind] = value


def _add_noun(nouns: dict[str, Noun], lemma: str, forms: str, both: bool) -> None:
    """Enter a noun: singular (also the accusative in ا), plurals and duals; `both` says ين is no plural of it."""
    stem = key(lemma)
    nouns[stem] = Noun(fold(lemma), "singular")
    base = stem[:-1] + "ت" if stem.endswith("ه") else stem
    for ending in ("ان", "ين") if both else ("ان",):
        nouns[base + ending] = Noun(fold(lemma), "dual")
    for form in map(key, forms.split()):
        nouns[form] = Noun(fold(lemma), "singular" if form in (stem + "ا", stem + "ه") else "plural")
