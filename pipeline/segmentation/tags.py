"""Lines of keywords that no label announces: names and noun phrases in a row, between commas, bullets or # signs, or
with nothing but spaces between them.

What tells them from prose is what they lack: a verb, a joining و, a stop. And a page's tags mostly say what its story
says, so most of their words stand in it.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.arabic.clitics import readings
from pipeline.arabic.normalise import fold
from pipeline.segmentation.sentences import conventions

_COMMA = re.compile(r"\s*[،,؛;]\s*")
_MARK = re.compile(r"\s*[#|/•·♦◆◇▪▫■□●○◦»›*]\s*|\s+[-–—]\s+")
_STOP = re.compile(r"[.!؟?…:]")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 5
# A longer line is no list of tags.
_LINE_CHARS = 700
# Which part of a tag line's words stands elsewhere on the page.
_KNOWN = 0.5
_KNOWN_WITHOUT_MARKS = 0.7


def is_tag_list(line: str, page: Counter[str], labelled: bool = False) -> bool:
    """Whether a line is tags with a sign between them.

    page: how often each folded word stands on the page, this line included. labelled: the line stands below a label,
    so that one tag is enough and need not be known from the page.
    """
    if len(line) > _LINE_CHARS:
        return False
    comma, mark = bool(_COMMA.search(line)), bool(_MARK.search(line))
    tags = [tag for part in _COMMA.split(line) for tag in _MARK.split(part) if tag.strip()]
    if _STOP.search(line) or not all(_is_tag(tag) for tag in tags):
        return False
    if labelled:
        return bool(tags)
    return ((comma and len(tags) >= 3) or (mark and len(tags) >= 2)) and _known(line, page) >= _KNOWN


def is_tag_run(line: str, page: Counter[str]) -> bool:
    """Whether a line of at least three words is tags with only spaces between them. Nothing but the page's words tells
    that from a caption, so it is asked only about lines below the story."""
    if len(line) > _LINE_CHARS:
        return False
    words = _WORD.findall(line)
    plain = not _STOP.search(line) and not _COMMA.search(line)
    return plain and len(words) >= 3 and _nominal(words) and _known(line, page) >= _KNOWN_WITHOUT_MARKS


def _is_tag(tag: str) -> bool:
    words = _WORD.findall(tag)
    return 0 < len(words) <= _LONGEST and _nominal(words)


def _nominal(words: list[str]) -> bool:
    """Whether no word is one of clauses; the first may not be joined by و to what stands before it either."""
    known = conventions()
    folded = list(map(fold, words))
    if folded[0].startswith("و") and not folded[0].startswith(known.own_waw):
        return False
    return not any(reading.stem in known.clausal for word in folded for reading in readings(word))


def _known(line: str, page: Counter[str]) -> float:
    """Which part of the line's words stands elsewhere on the page, with or without what is attached to them."""
    here = Counter(map(fold, _WORD.findall(line)))
    words = [word for word in here if len(word) > 2]
    told = sum(1 for word in words if any(page[stem] > here[stem] for stem in _forms(word)))
    return told / len(words) if words else 0.0


def _forms(word: str) -> set[str]:
    """The word alone and behind the letters that prose attaches to it."""
    bare = word.removeprefix("ال")
    return {before + form for form in (bare, "ال" + bare) for before in ("", "و", "ب", "ل", "ف")} | {"لل" + bare}
