"""Sentences and entities into frame mentions: data/frames.jsonl."""

from __future__ import annotations

import time
from collections import Counter
from functools import partial
from typing import Any

from tqdm import tqdm

from pipeline import actors, arabic, checking, frames, reading, records
from pipeline.articles import load_text
from pipeline.boundary import Boundary, Item, one_by_one
from pipeline.cache import Cache, fingerprint
from pipeline.checking import by_slot
from pipeline.files import Workspace, sha256, write_json
from pipeline.frames.engine import Engine
from pipeline.frames.story import seams
from pipeline.lines import lines, replacing
from pipeline.params import Frames, Params
from pipeline.reading import read_mentions
from pipeline.records import Dropped, Entity
from pipeline.stages import stage_main
from pipeline.work import Work


def run(workspace: Workspace, params: Params) -> str:
    """Run the rules over every story; an article whose text, sentences and entities are as before is not read again."""
    began = time.perf_counter()
    code = fingerprint(actors, arabic, checking, frames, reading, records)
    namespace = sha256(f"frames {code} {params.frames.model_dump_json()}")
    boundary = Boundary("frames", workspace, params.ingest)
    beside = [(workspace.entities, Entity)] if params.frames.use_entities else []
    articles = from_cache = cuts = 0
    kinds: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    with (
        Cache(workspace.cache / "frames.sqlite", namespace) as cache,
        replacing(workspace.frames) as found,
        replacing(workspace.dropped) as left_out,
    ):
        shown = tqdm(boundary.items(*beside), desc="frames", unit=" articles", disable=None, leave=False)
        for item, made in boundary.worked(shown, partial(_work, workspace, params.frames), cache):
            articles += 1
            from_cache += item.kept
            cuts += made["cuts"]
            found.write(made["frames"])
            left_out.write(made["dropped"])
            kinds.update(made["kinds"])
            dropped.update(made["slots"])
    counts = {"mentions": kinds.total(), "fillers_dropped": dropped.total(), "sentences_cut": cuts}
    write_json(workspace.out / "frames.json", counts)
    told = boundary.close()
    by_kind = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    left = f"{dropped.total()} fillers dropped that cannot be ({by_slot(dropped)}), " if dropped else ""
    left += f"{cuts} cuts in sentences too long to be read at once, " if cuts else ""
    return (
        f"frames: {kinds.total()} mentions ({by_kind or 'none'}) in {articles} articles{told}, {from_cache} from "
        f"cache, {left}{time.perf_counter() - began:.1f} s"
    )


def _work(workspace: Workspace, params: Frames) -> Work[Item]:
    """What reads articles: each into its lines of frames.jsonl and dropped.jsonl, and how many of what they are."""
    engine = Engine.configured(params)

    def read(item: Item) -> dict[str, Any]:
        entities = [entity for beside in item.beside for entity in beside.records(Entity)]
        wrong: list[Dropped] = []
        text = load_text(item.record, workspace)
        found = read_mentions(engine, item.record, text, entities, wrong)
        return {
            "frames": lines(found),
            "dropped": lines(wrong),
            "cuts": sum(seams.cuts(text, story) for story in item.record.stories),
            "kinds": Counter(frame.type for frame in found),
            "slots": Counter(f"{one.type}.{one.slot}" for one in wrong),
        }

    return one_by_one("frames", read)


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
