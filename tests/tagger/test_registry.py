from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.tagger.labels import TYPES
from pipeline.tagger.registry import REGISTRY, find, load_registry

GOOD = "{folder: mini, licence: MIT, citation: none, about: none}"


def test_the_projects_registry_names_what_the_documentation_promises() -> None:
    entries = load_registry(REGISTRY)
    assert {"mini", "camelbert-msa-ner", "camelbert-mix-ner", "camelbert-msa", "camelbert-mix"} <= entries.keys()
    for name, entry in entries.items():
        assert not entry.labels or set(entry.labels.values()) <= {*TYPES, "O"}, name
        if name.endswith("-ner"):
            assert entry.revision, f"{name} is not pinned"
            assert entry.labels, name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"one: {GOOD}\ntwo: {{hub: a/b, revision: main, licence: x, citation: x, about: x}}", r"two: revision"),
        ("one: {licence: x, citation: x, about: x}", "either `hub` or `folder`"),
        ("one: {hub: a/b, folder: c, licence: x, citation: x, about: x}", "either `hub` or `folder`"),
        ("one: {folder: a, licence: x, citation: x, about: x, labels: {PER: PERSON}}", r"one: labels\.PER"),
        ("one: {folder: a, licence: x, citation: x, about: x, weights: model.pkl}", "weights"),
        ("one: {folder: a, licence: x, citation: x, about: x, trust_remote_code: true}", "trust_remote_code"),
        ("one: [", "is not YAML"),
    ],
)
def test_a_malformed_entry_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text(text)
    with pytest.raises(ModelError, match=message):
        load_registry(path)


def test_an_unknown_model_is_told_with_the_names_there_are(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text(f"one: {GOOD}")
    with pytest.raises(ModelError, match=r"knows no model 'two'\. It has: one"):
        find("two", path)
    with pytest.raises(ModelError, match="is not there"):
        find("one", tmp_path / "other.yaml")
