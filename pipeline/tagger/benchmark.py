"""Our path against transformers' token-classification pipeline as its documentation shows it: one run, one input, the
same weights. Each side runs in a process of its own, so that peak memory is its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.files import write_json
from pipeline.tagger.labels import to_project
from pipeline.tagger.load import load_tagger
from pipeline.tagger.machine import Precision
from pipeline.tagger.settings import read_settings

_REPEATS = 3


@dataclass(frozen=True)
class Side:
    """One side's result. seconds: the best of three passes after a warm-up; megabytes: peak resident memory."""

    what: str
    sentences_per_second: float
    seconds: float
    megabytes: float
    labels: list[list[str]]


def benchmark_ner(
    folder: Path, sentences: Sequence[Sequence[str]], precision: Precision, work: Path
) -> dict[str, object]:
    """Compare both paths on sentences given as words. The pipeline gets each sentence as text, its words joined by a
    space, and a word's label is that of its first sub-word; `agreement` is the share of words labelled alike.

    Returns a table for printing or keeping. work: a folder for what the processes exchange.
    """
    if not sentences:
        raise ModelError("benchmark", "has no sentences", "Name a folder of articles that holds some")
    work.mkdir(parents=True, exist_ok=True)
    write_json(work / "sentences.json", [list(words) for words in sentences])
    sides = [_apart(side, folder, precision, work) for side in ("pipeline", "ours", "ours-fp32")]
    theirs, ours, ours_fp32 = sides
    return {
        "sentences": len(sentences),
        "words": sum(map(len, sentences)),
        "pipeline": _row(theirs),
        "ours": _row(ours),
        "ours in fp32": _row(ours_fp32),
        "times as fast": round(ours.sentences_per_second / theirs.sentences_per_second, 2),
        "agreement with our fp32": _agreement(ours, ours_fp32),
        "agreement with the pipeline": _agreement(ours, theirs),
    }


def report(result: dict[str, object]) -> str:
    """The comparison in a few lines."""
    lines = [f"{result['sentences']} sentences, {result['words']} words"]
    for side in ("pipeline", "ours in fp32", "ours"):
        row = result[side]
        assert isinstance(row, dict)
        speed, memory = f"{row['sentences_per_second']:8.1f} sentences/s", f"{row['megabytes']:6.0f} MB at most"
        lines.append(f"{side:>12}: {speed}, {memory}  ({row['what']})")
    lines.append(f"{result['times as fast']} times as fast as the pipeline")
    for other in ("our fp32", "the pipeline"):
        lines.append(f"labels alike on {result[f'agreement with {other}']:.2%} of words with {other}")
    return "\n".join(lines)


def _row(side: Side) -> dict[str, object]:
    return {key: value for key, value in asdict(side).items() if key != "labels"}


def _agreement(one: Side, other: Side) -> float:
    """The share of words with the same label."""
    pairs = [pair for a, b in zip(one.labels, other.labels, strict=True) for pair in zip(a, b, strict=True)]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 1.0


def _apart(side: str, folder: Path, precision: Precision, work: Path) -> Side:
    """Run one side in a process of its own."""
    command = [sys.executable, "-m", "pipeline.tagger.benchmark", side, str(folder), precision, str(work)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ModelError(
            folder, f"the benchmark's {side} side failed: {reason[0]}", "See `python -m pipeline ner --help`"
        )
    return Side(**json.loads((work / f"{side}.json").read_text(encoding="utf-8")))


def _ours(folder: Path, precision: Precision, sentences: list[list[str]]) -> Side:
    tagger = load_tagger(folder, precision)
    list(tagger.tag(sentences[:32]))
    seconds = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        labels = [[label for label, _ in tags] for tags in tagger.tag(sentences)]
        seconds.append(time.perf_counter() - started)
    return _side(f"batches by token budget, {tagger.identity.precision}", min(seconds), labels)


def _pipeline(folder: Path, sentences: list[list[str]]) -> Side:
    """The documented way: `pipeline("token-classification", model=…)` called on a list of texts."""
    from transformers import pipeline

    types = read_settings(folder).labels
    tag = pipeline("token-classification", model=str(folder), tokenizer=str(folder), ignore_labels=[])
    texts = [" ".join(words) for words in sentences]
    tag(texts[:32])
    seconds = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        found: Any = tag(texts)
        seconds.append(time.perf_counter() - started)
    labels = []
    for words, pieces in zip(sentences, found, strict=True):
        first: dict[int, str] = {}
        for piece in pieces:
            first.setdefault(_word_at(words, piece["start"]), to_project(piece["entity"], types, str(folder)))
        labels.append([first.get(index, "O") for index in range(len(words))])
    return _side("transformers' pipeline, as documented", min(seconds), labels)


def _word_at(words: Sequence[str], place: int) -> int:
    """Which of the words, joined by single spaces, the character at `place` is in (or before)."""
    end = -1
    for index, word in enumerate(words):
        end += len(word) + 1
        if place < end:
            return index
    return len(words)


def _side(what: str, seconds: float, labels: list[list[str]]) -> Side:
    # Linux counts ru_maxrss in kilobytes.
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Side(what, round(len(labels) / seconds, 1), round(seconds, 3), round(megabytes, 1), labels)


def main(side: str, folder: Path, precision: Precision, work: Path) -> None:
    """One side, in its own process: reads sentences.json of `work`, writes SIDE.json there."""
    sentences = json.loads((work / "sentences.json").read_text(encoding="utf-8"))
    wanted: Precision = "fp32" if side == "ours-fp32" else precision
    result = _pipeline(folder, sentences) if side == "pipeline" else _ours(folder, wanted, sentences)
    write_json(work / f"{side}.json", asdict(result))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))  # type: ignore[arg-type]
