"""Models by name: fetched, pinned, cached, used offline, refused where they are not what they were."""

from __future__ import annotations

import io
import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
import yaml
from safetensors.torch import load_file

from pipeline.errors import ModelError
from pipeline.tagger.hub import resolve
from pipeline.tagger.load import load_tagger
from pipeline.tagger.registry import find
from pipeline.tagger.settings import write_settings
from pipeline.tagger.weights import to_safetensors
from tests.tagger.conftest import CAMELBERT_LABELS, make_model
from tests.tagger.standin import Hub, reached_by

COMMIT = "1fa7163f240e3a0b35cb1154bc5126062cc6a90b"
LABELS = {"LOC": "LOC", "MISC": "MISC", "ORG": "ORG", "PERS": "PERS"}


class Place:
    """A registry, a hub that serves one CAMeLBERT-shaped model with .bin weights, and empty caches."""

    def __init__(self, root: Path, hub: Hub, patch: pytest.MonkeyPatch, **shape: int) -> None:
        self.registry, self.cache, self.served = root / "models" / "registry.yaml", root / ".cache", root / "served"
        self.hub, self._patch, self._hub_cache = hub, patch, root / "hub-cache"
        model = make_model(self.served, labels=CAMELBERT_LABELS, **shape)
        torch.save(model.state_dict(), self.served / "pytorch_model.bin")
        (self.served / "model.safetensors").unlink()
        (self.served / "training_args.bin").write_bytes(pickle.dumps(os.getcwd))
        (self.served / "tf_model.h5").write_bytes(b"never fetched")
        hub.repositories["lab/camelbert"] = (COMMIT, self.served)
        self.register(revision=COMMIT)

    def register(self, **changes: object) -> None:
        entry = {"hub": "lab/camelbert", "weights": "pytorch_model.bin", "labels": LABELS}
        entry |= {"licence": "-", "citation": "-", "about": "-"} | changes
        self.registry.parent.mkdir(exist_ok=True)
        self.registry.write_text(yaml.safe_dump({"camelbert": entry}))

    def resolve(self, offline: bool = False, address: str = "") -> Path:
        with reached_by(address or self.hub.address, self._hub_cache, self._patch, offline):
            return resolve("camelbert", self.registry, self.cache)[0]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with Hub() as hub:
        yield Place(tmp_path, hub, monkeypatch)


def _tag(place: Place, folder: Path) -> list:
    """Tag with a copy of the folder, as `train` makes one of a base that it takes as it is."""
    copy = shutil.copytree(folder, place.cache / "copy", dirs_exist_ok=True)
    write_settings(copy, "camelbert", find("camelbert", place.registry), COMMIT)
    return list(load_tagger(copy, "fp32").tag([["قال", "جون", "في", "بيروت"]]))


def test_only_what_is_loaded_is_fetched_and_weights_become_safetensors(place: Place) -> None:
    folder = place.resolve()
    assert sorted(place.hub.asked) == ["config.json", "pytorch_model.bin", "tokenizer_config.json", "vocab.txt"]
    assert sorted(file.name for file in folder.iterdir()) == [
        "SHA256SUMS",
        "config.json",
        "model.safetensors",
        "tokenizer_config.json",
        "vocab.txt",
    ]
    served = torch.load(place.served / "pytorch_model.bin", weights_only=True)
    assert all(torch.equal(value, served[key]) for key, value in load_file(folder / "model.safetensors").items())


def test_once_fetched_it_works_offline_and_asks_nothing(place: Place) -> None:
    first = place.resolve()
    place.hub.asked.clear()
    assert place.resolve(offline=True) == first
    assert place.resolve(address="http://127.0.0.1:9") == first
    assert place.hub.asked == []


@pytest.mark.parametrize("offline", [True, False], ids=["told to be offline", "no network"])
def test_a_model_that_is_not_there_says_how_to_get_it_and_that_mini_exists(place: Place, offline: bool) -> None:
    with pytest.raises(ModelError) as error:
        place.resolve(offline=offline, address="http://127.0.0.1:9")
    message = str(error.value)
    assert f"hf download lab/camelbert --revision {COMMIT}" in message
    assert "train.base: mini" in message


def test_without_a_revision_the_first_download_is_written_down(place: Place) -> None:
    place.register()
    place.resolve()
    lock = yaml.safe_load(place.registry.with_suffix(".lock.yaml").read_text())
    assert lock["camelbert"]["revision"] == COMMIT
    assert set(lock["camelbert"]["files"]) == {"config.json", "pytorch_model.bin", "tokenizer_config.json", "vocab.txt"}


def test_a_model_that_moved_on_is_not_followed(place: Place) -> None:
    place.register()
    place.resolve()
    place.hub.asked.clear()
    place.hub.repositories["lab/camelbert"] = ("f" * 40, place.served)
    assert COMMIT[:12] in place.resolve().name
    assert place.hub.asked == []


