"""A page into its stories and their sections.

The page is read top to bottom. Furniture is known by its pattern; the rest is told apart by what newsrooms do:
a headline is short, ends without a full stop and has a text behind it, so a first line that is a whole sentence is a
lede; a marker such as «اقرأ أيضاً» is followed either by one headline, after which the story goes on, or by a whole
other story. Which of the two is decided by whether the story before is over (its credit or keywords have been printed)
and, where it is not, by whether the paragraph behind the headline opens a story: it retells the headline and does not
go on with «و».
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from pipeline.segmentation.digest import read_digest
from pipeline.segmentation.furniture import Piece, When, cut
from pipeline.segmentation.glue import after_glued_headlines, has_glued_words, page_words
from pipeline.segmentation.paragraphs import paragraphs
from pipeline.segmentation.retelling import opens_story, sums_up
from pipeline.segmentation.tags import is_tag_list, is_tag_run

_LINE_END = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85]")
# How many lines may stand between a headline and its text.
_BETWEEN = 8
_BYLINE_CHARS = 80
_FULL_STOP = re.compile(r"(?<!\.)\.[\"”»)\]’']*$|[:،,؛]$")
_INNER_STOP = re.compile(r"(?<![.\s])(?<!\b\w)\.\s")
_BULLET = re.compile(r"[•▪●○■♦◆◇►▶»›*·\-–—]\s")
# Within how many paragraphs a standfirst is told again.
_STORY_PARAGRAPHS = 40
# A list of titles is no longer than this.
_LIST_PIECES = 40
# A headline, its subtitles and standfirsts are no more lines than this.
_MOST_HEADLINES = 6


@dataclass
class Draft:
    """A story while it is read."""

    pieces: list[Piece] = field(default_factory=list)
    title: tuple[int, int] | None = None
    over: bool = False
    has_body: bool = False
    # Whether the page's day is its own, for it gives no more than the time.
    shares_day: bool = False

    def add(self, *pieces: Piece) -> None:
        self.pieces += pieces
        self.has_body = self.has_body or any(piece.kind == "body" for piece in pieces)

    @property
    def has_text(self) -> bool:
        return self.has_body or self.title is not None


def read_stories(text: str, max_headline_chars: int) -> list[Draft]:
    """The stories of a page in order, at least one; their pieces cover all of the text but white space."""
    return _Reader(text, max_headline_chars).read()


class _Reader:
    """One pass over a page's pieces."""

    def __init__(self, text: str, max_headline_chars: int) -> None:
        self.text = text
        self.max_headline_chars = max_headline_chars
        self.page = [piece for span in paragraphs(text) for piece in cut(text, *span)]
        self.digest = read_digest(self.page, self._headline_like)
        self.stories = [Draft()]
        self._words = page_words(text)
        self._bylines: dict[int, bool] = {}
        self._texts = [at for at, piece in enumerate(self.page) if piece.kind is None]
        self._tails, self._followed = self._look_ahead()

    def _look_ahead(self) -> tuple[list[bool], list[bool]]:
        """For each piece: whether no prose of its story follows, nothing but furniture and lines short and without a
        stop; and whether the page has text of a story behind it before its next marker."""
        tails, followed = [True], [False]
        for at in range(len(self.page) - 1, 0, -1):
            piece = self.page[at]
            marker = piece.effect in ("opens", "lists") or at in self.digest.starts
            prose = piece.kind is None and not self._headline_like(piece)
            tails.append(marker or (not prose and tails[-1]))
            followed.append(not marker and (piece.kind is None or piece.effect == "glued" or followed[-1]))
        return tails[::-1], followed[::-1]

    def read(self) -> list[Draft]:
        at = 0
        while at < len(self.page):
            piece = self.page[at]
            if at in self.digest.starts and self.stories[-1].has_text:
                self._new_story().shares_day = self.digest.shared
            if at in self.digest.heads:
                self.stories[-1].add(replace(piece, kind="boilerplate", rule="page"))
                at += 1
            elif piece.kind is None:
                at = self._content(at)
            elif piece.effect == "opens":
                at = self._marker(at)
            elif piece.effect == "lists":
                at = self._list(at)
            elif piece.effect == "tags":
                at = self._tags(at)
            elif piece.effect == "glued":
                at = self._glued(at)
            elif piece.effect == "items":
                at = self._items(at)
            elif piece.effect == "comments":
                at = self._comments(at)
            else:
                at = self._furniture(at)
        return self.stories

    # What each kind of piece does; all return the index to go on at.

    def _furniture(self, at: int) -> int:
        story, piece = self.stories[-1], self.page[at]
        story.add(piece)
        story.over = story.over or (piece.effect == "ends" and story.has_body)
        return at + 1

    def _content(self, at: int) -> int:
        story, piece = self.stories[-1], self.page[at]
        if self._starts_story(at):
            story = self._new_story()
        if not story.has_body and self._is_furniture(at, "top"):
            story.add(*cut(self.text, piece.start, piece.end, "top"))
            return at + 1
        untitled = not story.has_body and story.title is None
        if untitled and (self._headline_like(piece) or self._is_dated(at)) and self._followed[at]:
            self._headline(story, piece)
            return at + 1
        if at in self.digest.titles and not story.has_body:
            story.add(replace(piece, kind="headline"))
            return at + 1
        if self._is_tag_line(at):
            story.add(replace(piece, kind="keywords", rule="tags"))
            return at + 1
        above_body = story.title is not None and not story.has_body
        under_headline = above_body and self._headline_like(piece)
        places: tuple[When, ...] = ("top",)
        if story.has_body:
            places = ("body", "tail") if self._tails[at] else ("body",)
        elif above_body and self._is_byline(at):
            places = ("byline", "top")
        for part in cut(self.text, piece.start, piece.end, *places):
            if part.kind is None:
                subtitle = under_headline and self._is_subtitle(at, part)
                part = replace(part, kind="headline" if subtitle or self._is_standfirst(at) else "body")
            story.add(part)
        # Where prose goes on behind a credit, the credit was not the end.
        story.over = story.over and self._headline_like(piece)
        return at + 1

    def _marker(self, at: int) -> int:
        """«اقرأ أيضاً» on a line of its own."""
        story = self.stories[-1]
        heads = self._headlines_from(at + 1)
        behind = at + 1 + len(heads)
        body = self._body_from(behind)
        story.add(self.page[at])
        bulleted = sum(1 for head in heads if _BULLET.match(self.text, head.start))
        if body is not None and (story.over or self._retells(heads, body, before=at)):
            self._related(heads[:bulleted])
            self._new_story()
            return at + 1 + bulleted
        self._related(heads)
        return behind

    def _list(self, at: int) -> int:
        """«مقالات مشابهة» and the headlines behind it, the last perhaps that of a whole story."""
        heads = self._headlines_from(at + 1)
        behind = at + 1 + len(heads)
        body = self._body_from(behind)
        self.stories[-1].add(self.page[at])
        if body is not None and self._retells(heads[-1:], body, before=at):
            self._related(heads[:-1])
            self._new_story()
            return behind - 1
        self._related(heads)
        return behind

    def _tags(self, at: int) -> int:
        """«كلمات دلالية» on a line of its own and the lines of tags behind it."""
        story = self.stories[-1]
        last = at + 1
        while last < len(self.page) and self._is_labelled_tag(last):
            last += 1
        story.add(self.page[at], *(replace(tag, kind="keywords", rule="tags") for tag in self.page[at + 1 : last]))
        story.over = story.over or story.has_body
        return last

    def _glued(self, at: int) -> int:
        """Headlines of other stories with no space between them, and perhaps the body going on behind the last."""
        piece = self.page[at]
        body = after_glued_headlines(self.text, piece.start, piece.end, self._words)
        if body is None:
            self.stories[-1].add(piece)
        else:
            self.stories[-1].add(replace(piece, end=body), Piece(body, piece.end, "body"))
        return at + 1

    def _items(self, at: int) -> int:
        """«list of 3 items» and the titles behind it up to the list's end; behind «list 1 of 3», the one title."""
        last = next((end for end in range(at + 1, min(at + _LIST_PIECES, len(self.page))) if self._ends_list(end)), at)
        if last == at:
            last = min(at + 1, len(self.page) - 1)
            if not self._headline_like(self.page[last]):
                last = at
        story = self.stories[-1]
        for piece in self.page[at : last + 1]:
            story.add(replace(piece, kind="related_list", rule="headline") if piece.kind is None else piece)
        return last + 1

    def _ends_list(self, at: int) -> bool:
        return self.page[at].rule == "related.list-mark"

    def _comments(self, at: int) -> int:
        """«تعليقات» and, below a body, what readers wrote: all up to the next marker or story."""
        story = self.stories[-1]
        story.add(self.page[at])
        at += 1
        while story.has_body and at < len(self.page) and not self._ends_comments(at):
            piece = self.page[at]
            story.add(replace(piece, kind="boilerplate", rule="comment") if piece.kind is None else piece)
            at += 1
        return at

    def _ends_comments(self, at: int) -> bool:
        piece = self.page[at]
        return at in self.digest.starts or piece.effect in ("opens", "lists", "tags", "ends")

    # What the page says about a piece.

    def _headline_like(self, piece: Piece) -> bool:
        surface = self.text[piece.start : piece.end]
        return (
            piece.kind is None
            and len(surface) <= self.max_headline_chars
            and not _FULL_STOP.search(surface)
            and not _INNER_STOP.search(surface)
        )

    def _headlines_from(self, at: int) -> list[Piece]:
        """The headlines in a row from [at] on; a byline under one ends the row."""
        heads: list[Piece] = []
        while at < len(self.page) and self._headline_like(self.page[at]) and not (heads and self._is_byline(at)):
            heads.append(self.page[at])
            at += 1
        return heads

    def _body_from(self, at: int) -> Piece | None:
        """The paragraph of text behind [at], a few date lines, bylines and boilerplate between them passed over."""
        for index in range(at, min(at + _BETWEEN, len(self.page))):
            piece = self.page[index]
            if piece.kind is None and not self._is_byline(index):
                return None if self._headline_like(piece) else piece
            if piece.effect == "ends" or piece.kind not in (None, "dateline", "boilerplate", "source_credit"):
                return None
        return None

    def _is_byline(self, at: int) -> bool:
        """Whether a line, if it stood under a headline, would be its byline."""
        if at not in self._bylines:
            piece = self.page[at]
            short = piece.kind is None and piece.end - piece.start <= _BYLINE_CHARS
            self._bylines[at] = short and self._is_furniture(at, "byline", "top")
        return self._bylines[at]

    def _is_furniture(self, at: int, *places: When) -> bool:
        """Whether all of a line of text is furniture where it stands."""
        piece = self.page[at]
        parts = cut(self.text, piece.start, piece.end, *places)
        return len(parts) == 1 and parts[0].kind is not None

    def _is_dated(self, at: int) -> bool:
        """Whether a line has its date line right below, as headlines do, even those that end with a full stop."""
        piece = self.page[at]
        dated = at + 1 < len(self.page) and self.page[at + 1].published is not None
        return dated and piece.end - piece.start <= self.max_headline_chars

    def _starts_story(self, at: int) -> bool:
        """Whether a line starts another story without any marker: a headline with its date line or, where the story
        before is over, one that the next paragraph retells."""
        story, piece = self.stories[-1], self.page[at]
        if not story.has_body or not self._headline_like(piece) or at + 1 >= len(self.page):
            return False
        if self.page[at + 1].published:
            return self._body_from(at + 1) is not None
        body = self._body_from(at + 1)
        return story.over and body is not None and self._retells([piece], body, before=at)

    def _is_tag_line(self, at: int) -> bool:
        """Whether a line without a full stop at the end of a story is its tags: parted by commas and the like, run
        together («غزةهدنة») or, below other furniture, a mere row of words."""
        piece = self.page[at]
        if not self.stories[-1].has_body or not self._is_line(piece):
            return False
        line = self.text[piece.start : piece.end]
        last = at + 1 == len(self.page) or self.page[at + 1].effect in ("opens", "lists", "ends")
        if last and self._headline_like(piece) and has_glued_words(self.text, piece.start, piece.end):
            return True
        below = self.page[at - 1].kind in ("boilerplate", "source_credit")
        return self._tails[at] and (is_tag_list(line, self._words) or (below and is_tag_run(line, self._words)))

    def _is_labelled_tag(self, at: int) -> bool:
        piece = self.page[at]
        return self._is_line(piece) and is_tag_list(self.text[piece.start : piece.end], self._words, labelled=True)

    def _is_line(self, piece: Piece) -> bool:
        """Whether a piece is text without a full stop, though it may be longer than a headline."""
        return piece.kind is None and not _FULL_STOP.search(self.text[piece.start : piece.end])

    def _is_standfirst(self, at: int) -> bool:
        """Whether a sentence under the headline sums the story up."""
        story, piece = self.stories[-1], self.page[at]
        if not story.pieces or story.pieces[-1].kind != "headline" or piece.end - piece.start > self.max_headline_chars:
            return False
        headlines = [other for other in story.pieces if other.kind == "headline"]
        if len(headlines) > _MOST_HEADLINES:
            return False
        later = (other for other in self.page[at + 1 : at + 1 + _STORY_PARAGRAPHS] if other.kind is None)
        return sums_up(self.text, (piece.start, piece.end), ((other.start, other.end) for other in later))

    def _retells(self, heads: list[Piece], body: Piece, before: int) -> bool:
        """Whether the paragraph opens a story under the one headline given, rather than going on with the last."""
        if len(heads) != 1:
            return False
        behind = bisect_left(self._texts, before)
        earlier = [self.page[at] for at in self._texts[max(0, behind - 2) : behind]]
        headline = heads[0].start, heads[0].end
        return opens_story(self.text, headline, (body.start, body.end), [(piece.start, piece.end) for piece in earlier])

    def _is_subtitle(self, at: int, piece: Piece) -> bool:
        """Whether the piece stands directly under a headline, as ledes mostly do not: on the next line, or above the
        lines that say when and by whom."""
        headline = self.stories[-1].pieces[-1]
        if headline.kind != "headline" or self._body_from(at + 1) is None:
            return False
        between = self.text[headline.end : piece.start].replace("\r\n", "\n")
        below = self.page[at + 1].kind in ("dateline", "source_credit") or self._is_byline(at + 1)
        return below or len(_LINE_END.findall(between)) == 1

    def _new_story(self) -> Draft:
        self.stories.append(Draft())
        return self.stories[-1]

    def _headline(self, story: Draft, piece: Piece) -> None:
        story.title = piece.start, piece.end
        story.add(replace(piece, kind="headline"))

    def _related(self, heads: list[Piece]) -> None:
        self.stories[-1].add(*(replace(head, kind="related_list", rule="headline") for head in heads))
