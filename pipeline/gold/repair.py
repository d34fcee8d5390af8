"""Spans as annotation tools export them, made to fit the text again."""

from __future__ import annotations

from collections.abc import Callable, Collection

from pipeline.errors import GoldError
from pipeline.gold.spans import COMMAS

Span = tuple[int, int]
_SHOWN = 60  # characters of a region in a message


def repair(text: str, start: int, end: int, words: str | None, place: str) -> Span:
    """The span that a tool meant by [start, end) and, if it kept them, `words`.

    Browsers count in ways of their own: old Label Studio counts UTF-16 units (its issue 1347), selections from right to
    left come out one character off or take white space along (its issue 2007). The span as given is taken if it
    reads `words`; else the one span within one character of it, or of it counted in UTF-16 units, that does. Without
    `words` a span that cuts no word is taken as it is. Commas taken along are left out. Raises GoldError naming `place`
    where no span or more than one fits.
    """
    candidates: dict[Span, None] = {}
    for low, high in dict.fromkeys(((start, end), (_code_points(text, start), _code_points(text, end)))):
        for move in ((0, 0), (-1, -1), (1, 1), (-1, 0), (1, 0), (0, -1), (0, 1)):
            span = low + move[0], high + move[1]
            if 0 <= span[0] < span[1] <= len(text):
                candidates[strip(text, *span)] = None
    fits: Callable[[Span], bool]
    if words is not None:
        wanted = " ".join(words.replace("\\n", " ").split())
        if not wanted:
            raise GoldError(place, f"a region at {start}-{end} holds no words", "Delete it, or mark words")
        fits = lambda span: " ".join(text[slice(*span)].split()) == wanted  # noqa: E731
    else:
        fits = lambda span: not _cuts(text, *span)  # noqa: E731
    if 0 <= start < end <= len(text) and fits(strip(text, start, end)):
        return strip(text, start, end, COMMAS)
    spans = [span for span in candidates if span[0] < span[1] and fits(span)]
    if len(spans) == 1:
        return strip(text, *spans[0], COMMAS)
    there = text[max(0, start) : max(0, end)][:_SHOWN]
    what = f"«{words[:_SHOWN]}»" if words is not None else "whole words"
    raise GoldError(
        place,
        f"a region at {str(start)[:12]}-{str(end)[:12]} should hold {what}, but the text has «{there}»",
        "Mark it again" if not spans else "Mark it again: more than one place near it fits",
    )


def strip(text: str, start: int, end: int, more: Collection[str] = ()) -> Span:
    """The span without white space, or characters of `more`, at its edges."""
    while start < end and (text[start].isspace() or text[start] in more):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in more):
        end -= 1
    return start, end


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends between two letters or digits."""
    return any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


def _code_points(text: str, units: int) -> int:
    """The code-point offset of an offset in UTF-16 units."""
    for offset, char in enumerate(text):
        if units <= 0:
            return offset
        units -= 2 if ord(char) > 0xFFFF else 1
    return len(text)
