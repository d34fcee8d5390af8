"""Whole white-space tokens, as ANERcorp counts them."""

from __future__ import annotations

import unicodedata

COMMAS = frozenset("،؛,;")


def _edge(char: str) -> bool:
    """Whether a token does not begin or end with this: punctuation, symbols, controls and format signs."""
    return unicodedata.category(char)[0] in "PSC"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, punctuation and format signs at its edges; empty where nothing is left."""
    while start < end and (text[start].isspace() or _edge(text[start])):
        start += 1
    while end > start and (text[end - 1].isspace() or _edge(text[end - 1])):
        end -= 1
    return start, end


def whole_tokens(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """The span grown to whole white-space tokens, not beyond `within`, with the punctuation at its edges trimmed."""
    low, high = start, end
    while low > within[0] and not text[low - 1].isspace():
        low -= 1
    while high < within[1] and not text[high].isspace():
        high += 1
    low, high = trim(text, low, high)
    return min(low, start), max(high, end)


def whole_words(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """The span grown to whole words, not beyond `within`: over letters where it begins or ends in one, over digits
    where in one. «12عضوا» is two words."""
    low, high = start, end
    while within[0] < low and _joined(text[low - 1], text[low]):
        low -= 1
    while high < within[1] and _joined(text[high - 1], text[high]):
        high += 1
    return low, high


def _joined(left: str, right: str) -> bool:
    return (left.isdecimal() and right.isdecimal()) or (_letter(left) and _letter(right))


def _letter(char: str) -> bool:
    """Whether it is a letter, or a vowel sign on one."""
    return unicodedata.category(char)[0] in "LM"


def tokens(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """White-space tokens of text[start:end], edge punctuation trimmed; those that are nothing but punctuation are kept
    whole, so that a token is never lost."""
    found = []
    at = start
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        stop = at
        while stop < end and not text[stop].isspace():
            stop += 1
        low, high = trim(text, at, stop)
        found.append((low, high) if low < high else (at, stop))
        at = stop
    return found
