"""Other spellings of foreign names: newsrooms write one sound with different letters.

g is غ in the Levant and the Gulf and ج in Egypt (غوتيريش, جوتيريش; أنغولا, أنجولا); a short vowel before the last n of
a name is written or not (بلينكن, بلينكين); ai may have its glide twice (لاين, لايين). Persian letters are folded where
text is normalised.
"""

from __future__ import annotations

import re

# Each a pattern and what else may be written there; the first form of a name is the one in the data.
_SWAPS = (
    (re.compile("غ"), "ج"),
    (re.compile(r"(?<=\w{3}[بتدفقكلمهرسزش])ن\b"), "ين"),
    (re.compile(r"(?<=\w{2}[بتدفقكلمهرسزش])ين\b"), "ن"),
    (re.compile(r"(?<=لا)ين\b"), "يين"),
    (re.compile(r"يكستان\b"), "كستان"),
)


def spellings(name: str) -> list[str]:
    """The name as it is, then the other spellings of it, each once: every swap alone, and the first with each other."""
    found = [name]
    for pattern, other in _SWAPS:
        found += [pattern.sub(other, form) for form in list(found)]
    return list(dict.fromkeys(found))
