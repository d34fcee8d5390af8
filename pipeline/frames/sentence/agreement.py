"""Gender and number: whether a verb can be someone's."""

from __future__ import annotations

import re

from pipeline.arabic.normalise import fold
from pipeline.frames.sentence.chunks import Chunk

# States are feminine in agreement but for a handful (Ryding 2005, 7.1).
MASCULINE_STATES = frozenset({"IRQ", "JOR", "LBN", "SDN", "SSD", "YEM", "MAR", "TCD", "SOM", "VAT"})
# نظيره، نظراؤها: one's counterpart is whom one speaks to, and so no subject.
COUNTERPART = re.compile("نظيرت?[هي]|نظيرا|نظرا")
_FEMININE_HEADS = frozenset(
    map(
        fold,
        ["الأمم", "حماس", "طالبان", "فتح", "داعش", "قوات", "القوات", "كتائب", "سلطات", "السلطات", "دول", "الدول",
         "فصائل", "الفصائل", "أحزاب", "قوى", "بلدان", "بلاده", "بلادها", "بلادنا"],
    )
)  # fmt: skip
_MASCULINE_HEADS = frozenset(map(fold, ["قادة", "القادة"]))


def gender(actor: str | None, form: str, words: tuple[str, ...]) -> str | None:
    """`fem`, `masc` or None where it cannot be told: by the state's name, else by the head noun's ending."""
    if not words:
        return None
    head = words[0]
    if form in {"name", "capital"} and head != "الاتحاد":  # الاتحاد الروسي
        return "masc" if actor in MASCULINE_STATES and form == "name" and not head.endswith("ة") else "fem"
    if form == "person":
        return None
    if head in _FEMININE_HEADS or (head.endswith(("ة", "ات")) and head not in _MASCULINE_HEADS):
        return "fem"
    # A foreign name (اليونيسف، الناتو) shows no gender.
    return None if form in {"body", "group"} and len(words) == 1 else "masc"


def agrees(verb: Chunk, subject: Chunk) -> bool:
    """Whether a chunk can be the verb's subject: before its subject a verb is singular, of the third person, and of the
    first member's gender; behind it, it may be of the number of the members (Ryding 2005, 2.1)."""
    found = subject.members[0].gender if subject.members else None
    if "verb" in verb.tags and {"plural", "dual", "first"} & verb.tags:
        return subject.end <= verb.start and len(subject.members) > 1 and "first" not in verb.tags
    if "verb" not in verb.tags or found is None:
        return True
    return not ({"fem", "masc"} & verb.tags) or found in verb.tags
