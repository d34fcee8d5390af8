from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from datasets import ClassLabel, load_dataset, load_from_disk
from huggingface_hub import DatasetCard

from pipeline.frames.rules.heads import frame_types
from pipeline.gold.dataset import write_datasets
from tests.gold.example import NAME, TEXT, example


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("datasets")
    gold = example(root)
    other = gold.model_copy(update={"article": "b", "split": "train"})
    assert write_datasets(root / "out", [gold, other], {NAME: TEXT, "b": TEXT}) == {"articles": 2, "tokens": 8}
    return root / "out"


def test_articles_hold_everything(folder: Path) -> None:
    data = load_from_disk(folder / "articles")
    assert {split: rows["article"][:] for split, rows in data.items()} == {"train": ["b"], "dev": [NAME]}
    row, features = data["dev"][0], data["dev"].features
    assert row["text"] == TEXT
    assert [TEXT[e["start"] : e["end"]] for e in row["entities"]] == [e["text"] for e in row["entities"]]
    veto = row["events"][0]
    types = ClassLabel(names=list(frame_types()))
    assert types.int2str(veto["type"]) == "veto"
    assert next((f["actor"], f["text"]) for f in veto["fillers"]) == ("CHN", "الصين")
    assert "ClassLabel" in repr(features)
    assert [m["sentence"] for m in veto["mentions"]] == [f"{NAME}-1-1", f"{NAME}-1-2"]
    tally = row["events"][2]
    assert "12" in [f["value"] for f in tally["fillers"]]


def test_tokens_carry_iob2(folder: Path) -> None:
    data = load_from_disk(folder / "tokens")["dev"]
    names = data.features["ner_tags"].feature.names
    row = data[1]
    labelled = [(token, names[tag]) for token, tag in zip(row["tokens"], row["ner_tags"], strict=True) if tag]
    assert labelled == [
        ("الصين", "B-LOC"),
        ("بنما", "B-LOC"),
        ("مجلس", "B-ORG"),
        ("الأمن", "I-ORG"),
        ("ميانمار", "B-LOC"),
    ]


def test_parquet_loads_without_our_code(folder: Path, tmp_path: Path) -> None:
    files = {split: str(folder / "tokens" / "parquet" / f"{split}.parquet") for split in ("train", "dev")}
    data = load_dataset("parquet", data_files=files, cache_dir=str(tmp_path))
    assert {split: len(rows) for split, rows in data.items()} == {"train": 4, "dev": 4}
    assert data["dev"].features["ner_tags"].feature.names[0] == "O"


@pytest.mark.parametrize(("config", "columns"), [((), "text"), (("articles",), "events"), (("tokens",), "ner_tags")])
def test_the_folder_loads_by_its_card(folder: Path, tmp_path: Path, config: tuple[str, ...], columns: str) -> None:
    data = load_dataset(str(folder), *config, cache_dir=str(tmp_path))
    assert set(data) == {"train", "dev"} and columns in data["dev"].features
    stored = load_from_disk(folder / (config[0] if config else "articles"))
    assert data["dev"][:] == stored["dev"][:] and data["dev"].features == stored["dev"].features


def test_a_second_write_leaves_nothing_of_the_first(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "gold"
    shutil.copytree(folder, copy)
    only = example(tmp_path)
    write_datasets(copy, [only], {NAME: TEXT})
    assert set(load_dataset(str(copy), cache_dir=str(tmp_path / "cache"))) == {"dev"}
    assert not (copy / "articles" / "parquet" / "train.parquet").exists()


def test_the_card_tells_rows_and_licence(folder: Path) -> None:
    card = DatasetCard.load(folder / "README.md")
    assert card.data.license == "other" and card.data.language == "ar"
    assert "| rows | train | dev | test |\n| --- | ---: | ---: | ---: |\n| `articles` | 1 | 1 | 0 |" in card.text
