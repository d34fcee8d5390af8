"""Gold articles as labelled words, the way the tagger reads text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.records import Example, GoldArticle, Sentence
from pipeline.tagger.augment import Document, Labelled
from pipeline.tagger.words import split_words


def examples(gold: Iterable[GoldArticle], texts: Mapping[str, str]) -> Iterator[Example]:
    """One example a story that has sentences, in the order of the articles. texts: article → text."""
    for article in gold:
        for story in article.stories:
            if story.sentences:
                yield Example(
                    article=article.article,
                    story=story.story,
                    split=article.split,
                    sentences=[_label(texts[article.article], sentence, article) for sentence in story.sentences],
                )


def documents(found: Iterable[Example], splits: Collection[str]) -> list[Document]:
    """What the tagger learns from, or is measured on: the stories of these splits, a document each."""
    return [list(example.sentences) for example in found if example.split in splits]


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
