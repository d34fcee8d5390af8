"""A model's files on this machine: fetched at a pinned commit, checked by hash, weights as safetensors.

No code of a model is ever run: weights are safetensors or go through torch's weights-only unpickler, tokenizers are
built from their vocabulary files, and nothing else is fetched.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from pipeline.errors import ModelError
from pipeline.files import write_text
from pipeline.tagger.registry import REGISTRY, Entry, Locked, find, folder_of, read_lock, write_lock
from pipeline.tagger.weights import WEIGHTS, check_files, file_sha256, to_safetensors

# What was laid out under the cache, in the form that `sha256sum -c` reads.
_SUMS = "SHA256SUMS"
_VOCABULARIES = ("tokenizer.json", "vocab.txt")
_OPTIONAL = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
_UNREACHABLE = (LocalEntryNotFoundError, OfflineModeIsEnabled, ConnectionError, TimeoutError)


def resolve(name: str, registry: Path = REGISTRY, cache: Path = Path(".cache")) -> tuple[Path, str]:
    """The folder of a registered model, ready for `transformers` (config.json, tokenizer files, model.safetensors),
    and its revision, `local` for a model of this repository.

    A `folder` entry is the folder itself; a `hub` entry is fetched (from the hub or its local cache), checked and laid
    out under `cache`/models once. Raises ModelError when it is unknown, cannot be had or is not what it was.
    """
    entry = find(name, registry)
    if entry.folder is not None:
        folder = folder_of(entry, registry)
        if not (folder / WEIGHTS).is_file():
            raise ModelError(folder, "holds no model.safetensors", "Restore it from Git, or build it by its recipe")
        if entry.sha256:
            check_files(folder, {WEIGHTS: entry.sha256}, "the registry", "Restore it from Git")
        return folder, "local"
    locked = read_lock(registry).get(name)
    revision = entry.revision or (locked.revision if locked else _latest(name, entry))
    known = locked.files if locked and locked.revision == revision else {}
    files = _download(name, entry, revision, known)
    hashes = {file: file_sha256(path) for file, path in files.items()}
    _check(name, entry, known, hashes)
    write_lock(registry, name, Locked(revision=revision, files=hashes))
    folder = cache / "models" / f"{name}-{revision[:12]}-{hashes[entry.weights][:12]}"
    return _lay_out(folder, files, hashes, entry), revision


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


def _lay_out(folder: Path, files: Mapping[str, Path], hashes: Mapping[str, str], entry: Entry) -> Path:
    """Copy the files into `folder`, weights turned into safetensors; done once, atomically. Raises ModelError where a
    copy made earlier is no longer what it was."""
    if (folder / _SUMS).is_file():
        again = f"Delete {folder}; it is made anew from what was fetched"
        expected = {**_read_sums(folder / _SUMS, again), **{file: hashes[file] for file in _copied(files)}}
        check_files(folder, expected, "the first use", again)
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for file in _copied(files):
        shutil.copyfile(files[file], part / file)
    if entry.weights == "pytorch_model.bin":
        to_safetensors(files[entry.weights], part / WEIGHTS)
    laid = sorted(path.name for path in part.iterdir())
    write_text(part / _SUMS, "".join(f"{file_sha256(part / file)}  {file}\n" for file in laid))
    part.rename(folder)
    return folder


def _copied(files: Mapping[str, Path]) -> list[str]:
    return [file for file in files if file != "pytorch_model.bin"]


def _read_sums(path: Path, do: str) -> dict[str, str]:
    """File name → SHA-256 as laid out. Raises ModelError where that is damaged, or does not tell the weights'."""
    try:
        rows = [line.split("  ") for line in path.read_text(encoding="utf-8").splitlines()]
        sums = {name: digest for digest, name in rows if "/" not in name}
    except ValueError as error:
        raise ModelError(path, "is damaged", do) from error
    if WEIGHTS not in sums:
        raise ModelError(path, f"does not tell the SHA-256 of {WEIGHTS}", do)
    return sums
