"""What the page takes over from the evaluation, and what it says of a broken one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import RecordError
from pipeline.report import evaluation


def read_evaluation(folder: Path, training: Path | None = None) -> dict:
    return evaluation.read_evaluation(folder, training or folder / "training")


def write(folder: Path, files: dict[str, object]) -> Path:
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return folder


def test_without_an_evaluation_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert read_evaluation(tmp_path / "evaluation", tmp_path / "training") == {}


def test_metrics_alone_are_shown(tmp_path: Path) -> None:
    told = read_evaluation(write(tmp_path, {"metrics.json": {"dev": {"events_f1": 0.5}}}))
    assert told["metrics"] == {"dev": {"events_f1": 0.5}}
    assert told["errors"] == [] and not any(told["tables"].values()) and not any(told["plots"].values())


def test_tables_are_cut_to_the_rows_and_columns_that_are_shown(tmp_path: Path) -> None:
    rows = [
        {"type": "veto", "entities": "predicted", "measure": "found", "f1": 0.5},
        {"type": "veto", "entities": "gold", "measure": "found", "f1": 0.6},
        {"type": "veto", "entities": "predicted", "measure": "all slots right", "f1": 0.1},
    ]
    told = read_evaluation(write(tmp_path, {"metrics.json": {}, "scores.json": {"events": rows, "mentions": rows}}))
    assert told["tables"]["events"] == [{"type": "veto", "f1": 0.5}]
    assert "mentions" not in told["tables"]


def test_confusion_is_counted_and_empty_splits_are_left_out(tmp_path: Path) -> None:
    cases = [{"actual": "LOC", "predicted": told} for told in ("LOC", "ORG", "LOC")]
    files = {"metrics.json": {}, "plots/entity_confusion_dev.json": cases, "plots/entity_confusion_test.json": []}
    assert read_evaluation(write(tmp_path, files))["plots"]["entity_confusion"] == {
        "dev": [{"actual": "LOC", "predicted": "LOC", "n": 2}, {"actual": "LOC", "predicted": "ORG", "n": 1}]
    }


def test_curves_of_training_are_plots_and_none_where_nothing_was_trained(tmp_path: Path) -> None:
    files = {"metrics.json": {}, "training/curves/loss.json": [], "training/curves/f1.json": [{"epoch": 0, "f1": 0.8}]}
    assert read_evaluation(write(tmp_path, files))["plots"]["training"] == {"f1": [{"epoch": 0, "f1": 0.8}]}


def test_errors_are_read_line_by_line_and_only_at_line_feeds(tmp_path: Path) -> None:
    errors = '{"kind": "missed", "text": "a\u2028b"}\n{"kind": "repeated"}\n'
    told = read_evaluation(write(tmp_path, {"metrics.json": {}, "errors.jsonl": errors}))["errors"]
    assert [error["kind"] for error in told] == ["missed", "repeated"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [("metrics.json", "{", "metrics.json:1"), ("errors.jsonl", '{"a": 1}\n{"a": \n', "errors.jsonl:2")],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, name: str, text: str, place: str) -> None:
    with pytest.raises(RecordError, match=place):
        read_evaluation(write(tmp_path, {"metrics.json": {}, name: text}))
