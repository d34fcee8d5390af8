"""Reports into happenings: blocks by type, class, doers and days, then average linkage within each.

Group-average linkage is what cross-document event coreference is usually clustered by: a report that says little may
join those it agrees with, although it says nothing of what another of them adds, and it does not chain two happenings
together as it would with single linkage. A pair that cannot be one happening is so far apart that no average bridges
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from pipeline.happenings.likeness import likeness, load_weights
from pipeline.happenings.tellings import Telling
from pipeline.record.reference import Rarity

# Reports in one block beyond which those that are not dated are left to themselves, so that the work stays bounded.
LARGEST_BLOCK = 4000
# Bits that keep a pair apart for good, however many others join them.
_NEVER = 1e6
# Days between two dated reports beyond which they are not in one block by their days.
_SLACK = 8


def cluster(tellings: Sequence[Telling], rarity: Rarity, evidence: float, days: int) -> list[list[int]]:
    """Indices of tellings, a list a happening: members in order, lists in the order of their first member.

    evidence: bits that two groups must have on average, the prior counted in, to be one; days: as in `likeness`.
    Tallies come after vetoes: that the texts they are of fell by one veto, or by two, is known by then.
    """
    found: list[list[int]] = []
    of_text: dict[str, int] = {}
    for block in sorted(blocks(tellings), key=lambda block: tellings[block[0]].type == "vote_tally"):
        for group in _within(tellings, block, of_text, rarity, evidence, days):
            of_text |= {tellings[index].event: len(found) for index in group if tellings[index].type == "veto"}
            found.append(group)
    return sorted((sorted(group) for group in found), key=lambda group: group[0])


def blocks(tellings: Sequence[Telling]) -> list[list[int]]:
    """Groups outside of which nothing needs to be compared: one type and class, and doers in common."""
    families: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        families[telling.family].append(index)
    found: list[list[int]] = []
    for _, members in sorted(families.items()):
        for block in _by_doers(tellings, members):
            found += [block] if len(block) <= LARGEST_BLOCK else _by_days(tellings, block)
    return found


def _by_doers(tellings: Sequence[Telling], members: Sequence[int]) -> list[list[int]]:
    """Those that share a doer, directly or through others; a tally by an unknown body goes with all of its family."""
    unknown = any(not tellings[index].doers for index in members)
    if unknown:
        return [list(members)]
    owner: dict[str, int] = {}
    pairs = [(row, owner.setdefault(doer, row)) for row, i in enumerate(members) for doer in sorted(tellings[i].doers)]
    return [[members[row] for row in rows] for rows in _components(len(members), pairs)]


def _by_days(tellings: Sequence[Telling], block: Sequence[int]) -> list[list[int]]:
    """A large block cut where no report's range of days reaches over, those without a day apart."""
    dated = sorted(
        (i for i in block if tellings[i].when.bounded and tellings[i].when.last - tellings[i].when.first <= 31),
        key=lambda i: (tellings[i].when.first, i),
    )
    pieces: list[list[int]] = []
    reach = None
    for index in dated:
        when = tellings[index].when
        if reach is None or when.first > reach + _SLACK:
            pieces.append([])
        pieces[-1].append(index)
        reach = when.last if reach is None else max(reach, when.last)
    rest = sorted(set(block) - set(dated))
    return [*pieces, *(rest[i : i + LARGEST_BLOCK] for i in range(0, len(rest), LARGEST_BLOCK))]


def _components(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    rows, columns = zip(*pairs, strict=True)
    graph = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    found: dict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(labels):
        found[int(label)].append(index)
    return list(found.values())


def _within(
    tellings: Sequence[Telling],
    block: Sequence[int],
    of_text: Mapping[str, int],
    rarity: Rarity,
    evidence: float,
    days: int,
) -> list[list[int]]:
    """The happenings of one block. Reports that say the same are compared once, if what they say tells them apart from
    others: two reports of a unanimous vote and nothing else need not be of one."""
    texts = {index: of_text.get(tellings[index].linked, -1) for index in block}

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
