"""The ner stage: data/segments.jsonl and the model of models/ner → data/entities.jsonl, data/ner.json."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

import srsly
from tqdm import tqdm

from pipeline.arabic.clitics import core_span
from pipeline.articles import load_texts
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, read_records, sha256, write_json, write_records
from pipeline.params import Params
from pipeline.records import Entity, Segments, Sentence
from pipeline.stages import stage_main
from pipeline.tagger import encode, labels, tagger, words
from pipeline.tagger.load import load_tagger
from pipeline.tagger.tagger import Tagged, Tagger
from pipeline.tagger.words import TaggedSpan, entity_spans, split_words


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
    tally = _Tally()
    with Cache(workspace.cache / "ner.sqlite", namespace) as cache:
        write_records(workspace.entities, _entities(workspace, model, cache, params.ner.min_score, tally))
    found = dict(sorted(tally.labels.items()))
    counts = {"articles": tally.articles, "sentences": tally.sentences, "entities": sum(found.values()), **found}
    write_json(workspace.out / "ner.json", {"model": identity, **counts, "below_min_score": tally.below})
    return (
        f"ner: {counts['entities']} entities ({', '.join(f'{n} {label}' for label, n in found.items())}) in "
        f"{tally.sentences} sentences of {tally.articles} articles by {identity['name']} in {identity['precision']}; "
        f"{tally.kept} of {tally.stories} stories kept from before, {tally.below} entities below min_score, "
        f"{time.perf_counter() - started:.1f} s"
    )


def _entities(workspace: Workspace, model: Tagger, cache: Cache, min_score: float, tally: _Tally) -> Iterator[Entity]:
    """The entities of all articles, one article in memory at a time."""
    for record in tqdm(read_records(workspace.segments, Segments), desc="ner", unit=" articles", disable=None):
        text = load_texts([record], workspace)[record.article]
        tally.articles += 1
        for story in record.stories:
            tally.sentences += len(story.sentences)
            tally.stories += 1
            for sentence, span in _story(text, story.sentences, model, cache, tally):
                if span.score < min_score:
                    tally.below += 1
                    continue
                tally.labels[span.label] += 1
                yield Entity(
                    article=record.article,
                    sentence=sentence.id,
                    label=span.label,
                    start=span.start,
                    end=span.end,
                    core=core_span(text, span.start, span.end),
                    score=round(span.score, 4),
                )


def _story(
    text: str, sentences: Sequence[Sentence], model: Tagger, cache: Cache, tally: _Tally
) -> Iterator[tuple[Sentence, TaggedSpan]]:
    """A story's entities with their sentences. Its tags depend on its words alone, so they are kept by their hash."""
    places = [split_words(text, sentence.start, sentence.end) for sentence in sentences]
    story = [[text[start:end] for start, end in sentence] for sentence in places]
    key = sha256(srsly.json_dumps(story))
    tagged: list[Tagged] | None = cache.get(key)
    if tagged is None:
        tagged = [[(label, round(score, 6)) for label, score in tags] for tags in model.tag_document(story)]
        cache.put(key, tagged)
    else:
        tally.kept += 1
    for sentence, spans, tags in zip(sentences, places, tagged, strict=True):
        yield from ((sentence, span) for span in entity_spans(text, spans, tags))


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
