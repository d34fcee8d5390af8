"""What the spelling of a word suggests where no lexicon knows it."""

from __future__ import annotations

import re

from pipeline.frames.sentence.chunks import Chunk

# What looks like an imperfect, also of a verb in no term: after قد it tells "may" from "has".
_IMPERFECT = re.compile("[وف]?س?[يتن]..")
# What looks like the accusative that a number above ten counts (سنتا، نقطة), behind no particle; adverbs in يا aside.
_COUNTED = re.compile("(?!ال|[وفبلك]).{2,}(?:[^ي]ا|ة)")
# What looks like a feminine perfect that goes on after "and", of any verb (nouns in ات aside).
_PAST = re.compile("[وف]..+[^ا]ت")
_FEMININE_IMPERFECT = re.compile("ت(?!.*ي.$).{2,}[^ةه]")
_VERBAL_NOUNS = frozenset(
    {"تعاون", "تبادل", "تدخل", "تفاهم", "تقاسم", "تواصل", "تضامن", "تحرك", "تطور", "تقدم", "تجارب"}
)
# The article of a noun that nothing else is written together with.
_ARTICLE = re.compile("ال...")
# Prepositions written together with the word behind them, which a phrase that begins there leaves out.
_ATTACHED = re.compile("([بل])(ال)?..")


def is_people(chunk: Chunk) -> bool:
    """Whether a nationality stands for the people, as the subject of a verb: الروس، الصينيون."""
    return all(member.words and re.fullmatch("ال.+ون|الروس|الامريكان", member.words[0]) for member in chunk.members)


def spell(chunk: Chunk, norm: str) -> None:
    """What the spelling of a chunk's first word suggests, known word or not: an imperfect, an attached preposition, a
    verb that a conjunction joins to the clause before, the noun that a number counts."""
    prefix = norm.lstrip("وفس")[:1]
    third = "verb" in chunk.tags and "first" not in chunk.tags  # نقض، نقضوا: the nun of a known verb's own root
    if _IMPERFECT.match(norm) and not (prefix == "ن" and third):
        chunk.tags |= {"imperfect", "imperfect:" + prefix}
    if attached := _ATTACHED.match(norm):
        chunk.tags |= {"begins:" + attached[1], "begins:" + attached[1] + (attached[2] or "")}
    if chunk.kind == "word" and _COUNTED.fullmatch(norm):
        chunk.tags.add("counted_noun")
    if chunk.kind == "word" and _ARTICLE.match(norm):
        chunk.tags.add("article")
    if chunk.kind == "word" and norm[0] == "و" and len(norm) > 4:
        chunk.tags.add("conjoined")
    if "verb" in chunk.tags and chunk.tags & {"+و", "+ف"}:
        chunk.tags.add("conjunct")
    if _PAST.fullmatch(norm):
        chunk.tags.add("past")
    if "verb" in chunk.tags and not ("masc" in chunk.tags and len(norm) <= 4 and "imperfect" not in chunk.tags):
        chunk.tags.add("finite")  # three letters may be the verbal noun as well: منع، رفض، دعم


def opens_clause(norm: str, before: str) -> bool:
    """Whether a word is a feminine imperfect that describes the indefinite feminine noun or adjective before it: هدنة
    تستمر. Verbal nouns look alike where they have ya (تحقيق) or ta marbuta (تهدئة)."""
    describes = before.endswith(("ة", "ه", "ات")) and not re.match("[وفبكل]?ال|لل", before)
    return describes and bool(_FEMININE_IMPERFECT.fullmatch(norm)) and norm not in _VERBAL_NOUNS
