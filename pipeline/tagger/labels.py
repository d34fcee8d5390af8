"""Labels: the project's own scheme, how published models' labels map to it, and decoding that respects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.errors import ModelError

TYPES = ("LOC", "MISC", "ORG", "PERS")
LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
INDEX = {label: index for index, label in enumerate(LABELS)}

# BIOES and BILOU write the end and the single word apart; in BIO an end is an I-, a single word a B-.
_PARTS = {"B": "B", "I": "I", "E": "I", "L": "I", "S": "B", "U": "B"}
_FORBIDDEN = -1e9


def to_project(label: str, types: Mapping[str, str], model: str) -> str:
    """A model's own label as one of LABELS. `types` maps the model's entity types to TYPES (a type mapped to O is no
    entity here); a label that the map does not know is a ModelError, never a guess."""
    if label == "O":
        return "O"
    part, _, kind = label.partition("-")
    if part not in _PARTS or kind not in types:
        raise ModelError(
            model, f"its label {label!r} is not in its label map", "Add the type to `labels` in models/registry.yaml"
        )
    return "O" if types[kind] == "O" else f"{_PARTS[part]}-{types[kind]}"


def columns(labels: Sequence[str], types: Mapping[str, str], model: str) -> list[int]:
    """For each of a model's outputs, the index in LABELS that it counts for."""
    return [INDEX[to_project(label, types, model)] for label in labels]


def merge(probabilities: np.ndarray, into: Sequence[int]) -> np.ndarray:
    """Sum a model's probabilities [words, outputs] by project label: [words, len(LABELS)]."""
    merged = np.zeros((len(probabilities), len(LABELS)), probabilities.dtype)
    for output, label in enumerate(into):
        merged[:, label] += probabilities[:, output]
    return merged


def _transitions() -> np.ndarray:
    """0 where a label may follow another, _FORBIDDEN where it may not: I-X only after B-X or I-X."""
    table = np.zeros((len(LABELS), len(LABELS)))
    for before, first in enumerate(LABELS):
        for after, second in enumerate(LABELS):
            if second[0] == "I" and first[2:] != second[2:]:
                table[before, after] = _FORBIDDEN
    return table


_TRANSITIONS = _transitions()
_START = np.array([_FORBIDDEN if label[0] == "I" else 0.0 for label in LABELS])


def decode(probabilities: np.ndarray) -> list[str]:
    """The likeliest label sequence that is valid BIO, by Viterbi (1967): no I- at the start, after O or after another
    type. `probabilities`: [words, len(LABELS)], rows summing to 1; returns as many labels as rows."""
    if not len(probabilities):
        return []
    scores = np.log(np.maximum(probabilities.astype(np.float64), 1e-12))
    best = scores[0] + _START
    back = np.empty((len(scores), len(LABELS)), np.int64)
    for step in range(1, len(scores)):
        paths = best[:, None] + _TRANSITIONS
        back[step] = paths.argmax(0)
        best = paths.max(0) + scores[step]
    path = [int(best.argmax())]
    for step in range(len(scores) - 1, 0, -1):
        path.append(int(back[step, path[-1]]))
    return [LABELS[index] for index in reversed(path)]


def repair(labels: Sequence[str]) -> list[str]:
    """A label sequence made valid BIO: an I- that continues nothing opens an entity."""
    out: list[str] = []
    before = "O"
    for label in labels:
        before = "B" + label[1:] if label[0] == "I" and before[2:] != label[2:] else label
        out.append(before)
    return out
