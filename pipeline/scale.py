"""What a corpus costs: articles without a duplicate, made from a folder of them, through every stage of `extract`.

Each stage runs in a process of its own, so that its time and memory are its own, start and imports included: first on a
corpus that nothing is known of, then on the same once more, then with one article more.
"""

from __future__ import annotations

import importlib
import multiprocessing
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.actors.register import load_register
from pipeline.articles import read_articles
from pipeline.errors import PipelineError, StageError
from pipeline.extract import STAGES
from pipeline.files import Workspace
from pipeline.params import Params
from pipeline.records import Article

# What one article more may cost, in parts of all of them.
SHARE = 0.02
_HEADS = (
    "stage", "cold, s", "CPU, s", "articles/s", "peak MB", "written MB",
    "unchanged, s", "CPU, s", "one more, s", "CPU, s",
)  # fmt: skip
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile("[\u0621-\u064a]+")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of one stage cost. cpu: seconds of the processor in the user's code, of its helpers too; megabytes:
    the most that its own process held in memory; written: megabytes that it wrote, None where the system does not
    tell."""

    wall: float
    cpu: float
    megabytes: float
    written: float | None


def corpus(articles: Sequence[Article], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names and texts without end: the articles as they are, then over and over with other numbers of as many digits
    and other states (`names`, which stand for one another), the same for the same articles every time. No text comes
    twice."""
    seen: set[str] = set()
    turn = 0
    while True:
        for article in articles:
            text = varied(article.text, names, turn) if turn else article.text
            if text in seen:
                text += f"\n{turn}\n"
            seen.add(text)
            yield f"{article.article}-{turn}", text
        turn += 1


def varied(text: str, names: Sequence[str], turn: int) -> str:
    """A text with its numbers and states changed."""
    drawn = random.Random(f"{turn} {text[:200]}")
    others = dict(zip(names, drawn.sample(names, len(names)), strict=True))
    text = _WORD.sub(lambda word: others.get(word.group(), word.group()), text)
    return _NUMBER.sub(lambda number: _digits(number.group(), drawn), text)


def _digits(number: str, drawn: random.Random) -> str:
    if len(number) == 4 and number[:2] in {"19", "20"}:
        return str(drawn.randint(1950, 2025))  # a year stays one
    if len(number) < 3:
        return str(drawn.randint(1, 28))  # so do a day, a month and a share of a vote
    return "".join(drawn.choice("123456789") for _ in number)


def state_names() -> list[str]:
    """States whose name is one word."""
    known = load_register().actors.values()
    return sorted(actor.label for actor in known if actor.kind == "state" and _WORD.fullmatch(actor.label or ""))


def measure(stage: str, workspace: Workspace, params: Params) -> Cost:
    """Run a stage in a process of its own. Raises the error that it comes to."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    began = time.perf_counter()
    child = context.Process(target=_child, args=(theirs, stage, workspace, params))
    child.start()
    theirs.close()
    try:
        told = ours.recv()
    except EOFError:
        told = "was killed, perhaps for want of memory"
    child.join()
    if isinstance(told, str):
        raise StageError(f"benchmark, {stage}", told, "Try fewer articles")
    return replace(told, wall=time.perf_counter() - began)


def _child(told: Connection, stage: str, workspace: Workspace, params: Params) -> None:
    try:
        importlib.import_module(f"pipeline.stages.{stage}").run(workspace, params)
    except PipelineError as error:
        told.send(str(error))
        return
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told.send(Cost(0, sum(one.ru_utime for one in used), _peak(), _written()))


def _peak() -> float:
    """The most memory that this process held, in megabytes."""
    told = Path("/proc/self/status")
    if told.is_file():
        (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", told.read_text())
        return int(peak) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_048_576 if sys.platform == "darwin" else 1024)


def _written() -> float | None:
    told = Path("/proc/self/io")
    return int(re.findall(r"wchar: (\d+)", told.read_text())[0]) / 1e6 if told.is_file() else None


def benchmark(
    sizes: Sequence[int], source: Path, model: Path, params: Params, work: Path | None = None
) -> Iterator[str]:
    """Measure corpora of these sizes, made from the articles of `source`; yields the lines of a table in Markdown for
    each as they are there. work: where the corpora go, a folder that is made if need be; without it a temporary one."""
    found, _ = read_articles((source,), source, params.ingest)
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=work) as folder:
            yield from _of_size(size, found, Path(folder), model.absolute(), params)


def _of_size(size: int, found: Sequence[Article], folder: Path, model: Path, params: Params) -> Iterator[str]:
    news, out = folder / "news", folder / "out"
    news.mkdir()
    texts = corpus(found, state_names())
    written = 0
    for _, (name, text) in zip(range(size), texts, strict=False):
        written += (news / f"{name}.txt").write_bytes(text.encode())
    workspace = Workspace(news, (news,), out, model, out / "gold", out / ".cache")
    time.sleep(2.1)  # a file written to a moment ago is read again by the next run, and nobody's corpus is that fresh
    yield f"### {size:,} articles, {written / 1e6:.1f} MB"
    yield ""
    yield f"| {' | '.join(_HEADS)} |"
    yield "| --- |" + " ---: |" * (len(_HEADS) - 1)
    runs: list[list[Cost]] = []
    for turn in range(3):
        if turn == 2:
            name, text = next(texts)
            (news / f"{name}.txt").write_bytes(text.encode())
        runs.append([measure(stage, workspace, params) for stage in STAGES])
    for stage, costs in zip(STAGES, zip(*runs, strict=True), strict=True):
        yield _row(stage, size, costs, max(cost.megabytes for cost in costs))
    total = [_sum(run) for run in runs]
    yield _row("all", size, total, max(cost.megabytes for run in runs for cost in run))
    yield ""
    share = total[2].cpu / total[0].cpu
    within = "within" if share < SHARE else "over"
    yield f"One article more costs {share:.1%} of the cold run's CPU ({within} {SHARE:.0%})."
    yield ""


def _sum(run: Sequence[Cost]) -> Cost:
    written = [cost.written for cost in run if cost.written is not None]
    wall, cpu = (sum(getattr(cost, name) for cost in run) for name in ("wall", "cpu"))
    return Cost(wall, cpu, 0, sum(written) if written else None)


def _row(stage: str, size: int, costs: Sequence[Cost], peak: float) -> str:
    cold, unchanged, more = costs
    written = "–" if cold.written is None else f"{cold.written:.1f}"
    cells = [f"{cold.wall:.1f}", f"{cold.cpu:.1f}", f"{size / cold.wall:.1f}", f"{peak:.0f}", written]
    cells += [f"{value:.1f}" for cost in (unchanged, more) for value in (cost.wall, cost.cpu)]
    return f"| {stage} | {' | '.join(cells)} |"
