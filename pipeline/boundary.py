"""One article's fault is never another's: the boundary around each article's work in every stage."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.cache import Cache
from pipeline.errors import ArticleError, PipelineError, RecordError, StageError
from pipeline.files import Workspace, read_records, sha256, write_json, write_records
from pipeline.lines import Following, Lines, runs
from pipeline.params import Ingest
from pipeline.records import Article, Entity, Event, Segments, SetAside
from pipeline.sources import read_json
from pipeline.work import Work, results

# In the order of the workflow: what one of them sets aside, those behind it do not see.
STAGES = ("segment", "ner", "frames", "events", "happenings", "tables", "evaluate", "report")
R = TypeVar("R")
N = TypeVar("N", Article, Segments)
A = TypeVar("A", Entity, Event)

# Articles that go to a process together.
LOT = 16


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


@dataclass(slots=True)
class Item:
    """An article's turn in a stage: its line of data/segments.jsonl, and of each file read along its lines. kept: its
    results are at hand from before."""

    article: str
    own: Lines
    beside: tuple[Lines, ...]
    kept: bool = field(default=False, compare=False)
    _record: Segments | None = field(default=None, compare=False, repr=False)
    _key: str | None = field(default=None, compare=False, repr=False)

    @property
    def record(self) -> Segments:
        """The article as it was segmented. Raises RecordError naming the line that is damaged."""
        if self._record is None:
            (self._record,) = self.own.records(Segments)
        return self._record

    @property
    def key(self) -> str:
        """A hash of all that the stage is told of the article; its text is in there by its own hash."""
        if self._key is None:
            self._key = sha256("\0".join(text for lines in (self.own, *self.beside) for text in (*lines.texts, "")))
        return self._key

    def __reduce__(self) -> tuple[Any, ...]:
        return Item, (self.article, self.own, self.beside)


def one_by_one(stage: str, work: Callable[[Item], Any]) -> Work[Item]:
    """Work on one article as work on a lot of them; what one of them fails with is its own result."""

    def done(items: Sequence[Item]) -> list[Any]:
        made: list[Any] = []
        for item in items:
            try:
                made.append(work(item))
            except Exception as error:
                made.append(as_told(stage, item.article, error))
        return made

    return done


def as_told(stage: str, article: str, error: Exception) -> Exception:
    """An error on one article as it is told: one of ours, and one of the system's, as it is, any other as an error of
    the stage that names both and the place in the code."""
    if isinstance(error, (OSError, PipelineError)):
        return error
    what = f"{stage} failed on it: {_described(error)}"
    return _caused(StageError(article, what, "Set ingest.on_bad_article to skip to go on without it"), error)


class Boundary:
    """What a stage does to one article after another, so that none of them can stop the others' results.

    With `ingest.on_bad_article: stop` an article's fault is raised as an error that names stage and article; with
    `skip` the article is set aside. What is nobody's fault alone (rules, model, a full disk) is raised either way.
    """

    def __init__(self, stage: str, workspace: Workspace, ingest: Ingest) -> None:
        self.stage, self.workspace = stage, workspace
        self.skips = ingest.on_bad_article == "skip"
        self.found: list[SetAside] = []
        self.gone: set[str] = set()
        if stage != STAGES[0]:
            collect(workspace)
            self.gone = earlier(workspace, stage)

    def segments(self) -> Iterator[Segments]:
        """The corpus's articles as they were segmented, without those that a stage before this one set aside."""
        for record in read_records(self.workspace.segments, Segments):
            if record.article not in self.gone:
                yield record

    def items(self, *beside: tuple[Path, type[BaseModel]]) -> Iterator[Item]:
        """The articles as `segments` gives them, each with its lines of the files read along, one after another.

        beside: files in the order of the corpus, and what their lines are. Raises RecordError where one of them has
        lines of an article that is not there.
        """
        files = [Following(path, kind, self.workspace.segments) for path, kind in beside]
        for article, own in runs(self.workspace.segments, Segments):
            parts = tuple(file.of(article) for file in files)
            if article not in self.gone:
                yield Item(article, own, parts)
        for file in files:
            file.close()

    def worked(
        self, items: Iterable[Item], make: Callable[[], Work[Item]], cache: Cache, lot: int = LOT
    ) -> Iterator[tuple[Item, Any]]:
        """Each article with what the stage's work makes of it, in order; one that fails is stopped at or set aside, as
        in `each`.

        make: builds the work, in each process once, and only where an article is not as it was when `cache` kept what
        was made of it, which is JSON and no null; lot: articles that go to a process together.
        """

        def known(item: Item) -> Any | None:
            made = cache.get(item.key)
            item.kept = made is not None
            if not item.kept:
                _ = item.record  # a damaged line is the file's fault and no article's
            return made

        for item, made in results(items, known, make, lot):
            if isinstance(made, Exception):
                self.fault(item.article, item.record.path, made)
                continue
            if not item.kept:
                cache.put(item.key, made)
            yield item, made

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
        error = as_told(self.stage, article, error)
        assert isinstance(error, PipelineError)
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


def _caused(new: StageError, error: Exception) -> StageError:
    new.__cause__ = error
    return new


def _described(error: Exception) -> str:
    """An unforeseen error on one line: its type, what it says, and the last place of ours that it passed."""
    said = " ".join(str(error).split())
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(__file__).parent in Path(frame.filename).parents]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in (ours or frames)[-1:]]
    return " ".join([type(error).__name__, *([f"({said[:200]})"] if said else []), *(f"at {p}" for p in places)])
