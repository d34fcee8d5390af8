"""Texts in, events out, in Python: the functions of the workflow's stages on one text at a time.

from arabic_events import Extractor

extractor = Extractor.load()
for event in extractor("استخدمت روسيا حق النقض …", published="2024-03-22"):
    print(event.type, event.actors("vetoer"), event.evidence[0].text)
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypedDict

from pipeline.articles import article_of, blanked
from pipeline.errors import ArticleError
from pipeline.events import read_events
from pipeline.extraction import Extraction, FoundEvent
from pipeline.frames.engine import Engine
from pipeline.params import Params, load_params
from pipeline.reading import read_mentions
from pipeline.records import Article, Entity, Segments
from pipeline.segmentation import segment
from pipeline.tagger.entities import rounded, story_entities, story_words
from pipeline.tagger.load import load_tagger
from pipeline.tagger.named import model_folder
from pipeline.tagger.tagger import Tagger

# Texts that a process is handed at once.
_BATCH = 16


class Given(TypedDict, total=False):
    """A text with what is known of it, for `pipe`. published: a day, ISO 8601."""

    text: str
    id: str
    published: str | date
    outlet: str


class Extractor:
    """Events from Arabic news, by a tagger and the rules. Holds no state between texts; made by `load`."""

    def __init__(self, tagger: Tagger | None, params: Params, model: Path | None = None) -> None:
        self.tagger, self.params, self.model = tagger, params, model
        self.engine = Engine.configured(params.frames)

    @classmethod
    def load(cls, model: str | Path | None = "mini", params: Params | str | Path | None = None) -> Extractor:
        """Load a tagger and the rules.

        model: a name of the registry (`mini`, `camelbert-msa-ner`), or a folder such as `models/ner`; None does without
        entities. params: a params.yaml, or Params; without it the defaults. Raises ModelError, ParamsError.
        """
        settings = params if isinstance(params, Params) else load_params(Path(params)) if params else Params()
        if model is None:
            return cls(None, settings)
        folder = model_folder(model)
        return cls(
            load_tagger(folder, settings.ner.precision, settings.ner.batch_tokens, settings.ner.device),
            settings,
            folder,
        )

    def __call__(
        self, text: str, *, id: str = "text", published: str | date | None = None, outlet: str | None = None
    ) -> Extraction:
        """The events of one article or page.

        id: the article's name, with which its events' ids begin; published: the day it appeared (ISO 8601), against
        which «الثلاثاء» is resolved; outlet: who published it. What is given here goes before what the page says.
        Raises ArticleError where the text is empty, holds no Arabic, or the day is none; where
        `ingest.on_bad_article` is `skip`, the Extraction's `error` says so instead.
        """
        try:
            article = article_of(text, id, self.params.ingest.max_megabytes)
            day = _day(published, id)
        except ArticleError as error:
            if self.params.ingest.on_bad_article == "stop":
                raise
            return Extraction(text=text, error=str(error))
        return self._extract(article, day, outlet)

    def pipe(self, texts: Iterable[str | Given | Mapping[str, Any]], *, n_process: int = 1) -> Iterator[Extraction]:
        """The events of many texts, in their order, as a stream; at most a few batches are in memory.

        texts: strings, named text-1, text-2 …, or mappings with `text` and any of `id`, `published` and `outlet`.
        n_process: processes that share the work, each with the model loaded once; the results are the same bytes.
        """
        given = (self._given(item, number) for number, item in enumerate(texts, 1))
        if n_process < 2:
            for item in given:
                yield self(**item)
            return
        batches = iter(lambda: list(islice(given, _BATCH)), [])
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            n_process, mp_context=context, initializer=_begin, initargs=(self.model, self.params)
        ) as pool:
            waiting: deque[Future[list[Extraction]]] = deque()
            for batch in batches:
                waiting.append(pool.submit(_work, batch))
                if len(waiting) > 2 * n_process:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    @staticmethod
    def _given(item: str | Given | Mapping[str, Any], number: int) -> dict[str, Any]:
        if isinstance(item, str):
            return {"text": item, "id": f"text-{number}"}
        unknown = item.keys() - {"text", "id", "published", "outlet"}
        if unknown or "text" not in item:
            what = f"has {', '.join(sorted(unknown))}, which nothing reads" if unknown else "has no text"
            raise ArticleError(
                f"text {number}", what, "Give text, id, published and outlet, of which text alone must be"
            )
        return {"id": f"text-{number}", **item}

    def _extract(self, article: Article, published: str | None, outlet: str | None) -> Extraction:
        # As the stages read it: control characters are white space. What is told has the text's own.
        read = blanked(article.text)
        segments = segment(article.model_copy(update={"text": read}), self.params.segment)
        # What is known of a page is known of the story that it was made for; others on it have dates of their own.
        known = {name: value for name, value in (("published", published), ("outlet", outlet)) if value}
        segments.stories[0] = segments.stories[0].model_copy(update=known)
        entities = list(chain.from_iterable(self._entities(read, segments))) if self.tagger else []
        used = entities if self.params.frames.use_entities else []
        mentions = read_mentions(self.engine, segments, article.text, used, [])
        events = read_events(mentions, self.engine.types, segments, article.text, self.params.events, [])
        stories = {story.story: story for story in segments.stories}
        found = [FoundEvent(event, article.text, stories[event.story]) for event in events]
        return Extraction(article.text, segments, entities, mentions, found)

    def _entities(self, text: str, segments: Segments) -> Iterator[list[Entity]]:
        assert self.tagger
        for story in segments.stories:
            tags = rounded(self.tagger.tag_document(story_words(text, story)))
            found = story_entities(segments.article, text, story, tags)
            yield [entity for score, entity in found if score >= self.params.ner.min_score]


def _day(published: str | date | None, name: str) -> str | None:
    """A day as ISO 8601. Raises ArticleError where it is none."""
    try:
        return None if published is None else datetime.fromisoformat(str(published)).date().isoformat()
    except ValueError as error:
        what = f"published is {published!r}, which is no day"
        raise ArticleError(name, what, "Give it as YYYY-MM-DD") from error


# The extractor of a process that `pipe` started.
_mine: Extractor


def _begin(model: Path | None, params: Params) -> None:
    global _mine
    import torch

    torch.set_num_threads(1)
    _mine = Extractor.load(model, params)


def _work(batch: list[dict[str, Any]]) -> list[Extraction]:
    return [_mine(**item) for item in batch]
