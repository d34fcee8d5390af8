"""evaluate: all of it against data/gold/, per split. Writes data/evaluation/."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from pipeline.actors.register import load_register
from pipeline.articles import load_texts
from pipeline.errors import GoldError, RecordError
from pipeline.files import Workspace, read_records, write_json, write_text
from pipeline.frames.engine import Engine
from pipeline.frames.mentions.merging import merge
from pipeline.gold.read import gold_files, read_gold
from pipeline.params import Params
from pipeline.records import Entity, Event, GoldArticle, Segments, SetAside
from pipeline.scoring.error_list import errors_markdown
from pipeline.scoring.measures import Row, rounded
from pipeline.scoring.scorecard import GOLD, PREDICTED, Case, Scorecard, score_split
from pipeline.scoring.tables import csv_text, rows_json, scores_markdown, tables_json
from pipeline.stages import stage_main

# dvc.yaml plots these; another split's plots lie beside them.
PLOTTED = ("dev", "test")
# What identifies the model in metrics.json, as the ner stage wrote it.
MODEL_KEYS = ("name", "revision", "sha256", "precision")
TABLES = (
    "segmentation", "entities", "entities_lenient", "entity_errors", "calibration", "calibration_error",
    "events", "mentions", "slots", "ner_cost", "rules", "outlets",
)  # fmt: skip
# Plots of all splits in one file, and those of one file a split; DVC wants the files even where a split is empty.
# Numbers stay numbers in JSON, which DVC's templates need; from CSV they would come as text.
BAR_PLOTS = ("entity_f1", "event_f1", "slot_f1")
SPLIT_PLOTS = ("entity_confusion", "event_confusion", "threshold", "calibration")
R = TypeVar("R", Entity, Event)


def run(workspace: Workspace, params: Params) -> str:
    """Score the workspace's records against its gold. Returns one line with the scores and what was not scored."""
    started = time.perf_counter()
    segments = {record.article: record for record in read_records(workspace.segments, Segments)}
    texts = _labelled_texts(workspace, segments)
    gold = read_gold(workspace.gold, texts, load_register().actors)
    model = _model(workspace.out / "ner.json")
    splits = params.evaluate.splits
    cases = _cases(workspace, params, [labels for labels in gold if labels.split in splits], segments, texts)
    cards = [
        score_split(split, chosen, params.evaluate.bootstrap, params.evaluate.seed)
        for split in splits
        if (chosen := [case for case in cases if case.gold.split == split])
    ]
    left_out = {
        "articles_without_gold": len(segments.keys() - {article.article for article in gold}),
        "articles_set_aside": sum(1 for _ in read_records(workspace.out / "set_aside.jsonl", SetAside)),
    }
    notes = _notes(cards, gold, params, left_out)
    _write(workspace.out / "evaluation", splits, cards, model, left_out, notes)
    return f"evaluate: {'; '.join(notes)}; {time.perf_counter() - started:.1f} s"


def _labelled_texts(workspace: Workspace, segments: Mapping[str, Segments]) -> dict[str, str]:
    """The texts of the articles that have gold. Raises GoldError for gold whose article is not among the segments."""
    for path in gold_files(workspace.gold):
        if path.stem not in segments:
            raise GoldError(
                path, f"article {path.stem} is not in {workspace.segments}", "Add the article, or take its gold away"
            )
    return load_texts([segments[path.stem] for path in gold_files(workspace.gold)], workspace)


def _cases(
    workspace: Workspace,
    params: Params,
    gold: Sequence[GoldArticle],
    segments: Mapping[str, Segments],
    texts: Mapping[str, str],
) -> list[Case]:
    """The articles to score with everything the workflow made of them."""
    entities = _by_article(read_records(workspace.entities, Entity), texts.keys())
    frames = _by_article(read_records(workspace.frames, Event), texts.keys())
    events = _by_article(read_records(workspace.events, Event), texts.keys())
    engine = Engine.configured(params.frames)
    cases = []
    for labels in tqdm(gold, desc="evaluate", unit="article", disable=None, leave=False):
        name, text = labels.article, texts[labels.article]
        gold_frames, gold_events = _under_gold_entities(engine, text, segments[name], labels.entities, params)
        cases.append(
            Case(
                gold=labels,
                text=text,
                stories=segments[name].stories,
                entities=entities[name],
                frames={
                    given: _kept(found, params) for given, found in ((PREDICTED, frames[name]), (GOLD, gold_frames))
                },
                events={PREDICTED: events[name], GOLD: gold_events},
            )
        )
    return cases


