"""The paragraphs of a page: its lines, those joined that a hard wrap broke in the midst of a sentence.

A line is a paragraph unless it plainly goes on: it ends in a word that needs another (الداعية إلى ⏎ هدنة), the next
begins with one that needs it (النص ⏎ لصالح القرار), or it is one of a block of lines as long as the page is wide. No
blank line is ever crossed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.arabic.normalise import fold
from pipeline.segmentation.sentences import conventions, trim

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]")
_END = re.compile(r"[.!؟?…:؛،,][\"”»)\]’']*$")
_INNER_STOP = re.compile(r"[.؟!][\"”»)]*\s+\w{2}")
_LAST_WORD = re.compile(r"(?:^|\s)([^\W\d_]+)$")
_NEW = re.compile(r"[•▪●○■♦◆◇►▶»›*·#@\-–—(\[«\"“]|\d+\s*[-.)]\s")
# What goes on with a line that itself begins with «و»; إلى ذلك and إلى جانب begin paragraphs.
_DEPENDENT = re.compile(r"كل من |الي (?!ذلك|جانب|هنا)")
# Behind a break, a longer line without a stop is the last of its paragraph.
_BROKEN_CHARS = 60
# A word that needs another says so only behind others.
_LEAST_CHARS = 15
# A wrapped block: at least so many lines, none longer; all but its last fill this part of the width.
_BLOCK_LINES = 4
_WIDEST = 130
_FILLED = 0.7


def paragraphs(text: str) -> list[Span]:
    """The spans of the page's paragraphs in order, trimmed; together they are all of it but white space."""
    lines = [span for match in _LINE.finditer(text) if (span := trim(text, *match.span()))[0] < span[1]]
    if not lines:
        return []
    close = [len(_BREAK.findall(text, before[1], after[0])) == 1 for before, after in pairwise(lines)]
    surfaces = [text[start:end] for start, end in lines]
    wrapped = _wrapped(surfaces, close)
    found = [lines[0]]
    broken = False
    for at, span in enumerate(lines[1:]):
        broken = close[at] and (wrapped[at] or _goes_on(surfaces[at], surfaces[at + 1], broken))
        if broken:
            found[-1] = found[-1][0], span[1]
        else:
            found.append(span)
    return found


def _goes_on(line: str, following: str, broken: bool) -> bool:
    """Whether a line's sentence goes on in the next; `broken` tells that the line itself goes on with one."""
    if _END.search(line) or len(line) > _WIDEST:
        return False
    last = _LAST_WORD.search(line)
    if last and len(line) >= _LEAST_CHARS and _needs_another(last.group(1)):
        return True
    if _NEW.match(following) or (broken and len(line) > _BROKEN_CHARS):
        return False
    then = fold(following.split()[0])
    joined = fold(line).startswith("و") and _DEPENDENT.match(fold(following)) is not None
    return broken or joined or (len(line) >= _LEAST_CHARS and then in conventions().sequels)


def _needs_another(word: str) -> bool:
    known = conventions().unfinished
    folded = fold(word)
    # Folded, the preposition على is the name علي.
    name = folded.removeprefix("و") == "علي" and word.endswith("ي")
    return not name and (folded in known or folded.removeprefix("و") in known)


def _wrapped(lines: list[str], close: list[bool]) -> list[bool]:
    """For each line but the last, whether it is broken in a block of lines as wide as the page: their sentences end
    within the lines as often as at their ends."""
    result = [False] * len(close)
    first = 0
    for at in range(len(lines)):
        if at + 1 < len(lines) and close[at] and len(lines[at]) <= _WIDEST:
            continue
        block = range(first, at + 1)
        first = at + 1
        if len(block) < _BLOCK_LINES:
            continue
        width = max(len(lines[index]) for index in block)
        full = [index for index in block[:-1] if len(lines[index]) >= _FILLED * width and not _END.search(lines[index])]
        signs = sum(1 for index in block if _INNER_STOP.search(lines[index]) or _ends_unfinished(lines[index]))
        if 2 * len(full) >= len(block) and signs >= 2 and 4 * signs >= len(block):
            for index in full:
                result[index] = True
    return result


def _ends_unfinished(line: str) -> bool:
    last = _LAST_WORD.search(line)
    return last is not None and _needs_another(last.group(1))
