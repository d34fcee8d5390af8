"""The train stage with a random base: what it writes and what it says it did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from pipeline.errors import ModelError
from pipeline.files import Workspace, sha256, write_json
from pipeline.params import Params, Train
from pipeline.stages import examples, train
from pipeline.tagger.labels import LABELS
from pipeline.tagger.load import load_tagger
from tests.tagger.conftest import CAMELBERT_LABELS, make_model

SENTENCES = {
    "practice": ["وصل سليم مراد إلى بيروت", "عاد هاني من جدة", "زار سليم مراد حلوان"],
    "exam": ["زار سليم مراد بيروت", "وصل هاني إلى جدة", "عاد هاني من حلوان"],
    "rehearsal": ["عاد سليم مراد من حلوان", "وصل هاني إلى بيروت", "زار هاني جدة"],
}
NAMES = {"سليم مراد": "PERS", "هاني": "PERS", "بيروت": "LOC", "جدة": "LOC", "حلوان": "LOC"}


def labelled(space: Workspace, article: str, split: str) -> None:
    """An article of three sentences with its gold."""
    text = "\n".join(SENTENCES[article])
    space.sources[0].mkdir(exist_ok=True)
    (space.sources[0] / f"{article}.txt").write_bytes(text.encode())
    sentences, entities, start = [], [], 0
    for number, line in enumerate(SENTENCES[article], 1):
        head = {"article": article, "sentence": f"{article}-1-{number}"}
        sentences.append({"id": head["sentence"], "section": "body", "start": start, "end": start + len(line)})
        for words, label in sorted(NAMES.items(), key=lambda name: line.find(name[0])):
            if words in line:
                span = start + line.index(words), start + line.index(words) + len(words)
                entities.append({**head, "label": label, "start": span[0], "end": span[1], "core": span})
        start += len(line) + 1
    story = {"story": 1, "sections": [{"kind": "body", "start": 0, "end": len(text)}], "sentences": sentences}
    gold = {"article": article, "sha256": sha256(text), "split": split, "annotator": "test", "stories": [story]}
    write_json(space.gold / f"{article}.json", gold | {"entities": entities, "events": []})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    space = Workspace(
        tmp_path, (tmp_path,), tmp_path / "data", tmp_path / "models" / "ner", tmp_path / "gold", tmp_path / "cache"
    )
    labelled(space, "practice", "train")
    labelled(space, "rehearsal", "dev")
    make_model(tmp_path / "models" / "base", labels=CAMELBERT_LABELS)
    make_model(tmp_path / "models" / "encoder", labels=("LABEL_0", "LABEL_1"))
    entry = {"folder": "base", "labels": {kind: kind for kind in ("LOC", "MISC", "ORG", "PERS")}}
    entry |= {"licence": "MIT", "citation": "none", "about": "Random."}
    encoder = {**entry, "folder": "encoder", "labels": {}}
    (tmp_path / "models" / "registry.yaml").write_text(yaml.safe_dump({"base": entry, "encoder": encoder}))
    return space


def _params(**changes: object) -> Params:
    return Params(train=Train(**{"base": "base", "epochs": 2, "learning_rate": 1e-3, "average": 0.5} | changes))  # type: ignore[arg-type]


def _run(space: Workspace, params: Params) -> str:
    """Both stages, as DVC runs them; returns what the second one said."""
    examples.run(space, params)
    return train.run(space, params)


def _summary(space: Workspace) -> dict:
    return json.loads((space.out / "training" / "summary.json").read_text())


@pytest.mark.parametrize("base", ["base", "encoder"])
def test_it_fine_tunes_and_writes_a_model_that_loads(workspace: Workspace, base: str) -> None:
    line = _run(workspace, _params(base=base, epochs=40, patience=40, learning_rate=5e-3))
    told = _summary(workspace)
    assert told["trained"] is True
    assert told["train_sentences"] == told["dev_sentences"] == 3
    assert told["dev_f1"] > 0.8
    assert f"{base} fine-tuned on 3 sentences" in line
    tagger = load_tagger(workspace.model, "fp32")
    assert list(tagger.columns) == list(range(len(LABELS)))
    words = SENTENCES["practice"][0].split()
    assert [label for label, _ in next(tagger.tag([words]))] == ["O", "B-PERS", "I-PERS", "O", "B-LOC"]


def test_the_card_names_base_data_parameters_and_scores(workspace: Workspace) -> None:
    _run(workspace, _params())
    card, told = (workspace.model / "README.md").read_text(encoding="utf-8"), _summary(workspace)
    for fact in ("`base`", told["base_sha256"], told["data_sha256"], str(told["dev_f1"]), "learning_rate | 0.001"):
        assert fact in card


def test_curves_are_written_and_never_carry_a_time(workspace: Workspace) -> None:
    _run(workspace, _params())
    tables = {path.name: path.read_text().splitlines() for path in (workspace.out / "training").rglob("*.tsv")}
    assert set(tables) == {"loss.tsv", "dev_f1.tsv"}
    assert tables["loss.tsv"][0].split("\t") == ["step", "loss"]
    assert len(tables["loss.tsv"]) == 3


def test_curves_for_dvc_are_there_in_numbers_and_empty_where_nothing_was_trained(workspace: Workspace) -> None:
    def curves() -> list[list[dict]]:
        folder = workspace.out / "training" / "curves"
        return [json.loads((folder / f"{name}.json").read_text()) for name in ("loss", "f1")]

    _run(workspace, _params())
    loss, f1 = curves()
    assert [row["epoch"] for row in loss] == [1, 2] and [row["epoch"] for row in f1] == [0, 1, 2]
    assert all(isinstance(row["loss"], float) for row in loss)
    _run(workspace, _params(epochs=0))
    assert curves() == [[], []]


def test_the_same_seed_writes_the_same_files(workspace: Workspace) -> None:
    def written() -> dict[str, bytes]:
        _run(workspace, _params())
        folders = (workspace.model, workspace.out / "training")
        return {path.name: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

    assert written() == written()


@pytest.mark.parametrize(
    ("epochs", "split", "reason"), [(0, "train", "train.epochs is 0"), (3, "test", "no gold article")]
)
def test_with_nothing_to_do_the_base_is_taken_as_it_is_and_it_says_so(
    workspace: Workspace, epochs: int, split: str, reason: str
) -> None:
    labelled(workspace, "practice", split)
    line = _run(workspace, _params(epochs=epochs))
    assert "taken as it is" in line
    assert reason in line
    assert reason in _summary(workspace)["reason"]
    assert reason in (workspace.model / "README.md").read_text(encoding="utf-8")
    weights = (workspace.model / "model.safetensors").read_bytes()
    assert weights == (workspace.root / "models" / "base" / "model.safetensors").read_bytes()
    assert load_tagger(workspace.model, "fp32").identity.name == "base"


def test_an_encoder_cannot_be_taken_as_it_is(workspace: Workspace) -> None:
    with pytest.raises(ModelError, match="encoder without labels"):
        _run(workspace, _params(base="encoder", epochs=0))


def test_an_unknown_base_is_an_error_that_names_the_others(workspace: Workspace) -> None:
    with pytest.raises(ModelError, match=r"knows no model 'none'\. It has: base, encoder"):
        _run(workspace, _params(base="none"))


def test_the_splits_that_train_and_that_stop_are_those_of_params(workspace: Workspace) -> None:
    _run(workspace, _params(fit_on=["dev"], stop_on=[]))
    told = _summary(workspace)
    assert (told["train_sentences"], told["dev_sentences"], told["dev_f1"]) == (3, 0, None)
    line = _run(workspace, _params(fit_on=[]))
    assert "train.fit_on is empty" in line
