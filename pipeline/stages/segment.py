"""Articles into stories, sections and sentences: data/segments.jsonl, and data/corpus.jsonl, the list of what there is;
what cannot be read or cut is set aside."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from pipeline import arabic, records, segmentation
from pipeline.articles import Found, blanked, find_articles, kept_rows, read_found
from pipeline.boundary import LOT, Boundary, as_told
from pipeline.cache import Cache, fingerprint
from pipeline.errors import ArticleError
from pipeline.files import Workspace, sha256
from pipeline.lines import line, replacing
from pipeline.params import Params, Segment
from pipeline.records import Article, Listed, Segments, SetAside
from pipeline.segmentation.outlets import outlet_id
from pipeline.stages import stage_main
from pipeline.work import Work, results

# A file that was written to so shortly before may be written to again without a change of its times.
_FRESH_NS = 2_000_000_000


@dataclass(slots=True)
class _Task:
    """An article to cut. article: what was read, where that was needed; seen: what the file system says of its file,
    which changes with every writing; None of a row, and of a file too fresh to tell."""

    found: Found
    article: Article | None = None
    seen: str | None = None
    kept: bool = False


def run(workspace: Workspace, params: Params) -> str:
    """Cut every article. A file whose size and times are those of the last run is not read again; the files are put in
    place at the end, so that an article that stops the run leaves them as they were."""
    began = time.perf_counter()
    boundary = Boundary("segment", workspace, params.ingest)
    code = fingerprint(segmentation, arabic, records)
    namespace = sha256(f"segment {code} {params.segment.model_dump_json()}")
    articles = stories = sentences = from_cache = 0
    unread: list[SetAside] = []
    ingest = params.ingest
    there = find_articles(workspace.sources, workspace.root, ingest.columns, ingest.max_megabytes)
    first = list(islice(there, 1))  # where there is nothing to read, nothing is written either
    with ExitStack() as stack:
        cut = stack.enter_context(Cache(workspace.cache / "segment.sqlite", namespace))
        hashes = stack.enter_context(Cache(workspace.cache / "segment.sqlite", "files"))
        corpus = stack.enter_context(replacing(workspace.corpus))
        file = stack.enter_context(replacing(workspace.segments))
        rows: Cache | None = None

        def known(task: _Task) -> Any | None:
            found = task.found
            digest = hashes.get(task.seen) if task.seen else None
            made = cut.get(_key(found, digest)) if digest else None
            if made is None:
                try:
                    task.article = read_found(found, workspace.root, params.ingest.max_megabytes)
                except ArticleError as error:
                    return error
                made = cut.get(_key(found, task.article.sha256))
                if task.seen:
                    hashes.put(task.seen, task.article.sha256)
            task.kept = made is not None
            return made

        shown = tqdm(chain(first, there), desc="segment", unit=" articles", disable=None, leave=False)
        tasks = (_Task(found, seen=None if found.article or found.error else _seen(found)) for found in shown)
        for task, made in results(tasks, known, partial(_work, params.segment), LOT):
            found = task.found
            if isinstance(made, Exception):
                boundary.fault(found.name, found.place, made)
                if isinstance(made, ArticleError):
                    unread.append(boundary.found.pop())
                continue
            if found.article:
                if rows is None:
                    rows = stack.enter_context(kept_rows(workspace))
                if rows.get(found.article.sha256) is None:
                    rows.put(found.article.sha256, found.article.text)
            if not task.kept:
                cut.put(_key(found, made["sha256"]), made)
            articles += 1
            from_cache += task.kept
            stories += made["stories"]
            sentences += made["sentences"]
            corpus.write(made["listed"])
            file.write(made["segments"])
    boundary.found = unread + boundary.found
    boundary.close()
    return (
        f"segment: {articles} articles, {stories} stories, {sentences} sentences, {len(boundary.found)} set aside, "
        f"{from_cache} from cache, {time.perf_counter() - began:.1f} s"
    )


def _work(params: Segment) -> Work[_Task]:
    """What cuts articles: each into its lines, its hash, and how many stories and sentences it has."""

    def made(article: Article) -> dict[str, Any]:
        blank = article.model_copy(update={"text": blanked(article.text)})
        record = _as_its_row_says(segmentation.segment(blank, params), article)
        listed = Listed(article=record.article, path=record.path, sha256=record.sha256)
        return {
            "sha256": record.sha256,
            "listed": line(listed),
            "segments": line(record),
            "stories": len(record.stories),
            "sentences": sum(len(story.sentences) for story in record.stories),
        }

    def work(tasks: Sequence[_Task]) -> list[Any]:
        done: list[Any] = []
        for task in tasks:
            assert task.article is not None
            try:
                done.append(made(task.article))
            except Exception as error:
                done.append(as_told("segment", task.found.name, error))
        return done

    return work


def _key(found: Found, digest: str) -> str:
    """What an article's lines depend on: its name, its place, its text, and what its row says of it."""
    told = found.article.model_dump_json(exclude={"text"}) if found.article else ""
    return f"{found.name} {found.place} {digest} {told}"


def _seen(found: Found) -> str | None:
    """What tells that a file is as it was, without its content: its place, size, node and times. None where it was
    written to a moment ago, or cannot be asked."""
    try:
        stat = os.stat(found.path)
    except OSError:
        return None
    if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) < _FRESH_NS:
        return None
    return f"{Path(found.path).absolute()} {stat.st_size} {stat.st_ino} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def _as_its_row_says(made: Segments, article: Article) -> Segments:
    """The segments with what the article's row says of it, which wins over what the page says of its first story; any
    further story on the page is another one, with its own day and outlet."""
    first = made.stories[0] if made.stories else None
    if first is not None:
        first.title = article.title or first.title
        first.published = article.published or first.published
        if article.outlet:
            first.outlet, first.outlet_id = article.outlet, outlet_id(article.outlet)
    made.source = article.source
    return made


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
