"""The model in the repository: what it may be and what it can do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from safetensors import safe_open

from pipeline.tagger.load import load_tagger
from pipeline.tagger.registry import find
from pipeline.tagger.settings import read_settings, write_settings
from pipeline.tagger.tagger import Tagger
from pipeline.tagger.words import entity_spans, split_words

MINI = Path("models") / "mini"


@pytest.fixture(scope="module")
def mini() -> Tagger:
    return load_tagger(MINI, "fp32")


def test_it_is_small_and_half_precision() -> None:
    assert sum(path.stat().st_size for path in MINI.rglob("*") if path.is_file()) <= 64_000_000
    with safe_open(MINI / "model.safetensors", "pt") as weights:
        assert {weights.get_slice(name).get_dtype() for name in weights.keys()} == {"F16"}  # noqa: SIM118


def test_its_settings_are_those_of_the_registry(tmp_path: Path) -> None:
    entry, told = find("mini"), read_settings(MINI)
    assert told == write_settings(shutil.copytree(MINI, tmp_path / "mini"), "mini", entry, "local")
    assert told.files["model.safetensors"] == entry.sha256


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("استخدمت روسيا حق النقض في مجلس الأمن الدولي.", [("روسيا", "LOC"), ("مجلس الأمن الدولي", "ORG")]),
        (
            "التقى وزير الخارجية الفرنسي جان مارك أيرولت نظيره في القاهرة",
            [("جان مارك أيرولت", "PERS"), ("القاهرة", "LOC")],
        ),
        ("وامتنعت الصين والبرازيل عن التصويت", [("الصين", "LOC"), ("والبرازيل", "LOC")]),
        ("دعت الأمم المتحدة إلى هدنة في اليمن", [("الأمم المتحدة", "ORG"), ("اليمن", "LOC")]),
        ("لم يحضر أحد جلسة اليوم", []),
    ],
)
def test_it_finds_the_plain_cases(mini: Tagger, text: str, entities: list[tuple[str, str]]) -> None:
    words = split_words(text, 0, len(text))
    (tags,) = mini.tag_document([[text[start:end] for start, end in words]])
    found = [(text[span.start : span.end], span.label) for span in entity_spans(text, words, tags)]
    assert found == entities


def test_the_recipe_leaves_no_sentence_of_a_corpus_behind() -> None:
    assert {path.suffix for path in MINI.rglob("*") if path.is_file()} <= {".json", ".safetensors", ".md"}
    written = subprocess.run(["git", "ls-files", "recipes"], check=True, capture_output=True, text=True).stdout.split()
    assert [Path(name).name for name in written if name.endswith(".txt")] == ["templates.txt"]


def test_a_copy_elsewhere_tags_alike(mini: Tagger, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(MINI, copy)
    words = ["زار", "الأمين", "العام", "بيروت"]
    assert load_tagger(copy, "fp32").tag_document([words]) == mini.tag_document([words])
