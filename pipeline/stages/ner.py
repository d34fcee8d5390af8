"""The ner stage: data/segments.jsonl and the model of models/ner → data/entities.jsonl, data/ner.json."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

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
from pipeline.tagger.tagger import Tagged, Tagger


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
    model = load_tagger(workspace.model, params.ner.precision, params.ner.batch_tokens)
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


def _entities(boundary: Boundary, model: Tagger, cache: Cache, min_score: float, tally: _Tally) -> Iterator[Entity]:
    """The entities of all articles, one article in memory at a time."""
    records = tqdm(boundary.segments(), desc="ner", unit=" articles", disable=None)
    for record, found in boundary.each(records, lambda record: _article(record, boundary, model, cache, tally)):
        tally.articles += 1
        tally.stories += len(record.stories)
        tally.sentences += sum(len(story.sentences) for story in record.stories)
        kept = [entity for score, entity in found if score >= min_score]
        tally.below += len(found) - len(kept)
        tally.labels.update(entity.label for entity in kept)
        yield from kept


def _article(
    record: Segments, boundary: Boundary, model: Tagger, cache: Cache, tally: _Tally
) -> list[tuple[float, Entity]]:
    """An article's entities, each with its score before rounding."""
    text = blanked(load_text(record, boundary.workspace))
    return [
        found
        for story in record.stories
        for found in story_entities(record.article, text, story, _tags(text, story, model, cache, tally))
    ]


def _tags(text: str, story: Story, model: Tagger, cache: Cache, tally: _Tally) -> list[Tagged]:
    """The tags of a story's words, on which alone they depend, so that they are kept by their hash."""
    words = story_words(text, story)
    key = sha256(srsly.json_dumps(words))
    tagged: list[Tagged] | None = cache.get(key)
    if tagged is None:
        tagged = rounded(model.tag_document(words))
        cache.put(key, tagged)
    else:
        tally.kept += 1
    return tagged


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
