"""Words that a page printed without the space between them, as scraped lists of headlines and tags are.

Two signs give them away: ة and ى end a word in Arabic spelling, so a letter behind one starts the next word; and a word
found nowhere else on the page that is two of the page's words in a row.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.arabic.normalise import fold

_FINAL_LETTER = re.compile(r"(?<=[\u0621-\u064a]{2}[ةى])[ًٌٍ]?(?=[\u0621-\u064a]{2})|(?<=[\"”»])(?=و[\u0621-\u064a]{2})")
# Two words glued together have at least this many letters each, else any word could be two.
_SHORTEST = 3
_LONGEST = 40
_WORD = re.compile(r"[^\W\d_]+")


def has_glued_words(text: str, start: int, end: int) -> bool:
    """Whether final letters stand inside a word of text[start:end]."""
    return _FINAL_LETTER.search(text, start, end) is not None


def page_words(text: str, start: int = 0, end: int | None = None) -> Counter[str]:
    """How often each folded word stands in text[start:end]."""
    return Counter(map(fold, _WORD.findall(text, start, len(text) if end is None else end)))


def after_glued_headlines(text: str, start: int, end: int, page: Counter[str]) -> int | None:
    """Where the body goes on behind the last of the headlines run together in text[start:end], or None.

    page: the words of the whole page. Only what ends as a sentence does, with a stop, can be the body.
    """
    if not re.search(r"[.!؟?…][\"”»)]*$", text[start:end]):
        return None
    places = [match.end() for match in _FINAL_LETTER.finditer(text, start, end)]
    here = page_words(text, start, end)

    def elsewhere(word: str) -> bool:
        return page[fold(word)] > here[fold(word)]

    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if len(word) <= _LONGEST and not elsewhere(word):
            splits = range(_SHORTEST, len(word) - _SHORTEST + 1)
            places += [match.start() + at for at in splits if elsewhere(word[:at]) and elsewhere(word[at:])]
    return max(places, default=None)
