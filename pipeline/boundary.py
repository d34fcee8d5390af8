"""One article's fault is never another's: the boundary around each article's work in every stage."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from pipeline.errors import ArticleError, PipelineError, RecordError, StageError
from pipeline.files import Workspace, read_records, write_json, write_records
from pipeline.params import Ingest
from pipeline.records import Article, Entity, Event, Segments, SetAside
from pipeline.sources import read_json

# In the order of the workflow: what one of them sets aside, those behind it do not see.
STAGES = ("segment", "ner", "frames", "events", "happenings", "tables", "evaluate", "report")
R = TypeVar("R")
N = TypeVar("N", Article, Segments)
A = TypeVar("A", Entity, Event)


def by_article(path: Path, kind: type[A], workspace: Workspace) -> dict[str, list[A]]:
    """The records of a stage's file by their articles, in the file's order; an article without any has an empty list.

    Raises RecordError for a record of an article that is not in the corpus: nothing would tell that it was left out.
    """
    found: dict[str, list[A]] = {record.article: [] for record in read_records(workspace.segments, Segments)}
    for number, record in enumerate(read_records(path, kind), 1):
        if record.article not in found:
            what = f"{record.article} is no article of {workspace.segments}"
            raise RecordError(f"{path}:{number}", what, "Rerun the stages, from segment on")
        found[record.article].append(record)
    return found


class Boundary:
    """What a stage does to one article after another, so that none of them can stop the others' results.

    With `ingest.on_bad_article: stop` an article's fault is raised as an error that names stage and article; with
    `skip` the article is set aside. What is nobody's fault alone (rules, model, a full disk) is raised either way.
    """

    def __init__(self, stage: str, workspace: Workspace, ingest: Ingest) -> None:
        self.stage, self.workspace = stage, workspace
        self.skips = ingest.on_bad_article == "skip"
        self.found: list[SetAside] = []
        collect(workspace)
        self.gone = earlier(workspace, stage)

    def segments(self) -> Iterator[Segments]:
        """The corpus's articles as they were segmented, without those that a stage before this one set aside."""
        for record in read_records(self.workspace.segments, Segments):
            if record.article not in self.gone:
                yield record

    def each(self, records: Iterable[N], work: Callable[[N], R]) -> Iterator[tuple[N, R]]:
        """Each article with what `work` makes of it, in order; where `work` fails the article is stopped at or set
        aside, and nothing of it comes out. Raises StageError, or the ArticleError or RecordError that `work` raised.
        """
        for record in records:
            try:
                made = work(record)
            except Exception as error:
                self.fault(record.article, record.path, error)
            else:
                yield record, made

    def fault(self, article: str, path: str, error: Exception) -> None:
        """Set one article aside for an error, or raise it."""
        if isinstance(error, OSError) or (
            isinstance(error, PipelineError) and not isinstance(error, (ArticleError, RecordError, StageError))
        ):
            raise error
        if not isinstance(error, PipelineError):
            told = f"{self.stage} failed on it: {_described(error)}"
            error = _caused(StageError(article, told, "Set ingest.on_bad_article to skip to go on without it"), error)
        if not self.skips:
            raise error
        self.found.append(SetAside(stage=self.stage, article=article, path=path, where=error.where, reason=error.what))

    def close(self) -> str:
        """Write what was set aside; returns it as a phrase for the stage's line, empty where that is nothing."""
        write_part(self.workspace.set_aside_by(self.stage), self.found)
        collect(self.workspace)
        return f", {len(self.found)} set aside" if self.found else ""


def collect(workspace: Workspace) -> None:
    """Put data/set_aside.jsonl together from what each stage set aside; of a stage without a file of its own, what it
    says of it stays."""
    parts = {stage: path for stage in STAGES if (path := workspace.set_aside_by(stage)).is_file()}
    if parts:
        known = listed(workspace)
        lines = {
            stage: read_part(parts[stage]) if stage in parts else [r for r in known if r.stage == stage]
            for stage in STAGES
        }
        write_records(workspace.set_aside, (record for stage in STAGES for record in lines[stage]))


def write_part(path: Path, found: Iterable[SetAside]) -> None:
    """Write what one stage set aside, as a list in JSON: DVC warns of a file without a byte, at every stage that reads
    it, and nothing set aside is no reason to."""
    write_json(path, [record.model_dump(mode="json", exclude_none=True) for record in found])


def read_part(path: Path) -> list[SetAside]:
    """What one stage set aside. Raises RecordError for a file that is damaged."""
    try:
        return [SetAside.model_validate(row) for row in read_json(path, RecordError)]
    except (TypeError, ValidationError) as error:
        raise RecordError(path, "is no list of what was set aside", "Rerun the stage that writes it") from error


def listed(workspace: Workspace) -> list[SetAside]:
    """Everything set aside so far; nothing where no stage has run."""
    return list(read_records(workspace.set_aside, SetAside)) if workspace.set_aside.is_file() else []


def earlier(workspace: Workspace, stage: str) -> set[str]:
    """The names of the articles that the stages before this one set aside; those of segment are in no file of its."""
    before = STAGES[1 : STAGES.index(stage)]
    return {record.article for record in listed(workspace) if record.stage in before and record.article is not None}


def counted(records: Iterable[SetAside]) -> dict[str, int]:
    """How many each stage set aside, in the order of the stages; those that set nothing aside are left out."""
    counts = Counter(record.stage for record in records)
    return {stage: counts[stage] for stage in STAGES if counts[stage]}


def _caused(new: PipelineError, error: Exception) -> PipelineError:
    new.__cause__ = error
    return new


def _described(error: Exception) -> str:
    """An unforeseen error on one line: its type, what it says, and the last place of ours that it passed."""
    said = " ".join(str(error).split())
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(__file__).parent in Path(frame.filename).parents]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in (ours or frames)[-1:]]
    return " ".join([type(error).__name__, *([f"({said[:200]})"] if said else []), *(f"at {p}" for p in places)])
