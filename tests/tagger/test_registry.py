from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.tagger.hub import resolve
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
        ("one: [", r"registry\.yaml:1: is not YAML"),
        (f"one: {GOOD}\none: {GOOD}", r"registry\.yaml:2: the key one stands here twice"),
        ("- one", "is no mapping of names to entries"),
        ("one", "is no mapping of names to entries"),
        ("one: two", "one: the entry"),
        ("one: 2024-02-31", "is not YAML"),
        (f"../one: {GOOD}", "'../one' is no name of a model"),
        (f"/one: {GOOD}", "'/one' is no name of a model"),
        (f".one: {GOOD}", "'.one' is no name of a model"),
        (f"1: {GOOD}", "1 is no name of a model"),
        ("one: {folder: ../elsewhere, licence: x, citation: x, about: x}", "folder"),
        ("one: {folder: a/../../b, licence: x, citation: x, about: x}", "folder"),
        ("one: {folder: /etc, licence: x, citation: x, about: x}", "folder"),
        ("one: {folder: ., licence: x, citation: x, about: x}", "folder"),
        ("one: {hub: ../b, licence: x, citation: x, about: x}", "hub"),
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


def test_a_link_does_not_lead_out_of_the_models(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "models" / "one").symlink_to(tmp_path / "elsewhere")
    path = tmp_path / "models" / "registry.yaml"
    path.write_text("one: {folder: one, licence: x, citation: x, about: x}")
    with pytest.raises(ModelError, match="leads out of"):
        resolve("one", path, tmp_path / "cache")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"one: \x00", b"[" * 100_000, b"a: &a [*a]"])
def test_what_is_no_text_or_no_yaml_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "registry.yaml"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"registry\.yaml") as caught:
        load_registry(path)
    assert "\n" not in str(caught.value)
