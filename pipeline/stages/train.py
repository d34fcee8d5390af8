"""The train stage: the base model and data/training.jsonl → models/ner, data/training."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import srsly
import torch
from dvclive import Live

from pipeline.errors import ModelError
from pipeline.files import Workspace, read_records, sha256, write_json, write_text
from pipeline.params import Params, Train
from pipeline.records import Example
from pipeline.stages import stage_main
from pipeline.tagger.augment import Document
from pipeline.tagger.card import model_card
from pipeline.tagger.data import documents
from pipeline.tagger.fit import Epoch, Settings, best_of, fit
from pipeline.tagger.hub import resolve
from pipeline.tagger.labels import LABELS, TYPES, columns
from pipeline.tagger.load import load_model, output_labels
from pipeline.tagger.machine import use_threads
from pipeline.tagger.registry import Entry, find
from pipeline.tagger.settings import SETTINGS, write_settings
from pipeline.tagger.weights import WEIGHTS, file_sha256

_OWN = {kind: kind for kind in TYPES}


def run(workspace: Workspace, params: Params) -> str:
    """Fine-tune `train.base` on the examples of `train.fit_on`; where nothing is to be done take it as it is; say
    which."""
    started = time.perf_counter()
    wanted = params.train
    use_threads(wanted.threads)
    registry = workspace.root / "models" / "registry.yaml"
    entry = find(wanted.base, registry)
    base, revision = resolve(wanted.base, registry, workspace.cache)
    found = list(read_records(workspace.training, Example))
    train, dev = documents(found, wanted.fit_on), documents(found, wanted.stop_on)
    summary: dict[str, Any] = {
        "base": wanted.base,
        "revision": revision,
        "base_sha256": file_sha256(base / WEIGHTS),
        "data_sha256": sha256(srsly.json_dumps(train)),
        "train_sentences": sum(map(len, train)),
        "dev_sentences": sum(map(len, dev)),
    }
    shutil.rmtree(workspace.model, ignore_errors=True)
    workspace.model.mkdir(parents=True)
    reason = _nothing_to_do(wanted, train)
    if reason:
        _take(base, entry, wanted.base, revision, workspace.model)
        shutil.rmtree(workspace.out / "training", ignore_errors=True)
        _write_curves(workspace, [])
        summary |= {"trained": False, "reason": reason}
        told = f"{wanted.base} taken as it is: {reason}"
    else:
        summary |= {"trained": True, **_train(base, entry, wanted, revision, train, dev, workspace)}
        told = (
            f"{wanted.base} fine-tuned on {summary['train_sentences']} sentences, epoch {summary['best_epoch']} of "
            f"{summary['epochs']} kept, dev F1 {summary['dev_f1']} (base alone {summary['base_dev_f1']})"
        )
    write_text(workspace.model / "README.md", model_card(entry, summary, wanted.model_dump()))
    write_json(workspace.out / "training" / "summary.json", summary)
    return f"train: {told}; {time.perf_counter() - started:.1f} s"


def _nothing_to_do(wanted: Train, train: Sequence[Document]) -> str:
    """Why the base is taken as it is; an empty string where there is something to train."""
    if not wanted.epochs:
        return "train.epochs is 0"
    if not wanted.fit_on:
        return "train.fit_on is empty"
    return "" if any(train) else f"no gold article is of the split {' or '.join(wanted.fit_on)}"


def _take(base: Path, entry: Entry, name: str, revision: str, out: Path) -> None:
    """Copy a base that already has labels."""
    if not entry.labels:
        raise ModelError(
            name,
            "is an encoder without labels",
            "Train it (train.epochs above 0, gold of split train), or name another base",
        )
    for file in sorted(base.iterdir()):
        if file.suffix in {".json", ".txt", ".safetensors"} and file.name != SETTINGS:
            shutil.copyfile(file, out / file.name)
    load_model(out)
    write_settings(out, name, entry, revision)


def _train(
    base: Path,
    entry: Entry,
    wanted: Train,
    revision: str,
    train: Sequence[Document],
    dev: Sequence[Document],
    workspace: Workspace,
) -> dict[str, Any]:
    """Fine-tune, write the model's folder and the curves, and return what came of it."""
    torch.manual_seed(wanted.seed)
    model, tokenizer = load_model(base, new_head=not entry.labels)
    labelled = _speak(model, entry, wanted.base)
    settings = Settings(
        epochs=wanted.epochs,
        learning_rate=wanted.learning_rate,
        head_factor=1.0 if labelled else 10.0,
        batch_tokens=wanted.batch_tokens,
        context=entry.context,
        words=entry.words,
        consistency=entry.consistency,
        average=wanted.average,
        patience=wanted.patience,
        seed=wanted.seed,
        device=wanted.device,
    )
    curves = workspace.out / "training"
    with Live(str(curves), save_dvc_exp=False, dvcyaml=None, monitor_system=False) as live:

        def log(epoch: Epoch) -> None:
            if epoch.loss is not None:
                live.log_metric("loss", epoch.loss)
            if epoch.f1 is not None:
                live.log_metric("dev_f1", epoch.f1)
            live.next_step()

        epochs = fit(model, tokenizer, lambda _: train, dev, settings, log)
    _write_curves(workspace, epochs)
    model.save_pretrained(workspace.model)
    tokenizer.save_pretrained(workspace.model)
    best = best_of(epochs)
    # Epoch 0 is the base itself: no epoch was better on dev.
    name = f"{wanted.base} fine-tuned" if best.number else wanted.base
    described = write_settings(workspace.model, name, entry.model_copy(update={"labels": _OWN}), revision)
    return {
        "epochs": epochs[-1].number,
        "best_epoch": best.number,
        "dev_f1": None if best.f1 is None else round(best.f1, 4),
        "base_dev_f1": round(epochs[0].f1, 4) if labelled and epochs[0].f1 is not None else None,
        "sha256": described.files[WEIGHTS],
    }


def _write_curves(workspace: Workspace, epochs: Sequence[Epoch]) -> None:
    """Loss and F1 by epoch, as numbers, for DVC's plots; files without rows where nothing was trained."""
    for name in ("loss", "f1"):
        rows = [{"epoch": e.number, name: round(value, 6)} for e in epochs if (value := getattr(e, name)) is not None]
        write_json(workspace.out / "training" / "curves" / f"{name}.json", rows)


def _speak(model: Any, entry: Entry, name: str) -> bool:
    """Make the model's outputs LABELS in order. Where its own labels are the same nine, its head is kept, rows in the
    new order, and the answer is True; any other head starts anew."""
    into = columns(output_labels(model), entry.labels, name) if entry.labels else []
    same = sorted(into) == list(range(len(LABELS)))
    head = torch.nn.Linear(model.config.hidden_size, len(LABELS))
    torch.nn.init.normal_(head.weight, std=model.config.initializer_range)
    torch.nn.init.zeros_(head.bias)
    if same:
        order = torch.tensor([into.index(index) for index in range(len(LABELS))])
        with torch.no_grad():
            head.weight.copy_(model.classifier.weight[order])
            head.bias.copy_(model.classifier.bias[order])
    model.classifier = head
    model.num_labels = model.config.num_labels = len(LABELS)
    model.config.id2label = dict(enumerate(LABELS))
    model.config.label2id = {label: index for index, label in enumerate(LABELS)}
    return same


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
