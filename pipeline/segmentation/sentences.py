"""Paragraphs into sentences, as spans.

A sentence ends at . ! ؟ ? … and at the end of its paragraph. It does not end at ، ؛ : or at the two dots that Arabic
headlines use for a dash, nor inside a number, an abbreviation, brackets or a quotation that goes on; quotation marks
and brackets that close right after the stop belong to it. That ؛ joins rather than ends is the convention of the
sentence-aligned Arabic corpora as well (News Commentary, Parallel Universal Dependencies).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from pipeline.arabic.normalise import MARKS, fold

# What is trimmed beside white space: byte-order mark and zero-width space, which no sentence starts or ends with.
_INVISIBLE = "\ufeff\u200b"
_STOPS = re.compile(r"[.!?؟…۔]+")
# A slash after the stop is how some agencies close a dispatch: «التصويت./».
_AFTER_STOP = re.compile("[\"”“»«’'\\])}/\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_LETTER = re.compile(r"[^\W\d_]")
_NEXT_WORD = re.compile(rf"\W*(\w[\w{MARKS}]*)")
# No word is longer, so that looking at the words around a stop takes the same time anywhere.
_WORD_CHARS = 60
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
# Marks further apart than this many characters are two that lost their partners, not one quotation.
_QUOTATION = 800
_OPENING = "([{"
_CLOSING = {")": "(", "]": "[", "}": "{", "»": "«"}
_DOUBLE_QUOTES = frozenset('"“”„‟″＂')
_QUOTES = _DOUBLE_QUOTES | {"«", "'"}


@dataclass(frozen=True)
class Conventions:
    """Word lists of sentences.yaml, folded."""

    abbreviations: frozenset[str]
    letter_names: frozenset[str]
    continuations: frozenset[str]
    alternatives: frozenset[str]
    speech: frozenset[str]
    openers: frozenset[str]
    domains: frozenset[str]
    clausal: frozenset[str]
    unfinished: frozenset[str]
    sequels: frozenset[str]
    own_waw: tuple[str, ...]
    going_on: tuple[str, ...]


@lru_cache(maxsize=1)
def conventions() -> Conventions:
    """The lists that ship beside this module."""
    raw = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))
    own_waw, going_on = (tuple(map(fold, raw.pop(name))) for name in ("own_waw", "going_on"))
    sets = {name: frozenset(map(fold, words)) for name, words in raw.items()}
    return Conventions(**sets, own_waw=own_waw, going_on=going_on)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without white space and invisible marks at its ends; start == end where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return start, end


def split(text: str, start: int, end: int, max_chars: int = 5000) -> list[tuple[int, int]]:
    """The sentences of one paragraph text[start:end], trimmed, in order, covering all of it but white space.

    A sentence longer than `max_chars` is cut at its last space before that, so that a text without any stop stays
    usable. Pieces without a letter or digit join the sentence before them.
    """
    start, end = trim(text, start, end)
    spans: list[tuple[int, int]] = []
    begin = start
    for stop in [*_ends(text, start, end), end]:
        piece = trim(text, begin, stop)
        if piece[0] == piece[1]:
            continue
        if not any(char.isalnum() for char in text[piece[0] : piece[1]]):
            if spans:
                spans[-1] = spans[-1][0], piece[1]
                begin = stop
            continue
        spans.extend(_cut_long(text, *piece, max_chars))
        begin = stop
    return spans


def _cut_long(text: str, start: int, end: int, max_chars: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > max_chars:
        limit = start + max_chars
        space = max(text.rfind(space, start + 1, limit + 1) for space in " \u00a0")
        cut = space if space > start else limit
        pieces.append(trim(text, start, cut))
        start = trim(text, cut, end)[0]
    return [*pieces, (start, end)]


def _ends(text: str, start: int, end: int) -> list[int]:
    """Offsets just behind each sentence end inside the paragraph, the paragraph's own end left out."""
    pairs = _pairs(text, start, end)
    quotations = _outermost(pairs)
    closing = {close for _, close in pairs}
    closing |= {close - 1 for close in closing if text[close] == "'"}
    ends = []
    sentence = start
    for match in _STOPS.finditer(text, start, end):
        after = match.end()
        closers = _AFTER_STOP.match(text, after, end)
        if closers:
            # Only marks that close something opened earlier belong here: «."هذا» starts a new quotation.
            while after < closers.end() and (after in closing or _belongs_before(text, after, end)):
                after += 1
        if after >= end or _inside(quotations, match.start(), after):
            continue
        if not _is_end(text, match, after, sentence, end):
            continue
        ends.append(after)
        sentence = trim(text, after, end)[0]
    return ends


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that lie in no other, those too long for a quotation left out; pairs never cross, only nest."""
    outer: list[tuple[int, int]] = []
    for open_, close in pairs:
        if close - open_ <= _QUOTATION and (not outer or open_ > outer[-1][1]):
            outer.append((open_, close))
    return outer


def _inside(quotations: list[tuple[int, int]], start: int, after: int) -> bool:
    """Whether [start, after) lies between two marks of a pair; the pairs are sorted and lie apart."""
    at = bisect_left(quotations, (start, 0)) - 1
    return at >= 0 and quotations[at][1] >= after


def _belongs_before(text: str, offset: int, end: int) -> bool:
    """Whether a mark behind a stop, without a partner, goes with what stands before it."""
    return text[offset] == "/" or not text[offset].isprintable() or offset + 1 >= end or text[offset + 1].isspace()


def _is_end(text: str, stop: re.Match[str], after: int, sentence: int, end: int) -> bool:
    """Whether the stop, quotations aside, ends a sentence; `after` is behind the marks that close upon it."""
    mark = stop.group()
    elided = stop.start() > sentence and text[stop.start() - 1] in _OPENING
    if mark == ".." or elided:
        return False
    before = _word_before(text, sentence, stop.start())
    following = _word_after(text, after, end)
    glued = not text[after].isspace()
    if glued and not before and stop.start() > sentence:
        # «السياسي .وقال»: the space stands on the wrong side. Initials do the same: «أ .ف .ب».
        near = max(sentence, stop.start() - _WORD_CHARS)
        before = _word_before(text, sentence, trim(text, near, stop.start())[1])
    if glued and not _glued_end(text, mark, before, after, end):
        return False
    quoted = after > stop.end()
    if quoted and text[sentence] in _QUOTES and fold(following) in conventions().speech:
        return False
    if mark == ".":
        return not _abbreviation(text, before, sentence, stop.start())
    if fold(following) in conventions().alternatives:
        return False
    # A question or exclamation that is only quoted, and trailing dots, may stand in the midst of a sentence.
    in_midst = quoted or set(mark) <= {".", "…"}
    return not in_midst or fold(following) not in conventions().continuations


def _word_before(text: str, sentence: int, stop: int) -> str:
    start = stop
    while start > max(sentence, stop - _WORD_CHARS) and not text[start - 1].isspace():
        start -= 1
    return text[start:stop].lstrip("([{\"“”«»'،,:-ـ" + _INVISIBLE)


def _word_after(text: str, after: int, end: int) -> str:
    match = _NEXT_WORD.match(text, after, min(end, after + _WORD_CHARS))
    return match.group(1) if match else ""


def _glued_end(text: str, mark: str, before: str, after: int, end: int) -> bool:
    """Whether a stop with no space behind it ends a sentence: «الماضي.وقال» and «66%.وافق» do, «موقع.كوم», «2.3» and
    «أف.أم» do not."""
    if text[after] in '"“”„«([{':
        return bool(_LETTER.search(before))
    if not _LETTER.match(text[after]) or not text[after] > "\u0600":
        return False
    following = fold(_word_after(text, after, end))
    if mark in {"؟", "?", "!"}:
        return True
    if mark != "." or following in conventions().domains:
        return False
    opens = len(following) >= 3 or following in conventions().openers
    letters = re.findall(r"[^\W\d_]+", fold(before))
    if not letters:
        return len(following) >= 3 and bool(before) and (before[-1].isdigit() or before[-1] in "%٪)")
    return opens and (len(letters[-1]) >= 3 or (len(letters[-1]) == 2 and following in conventions().openers))


def _abbreviation(text: str, before: str, sentence: int, stop: int) -> bool:
    """Whether the word before a full stop is an abbreviation, an initial or the number of a list item."""
    word = fold(before)
    known = conventions()
    if not _LETTER.search(text, sentence, stop):
        return any(char.isdigit() for char in word)
    if word in known.abbreviations or _DOTTED.fullmatch(word):
        return True
    if len(word) != 1:
        return False
    # A single letter is an initial or a title, except as the era behind a year and the name of a class: «الفئة ب.»
    preceding = fold(text[max(sentence, stop - _WORD_CHARS) : stop]).split()[-2:-1]
    if not preceding:
        return True
    return not (preceding[0][-1].isdigit() and word in {"م", "ه"}) and preceding[0] not in known.letter_names


def _pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Quotation marks and brackets that match within the paragraph, as (offset of opening, last offset of closing).

    Straight marks, and curly ones, which Arabic pages often print the wrong way round, are told by their neighbours;
    between two letters by whether a quotation is open. A mark without its partner is taken for no quotation at all.
    """
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    open_of: Counter[str] = Counter()

    def close(kind: str, offset: int) -> None:
        if not open_of[kind]:
            return
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == kind:
                pairs.append((stack[depth][1], offset))
                open_of.subtract(lost for lost, _ in stack[depth:])
                del stack[depth:]
                return

    def open_(kind: str, offset: int) -> None:
        stack.append((kind, offset))
        open_of[kind] += 1

    offset = start
    while offset < end:
        char = text[offset]
        width = 2 if text.startswith("''", offset) else 1
        if char in _OPENING or char == "«":
            open_(char, offset)
        elif char in _CLOSING:
            close(_CLOSING[char], offset)
        elif char in _DOUBLE_QUOTES or width == 2:
            kind = '"' if width == 1 else "''"
            if _opens(text, offset, offset + width, start, end, open_of[kind] > 0):
                open_(kind, offset)
            else:
                close(kind, offset + width - 1)
        offset += width
    return sorted(pairs)


def _opens(text: str, offset: int, after: int, start: int, end: int, inside: bool) -> bool:
    """Whether the quotation mark at [offset, after) opens rather than closes; `inside` tells that one is open."""
    space_before = offset == start or text[offset - 1].isspace() or text[offset - 1] in "([{«ـ،,:-"
    space_after = after >= end or text[after].isspace() or text[after] in ")]}».،؛,:;!?؟…-/"
    if space_before != space_after:
        return space_before
    return not inside
