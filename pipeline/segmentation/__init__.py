"""A page's text into stories, sections and sentences."""

from __future__ import annotations

from pipeline.params import Segment
from pipeline.records import Article, Section, Segments, Sentence, Story
from pipeline.segmentation.outlets import outlet_id
from pipeline.segmentation.sentences import split
from pipeline.segmentation.stories import Draft, read_stories


def segment(article: Article, params: Segment) -> Segments:
    """The record of one article; a pure function of its text, its name and `params`."""
    drafts = read_stories(article.text, params.max_headline_chars)
    stories = [_story(article, number, draft, params) for number, draft in enumerate(drafts, 1)]
    for story, draft in zip(stories, drafts, strict=True):
        if draft.shares_day:
            story.published = story.published or stories[0].published
    return Segments(
        article=article.article,
        path=article.path,
        sha256=article.sha256,
        stories=stories,
    )


def _story(article: Article, number: int, draft: Draft, params: Segment) -> Story:
    text = article.text
    sections: list[Section] = []
    sentences: list[Sentence] = []
    for piece in draft.pieces:
        assert piece.kind is not None
        if sections and sections[-1].kind == piece.kind:
            sections[-1].end = piece.end
        else:
            sections.append(Section(kind=piece.kind, start=piece.start, end=piece.end))
        if piece.kind in ("headline", "body"):
            # A line of a headline is one sentence, whatever marks stand in it: «هل تصمد الهدنة؟ خبراء يجيبون»
            whole = piece.kind == "headline"
            spans = (
                [(piece.start, piece.end)] if whole else split(text, piece.start, piece.end, params.max_sentence_chars)
            )
            for start, end in spans:
                name = f"{article.article}-{number}-{len(sentences) + 1}"
                sentences.append(Sentence(id=name, section=piece.kind, start=start, end=end))
    outlet = _outlet(text, draft)
    return Story(
        story=number,
        title=text[slice(*draft.title)] if draft.title else None,
        published=_published(draft),
        outlet=outlet,
        outlet_id=outlet_id(outlet) if outlet else None,
        sections=sections,
        sentences=sentences,
    )


def _published(draft: Draft) -> str | None:
    """The first day of publishing that the story's date lines give, else the first day of an update; a day that only
    another calendar prints comes behind both, for it is converted."""
    days = [
        (piece.converted, rank, day)
        for piece in draft.pieces
        for rank, day in enumerate((piece.published, piece.updated))
        if day
    ]
    return min(days, key=lambda found: found[:2])[2] if days else None


def _outlet(text: str, draft: Draft) -> str | None:
    """The last outlet credited, as printed: a page that took a story over credits itself last. An agency counts only
    where no outlet is named."""
    outlets = [piece.outlet for piece in draft.pieces if piece.outlet]
    agencies = [piece.agency for piece in draft.pieces if piece.agency]
    place = next(iter(outlets[::-1] + agencies[::-1]), None)
    return text[slice(*place)] if place else None
