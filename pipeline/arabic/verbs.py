"""Verb forms spelled out from two stems, so that a rule writer lists a verb once.

Only what news prose uses: third person in both genders and all numbers, and the first person of quotations, in the
perfect, imperfect, subjunctive and jussive. Orthography after Ryding, A Reference Grammar of Modern Standard Arabic
(2005), chapters 21-32; harakat are not written, so voices coincide.
"""

from __future__ import annotations

from typing import Literal

from pipeline.arabic.normalise import fold

Agreement = Literal["masc", "fem", "dual", "plural", "first"]


def conjugate(past: str, present: str) -> dict[str, Agreement]:
    """Folded forms of a verb and their agreement.

    past: third person masculine singular (استخدم, دعا, لجأ); present: the imperfect without its prefix (ستخدم, دعو,
    لجأ). A final alef or ya marks a defective verb, whose last letter drops before endings. Where two persons share a
    form, the third person wins.
    """
    forms: dict[str, Agreement] = {}

    def add(agreement: Agreement, *spelled: str) -> None:
        for form in spelled:
            forms.setdefault(fold(form), agreement)

    defective = past[-1] in "اى"
    base = past[:-1] if defective else past
    add("masc", past)
    add("fem", base + "ت")
    add("dual", base + ("يا" if past[-1] == "ى" else "وا") if defective else past + "ا", base + "تا")
    add("plural", base + "وا")
    if past[-1] == "أ":  # لجأوا is also written لجؤوا
        add("plural", past[:-1] + "ؤوا")
    add("first", base + ("ينا" if past[-1] == "ى" else "ونا") if defective else past + "نا")

    weak = present[-1] in "ويى"
    short = present[:-1] if weak else present
    long = short + "ي" if present[-1] == "ى" else present
    for prefix, agreement in (("ي", "masc"), ("ت", "fem")):
        add(agreement, prefix + present)  # type: ignore[arg-type]
        if weak:
            add(agreement, prefix + short)  # type: ignore[arg-type]
    add("dual", *(prefix + long + ending for prefix in "يت" for ending in ("ان", "ا")))
    add("plural", "ي" + short + "ون", "ي" + short + "وا", "ت" + short + "ون")
    add("first", "ن" + present, "أ" + present)
    return forms
