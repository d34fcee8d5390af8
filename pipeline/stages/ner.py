"""The ner stage: data/segments.jsonl and the model of models/ner → data/entities.jsonl, data/ner.json."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from pipeline import arabic, records
from pipeline.arabic import normalise
from pipeline.articles import blanked, load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256, write_json
from pipeline.lines import line, replacing
from pipeline.params import Params
from pipeline.records import Segments, Story
from pipeline.stages import stage_main
from pipeline.tagger import entities
from pipeline.tagger.entities import rounded, story_entities, story_words
from pipeline.tagger.identity import Tagged, identify
from pipeline.tagger.machine import use_threads
from pipeline.work import Work, workers

if TYPE_CHECKING:
    from pipeline.tagger.tagger import Tagger

# Articles whose stories share batches.
_LOT = 64
# What tags depend on, beside the model. Named as files, for importing them takes seconds.
_CODE = ("consistency.py", "encode.py", "labels.py", "tagger.py", "words.py")
_TAGGING = [*(Path(entities.__file__).with_name(name) for name in _CODE), Path(normalise.__file__)]


def run(workspace: Workspace, params: Params) -> str:
    """Tag every sentence, each story as one running text, and write one entity a line in text order."""
    started = time.perf_counter()
    known, settings = identify(workspace.model, params.ner.precision, params.ner.device)
    identity = asdict(known)
    depends = [identity, settings.model_dump(), params.ner.batch_tokens, fingerprint(*_TAGGING)]
    words = sha256(json.dumps(depends))
    lines = sha256(f"{words} {fingerprint(arabic, entities, records)}")
    boundary = Boundary("ner", workspace, params.ingest)
    articles = sentences = stories = kept = below = 0
    found: Counter[str] = Counter()
    with Cache(workspace.cache / "ner.sqlite", lines) as cache, replacing(workspace.entities) as file:
        shown = tqdm(boundary.items(), desc="ner", unit=" articles", disable=None)
        work = partial(_work, workspace, params, words, params.ner.threads if workers() == 1 else 1)
        for item, made in boundary.worked(shown, work, cache, _LOT):
            articles += 1
            sentences += made["sentences"]
            stories += made["stories"]
            kept += made["stories"] if item.kept else made["kept"]
            for score, label, entity in made["entities"]:
                if score >= params.ner.min_score:
                    found[label] += 1
                    file.write(entity)
                else:
                    below += 1
    told = boundary.close()
    by_label = dict(sorted(found.items()))
    counts = {"articles": articles, "sentences": sentences, "entities": found.total(), **by_label}
    left_out = {"below_min_score": below, "set_aside": len(boundary.found)}
    write_json(workspace.out / "ner.json", {"model": identity, **counts, **left_out})
    return (
        f"ner: {found.total()} entities ({', '.join(f'{n} {label}' for label, n in by_label.items())}) in "
        f"{sentences} sentences of {articles} articles by {identity['name']} in {identity['precision']}; "
        f"{kept} of {stories} stories kept from before, {below} entities below min_score"
        f"{told}, {time.perf_counter() - started:.1f} s"
    )


@dataclass
class _Prepared:
    """A story ready to be tagged: its words, by sentence, and the key of its tags, which depend on the words alone."""

    story: Story
    words: list[list[str]]
    key: str


def _work(workspace: Workspace, params: Params, namespace: str, threads: int) -> Work[Item]:
    """What tags lots of articles: each into its entities, with score before rounding, label and line."""
    from pipeline.tagger.load import load_tagger  # takes seconds, and where no article is new nobody needs it

    use_threads(threads)
    model = load_tagger(workspace.model, params.ner.precision, params.ner.batch_tokens, params.ner.device)
    return partial(_tagged, workspace, model, namespace)


def _tagged(workspace: Workspace, model: Tagger, namespace: str, items: Sequence[Item]) -> Sequence[Any]:
    """The results of a lot of articles. Their stories are tagged together, those with known tags left out; what fails
    together is left to the article's own turn, where it is nobody else's fault."""
    with Cache(workspace.cache / "ner.sqlite", namespace) as cache:
        lot = _Lot(workspace, model, cache, items)
        return one_by_one("ner", lambda item: _article(item.record, lot))(items)


class _Lot:
    """Articles whose stories were tagged together."""

    def __init__(self, workspace: Workspace, model: Tagger, cache: Cache, items: Iterable[Item]) -> None:
        self._workspace, self._model, self._cache = workspace, model, cache
        self._tags: dict[str, list[Tagged]] = {}
        self._stories: dict[str, tuple[str, list[_Prepared]]] = {}
        # Of the articles, how many of their stories had tags from before.
        self.kept: Counter[str] = Counter()
        for item in items:
            with suppress(Exception):
                self._stories[item.article] = _prepare(item.record, workspace)
        self._tag()

    def article(self, record: Segments) -> tuple[str, list[tuple[_Prepared, list[Tagged]]]]:
        """An article's text, and its stories with their tags."""
        text, stories = self._stories.get(record.article) or _prepare(record, self._workspace)
        if any(story.key not in self._tags for story in stories):
            for story in stories:
                self._tags[story.key] = rounded(self._model.tag_document(story.words))
        return text, [(story, self._tags[story.key]) for story in stories]

    def _tag(self) -> None:
        new = {}
        for article, (_, stories) in self._stories.items():
            for story in stories:
                kept = self._tags.get(story.key) or self._cache.get(story.key)
                self.kept[article] += kept is not None
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
    keys = [sha256(json.dumps(own)) for own in words]
    return text, list(map(_Prepared, record.stories, words, keys))


def _article(record: Segments, lot: _Lot) -> dict[str, Any]:
    """An article's entities, and how many sentences and stories it has."""
    text, stories = lot.article(record)
    found = [one for story, tags in stories for one in story_entities(record.article, text, story.story, tags)]
    return {
        "entities": [[score, entity.label, line(entity)] for score, entity in found],
        "sentences": sum(len(story.sentences) for story in record.stories),
        "stories": len(record.stories),
        "kept": lot.kept[record.article],
    }


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
