"""Articles into stories, sections and sentences: data/segments.jsonl; unreadable ones into data/set_aside.jsonl."""

from __future__ import annotations

import time

from tqdm import tqdm

from pipeline import arabic, records, segmentation
from pipeline.articles import read_articles
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256, write_records
from pipeline.params import Params
from pipeline.records import Segments
from pipeline.stages import stage_main


def run(workspace: Workspace, params: Params) -> str:
    """Read all articles first, so that an unreadable one stops the run before anything is written."""
    began = time.perf_counter()
    articles, set_aside = read_articles(workspace.sources, workspace.root, params.ingest)
    code = fingerprint(segmentation, arabic, records)
    namespace = f"segment {code} {params.segment.model_dump_json()}"
    segments = []
    from_cache = 0
    with Cache(workspace.cache / "segment.sqlite", sha256(namespace)) as cache:
        for article in tqdm(articles, desc="segment", unit="article", disable=None, leave=False):
            key = f"{article.article} {article.path} {article.sha256}"
            kept = cache.get(key)
            if kept is None:
                segments.append(segmentation.segment(article, params.segment))
                cache.put(key, segments[-1].model_dump(mode="json"))
            else:
                segments.append(Segments.model_validate(kept))
                from_cache += 1
    write_records(workspace.set_aside, set_aside)
    write_records(workspace.segments, segments)
    stories = [story for record in segments for story in record.stories]
    return (
        f"segment: {len(articles)} articles, {len(stories)} stories, {sum(len(story.sentences) for story in stories)} "
        f"sentences, {len(set_aside)} set aside, {from_cache} from cache, {time.perf_counter() - began:.1f} s"
    )


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
