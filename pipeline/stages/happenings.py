"""Events of all articles into happenings, held against the UN's record: data/happenings.jsonl, .csv and .parquet."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from pipeline import actors, arabic, happenings, records
from pipeline.articles import load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256, write_records
from pipeline.happenings.assemble import assemble
from pipeline.happenings.clustering import cluster
from pipeline.happenings.records import Happening
from pipeline.happenings.tables import write_csv, write_parquet
from pipeline.happenings.tellings import Telling, pack, tellings, unpack
from pipeline.params import Params
from pipeline.record.matching import Matcher
from pipeline.record.reference import Reference, load_reference
from pipeline.records import Event
from pipeline.stages import stage_main
from pipeline.work import Work


def run(workspace: Workspace, params: Params) -> str:
    """Group the events, hold them against the record and write all three forms.

    An article that is as before is not read again. Without the record's folder, as outside of the project, happenings
    are written without it.
    """
    began = time.perf_counter()
    reference = load_reference(workspace.reference) if workspace.reference.is_dir() else None
    told, from_cache, aside = _tellings(workspace, params)
    found = group(told, reference, params)
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
        f"happenings: {len(found)} ({types}) from {len(told)} events, {shared} told by several articles, "
        f"{from_cache} articles from cache{aside}; record: {record}, "
        f"{time.perf_counter() - began:.1f} s"
    )


def group(told: Sequence[Telling], reference: Reference | None, params: Params) -> list[Happening]:
    """The happenings of tellings, in the order of their first event."""
    rarity = (reference or Reference([])).rarity
    groups = cluster(told, rarity, params.happenings.evidence, params.happenings.call_days)
    return list(assemble(told, groups, Matcher(reference) if reference else None))


def _tellings(workspace: Workspace, params: Params) -> tuple[list[Telling], int, str]:
    """What every article tells, in the order of the articles, how many articles were kept from before, and what was
    set aside."""
    namespace = sha256(f"happenings {fingerprint(actors, arabic, happenings, records)} {params.happenings.news_days}")
    boundary = Boundary("happenings", workspace, params.ingest)
    items = (item for item in boundary.items((workspace.events, Event)) if item.beside[0].texts)
    found: list[Telling] = []
    from_cache = 0
    with Cache(workspace.cache / "happenings.sqlite", namespace) as cache:
        for item, told in boundary.worked(items, partial(_work, workspace, params.happenings.news_days), cache):
            from_cache += item.kept
            found += map(unpack, told)
    return found, from_cache, boundary.close()


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
