"""What a stage holds in memory does not grow with the corpus: records pass through it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache
from pipeline.files import Workspace
from pipeline.lines import line, lines, replacing
from pipeline.params import Ingest, Params
from pipeline.records import Entity, Event, Mention, Section, Segments, Sentence, Story
from pipeline.stages import events, segment
from pipeline.tables.spool import spool
from pipeline.tables.spreadsheet import names, safe_rows, write_rows

FEW, MANY = 600, 1800
TEXT = "استخدمت روسيا حق النقض في مجلس الأمن ضد مشروع قرار نرويجي.\n"


def article(number: int) -> Segments:
    sentences = [Sentence(id=f"{number:06}-1-{n}", section="body", start=n, end=n + 9) for n in range(1, 20)]
    story = Story(story=1, title="عنوان", sections=[Section(kind="body", start=0, end=60)], sentences=sentences)
    return Segments(article=f"{number:06}", path=f"{number:06}.txt", sha256="0" * 64, stories=[story])


def entities(number: int) -> str:
    name = f"{number:06}"
    one = Entity(article=name, sentence=f"{name}-1-1", label="LOC", start=1, end=5, core=(1, 5))
    return line(one) * 10


def veto(number: int) -> Event:
    mention = Mention(sentence=f"{number:06}-1-1", start=0, end=20, trigger=(0, 4), rule="veto.x")
    return Event(
        id=f"{number:06}-veto-0", type="veto", article=f"{number:06}", story=1, modality="actual", slots={},
        mentions=[mention],
    )  # fmt: skip


def through_a_boundary(workspace: Workspace, number: int) -> None:
    """Articles and their entities read along, worked on, kept and written."""
    with replacing(workspace.segments) as file, replacing(workspace.entities) as beside:
        for one in range(number):
            file.write(line(article(one)))
            beside.write(entities(one))
    boundary = Boundary("frames", workspace, Ingest())

    def work(item: Item) -> dict[str, str]:
        return {"made": lines(entity for part in item.beside for entity in part.records(Entity))}

    for kept in (False, True):
        with Cache(workspace.cache / "frames.sqlite", "x") as cache, replacing(workspace.frames) as out:
            items = boundary.items((workspace.entities, Entity))
            for item, made in boundary.worked(items, lambda: one_by_one("frames", work), cache):
                assert item.kept is kept
                out.write(made["made"])


def through_a_table(workspace: Workspace, number: int) -> None:
    """Rows of a table whose columns are known at its end."""
    with spool(workspace.out) as rows:
        for one in range(number):
            made = safe_rows([veto(one)], {f"{one:06}": TEXT}, [article(one)])
            rows.write("".join(json.dumps(row) + "\n" for row in made))
        write_rows(workspace.out / "events.csv", names([veto(0)]), map(json.loads, rows))


@pytest.mark.parametrize("work", [through_a_boundary, through_a_table])
def test_memory_is_the_same_for_three_times_the_articles(
    work: Callable[[Workspace, int], None], tmp_path: Path
) -> None:
    def peak(name: str, number: int) -> int:
        workspace = Workspace.project(tmp_path / name)
        tracemalloc.start()
        try:
            work(workspace, number)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak("first", 50)  # what is loaded once is no article's
    few, many = peak("few", FEW), peak("many", MANY)
    assert many < few * 1.3, f"{few:,} bytes for {FEW} articles, {many:,} for {MANY}"


@pytest.mark.slow
def test_whole_stages_hold_a_few_hundred_bytes_an_article(tmp_path: Path) -> None:
    """The names and places of files, which are put in order before the first is read, are all that grows."""

    def peak(name: str, number: int) -> int:
        workspace = Workspace.project(tmp_path / name)
        (tmp_path / name / "seeds").mkdir(parents=True)
        for one in range(number):
            (tmp_path / name / "seeds" / f"{one:06}.txt").write_text(f"{one} {TEXT}", encoding="utf-8")
        tracemalloc.start()
        try:
            segment.run(workspace, Params())
            (workspace.frames).write_text("".join(line(veto(one)) for one in range(number)), encoding="utf-8")
            events.run(workspace, Params())
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak("first", 50)
    few, many = peak("few", FEW), peak("many", MANY)
    assert (many - few) / (MANY - FEW) < 2500, f"{few:,} bytes for {FEW} articles, {many:,} for {MANY}"
