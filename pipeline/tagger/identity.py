"""What a tagger's results depend on, told without loading it: what computes takes seconds to start, and where nothing
is new nothing is computed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.tagger.machine import Precision, choose_device, choose_precision
from pipeline.tagger.settings import Described, read_settings
from pipeline.tagger.weights import WEIGHTS

Tagged = list[tuple[str, float]]
"""For each word of a sentence its BIO label and the probability the model gives that label."""


@dataclass(frozen=True)
class Identity:
    """What a result depends on. name: of the registry; revision: the commit, or `local`; sha256: of the weights file;
    precision: the arithmetic used; context, words, consistency: see registry.Entry; device: where it was computed."""

    name: str
    revision: str
    sha256: str
    precision: str
    context: int
    words: str
    consistency: float
    device: str = "cpu"


def identify(folder: Path, precision: Precision = "auto", device: str = "cpu") -> tuple[Identity, Described]:
    """What the tagger of a folder is on this machine, and what its tagger.json says. Raises ModelError as `load_tagger`
    does for a folder whose files are not those that tagger.json tells, and for a device that is not there."""
    place = None if device == "cpu" else choose_device(device)
    settings = read_settings(folder)
    identity = Identity(
        name=settings.name,
        revision=settings.revision,
        sha256=settings.files[WEIGHTS],
        precision=choose_precision(precision, device=place),
        context=settings.context,
        words=settings.words,
        consistency=settings.consistency,
        device=device,
    )
    return identity, settings
