"""Gold articles as labelled words, the way the tagger reads text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.records import GoldArticle, Sentence
from pipeline.tagger.augment import Document, Labelled
from pipeline.tagger.words import split_words


def documents(gold: Iterable[GoldArticle], texts: Mapping[str, str]) -> list[Document]:
    """One document a story: its sentences' words with BIO labels. texts: article → text."""
    return [
        [_label(texts[article.article], sentence, article) for sentence in story.sentences]
        for article in gold
        for story in article.stories
        if story.sentences
    ]


def _label(text: str, sentence: Sentence, article: GoldArticle) -> Labelled:
    """A sentence's words; a word is of the entity that its whole range lies in."""
    entities = [e for e in article.entities if e.sentence == sentence.id]
    out: Labelled = []
    last = None
    for start, end in split_words(text, sentence.start, sentence.end):
        entity = next((e for e in entities if e.start <= start and end <= e.end), None)
        out.append((text[start:end], "O" if entity is None else f"{'I' if entity is last else 'B'}-{entity.label}"))
        last = entity
    return out
