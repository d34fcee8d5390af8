"""Articles into stories, sections and sentences: data/segments.jsonl, and data/corpus.jsonl, the list of what there is;
what cannot be read or cut is set aside."""

from __future__ import annotations

import time

from tqdm import tqdm

from pipeline import arabic, records, segmentation
from pipeline.articles import blanked, keep_rows, read_articles
from pipeline.boundary import Boundary
from pipeline.cache import Cache, fingerprint
from pipeline.files import Workspace, sha256, write_records
from pipeline.params import Params
from pipeline.records import Article, Listed, Segments
from pipeline.segmentation.outlets import outlet_id
from pipeline.stages import stage_main


def run(workspace: Workspace, params: Params) -> str:
    """Read all articles first, so that an unreadable one stops the run before anything is written."""
    began = time.perf_counter()
    articles, unread = read_articles(workspace.sources, workspace.root, params.ingest)
    keep_rows(articles, workspace)
    boundary = Boundary("segment", workspace, params.ingest)
    boundary.found += unread
    code = fingerprint(segmentation, arabic, records)
    namespace = sha256(f"segment {code} {params.segment.model_dump_json()}")
    from_cache = 0

    def cut(article: Article) -> Segments:
        nonlocal from_cache
        key = f"{article.article} {article.path} {article.sha256}"
        kept = cache.get(key)
        if kept is not None:
            from_cache += 1
            return _as_its_row_says(Segments.model_validate(kept), article)
        made = segmentation.segment(article.model_copy(update={"text": blanked(article.text)}), params.segment)
        cache.put(key, made.model_dump(mode="json"))
        return _as_its_row_says(made, article)

    with Cache(workspace.cache / "segment.sqlite", namespace) as cache:
        shown = tqdm(articles, desc="segment", unit="article", disable=None, leave=False)
        segments = [made for _, made in boundary.each(shown, cut)]
    write_records(workspace.corpus, (Listed(article=s.article, path=s.path, sha256=s.sha256) for s in segments))
    write_records(workspace.segments, segments)
    boundary.close()
    stories = [story for record in segments for story in record.stories]
    return (
        f"segment: {len(segments)} articles, {len(stories)} stories, {sum(len(story.sentences) for story in stories)} "
        f"sentences, {len(boundary.found)} set aside, {from_cache} from cache, {time.perf_counter() - began:.1f} s"
    )


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
