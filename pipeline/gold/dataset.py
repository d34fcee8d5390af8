"""Gold as two Hugging Face data sets, for people who train models of their own.

`articles`: a row an article, with its text, sentences, entities and events; `tokens`: a row a sentence, with its
white-space tokens and IOB2 labels. Each has the splits that the gold has, Features with ClassLabels, and is written as
an Arrow folder for `load_from_disk` and as Parquet files, which the card beside them names for `load_dataset(FOLDER)`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from datasets import ClassLabel, Dataset, DatasetDict, Features, Value, disable_progress_bars

from pipeline.files import write_text
from pipeline.frames.rules.heads import frame_types
from pipeline.gold.dataset_card import dataset_card
from pipeline.gold.spans import tokens
from pipeline.records import EntityLabel, Event, GoldArticle, Modality, SectionKind

SPLITS = ("train", "dev", "test")
_TAGS = ["O", *(f"{prefix}-{label}" for label in get_args(EntityLabel) for prefix in "BI")]


def _span(**fields: object) -> dict[str, object]:
    return {"start": Value("int32"), "end": Value("int32"), **fields}


def article_features() -> Features:
    """The columns of `articles`; starts and ends are half-open code points of `text`. A filler's `value` is text, also
    where it is a number or true."""
    types = frame_types()
    slots = list(dict.fromkeys(slot for kind in types.values() for slot in kind.public))
    filler = _span(slot=ClassLabel(names=slots), value=Value("string"), actor=Value("string"), text=Value("string"))
    mention = _span(sentence=Value("string"), trigger_start=Value("int32"), trigger_end=Value("int32"))
    return Features(
        {
            "article": Value("string"),
            "text": Value("string"),
            "sha256": Value("string"),
            "annotator": Value("string"),
            "sentences": [_span(id=Value("string"), section=ClassLabel(names=list(get_args(SectionKind))))],
            "entities": [
                _span(
                    label=ClassLabel(names=list(get_args(EntityLabel))),
                    core_start=Value("int32"),
                    core_end=Value("int32"),
                    text=Value("string"),
                    sentence=Value("string"),
                )
            ],
            "events": [
                {
                    "id": Value("string"),
                    "type": ClassLabel(names=list(types)),
                    "modality": ClassLabel(names=list(get_args(Modality))),
                    "story": Value("int32"),
                    "fillers": [filler],
                    "mentions": [mention],
                }
            ],
        }
    )


def token_features() -> Features:
    """The columns of `tokens`."""
    return Features(
        {
            "id": Value("string"),
            "article": Value("string"),
            "tokens": [Value("string")],
            "ner_tags": [ClassLabel(names=_TAGS)],
        }
    )


def write_datasets(folder: Path, articles: Sequence[GoldArticle], texts: Mapping[str, str]) -> dict[str, int]:
    """Write FOLDER/README.md, FOLDER/articles and FOLDER/tokens, each of these with a `parquet` folder inside, in place
    of what an earlier call wrote there; returns the rows by data set."""
    rows: dict[str, tuple[Features, Callable[[GoldArticle, str], list[dict[str, Any]]]]] = {
        "articles": (article_features(), lambda gold, text: [_article_row(gold, text)]),
        "tokens": (token_features(), _token_rows),
    }
    disable_progress_bars()  # three a split, for what takes a moment
    counts: dict[str, dict[str, int]] = {}
    for name, (features, make) in rows.items():
        splits = {
            split: [row for gold in articles if gold.split == split for row in make(gold, texts[gold.article])]
            for split in SPLITS
        }
        found = DatasetDict(
            {split: Dataset.from_list(chosen, features=features) for split, chosen in splits.items() if chosen}
        )
        shutil.rmtree(folder / name, ignore_errors=True)
        found.save_to_disk(folder / name)
        for split, data in found.items():
            data.to_parquet(folder / name / "parquet" / f"{split}.parquet")
        counts[name] = {split: len(chosen) for split, chosen in splits.items()}
    write_text(folder / "README.md", dataset_card(counts))
    return {name: sum(by_split.values()) for name, by_split in counts.items()}


def _article_row(gold: GoldArticle, text: str) -> dict[str, Any]:
    return {
        "article": gold.article,
        "text": text,
        "sha256": gold.sha256,
        "annotator": gold.annotator,
        "sentences": [sentence.model_dump(mode="json") for sentence in gold.sentences],
        "entities": [
            {
                "start": entity.start,
                "end": entity.end,
                "label": entity.label,
                "core_start": entity.core[0],
                "core_end": entity.core[1],
                "text": text[entity.start : entity.end],
                "sentence": entity.sentence,
            }
            for entity in gold.entities
        ],
        "events": [_event_row(event) for event in gold.events],
    }


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "modality": event.modality,
        "story": event.story,
        "fillers": [
            {
                "start": filler.start,
                "end": filler.end,
                "slot": slot,
                "value": "true" if filler.value is True else str(filler.value),
                "actor": filler.actor,
                "text": filler.text,
            }
            for slot, fillers in event.slots.items()
            for filler in fillers
        ],
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "sentence": mention.sentence,
                "trigger_start": mention.trigger[0],
                "trigger_end": mention.trigger[1],
            }
            for mention in event.mentions
        ],
    }


def _token_rows(gold: GoldArticle, text: str) -> list[dict[str, Any]]:
    rows = []
    for sentence in gold.sentences:
        inside = [entity for entity in gold.entities if entity.sentence == sentence.id]
        spans = tokens(text, sentence.start, sentence.end)
        tags = ["O"] * len(spans)
        for entity in inside:
            covered = [i for i, (start, end) in enumerate(spans) if start < entity.end and entity.start < end]
            for position, index in enumerate(covered):
                tags[index] = f"{'I' if position else 'B'}-{entity.label}"
        rows.append(
            {
                "id": sentence.id,
                "article": gold.article,
                "tokens": [text[start:end] for start, end in spans],
                "ner_tags": tags,
            }
        )
    return rows
