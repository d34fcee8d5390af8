"""From the words that a labeller wrote to their one place in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.arabic.normalise import Normalised, fold, normalise
from pipeline.arabic.words import words

# و ف, then ب ل ك: what may stand attached before a name or noun that is labelled without it.
_CLITICS = re.compile(r"[وف]?[بلك]?")
# Marks that belong to the letter before them although folding drops them.
_MARK = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_NTH_DIGITS = 6
_NTH = re.compile(r"^(?P<words>.*\S)\s*#(?P<nth>\d+|\*)$", re.DOTALL)


class NotFoundError(ValueError):
    """The words are not in the text where they should be, or more than once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the text. `assimilated`: it begins with the lam of an article whose alef ل swallowed (لل)."""

    start: int
    end: int
    assimilated: bool = False


def _pattern(surface: str) -> re.Pattern[str]:
    """A pattern over folded text, any white space matching any; the target is the group `target`, if any is marked
    by [ ] only what lies between them."""
    before, target, after = "", surface, ""
    if match := re.fullmatch(r"(?s)(.*?)\[(.+)\](.*)", surface):
        before, target, after = match.groups()
    head, *rest = _pieces(target)
    if head.startswith("ال") and len(head) > 2:
        head = f"(?:ا|(?<=ل)(?P<lam>))ل{head[2:]}"
    parts = [_join(before), r"(?P<target>", r"\s+".join([head, *rest]), ")", _join(after)]
    return re.compile("".join(parts))


def _pieces(surface: str) -> list[str]:
    pieces = [re.escape(fold(piece)) for piece in surface.split()]
    if not any(pieces):
        raise NotFoundError(f"{surface!r} holds no letters")
    return pieces


def _join(context: str) -> str:
    """The pattern of the words around a target, with the white space that separates them from it."""
    inner = r"\s+".join(re.escape(fold(piece)) for piece in context.split())
    lead = r"\s+" if context[:1].isspace() else ""
    trail = r"\s+" if context[-1:].isspace() and inner else ""
    return lead + inner + trail


def find(text: str, start: int, end: int, surface: str, folded: Normalised | None = None) -> list[Place]:
    """All places of `surface` in text[start:end] that begin at a word, or after clitics attached to it, and end with
    one. Spelling variants count as the same letters, so what is found may differ from what was written in harakat."""
    region = folded or normalise(text[start:end])
    parts = words(text, start, end)
    ends = {word.end for word in parts}
    found = []
    for match in _pattern(surface).finditer(region.text):
        low, high = region.to_source(*match.span("target"))
        low, high = low + start, high + start
        while high < end and _MARK.match(text[high]):
            high += 1
        holder = next((word for word in parts if word.start <= low < word.end), None)
        if high in ends and holder and _CLITICS.fullmatch(fold(text[holder.start : low])):
            found.append(Place(low, high, "lam" in match.groupdict() and match.group("lam") is not None))
    return found


def locate(text: str, start: int, end: int, surface: str) -> list[Place]:
    """The place of `surface` in text[start:end]: `words`, `words#2` for its second occurrence, `words#*` for all,
    `before [words] after` for the one in this context. Raises NotFoundError if that is not one place (or, `#*`, any).
    """
    nth = None
    if match := _NTH.match(surface):
        surface, nth = match["words"], match["nth"]
    found = find(text, start, end, surface)
    if not found:
        raise NotFoundError(f"«{surface}» is not there as whole words")
    if nth == "*":
        return found
    if nth is not None:
        # Of some thousand digits Python makes no number.
        if len(nth) > _NTH_DIGITS or not 1 <= int(nth) <= len(found):
            raise NotFoundError(f"«{surface}» is there {len(found)} times, so there is no #{nth[:20]}")
        return [found[int(nth) - 1]]
    if len(found) > 1:
        raise NotFoundError(
            f"«{surface}» is there {len(found)} times; add #1 … #{len(found)} or words around it in [ ]"
        )
    return found


def tile(text: str, start: int, end: int, pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Cut text[start:end] into consecutive pieces, each given by its first words, or `first words >> last words`.

    Every character that is not white space belongs to a piece, so a piece ends where the next begins. Returns spans
    trimmed of white space. Raises NotFoundError with `index`, the piece at fault, as second argument.
    """
    spans: list[tuple[int, int]] = []
    low = _skip(text, start, end)
    for index, piece in enumerate(pieces):
        first, _, last = (part.strip() for part in piece.partition(">>"))
        if low not in _starts(text, low, end, first):
            here = " ".join(text[low : min(end, low + 60)].split())
            raise NotFoundError(f"begins with «{first}», but the text goes on with «{here}»", index)
        if index + 1 == len(pieces):
            high = end
        else:
            following = pieces[index + 1].partition(">>")[0].strip()
            marks = [at for at in _starts(text, low + 1, end, following) if _ends(text, low, at, last)]
            if len(marks) != 1:
                raise NotFoundError(
                    f"«{following}» begins the next piece, but stands {len(marks)} times after this one's words; "
                    "copy it exactly, write more of it, or `first words >> last words` here",
                    index,
                )
            high = marks[0]
        high = low + len(text[low:high].rstrip())
        if not _ends(text, low, high, last):
            raise NotFoundError(f"ends with «{text[max(low, high - 30) : high]}», not with «{last}»", index)
        spans.append((low, high))
        low = _skip(text, high, end)
    return spans


def _skip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _starts(text: str, start: int, end: int, first: str) -> list[int]:
    """Where `first` occurs in text[start:end]; also within a word, for pages that run lines together."""
    region = normalise(text[start:end])
    found = []
    for match in re.finditer(r"\s+".join(_pieces(first)), region.text):
        # Signs without a letter (bidi controls, a byte-order mark) before the words belong to the piece.
        found.append(start + (region.offsets[match.start() - 1] + 1 if match.start() else 0))
    return found


def _ends(text: str, start: int, end: int, last: str) -> bool:
    folded = fold(text[start:end])
    return not last or re.search(r"\s+".join(_pieces(last)) + r"\s*$", folded) is not None
