"""Words that a page printed without the space between them, as scraped lists of headlines and tags are.

Two signs give them away: ة and ى end a word in Arabic spelling, so a letter behind one starts the next word; and a word
found nowhere else on the page that is two of the page's words in a row.
"""

from __future__ import annotations

import re

from pipeline.arabic.normalise import fold

_FINAL_LETTER = re.compile(r"(?<=[\u0621-\u064a]{2}[ةى])[ًٌٍ]?(?=[\u0621-\u064a]{2})|(?<=[\"”»])(?=و[\u0621-\u064a]{2})")
_WORD = re.compile(r"[^\W\d_]+")


def has_glued_words(text: str, start: int, end: int) -> bool:
    """Whether final letters stand inside a word of text[start:end]."""
    return _FINAL_LETTER.search(text, start, end) is not None


def after_glued_headlines(text: str, start: int, end: int) -> int | None:
    """Where the body goes on behind the last of the headlines run together in text[start:end], or None.

    Only what ends as a sentence does, with a stop, can be the body.
    """
    if not re.search(r"[.!؟?…][\"”»)]*$", text[start:end]):
        return None
    places = [match.end() for match in _FINAL_LETTER.finditer(text, start, end)]
    known = {fold(word) for word in _WORD.findall(text[:start] + " " + text[end:])}
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if fold(word) in known:
            continue
        for split in range(3, len(word) - 1):
            if len(word) - split >= 3 and fold(word[:split]) in known and fold(word[split:]) in known:
                places.append(match.start() + split)
    return max(places, default=None)
