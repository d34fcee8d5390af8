"""A model by its name or folder → a folder that `load_tagger` takes, wherever the caller's current folder is."""

from __future__ import annotations

import shutil
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from pipeline.errors import ModelError
from pipeline.tagger.hub import resolve
from pipeline.tagger.registry import Entry, find
from pipeline.tagger.settings import SETTINGS, write_settings
from pipeline.tagger.weights import WEIGHTS

# Beside the package in a checkout, within it once it is installed.
_REGISTRIES = ("models/registry.yaml", "../models/registry.yaml")


def registry_file() -> Path:
    """The registry that came with this code. Raises ModelError where it is gone."""
    home = Path(__file__).parents[1]
    for place in _REGISTRIES:
        if (path := (home / place).resolve()).is_file():
            return path
    raise ModelError(home, "came without models/registry.yaml", "Install the package again")


def model_folder(model: str | Path, registry: Path | None = None) -> Path:
    """The folder of a model, given as a folder (`models/ner`) or by its name in the registry (`mini`).

    A model of the hub is fetched once, checked and kept in the user's cache folder. registry: another registry than the
    one that came with this code. Raises ModelError where there is neither such a folder nor such a name, or where the
    model cannot be had.
    """
    folder = Path(model)
    if (folder / SETTINGS).is_file():
        return folder
    if folder.is_absolute() or len(folder.parts) != 1:
        raise ModelError(
            folder, "holds no trained tagger", "Run `dvc repro` first, or take one by its name, such as `--model mini`"
        )
    registry = registry or registry_file()
    name = str(model)
    entry = find(name, registry)
    if not entry.labels:
        raise ModelError(name, "is an encoder without labels", "Fine-tune it (train.base), and name the folder made")
    if entry.folder is not None:
        return _shipped(name, entry, registry)
    cache = Path(platformdirs.user_cache_dir("arabic-events"))
    base, revision = resolve(name, _kept(registry, cache), cache)
    if not (base / SETTINGS).is_file():
        write_settings(base, name, entry, revision)
    return base


def _shipped(name: str, entry: Entry, registry: Path) -> Path:
    """A model of the repository: its folder beside the registry, else the package of its own that holds it."""
    folder = registry.parent / str(entry.folder)
    if (folder / WEIGHTS).is_file():
        return resolve(name, registry)[0]
    package = f"arabic_events_{entry.folder}"
    if find_spec(package) is None:
        raise ModelError(
            name,
            "is not installed here",
            f"Install its package, {package.replace('_', '-')} (docs/install.md tells from where), or name a folder",
        )
    return Path(str(resources.files(package) / WEIGHTS)).parent


def _kept(registry: Path, cache: Path) -> Path:
    """A copy of the registry in the cache folder, where the lock file of what was fetched can stand beside it."""
    copy = cache / "registry.yaml"
    if not copy.is_file() or copy.read_bytes() != registry.read_bytes():
        cache.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(registry, copy)
    return copy
