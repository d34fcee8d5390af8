"""The command line away from a checkout: which parameters and model count there, and events of a single article."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ArticleError, PipelineError
from pipeline.params import Params, load_params

# What tells that the current folder is a checkout of the project, whose own settings and models then count.
_PROJECT = Path("models") / "registry.yaml"
_PARAMS = Path("params.yaml")
STANDARD_INPUT = "-"


def settings(params: Path | None) -> Params:
    """The parameters of the file named; else of params.yaml in the current folder; where there is none the defaults."""
    if params is None and not _PARAMS.exists() and not _PROJECT.is_file():
        return Params()
    return load_params(params or _PARAMS)


def model_of(model: str | None) -> str:
    """The model named; else the one that the project in the current folder has trained; outside of one, `mini`."""
    return model or (str(Path("models") / "ner") if _PROJECT.is_file() else "mini")


def registry() -> Path | None:
    """The project's own registry of models, where the current folder is one; None stands for the one installed."""
    return _PROJECT if _PROJECT.is_file() else None


@dataclass(frozen=True)
class Facts:
    """What is known of an article from outside of its text: its name, the day it appeared, who published it."""

    name: str
    published: str | None = None
    outlet: str | None = None


def extract_text(text: str, facts: Facts, model: str, registry: Path | None, params: Params, *, as_json: bool) -> None:
    """Print the events of one text: a line an event and the passages that tell of it, or as JSON Lines."""
    from pipeline.extractor import Extractor
    from pipeline.tagger.named import model_folder

    extractor = Extractor.load(model_folder(model, registry), params)
    made = extractor(text, id=facts.name, published=facts.published, outlet=facts.outlet)
    if as_json:
        sys.stdout.write(made.to_jsonl())
        return
    for event in made:
        print(event)
        for passage in event.evidence:
            print(f"    {' '.join(passage.text.split())}  [{passage.rule}]")
    if not made.events:
        print(made.error or "no events", file=sys.stderr)


def read_standard_input() -> str:
    """Standard input as text. Raises ArticleError where it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8: byte 0x{error.object[error.start]:02x} at byte {error.start}"
        raise ArticleError(
            "standard input", what, "Convert it, for instance with iconv -f WINDOWS-1256 -t UTF-8"
        ) from error


@contextmanager
def told_as(as_json: bool) -> Iterator[None]:
    """Where asked for, end an error of the block as a line of JSON on standard error: code, where, what and do."""
    try:
        yield
    except PipelineError as error:
        if not as_json:
            raise
        said = {"code": error.code, "where": error.where, "what": error.what, "do": error.do}
        sys.exit(json.dumps({"error": said}, ensure_ascii=False))
