"""Where stories begin on a page of many of one shape: front pages, live blogs, digests, exports of a channel.

Such a page says where a story begins by what recurs on it: a post's number, a date or a time above each or below each,
a ruler between them. One date line, or two, is no such page: it is the story's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.segmentation.furniture import Piece

# How many date lines make a page of many stories.
_LEAST_GROUPS = 3
_LEAST_RULERS = 2
_TIMES = ("date.clock", "date.relative", "date.unfinished")


@dataclass(frozen=True, slots=True)
class Digest:
    """starts: indices of pieces that begin a story; heads: lines of the page itself above the first; shared: the day of
    the page is that of its stories, which give no more than the time; titles: headlines of entries, below a date."""

    starts: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    shared: bool = False
    titles: frozenset[int] = frozenset()


def read_digest(page: list[Piece], headline_like: Callable[[Piece], bool]) -> Digest:
    """What recurs on a page, in this order: posts, date lines, rulers. An empty digest for a page of one story."""
    posts = [at for at, piece in enumerate(page) if piece.effect == "post"]
    if len(posts) > 1:
        return Digest(frozenset(posts), frozenset(), True)
    return _by_dates(page, headline_like) or _by_rulers(page, headline_like) or Digest()


def _by_dates(page: list[Piece], headline_like: Callable[[Piece], bool]) -> Digest | None:
    groups = _date_groups(page)
    if len(groups) < _LEAST_GROUPS:
        return None
    edges = [-1, *(edge for group in groups for edge in group), len(page)]
    blocks = [_texts(page, before + 1, after) for before, after in zip(edges[::2], edges[1::2], strict=True)]
    if not all(blocks[1:-1]):
        return None
    timed = all(page[first].rule in _TIMES for first, _ in groups[1:])
    if blocks[0] and not blocks[-1]:
        # Below each: a block longer than all others has the page's own head above its story.
        longest = max(map(len, blocks[1:-1]))
        starts = [last + 1 for _, last in groups[:-1]]
        return Digest(frozenset(starts), frozenset(blocks[0][: max(0, len(blocks[0]) - longest)]), timed)
    above = all(not headline_like(page[block[-1]]) for block in blocks[1:-1])
    if blocks[-1] and (timed or above or not blocks[0]):
        # Above each: a headline over the first date line is the first story's.
        own = blocks[0] and all(headline_like(page[at]) for at in blocks[0])
        titles = (block[0] for block in blocks[1:] if len(block) > 1 and headline_like(page[block[0]]))
        begins = (first for first, _ in groups[1 if own else 0 :])
        return Digest(frozenset(begins), frozenset(), timed, frozenset(titles))
    return None


def _date_groups(page: list[Piece]) -> list[tuple[int, int]]:
    """The first and last index of each row of date lines; a time below a video's label is its length."""
    groups: list[tuple[int, int]] = []
    for at, piece in enumerate(page):
        dated = piece.kind == "dateline" and (piece.published or piece.updated or piece.rule in _TIMES)
        if not dated or (piece.rule == "date.clock" and at and page[at - 1].rule == "boilerplate.media"):
            continue
        if groups and not _texts(page, groups[-1][1] + 1, at):
            groups[-1] = groups[-1][0], at
        else:
            groups.append((at, at))
    return groups


def _by_rulers(page: list[Piece], headline_like: Callable[[Piece], bool]) -> Digest | None:
    rulers = [at for at, piece in enumerate(page) if piece.rule == "ruler"]
    if len(rulers) < _LEAST_RULERS:
        return None
    edges = [-1, *rulers, len(page)]
    blocks = [_texts(page, before + 1, after) for before, after in pairwise(edges)]
    inner = blocks[1:] if blocks[-1] else blocks[1:-1]
    storied = all(len(block) > 1 and headline_like(page[block[0]]) for block in (blocks[0], *inner))
    return Digest(frozenset(ruler + 1 for ruler in rulers if ruler + 1 < len(page))) if storied else None


def _texts(page: list[Piece], first: int, last: int) -> list[int]:
    return [at for at in range(first, last) if page[at].kind is None]
