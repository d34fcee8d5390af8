"""A story's entities as records: its words in, the tagger's labels out, spans of whole tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.arabic.clitics import core_span
from pipeline.records import Entity, Story
from pipeline.tagger.identity import Tagged
from pipeline.tagger.words import entity_spans, split_words


def story_words(text: str, story: Story) -> list[list[str]]:
    """The words of each sentence, as the tagger takes them."""
    places = [split_words(text, sentence.start, sentence.end) for sentence in story.sentences]
    return [[text[start:end] for start, end in sentence] for sentence in places]


def rounded(tags: Sequence[Tagged]) -> list[Tagged]:
    """Tags with the digits that are kept of them: six."""
    return [[(label, round(score, 6)) for label, score in sentence] for sentence in tags]


def story_entities(article: str, text: str, story: Story, tagged: Sequence[Tagged]) -> Iterator[tuple[float, Entity]]:
    """The entities of a story in text order, each with its score before rounding. tagged: for each sentence the tags of
    `story_words`, rounded."""
    for sentence, tags in zip(story.sentences, tagged, strict=True):
        for span in entity_spans(text, split_words(text, sentence.start, sentence.end), tags):
            entity = Entity(
                article=article,
                sentence=sentence.id,
                label=span.label,
                start=span.start,
                end=span.end,
                core=core_span(text, span.start, span.end),
                score=round(span.score, 4),
            )
            yield span.score, entity
