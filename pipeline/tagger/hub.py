"""A model's files on this machine: fetched at a pinned commit, checked by hash, weights as safetensors.

No code of a model is ever run: weights are safetensors or go through torch's weights-only unpickler, tokenizers are
built from their vocabulary files, and nothing else is fetched.
"""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import torch
import yaml
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from safetensors.torch import save_file

from pipeline.errors import ModelError
from pipeline.files import write_text
from pipeline.tagger.registry import REGISTRY, Entry, find

WEIGHTS = "model.safetensors"
_VOCABULARIES = ("tokenizer.json", "vocab.txt")
_OPTIONAL = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
_UNREACHABLE = (LocalEntryNotFoundError, OfflineModeIsEnabled, ConnectionError, TimeoutError)


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def resolve(name: str, registry: Path = REGISTRY, cache: Path = Path(".cache")) -> tuple[Path, str]:
    """The folder of a registered model, ready for `transformers` (config.json, tokenizer files, model.safetensors),
    and its revision, `local` for a model of this repository.

    A `folder` entry is the folder itself; a `hub` entry is fetched (from the hub or its local cache), checked and laid
    out under `cache`/models once. Raises ModelError when it is unknown, cannot be had or is not what it was.
    """
    entry = find(name, registry)
    if entry.folder is not None:
        folder = registry.parent / entry.folder
        if not (folder / WEIGHTS).is_file():
            raise ModelError(folder, "holds no model.safetensors", "Restore it from Git, or build it by its recipe")
        if entry.sha256 and file_sha256(folder / WEIGHTS) != entry.sha256:
            raise ModelError(
                folder / WEIGHTS, "is not the file of the registry (SHA-256 differs)", "Restore it from Git"
            )
        return folder, "local"
    lock = registry.with_suffix(".lock.yaml")
    known = _read_lock(lock).get(name, {})
    if entry.revision and known.get("revision") != entry.revision:
        known = {"revision": entry.revision, "files": {}}
    revision = known.get("revision") or _latest(name, entry)
    files = _download(name, entry, revision, known.get("files", ()))
    hashes = {file: file_sha256(path) for file, path in files.items()}
    _check(name, entry, known.get("files", {}), hashes)
    _write_lock(lock, name, revision, hashes)
    return _lay_out(cache / "models" / f"{name}-{revision[:12]}-{hashes[entry.weights][:12]}", files, entry), revision


def _read_lock(lock: Path) -> dict[str, dict]:
    locked: dict[str, dict] = yaml.safe_load(lock.read_text(encoding="utf-8")) if lock.is_file() else {}
    return locked or {}


def _write_lock(lock: Path, name: str, revision: str, hashes: Mapping[str, str]) -> None:
    """Write down what was fetched, unless it stands there already."""
    record = {"revision": revision, "files": dict(sorted(hashes.items()))}
    locked = _read_lock(lock)
    if locked.get(name) != record:
        head = "# Written by the first download of each model; what is fetched later must be the same.\n"
        write_text(lock, head + yaml.safe_dump({**locked, name: record}, sort_keys=True))


def _latest(name: str, entry: Entry) -> str:
    """The commit that the hub's main branch is at. Raises ModelError offline."""
    assert entry.hub
    try:
        sha = HfApi().model_info(entry.hub).sha
    except (*_UNREACHABLE, HfHubHTTPError) as error:
        raise _missing(name, entry, "main") from error
    if not sha:
        raise ModelError(name, f"the hub names no commit of {entry.hub}", "Pin `revision` in models/registry.yaml")
    return sha


def _missing(name: str, entry: Entry, revision: str) -> ModelError:
    return ModelError(
        name,
        f"{entry.hub} at {revision} is not on this machine and the hub cannot be reached",
        f"Fetch it once where there is a network (`hf download {entry.hub} --revision {revision}`) and bring that "
        "cache along, or set `train.base: mini`, which needs no network",
    )


def _download(name: str, entry: Entry, revision: str, known: Collection[str]) -> dict[str, Path]:
    """Paths of the files needed, in the hub's own cache; nothing is asked of the network for a file held there. known:
    the files of this revision, where it was fetched before."""
    files: dict[str, Path] = {}
    try:
        for file in ("config.json", entry.weights):
            files[file] = Path(hf_hub_download(str(entry.hub), file, revision=revision))
        for file in [file for file in (*_VOCABULARIES, *_OPTIONAL) if not known or file in known]:
            try:
                files[file] = Path(hf_hub_download(str(entry.hub), file, revision=revision))
            except LocalEntryNotFoundError:
                # Offline: the file was not fetched earlier, so it is one that the model does without.
                continue
            except EntryNotFoundError:
                continue
    except _UNREACHABLE as error:
        raise _missing(name, entry, revision) from error
    except (RepositoryNotFoundError, RevisionNotFoundError, EntryNotFoundError) as error:
        raise ModelError(
            name, f"the hub has no such file, commit or model: {entry.hub}", "Correct models/registry.yaml"
        ) from error
    except HfHubHTTPError as error:
        raise ModelError(
            name, f"the hub refused {entry.hub}: {error}", "Try again, or check its access terms"
        ) from error
    if not any(file in files for file in _VOCABULARIES):
        raise ModelError(name, "has neither tokenizer.json nor vocab.txt", "Choose another model or revision")
    return files


def _check(name: str, entry: Entry, known: Mapping[str, str], hashes: Mapping[str, str]) -> None:
    """Refuse files that are not those written down, in the registry or at the first download."""
    expected = dict(known)
    if entry.sha256:
        expected[entry.weights] = entry.sha256
    for file, digest in hashes.items():
        if expected.get(file, digest) != digest:
            raise ModelError(
                name,
                f"{file} is not the file first fetched: SHA-256 {digest[:12]}…, expected {expected[file][:12]}…",
                "Delete it from the hub's cache and fetch again; if it stays so, the model was changed at its source",
            )


def _lay_out(folder: Path, files: Mapping[str, Path], entry: Entry) -> Path:
    """Copy the files into `folder`, weights turned into safetensors; done once, atomically."""
    if folder.is_dir():
        return folder
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for file, path in files.items():
        if file != "pytorch_model.bin":
            shutil.copyfile(path, part / file)
    if entry.weights == "pytorch_model.bin":
        to_safetensors(files[entry.weights], part / WEIGHTS)
    part.rename(folder)
    return folder


def to_safetensors(source: Path, target: Path) -> None:
    """Turn a .bin of tensors into safetensors. Raises ModelError where it holds anything but tensors."""
    try:
        state = torch.load(source, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise ModelError(
            source, "holds more than tensors, or is damaged", "Nothing of it was run; choose another file"
        ) from error
    if not isinstance(state, Mapping) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise ModelError(source, "is not a plain table of tensors", "Choose a file of model weights")
    save_file({key: value.contiguous().clone() for key, value in state.items()}, target, metadata={"format": "pt"})