@pytest.mark.parametrize("file", ["pytorch_model.bin", "config.json", "vocab.txt"])
def test_a_file_changed_in_the_cache_or_at_its_source_is_refused(place: Place, file: str, tmp_path: Path) -> None:
    place.resolve()
    blob = next((tmp_path / "hub-cache").rglob(file)).resolve()
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=rf"{file} is not the file first fetched"):
        place.resolve()


def test_a_hash_of_the_registry_is_checked_at_the_first_download(place: Place) -> None:
    place.register(revision=COMMIT, sha256="0" * 64)
    with pytest.raises(ModelError, match=r"pytorch_model\.bin is not the file"):
        place.resolve()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"hub": "lab/nothing", "revision": COMMIT}, "no such file, commit or model"),
        ({"revision": "a" * 40}, "no such file, commit or model"),
        ({"weights": "model.safetensors", "revision": COMMIT}, "no such file, commit or model"),
    ],
)
def test_what_the_hub_does_not_have_is_named(place: Place, changes: dict[str, str], what: str) -> None:
    place.register(**changes)
    with pytest.raises(ModelError, match=what):
        place.resolve()


def test_a_pickle_that_would_run_code_is_refused(tmp_path: Path) -> None:
    class Malice:
        def __reduce__(self) -> tuple:
            return (Path.touch, (tmp_path / "was-run",))

    torch.save({"weight": Malice()}, tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelError, match="more than tensors"):
        to_safetensors(tmp_path / "pytorch_model.bin", tmp_path / "model.safetensors")
    assert not (tmp_path / "was-run").exists()


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "vocab.txt", "SHA256SUMS"])
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_the_copy_that_was_laid_out_is_checked_each_time(place: Place, file: str, damage: str) -> None:
    """As the hub's own files are; where nothing says what the copy was, it is made anew."""
    folder = place.resolve()
    whole = (folder / file).read_bytes()
    if damage == "changed":
        (folder / file).write_bytes(b"0" * 64 + b"  model.safetensors\n" if file == "SHA256SUMS" else whole[:-1] + b"x")
    else:
        (folder / file).unlink()
    if (file, damage) == ("SHA256SUMS", "gone"):
        (folder / "model.safetensors").write_bytes(b"anything")
        place.resolve()
        assert (folder / file).read_bytes() == whole
        return
    with pytest.raises(ModelError, match=rf"Delete {folder}"):
        place.resolve()


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        ("camelbert: [", "is not YAML"),
        ("- camelbert", "is no mapping of names"),
        ("camelbert: {revision: main, files: {}}", r"camelbert: revision: String should match"),
        (f"camelbert: {{revision: {COMMIT}, files: {{../../x: {'0' * 64}}}}}", r"camelbert: files"),
        (f"camelbert: {{revision: {COMMIT}, files: {{config.json: short}}}}", r"files\.config\.json"),
        (f"camelbert: {{revision: {COMMIT}, files: {{}}}}\ncamelbert: {{}}", r"lock\.yaml:2: the key camelbert"),
    ],
)
def test_a_damaged_lock_is_refused_by_entry(place: Place, lock: str, says: str) -> None:
    place.register()
    place.registry.with_suffix(".lock.yaml").write_text(lock)
    with pytest.raises(ModelError, match=says):
        place.resolve()


def of_pickle(*state: object) -> bytes:
    buffer = io.BytesIO()
    torch.save(state[0], buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x80\x04.", id="an empty pickle"),
        pytest.param(pickle.dumps({"weight": 1}), id="a number"),
        pytest.param(of_pickle([torch.zeros(2)]), id="a list"),
        pytest.param(of_pickle({}), id="nothing"),
        pytest.param(of_pickle({1: torch.zeros(2)}), id="a key that is no word"),
        pytest.param(of_pickle({"weight": torch.zeros(3, 3).to_sparse()}), id="a sparse tensor"),
        pytest.param(of_pickle({"weight": torch.zeros(1).expand(10**6, 10**6)}), id="a view to fill the memory"),
        pytest.param(of_pickle({"weight": torch.zeros(99)})[:-40], id="cut"),
    ],
)
def test_a_bin_that_is_no_table_of_tensors_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "pytorch_model.bin"
    source.write_bytes(content)
    with pytest.raises(ModelError, match="pytorch_model") as caught:
        to_safetensors(source, tmp_path / "model.safetensors")
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_the_whole_path_at_camelberts_real_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """12 layers of 768, vocabulary of 30,000: from the hub's .bin to labels."""
    with Hub() as hub:
        place = Place(tmp_path, hub, monkeypatch, hidden=768, layers=12, heads=12, vocabulary=30_000)
        folder = place.resolve()
        assert (folder / "model.safetensors").stat().st_size > 430_000_000
        (tags,) = _tag(place, folder)
        assert len(tags) == 4
        assert _tag(place, place.resolve(offline=True)) == [tags]
