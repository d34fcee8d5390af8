"""What `extract` does: the stages over a folder of the caller's, their files put in place together at the end."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.boundary import counted, listed
from pipeline.corpus import shown, table_kind
from pipeline.errors import ArticleError
from pipeline.files import Workspace, read_records
from pipeline.params import Params
from pipeline.publishing import publishing
from pipeline.records import Listed
from pipeline.work import using

STAGES = ("segment", "ner", "frames", "events", "happenings", "tables", "report")


def extract_folder(
    folder: Path,
    out: Path,
    model: str,
    params: Params,
    *,
    registry: Path | None = None,
    page: bool = True,
    workers: int | None = None,
    partitions: int | None = None,
) -> Iterator[str]:
    """Run the stages on the articles of `folder`, which may be a table of them (rows.py), and put what they write into
    `out`: all of it or, where one of them fails, nothing. Yields the line of each stage as it ends, and a last one on
    what was set aside.

    model: a tagger's folder, or a name of `registry`; page: whether report/index.html is made too; workers: processes
    that share the articles, the same bytes for any number; None leaves it to the environment (work.py); partitions: how
    many parts events.parquet is written in besides (tables/partitions.py). Raises ArticleError where there is no folder
    or nothing in it, ModelError where there is no such model, OutputError where `out` is in use or cannot be written.
    """
    layout = layout_of(folder, out)
    with publishing(out) as beside:
        workspace = replace(layout, out=beside, model=Path(model))
        for name in STAGES if page else STAGES[:-1]:
            # A stage is imported when its turn comes, so that bad input is told before the tagger's libraries load.
            if name == "ner":
                workspace = replace(workspace, model=_tagger(model, registry))
            # The report's further lines are for a project: they name a page that has yet to take its place.
            stage = importlib.import_module(f"pipeline.stages.{name}")
            with using(workers):
                told = stage.run(workspace, params)
            yield told.split("\n")[0]
        if partitions:
            from pipeline.tables.partitions import write_partitions

            write_partitions(beside / "events.parquet", beside, partitions)
        told = _told(workspace, out)
        shutil.rmtree(beside / "set_aside")  # what each stage set aside stands in set_aside.jsonl
    yield told


def layout_of(folder: Path, out: Path) -> Workspace:
    """Where things lie of articles in `folder`, or of a table of them, whose results are in `out`. Raises ArticleError
    where it is neither."""
    single = folder.is_file() and table_kind(folder) is not None
    if not folder.is_dir() and not single:
        what = "is neither a folder nor a table of articles"
        raise ArticleError(shown(folder), what, "Name the folder that holds the .txt files, or a table")
    return Workspace(
        root=folder.parent if single else folder,
        sources=(folder,),
        out=out,
        model=Path("mini"),
        gold=out / "gold",
        cache=out / ".cache",
    )


def _tagger(model: str, registry: Path | None) -> Path:
    """The tagger's folder."""
    from pipeline.tagger.named import model_folder  # imports torch, which takes seconds

    return model_folder(model, registry)


def _told(workspace: Workspace, out: Path) -> str:
    """The last line: how many articles went in, how many of them were set aside, where, and where that is told."""
    aside = listed(workspace)
    taken = sum(1 for _ in read_records(workspace.corpus, Listed))
    counts = counted(aside)
    read = taken + counts.get("segment", 0)
    if not aside:
        return f"extract: {read} articles, none set aside; the results are in {out}"
    by_stage = ", ".join(f"{count} by {stage}" for stage, count in counts.items())
    return (
        f"extract: {read} articles, {len(aside)} of them set aside ({by_stage}), with the reasons in "
        f"{out / workspace.set_aside.name}; the results are in {out}"
    )
