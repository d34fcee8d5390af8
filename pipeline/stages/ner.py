"""The ner stage: data/segments.jsonl and the model of models/ner → data/entities.jsonl, data/ner.json."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice

import srsly
from tqdm import tqdm

from pipeline.articles import blanked, load_text
from pipeline.boundary import Boundary
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256, write_json, write_records
from pipeline.params import Params
from pipeline.records import Entity, Segments, Story
from pipeline.stages import stage_main
from pipeline.tagger import encode, labels, tagger, words
from pipeline.tagger.entities import rounded, story_entities, story_words
from pipeline.tagger.load import load_tagger
from pipeline.tagger.machine import use_threads
from pipeline.tagger.tagger import Tagged, Tagger

# Articles whose stories share batches.
_LOT = 64


@dataclass
class _Tally:
    """What a run did. kept: stories whose tags were at hand; below: entities left out by min_score."""

    articles: int = 0
    sentences: int = 0
    stories: int = 0
    kept: int = 0
    below: int = 0
    labels: Counter[str] = field(default_factory=Counter)


def run(workspace: Workspace, params: Params) -> str:
    """Tag every sentence, each story as one running text, and write one entity a line in text order."""
    started = time.perf_counter()
    use_threads(params.ner.threads)
    model = load_tagger(workspace.model, params.ner.precision, params.ner.batch_tokens, params.ner.device)
    identity = asdict(model.identity)
    code = fingerprint(encode, labels, tagger, words)
    namespace = sha256(srsly.json_dumps([identity, params.ner.batch_tokens, code]))
    boundary = Boundary("ner", workspace, params.ingest)
    tally = _Tally()
    with Cache(workspace.cache / "ner.sqlite", namespace) as cache:
        write_records(workspace.entities, _entities(boundary, model, cache, params.ner.min_score, tally))
    told = boundary.close()
    found = dict(sorted(tally.labels.items()))
    counts = {"articles": tally.articles, "sentences": tally.sentences, "entities": sum(found.values()), **found}
    left_out = {"below_min_score": tally.below, "set_aside": len(boundary.found)}
    write_json(workspace.out / "ner.json", {"model": identity, **counts, **left_out})
    return (
        f"ner: {counts['entities']} entities ({', '.join(f'{n} {label}' for label, n in found.items())}) in "
        f"{tally.sentences} sentences of {tally.articles} articles by {identity['name']} in {identity['precision']}; "
        f"{tally.kept} of {tally.stories} stories kept from before, {tally.below} entities below min_score"
        f"{told}, {time.perf_counter() - started:.1f} s"
    )


@dataclass
class _Prepared:
    """A story ready to be tagged: its words, by sentence, and the key of its tags, which depend on the words alone."""

    story: Story
    words: list[list[str]]
    key: str


class _Ahead:
    """Tags the stories of some articles ahead of their turn, so that they share batches, those with known tags left
    out. What fails here is left to the article's own turn, where it is nobody else's fault."""

    def __init__(self, workspace: Workspace, model: Tagger, cache: Cache, tally: _Tally) -> None:
        self._workspace, self._model, self._cache, self._tally = workspace, model, cache, tally
        self._tags: dict[str, list[Tagged]] = {}
        self._stories: dict[str, tuple[str, list[_Prepared]]] = {}

    def each(self, records: Iterator[Segments]) -> Iterator[Segments]:
        """The articles as they come, each when its stories are tagged."""
        while lot := list(islice(records, _LOT)):
            self._tags, self._stories = {}, {}
            for record in lot:
                with suppress(Exception):
                    self._stories[record.article] = _prepare(record, self._workspace)
            self._tag([story for _, stories in self._stories.values() for story in stories])
            yield from lot

    def article(self, record: Segments) -> tuple[str, list[tuple[_Prepared, list[Tagged]]]]:
        """An article's text, and its stories with their tags."""
        text, stories = self._stories.get(record.article) or _prepare(record, self._workspace)
        if any(story.key not in self._tags for story in stories):
            for story in stories:
                self._tags[story.key] = rounded(self._model.tag_document(story.words))
        return text, [(story, self._tags[story.key]) for story in stories]

    def _tag(self, stories: Sequence[_Prepared]) -> None:
        new = {}
        for story in stories:
            kept = self._tags.get(story.key) or self._cache.get(story.key)
            self._tally.kept += kept is not None
            if kept is None:
                new[story.key] = story.words
            else:
                self._tags[story.key] = kept
        with suppress(Exception):
            for key, tagged in zip(new, self._model.tag_documents(new.values()), strict=True):
                self._tags[key] = rounded(tagged)
                self._cache.put(key, self._tags[key])


def _prepare(record: Segments, workspace: Workspace) -> tuple[str, list[_Prepared]]:
    """An article's text and its stories, cut into words."""
    text = blanked(load_text(record, workspace))
    words = [story_words(text, story) for story in record.stories]
    keys = [sha256(srsly.json_dumps(own)) for own in words]
    return text, list(map(_Prepared, record.stories, words, keys))


def _entities(boundary: Boundary, model: Tagger, cache: Cache, min_score: float, tally: _Tally) -> Iterator[Entity]:
    """The entities of all articles, a lot of articles in memory at a time."""
    records = tqdm(boundary.segments(), desc="ner", unit=" articles", disable=None)
    ahead = _Ahead(boundary.workspace, model, cache, tally)
    for record, found in boundary.each(ahead.each(iter(records)), lambda record: _article(record, ahead)):
        tally.articles += 1
        tally.stories += len(record.stories)
        tally.sentences += sum(len(story.sentences) for story in record.stories)
        kept = [entity for score, entity in found if score >= min_score]
        tally.below += len(found) - len(kept)
        tally.labels.update(entity.label for entity in kept)
        yield from kept


def _article(record: Segments, ahead: _Ahead) -> list[tuple[float, Entity]]:
    """An article's entities, each with its score before rounding."""
    text, stories = ahead.article(record)
    return [found for story, tagged in stories for found in story_entities(record.article, text, story.story, tagged)]


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
