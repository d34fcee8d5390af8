"""How well sentences are cut on a text whose sentences are known: one a line, as aligned corpora come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ArticleError
from pipeline.scoring.measures import compare, rounded
from pipeline.segmentation.sentences import split

Splitter = Callable[[str], list[tuple[int, int]]]


def benchmark(path: Path, splitter: Splitter | None = None) -> dict[str, int | float | None]:
    """Join the lines of `path` with spaces, cut the whole again, and compare the ends found inside it.

    The text's own last end is left out: nobody can miss it. A line without final punctuation (a headline) cannot be
    told once joined, so a corpus with headlines leaves recall below 1 for any splitter. splitter: text to spans,
    default the workflow's own. Returns the number of lines, counts, precision, recall and F1 of ends, and `whole`, the
    share of lines found exactly. Raises ArticleError where the file holds fewer than two lines.
    """
    lines = [line for line in (raw.strip("\ufeff \t\u00a0\r") for raw in _read(path).split("\n")) if line]
    if len(lines) < 2:
        raise ArticleError(path, "holds fewer than two sentences", "Name a file with one sentence a line")
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    text = " ".join(lines)
    found = splitter(text) if splitter else split(text, 0, len(text), max_chars=len(text))
    counts = compare({end for _, end in spans[:-1]}, {end for _, end in found if end < spans[-1][1]})
    whole = compare(set(spans), set(found))
    return {
        "sentences": len(lines),
        "predicted": counts.predicted + 1,
        "found": counts.found,
        "precision": rounded(counts.precision),
        "recall": rounded(counts.recall),
        "f1": rounded(counts.f1),
        "whole": rounded(whole.recall),
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(path, f"cannot be read: {error}", "Name a text file in UTF-8") from error