def _kept(frames: Iterable[Event], params: Params) -> list[Event]:
    """The mentions of which events are made: one of another modality says nothing that gold could hold."""
    return [frame for frame in frames if frame.modality in params.events.modalities]


def _by_article(records: Iterable[R], wanted: Iterable[str]) -> dict[str, list[R]]:
    """The records of the wanted articles by article; an article without any has an empty list."""
    chosen: dict[str, list[R]] = defaultdict(list, {name: [] for name in wanted})
    for record in records:
        if record.article in chosen:
            chosen[record.article].append(record)
    return chosen


def _under_gold_entities(
    engine: Engine, text: str, segments: Segments, gold: Sequence[Entity], params: Params
) -> tuple[list[Event], list[Event]]:
    """Frames and events of one article as they would be if the tagger had made no error.

    Only the entities are gold: stories and sentences stay the predicted ones.
    """
    used = gold if params.frames.use_entities else ()
    frames = [frame for story in segments.stories for frame in engine.frames(segments.article, text, story, used)]
    return frames, merge(frames, engine.types, params.events.window, params.events.modalities)


def _model(path: Path) -> dict[str, str]:
    """What identifies the model that tagged, from the ner stage's ner.json. Raises RecordError where it is not told."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))["model"]
        return {key: told[key] for key in MODEL_KEYS}
    except (OSError, ValueError, KeyError) as error:
        raise RecordError(
            path, f"does not tell the model: {error}", "Run `dvc repro`, or the ner stage, first"
        ) from error


def _notes(
    cards: Sequence[Scorecard], gold: Sequence[GoldArticle], params: Params, left_out: dict[str, int]
) -> list[str]:
    """What was scored and what was not, a phrase each."""
    by_split = {card.split: card for card in cards}
    notes = []
    for split in params.evaluate.splits:
        if split not in by_split:
            notes.append(f"{split}: no gold, left out")
            continue
        card = by_split[split]
        told = ", ".join(f"{name} {value:.3f}" for name, value in card.headlines.items() if value is not None)
        notes.append(f"{split}, articles: {len(card.articles)}, {told}")
        if split in params.train.fit_on and params.train.epochs:
            notes.append(f"{split}: the tagger was trained on it")
    unscored = Counter(labels.split for labels in gold if labels.split not in params.evaluate.splits)
    notes += [f"articles of {split}, not scored: {count}" for split, count in sorted(unscored.items())]
    return notes + [f"{name.replace('_', ' ')}: {count}" for name, count in left_out.items()]


def _write(
    folder: Path,
    splits: Sequence[str],
    cards: Sequence[Scorecard],
    model: dict[str, str],
    left_out: dict[str, int],
    notes: Sequence[str],
) -> None:
    """Write everything under `folder`, the same files whatever splits have gold."""
    metrics: dict[str, object] = {"model": model}
    metrics |= {card.split: {k: rounded(v) for k, v in card.headlines.items() if v is not None} for card in cards}
    metrics |= left_out
    tables: dict[str, list[Row]] = {
        name: [{"split": card.split, **row} for card in cards for row in card.tables[name]] for name in TABLES
    }
    write_json(folder / "metrics.json", metrics)
    write_text(folder / "scores.json", tables_json(tables))
    write_text(folder / "scores.md", scores_markdown(tables, notes))
    for name, rows in tables.items():
        # The mark tells spreadsheets that the file is UTF-8.
        write_text(folder / "tables" / f"{name}.csv", csv_text(rows, ("split",)), encoding="utf-8-sig")
    for name in BAR_PLOTS:
        bars: list[Row] = [
            {"what": f"{card.split} · {row['what']}", "f1": row["f1"]} for card in cards for row in card.plots[name]
        ]
        write_text(folder / "plots" / f"{name}.json", rows_json(bars) + "\n")
    plots = {card.split: card.plots for card in cards}
    for name in SPLIT_PLOTS:
        for split in dict.fromkeys((*PLOTTED, *splits)):
            rows = plots.get(split, {}).get(name, [])
            write_text(folder / "plots" / f"{name}_{split}.json", rows_json(rows) + "\n")
    errors = [{"split": card.split, **asdict(fault)} for card in cards for fault in card.faults]
    write_text(folder / "errors.jsonl", "".join(json.dumps(error, ensure_ascii=False) + "\n" for error in errors))
    write_text(folder / "errors.md", errors_markdown({card.split: card.faults for card in cards}))


def main() -> None:
    """Run on the project in the current folder."""
    stage_main(run)


if __name__ == "__main__":
    main()
