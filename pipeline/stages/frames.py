"""Sentences and entities into frame mentions: data/frames.jsonl."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

import srsly
from tqdm import tqdm

from pipeline import actors, arabic, checking, frames, reading, records
from pipeline.articles import load_text
from pipeline.boundary import Boundary, by_article
from pipeline.cache import Cache, fingerprint
from pipeline.checking import by_slot
from pipeline.files import Workspace, sha256, write_json, write_records
from pipeline.frames.engine import Engine
from pipeline.frames.story import seams
from pipeline.params import Params
from pipeline.reading import read_mentions
from pipeline.records import Dropped, Entity, Event, Record, Segments
from pipeline.stages import stage_main


def run(workspace: Workspace, params: Params) -> str:
    """Run the rules over every story; an article whose text, sentences and entities are as before is not read again."""
    began = time.perf_counter()
    entities = by_article(workspace.entities, Entity, workspace) if params.frames.use_entities else {}
    engine = Engine.configured(params.frames)
    code = fingerprint(actors, arabic, checking, frames, reading, records)
    namespace = sha256(f"frames {code} {params.frames.model_dump_json()}")
    boundary = Boundary("frames", workspace, params.ingest)
    articles = from_cache = 0
    found: list[Event] = []
    dropped: list[Dropped] = []
    cut = 0

    def read(record: Segments) -> tuple[list[Event], list[Dropped], int]:
        nonlocal from_cache
        mine = entities.get(record.article, [])
        key = sha256(srsly.json_dumps([record.model_dump(mode="json"), [e.model_dump(mode="json") for e in mine]]))
        kept = cache.get(key)
        if kept is not None:
            from_cache += 1
            mentions, left, cuts = kept
            return [Event.model_validate(one) for one in mentions], [Dropped.model_validate(one) for one in left], cuts
        wrong: list[Dropped] = []
        text = load_text(record, workspace)
        new = read_mentions(engine, record, text, mine, wrong)
        cuts = sum(seams.cuts(text, story) for story in record.stories)
        cache.put(key, [_plain(new), _plain(wrong), cuts])
        return new, wrong, cuts

    with Cache(workspace.cache / "frames.sqlite", namespace) as cache:
        shown = tqdm(list(boundary.segments()), desc="frames", unit="article", disable=None, leave=False)
        for _, (new, wrong, cuts) in boundary.each(shown, read):
            articles += 1
            cut += cuts
            found += new
            dropped += wrong
    write_records(workspace.frames, found)
    write_records(workspace.dropped, dropped)
    counts = {"mentions": len(found), "fillers_dropped": len(dropped), "sentences_cut": cut}
    write_json(workspace.out / "frames.json", counts)
    told = boundary.close()
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(frame.type for frame in found).items()))
    left = f"{len(dropped)} fillers dropped that cannot be ({by_slot(dropped)}), " if dropped else ""
    left += f"{cut} cuts in sentences too long to be read at once, " if cut else ""
    return (
        f"frames: {len(found)} mentions ({kinds or 'none'}) in {articles} articles{told}, {from_cache} from cache, "
        f"{left}{time.perf_counter() - began:.1f} s"
    )


def _plain(records: Iterable[Record]) -> list[dict[str, object]]:
    return [record.model_dump(mode="json", exclude_none=True) for record in records]


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
