"""Events of all articles into happenings, held against the UN's record: data/happenings.jsonl, .csv and .parquet."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from pipeline import actors, arabic, happenings, record, records
from pipeline.articles import load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256, write_records
from pipeline.happenings.assemble import assemble
from pipeline.happenings.clustering import KeptBlocks, cluster
from pipeline.happenings.records import Happening
from pipeline.happenings.tables import write_csv, write_parquet
from pipeline.happenings.tellings import Telling, pack, tellings, unpack
from pipeline.params import Params
from pipeline.record.answers import Answers, Kept
from pipeline.record.reference import Reference, load_reference
from pipeline.records import Event
from pipeline.stages import stage_main
from pipeline.tables import dating
from pipeline.work import Work


def run(workspace: Workspace, params: Params) -> str:
    """Group the events, hold them against the record and write all three forms.

    An article that is as before is not read again. Without the record's folder, as outside of the project, happenings
    are written without it.
    """
    began = time.perf_counter()
    reference = _reference(workspace.reference) if workspace.reference.is_dir() else None
    found, told, from_cache, aside = _found(workspace, params, reference)
    write_records(workspace.happenings, found)
    write_csv(workspace.out / "happenings.csv", found)
    write_parquet(workspace.out / "happenings.parquet", found)
    kinds = Counter(happening.type for happening in found)
    types = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "none"
    shared = sum(happening.articles > 1 for happening in found)
    answers = Counter(happening.record.status for happening in found if happening.record)
    record = ", ".join(f"{count} {status}" for status, count in sorted(answers.items())) or "nothing to match"
    if reference is None:
        record = f"none at {workspace.reference}"
    return (
        f"happenings: {len(found)} ({types}) from {told} events, {shared} told by several articles, "
        f"{from_cache} articles from cache{aside}; record: {record}, "
        f"{time.perf_counter() - began:.1f} s"
    )


def _reference(folder: Path) -> tuple[str, Callable[[], Reference]]:
    """A hash of the record's files, and what reads them where somebody asks."""
    digest = sha256("".join(f"{path.name} {sha256(path.read_bytes())}" for path in sorted(folder.glob("*.csv"))))

    @lru_cache(maxsize=1)
    def load() -> Reference:
        return load_reference(folder)

    return digest, load


def _found(
    workspace: Workspace, params: Params, reference: tuple[str, Callable[[], Reference]] | None
) -> tuple[list[Happening], int, int, str]:
    """The happenings in the order of their first event, how many events tell of them, how many articles were kept from
    before, and what was set aside."""
    code = fingerprint(actors, arabic, dating, happenings, records)
    boundary = Boundary("happenings", workspace, params.ingest)
    items = (item for item in boundary.items((workspace.events, Event)) if item.beside[0].texts)
    told: list[Telling] = []
    digests: list[str] = []
    from_cache = 0
    namespace = sha256(f"happenings {code} {params.happenings.news_days}")
    path = workspace.cache / "happenings.sqlite"
    with Cache(path, namespace) as cache:
        for item, made in boundary.worked(items, partial(_work, workspace, params.happenings.news_days), cache):
            from_cache += item.kept
            digests += [f"{item.key} {number}" for number in range(len(made))]
            told += map(unpack, made)
    digest, load = reference or ("", lambda: Reference([]))
    compared = f"{namespace} {fingerprint(record)} {digest}"
    with (
        Cache(path, sha256(f"blocks {compared} {params.happenings.model_dump_json()}")) as parted,
        Cache(path, sha256(f"record {compared}")) as answers,
    ):
        evidence, days = params.happenings.evidence, params.happenings.call_days
        groups = cluster(told, lambda: load().rarity, evidence, days, KeptBlocks(parted, digests))
        asked = Kept(answers, partial(_matcher, load)) if reference else None
        return list(assemble(told, groups, asked)), len(told), from_cache, boundary.close()


def _matcher(load: Callable[[], Reference]) -> Answers:
    """What holds happenings against the record."""
    from pipeline.record.matching import Matcher

    return Matcher(load())


def _work(workspace: Workspace, news_days: int) -> Work[Item]:
    """What reads the events of articles: each into what it tells."""

    def read(item: Item) -> list[Any]:
        text = load_text(item.record, workspace)
        return [pack(one) for one in tellings(item.record, item.beside[0].records(Event), text, news_days)]

    return one_by_one("happenings", read)


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
