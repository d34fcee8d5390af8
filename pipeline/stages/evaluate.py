"""evaluate: all of it against data/gold/, per split. Writes data/evaluation/."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from pipeline.actors.register import load_register
from pipeline.articles import load_text
from pipeline.boundary import Boundary, by_article, listed
from pipeline.errors import GoldError, RecordError
from pipeline.events import read_events
from pipeline.files import Workspace, read_records, write_json, write_text
from pipeline.frames.engine import Engine
from pipeline.gold.happenings import read_happenings
from pipeline.gold.read import gold_files, read_gold
from pipeline.happenings.records import Happening
from pipeline.params import Params
from pipeline.reading import read_mentions
from pipeline.record.reference import load_reference
from pipeline.records import Entity, Event, GoldArticle, Segments
from pipeline.scoring.error_list import errors_markdown
from pipeline.scoring.happenings import HappeningScores, score_happenings
from pipeline.scoring.measures import Row, rounded
from pipeline.scoring.scorecard import GOLD, PREDICTED, Case, Scorecard, score_split
from pipeline.scoring.tables import csv_text, rows_json, scores_markdown, tables_json
from pipeline.stages import stage_main

# dvc.yaml plots these; another split's plots lie beside them.
PLOTTED = ("dev", "test")
# What identifies the model in run.json, as the ner stage wrote it.
MODEL_KEYS = ("name", "revision", "sha256", "precision")
TABLES = (
    "segmentation", "entities", "entities_lenient", "entity_errors", "calibration", "calibration_error",
    "events", "mentions", "slots", "ner_cost", "rules", "outlets",
)  # fmt: skip
# Plots of all splits in one file, and those of one file a split; DVC wants the files even where a split is empty.
# Numbers stay numbers in JSON, which DVC's templates need; from CSV they would come as text.
BAR_PLOTS = ("entity_f1", "event_f1", "slot_f1")
SPLIT_PLOTS = ("entity_confusion", "event_confusion", "threshold", "calibration")


def run(workspace: Workspace, params: Params) -> str:
    """Score the workspace's records against its gold. Returns one line with the scores and what was not scored."""
    started = time.perf_counter()
    boundary = Boundary("evaluate", workspace, params.ingest)
    aside = listed(workspace)
    segments = {record.article: record for record in boundary.segments()}
    texts = _labelled_texts(workspace, segments, {record.article for record in aside})
    gold = read_gold(workspace.gold, texts, load_register().actors, only=texts.keys())
    model = _model(workspace.out / "ner.json")
    splits = params.evaluate.splits
    cases = _cases(boundary, params, [labels for labels in gold if labels.split in splits], segments, texts)
    cards = [
        score_split(split, chosen, params.evaluate.bootstrap, params.evaluate.seed)
        for split in splits
        if (chosen := [case for case in cases if case.gold.split == split])
    ]
    left_out = {
        "articles_without_gold": len(segments.keys() - {article.article for article in gold}),
        "articles_set_aside": len(aside) + len(boundary.found),
    }
    notes = _notes(cards, gold, params, left_out)
    if unlabelled := len(gold_files(workspace.gold)) - len(gold):
        notes.append(f"gold of articles set aside: {unlabelled}")
    told = _happenings(workspace, segments, gold, texts)
    if told:
        notes.append(_happening_note(told))
    _write(workspace.out / "evaluation", splits, cards, model, left_out, notes, told)
    return f"evaluate: {'; '.join(notes)}{boundary.close()}; {time.perf_counter() - started:.1f} s"


def _happenings(
    workspace: Workspace, segments: Mapping[str, Segments], gold: Sequence[GoldArticle], texts: Mapping[str, str]
) -> HappeningScores | None:
    """The scores of happenings over all articles, whatever their split; None where there is no gold of them."""
    path = workspace.happenings_gold
    if not path.is_file():
        return None
    others = {name: load_text(record, workspace) for name, record in segments.items() if name not in texts}
    labels = read_happenings(path, gold, {**texts, **others}, load_reference(workspace.reference).by_id)
    return score_happenings(
        labels, read_records(workspace.events, Event), list(read_records(workspace.happenings, Happening))
    )


