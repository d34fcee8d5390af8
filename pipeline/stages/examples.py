"""The examples stage: data/gold and the texts it labels → data/training.jsonl, from which `train` learns.

A stage of its own, so that an article without labels, or labels of a split that training does not look at, train
nothing anew: this file is then the same to the byte.
"""

from __future__ import annotations

import time
from collections import Counter

from pipeline.articles import article_texts
from pipeline.boundary import listed
from pipeline.files import Workspace, write_records
from pipeline.gold.read import gold_files, read_gold
from pipeline.params import Params
from pipeline.stages import stage_main
from pipeline.tagger.data import examples


def run(workspace: Workspace, params: Params) -> str:
    """Write the stories of `train.fit_on` and `train.stop_on`; returns a line with how many. Raises GoldError for gold
    that `gold check` finds wrong, of whatever split."""
    started = time.perf_counter()
    texts = article_texts(workspace)
    aside = {record.article for record in listed(workspace) if record.stage == "segment"} - texts.keys()
    labelled = [path.stem for path in gold_files(workspace.gold)]
    gold = read_gold(workspace.gold, texts, only=[name for name in labelled if name not in aside])
    left_out = sum(name in aside for name in labelled)
    wanted = {*params.train.fit_on, *params.train.stop_on}
    found = list(examples((article for article in gold if article.split in wanted), texts))
    write_records(workspace.training, found)
    sentences = Counter[str]()
    for example in found:
        sentences[example.split] += len(example.sentences)
    told = ", ".join(f"{count} of {split}" for split, count in sorted(sentences.items())) or "none"
    told += f"; gold of articles set aside: {left_out}" if left_out else ""
    return f"examples: {len(found)} labelled stories, sentences: {told}; {time.perf_counter() - started:.1f} s"


def main() -> None:
    stage_main(run)


if __name__ == "__main__":
    main()
