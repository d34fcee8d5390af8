"""Sentences and entities into frame mentions: data/frames.jsonl."""

from __future__ import annotations

import time
from collections import Counter, defaultdict

import srsly
from tqdm import tqdm

from pipeline import actors, arabic, frames, records
from pipeline.articles import load_texts
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, read_records, sha256, write_records
from pipeline.frames.engine import Engine
from pipeline.params import Params
from pipeline.records import Entity, Event, Segments
from pipeline.stages import stage_main


def run(workspace: Workspace, params: Params) -> str:
    """Run the rules over every story; an article whose text, sentences and entities are as before is not read again."""
    began = time.perf_counter()
    segments = list(read_records(workspace.segments, Segments))
    texts = load_texts(segments, workspace)
    entities: dict[str, list[Entity]] = defaultdict(list)
    if params.frames.use_entities:
        for entity in read_records(workspace.entities, Entity):
            entities[entity.article].append(entity)
    engine = Engine.configured(params.frames)
    namespace = sha256(f"frames {fingerprint(actors, arabic, frames, records)} {params.frames.model_dump_json()}")
    found: list[Event] = []
    from_cache = 0
    with Cache(workspace.cache / "frames.sqlite", namespace) as cache:
        for record in tqdm(segments, desc="frames", unit="article", disable=None, leave=False):
            mine = entities[record.article]
            key = sha256(srsly.json_dumps([record.model_dump(mode="json"), [e.model_dump(mode="json") for e in mine]]))
            kept = cache.get(key)
            if kept is None:
                new = [
                    frame
                    for story in record.stories
                    for frame in engine.frames(record.article, texts[record.article], story, mine)
                ]
                cache.put(key, [frame.model_dump(mode="json", exclude_none=True) for frame in new])
            else:
                new = [Event.model_validate(frame) for frame in kept]
                from_cache += 1
            found += new
    write_records(workspace.frames, found)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(frame.type for frame in found).items()))
    return (
        f"frames: {len(found)} mentions ({kinds or 'none'}) in {len(segments)} articles, {from_cache} from cache, "
        f"{time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
