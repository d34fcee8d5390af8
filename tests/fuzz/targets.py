"""What strangers send, each with a good file of its kind and what reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import yaml
from transformers import AutoTokenizer

from pipeline.errors import GoldError
from pipeline.files import Workspace
from pipeline.gold.author import compile_all
from pipeline.gold.brat import to_brat
from pipeline.gold.conll import to_conll
from pipeline.gold.exchange import Format, read_back, take
from pipeline.gold.read import check, write_gold
from pipeline.params import load_params
from pipeline.tagger.load import load_tagger
from pipeline.tagger.registry import find, read_lock
from pipeline.tagger.settings import read_settings
from pipeline.tagger.weights import to_safetensors
from tests.gold.example import LABELS, NAME, TEXT, example
from tests.gold.test_studio import export
from tests.tagger.conftest import describe, make_model

ACTORS = {"CHN", "PAN", "RUS", "UNSC"}
TEXTS = {NAME: TEXT}


@dataclass(frozen=True)
class Target:
    """file: where the good one lies, and each mutant in its turn; read: reads it, and goes on with what was read."""

    file: Path
    read: Callable[[], object]


def targets(root: Path) -> dict[str, Target]:
    """A target for every kind of file, each in a folder of its own below `root`."""
    return {name: make(_folder(root / name)) for name, make in (READERS | MODELS).items()}


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def _author(folder: Path) -> Target:
    file = folder / f"{NAME}.yaml"
    file.write_text(LABELS, encoding="utf-8")
    return Target(file, lambda: compile_all([file], TEXTS, ACTORS))


def _imported(form: Format, write: Callable[[Path], Path]) -> Callable[[Path], Target]:
    def make(folder: Path) -> Target:
        base = {NAME: example(_folder(folder / "base"))}
        file = write(folder)

        def read() -> None:
            articles, _ = read_back(form, file, base, TEXTS, "somebody")
            take(articles, TEXTS, ACTORS, _fresh(folder / "gold"), split=None, replace=False)

        return Target(file, read)

    return make


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _ann(folder: Path) -> Path:
    file = folder / f"{NAME}.ann"
    file.write_text(to_brat(example(folder), TEXT), encoding="utf-8")
    return file


def _conll(folder: Path) -> Path:
    file = folder / f"{NAME}.conll"
    file.write_text(to_conll(example(folder), TEXT), encoding="utf-8")
    return file


def _gold(folder: Path) -> Target:
    """A gold file beside another that is wrong, which `gold check` goes on to list."""
    space = Workspace(folder, (folder,), folder, folder, folder / "gold", folder)
    (folder / f"{NAME}.txt").write_bytes(TEXT.encode())
    file = write_gold(space.gold, example(folder))
    (space.gold / "zzz.json").write_text("{}", encoding="utf-8")

    def read() -> None:
        found = check(space.gold, space, ACTORS)
        own = [problem for problem in found if problem.file == file.name]
        assert len(own) < len(found), "the other file's faults are not listed"
        if own:
            raise GoldError(file, str(own[0]), "Mend it")

    return Target(file, read)


ENTRY = {"hub": "lab/model", "labels": {"PER": "PERS"}, "licence": "-", "citation": "-", "about": "-"}


def _registry(folder: Path) -> Target:
    file = folder / "registry.yaml"
    file.write_text(yaml.safe_dump({"one": ENTRY, "two": ENTRY | {"revision": "0" * 40}}), encoding="utf-8")
    return Target(file, lambda: find("one", file))


def _lock(folder: Path) -> Target:
    file = folder / "registry.lock.yaml"
    files = {"config.json": "1" * 64, "pytorch_model.bin": "2" * 64}
    file.write_text(yaml.safe_dump({"one": {"revision": "0" * 40, "files": files}}), encoding="utf-8")
    return Target(file, lambda: read_lock(folder / "registry.yaml"))


def _params(folder: Path) -> Target:
    file = folder / "params.yaml"
    shutil.copy(Path(__file__).parent.parent.parent / "params.yaml", file)
    return Target(file, lambda: load_params(file))


def _settings(folder: Path) -> Target:
    make_model(folder, hidden=8, layers=1)
    describe(folder)
    return Target(folder / "tagger.json", lambda: read_settings(folder))


def _of_model(name: str) -> Callable[[Path], Target]:
    """A file of a model's folder; each mutant is written down as if it were the model's own, then loaded and used."""

    def make(folder: Path) -> Target:
        make_model(folder, hidden=8, layers=1)
        if name != "vocab.txt":
            AutoTokenizer.from_pretrained(folder).save_pretrained(folder)
            (folder / "vocab.txt").unlink()

        def read() -> None:
            describe(folder)
            tagger = load_tagger(folder, "fp32")
            words = ["زار", "سليم", "(بيروت)،", "12.5", "👍🏽", "\u200f"]
            assert [len(tags) for tags in tagger.tag([words, words * 200])] == [6, 1200]

        return Target(folder / name, read)

    return make


def _bin(folder: Path) -> Target:
    model = make_model(folder, hidden=8, layers=1)
    file = folder / "pytorch_model.bin"
    torch.save(model.state_dict(), file)
    return Target(file, lambda: to_safetensors(file, folder / "out.safetensors"))


def _legacy_bin(folder: Path) -> Target:
    """As torch wrote it before it used zip archives: pickles one after another, which reach the reader damaged."""
    file = folder / "pytorch_model.bin"
    state = {"a.weight": torch.ones(3, 2), "b": torch.zeros(4, dtype=torch.float16)}
    torch.save(state, file, _use_new_zipfile_serialization=False)
    return Target(file, lambda: to_safetensors(file, folder / "out.safetensors"))


READERS: dict[str, Callable[[Path], Target]] = {
    "author": _author,
    "studio": _imported(Format.studio, export),
    "brat": _imported(Format.brat, _ann),
    "conll": _imported(Format.conll, _conll),
    "gold": _gold,
    "registry": _registry,
    "lock": _lock,
    "params": _params,
}
MODELS: dict[str, Callable[[Path], Target]] = {
    "settings": _settings,
    "config": _of_model("config.json"),
    "tokenizer": _of_model("tokenizer.json"),
    "tokenizer-config": _of_model("tokenizer_config.json"),
    "vocabulary": _of_model("vocab.txt"),
    "weights": _of_model("model.safetensors"),
    "bin": _bin,
    "legacy-bin": _legacy_bin,
}


def parsed(file: Path) -> Any | None:
    """The value of a JSON or YAML file; None of any other."""
    text = file.read_text(encoding="utf-8") if file.suffix in {".json", ".yaml"} else ""
    return json.loads(text) if file.suffix == ".json" else yaml.load(text, yaml.BaseLoader) if text else None


def unparsed(file: Path, value: Any) -> bytes:
    """A value as a file of that kind; half characters as they come."""
    if file.suffix == ".json":
        return json.dumps(value).encode()
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")