def _happening_note(told: HappeningScores) -> str:
    """Their headlines in a phrase."""
    figures = ", ".join(f"{name} {value:.3f}" for name, value in told.headlines.items() if value is not None)
    return f"happenings: {figures}"


def _labelled_texts(
    workspace: Workspace, segments: Mapping[str, Segments], aside: Collection[str | None]
) -> dict[str, str]:
    """The texts of the articles that have gold, but for those set aside. Raises GoldError for gold of an article that
    was never there."""
    texts = {}
    for path in gold_files(workspace.gold):
        if path.stem in segments:
            texts[path.stem] = load_text(segments[path.stem], workspace)
        elif path.stem not in aside:
            raise GoldError(
                path, f"article {path.stem} is not in {workspace.segments}", "Add the article, or take its gold away"
            )
    return texts


def _cases(
    boundary: Boundary,
    params: Params,
    gold: Sequence[GoldArticle],
    segments: Mapping[str, Segments],
    texts: Mapping[str, str],
) -> list[Case]:
    """The articles to score with everything the workflow made of them."""
    workspace = boundary.workspace
    entities = by_article(workspace.entities, Entity, workspace)
    frames = by_article(workspace.frames, Event, workspace)
    events = by_article(workspace.events, Event, workspace)
    engine = Engine.configured(params.frames)
    labelled = {labels.article: labels for labels in gold}

    def case(record: Segments) -> Case:
        name, labels = record.article, labelled[record.article]
        gold_frames, gold_events = _under_gold_entities(engine, texts[name], record, labels.entities, params)
        return Case(
            gold=labels,
            text=texts[name],
            stories=record.stories,
            entities=entities[name],
            frames={given: _kept(found, params) for given, found in ((PREDICTED, frames[name]), (GOLD, gold_frames))},
            events={PREDICTED: events[name], GOLD: gold_events},
        )

    records = [segments[name] for name in labelled]
    shown = tqdm(records, desc="evaluate", unit="article", disable=None, leave=False)
    return [made for _, made in boundary.each(shown, case)]


def _kept(frames: Iterable[Event], params: Params) -> list[Event]:
    """The mentions of which events are made: one of another modality says nothing that gold could hold."""
    return [frame for frame in frames if frame.modality in params.events.modalities]


def _under_gold_entities(
    engine: Engine, text: str, segments: Segments, gold: Sequence[Entity], params: Params
) -> tuple[list[Event], list[Event]]:
    """Frames and events of one article as they would be if the tagger had made no error.

    Only the entities are gold: stories and sentences stay the predicted ones.
    """
    used = gold if params.frames.use_entities else ()
    frames = read_mentions(engine, segments, text, used, [])
    return frames, read_events(frames, engine.types, segments, text, params.events, [])


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
    told: HappeningScores | None,
) -> None:
    """Write everything under `folder`, the same files whatever splits have gold."""
    metrics: dict[str, object] = {
        card.split: {k: rounded(v) for k, v in card.headlines.items() if v is not None} for card in cards
    }
    # Metrics are compared number by number; whose they are is told beside them. What is missing from them is both.
    if left_out["articles_set_aside"]:
        metrics["articles_set_aside"] = left_out["articles_set_aside"]
    tables: dict[str, list[Row]] = {
        name: [{"split": card.split, **row} for card in cards for row in card.tables[name]] for name in TABLES
    }
    happenings = told or HappeningScores([], [], [], {})
    if told:
        metrics["happenings"] = {name: rounded(value) for name, value in told.headlines.items() if value is not None}
    tables |= {
        "happenings": happenings.rows,
        "happenings_record": happenings.record_rows,
        "happenings_faults": happenings.faults,
    }
    write_json(folder / "metrics.json", metrics)
    write_json(folder / "run.json", {"model": model, **left_out})
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
