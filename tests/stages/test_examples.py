"""The examples stage: what training learns from, and nothing that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.files import Workspace, read_records
from pipeline.params import Params, Train
from pipeline.records import Example
from pipeline.stages import examples
from tests.stages.test_train import labelled


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    space = Workspace(
        tmp_path, (tmp_path / "texts",), tmp_path / "data", tmp_path / "ner", tmp_path / "gold", tmp_path / "cache"
    )
    for article, split in (("practice", "train"), ("rehearsal", "dev")):
        labelled(space, article, split)
    return space


def written(space: Workspace, **changes: object) -> bytes:
    examples.run(space, Params(train=Train(**changes)))  # type: ignore[arg-type]
    return space.training.read_bytes()


def test_each_labelled_story_is_a_line_of_words_with_labels(workspace: Workspace) -> None:
    written(workspace)
    found = list(read_records(workspace.training, Example))
    assert [(example.article, example.split, len(example.sentences)) for example in found] == [
        ("practice", "train", 3),
        ("rehearsal", "dev", 3),
    ]
    assert found[0].sentences[0] == [
        ("وصل", "O"), ("سليم", "B-PERS"), ("مراد", "I-PERS"), ("إلى", "O"), ("بيروت", "B-LOC")
    ]  # fmt: skip


def test_an_article_without_labels_changes_nothing(workspace: Workspace) -> None:
    before = written(workspace)
    (workspace.sources[0] / "unlabelled.txt").write_text("خبر لم يقرأه أحد", encoding="utf-8")
    assert written(workspace) == before


def test_labels_of_a_split_that_training_does_not_look_at_change_nothing(workspace: Workspace) -> None:
    before = written(workspace)
    labelled(workspace, "exam", "test")
    assert written(workspace) == before


@pytest.mark.parametrize(
    ("changes", "articles"),
    [
        ({"fit_on": ["train"], "stop_on": []}, ["practice"]),
        ({"fit_on": [], "stop_on": []}, []),
        ({"fit_on": ["train", "dev"], "stop_on": ["test"]}, ["practice", "rehearsal"]),
    ],
)
def test_the_splits_are_those_of_the_parameters(
    workspace: Workspace, changes: dict[str, object], articles: list[str]
) -> None:
    written(workspace, **changes)
    assert [example.article for example in read_records(workspace.training, Example)] == articles


def test_gold_that_does_not_fit_its_text_stops_it_by_name(workspace: Workspace) -> None:
    (workspace.sources[0] / "practice.txt").write_text("نص آخر", encoding="utf-8")
    with pytest.raises(GoldError, match=r"practice\.json.*sha256"):
        written(workspace)
