"""The happenings of one block of reports, by average linkage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from pipeline.happenings.likeness import likeness, load_weights
from pipeline.happenings.tellings import Telling
from pipeline.record.reference import Rarity

# Bits that keep a pair apart for good, however many others join them.
_NEVER = 1e6


def within(
    tellings: Sequence[Telling],
    block: Sequence[int],
    texts: Mapping[int, int],
    rarity: Rarity,
    evidence: float,
    days: int,
) -> list[list[int]]:
    """The happenings of one block. texts: for each index the text that it is of, -1 where that is not known; the rest
    as in `cluster`. Reports that say the same are compared once, if what they say tells them apart from
    others: two reports of a unanimous vote and nothing else need not be of one."""

    def compared() -> NDArray[np.float64]:
        bits = likeness([tellings[group[0]] for group in groups], rarity, days).astype(np.float64)
        return bits + _by_text(np.array([texts[group[0]] for group in groups]))

    groups = _alike(tellings, block, texts)
    bits = compared()
    vague = [row for row, group in enumerate(groups) if len(group) > 1 and bits[row, row] < evidence]
    if vague:
        groups = [
            part for row, group in enumerate(groups) for part in ([[i] for i in group] if row in vague else [group])
        ]
        bits = compared()
    if len(groups) == 1:
        return groups
    bits[bits <= load_weights()["never"] / 2] = -_NEVER
    _keep_stories_apart(tellings, groups, bits)
    np.fill_diagonal(bits, bits.max())
    distance = bits.max() - bits
    tree = linkage(squareform(distance, checks=False), method="average")
    labels = fcluster(tree, t=bits.max() - evidence, criterion="distance")
    found: dict[int, list[int]] = defaultdict(list)
    for group, label in zip(groups, labels, strict=True):
        found[int(label)] += group
    return list(found.values())


def _by_text(texts: NDArray[np.int64]) -> NDArray[np.float64]:
    """What it says of two tallies that the texts they are of fell by one veto, or by two."""
    told = (texts >= 0)[:, None] & (texts >= 0)[None, :]
    weights = load_weights()["text"]
    return np.where(told, np.where(texts[:, None] == texts[None, :], weights["same"], weights["apart"]), 0.0)


def _alike(tellings: Sequence[Telling], block: Sequence[int], texts: Mapping[int, int]) -> list[list[int]]:
    """Reports of one signature, but for those of one story, which are two happenings."""
    groups: dict[object, list[int]] = {}
    stories: dict[object, set[tuple[str, int]]] = defaultdict(set)
    for index in block:
        telling = tellings[index]
        story = (telling.article, telling.story)
        key: object = (telling.signature, texts[index])
        if telling.type != "ceasefire_call" and story in stories[key]:
            key = (telling.signature, texts[index], index)
        stories[key].add(story)
        groups.setdefault(key, []).append(index)
    return list(groups.values())


def _keep_stories_apart(
    tellings: Sequence[Telling], groups: Sequence[Sequence[int]], bits: NDArray[np.float64]
) -> None:
    """Two vetoes or two tallies of one story are two happenings: the events stage has merged what was one."""
    if tellings[groups[0][0]].type == "ceasefire_call":
        return
    stories: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row, group in enumerate(groups):
        for index in group:
            stories[tellings[index].article, tellings[index].story].append(row)
    for rows in stories.values():
        if len(rows) > 1:
            bits[np.ix_(rows, rows)] = -_NEVER
