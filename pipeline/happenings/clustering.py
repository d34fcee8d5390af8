"""Reports into happenings: blocks by type, class, doers and days, then average linkage within each.

Group-average linkage is what cross-document event coreference is usually clustered by: a report that says little may
join those it agrees with, although it says nothing of what another of them adds, and it does not chain two happenings
together as it would with single linkage. A pair that cannot be one happening is so far apart that no average bridges
it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cache import Cache
from pipeline.files import sha256
from pipeline.happenings.tellings import Telling
from pipeline.record.reference import Rarity

# Reports in one block beyond which those that are not dated are left to themselves, so that the work stays bounded.
LARGEST_BLOCK = 4000
# Days between two dated reports beyond which they are not in one block by their days.
_SLACK = 8


@dataclass(frozen=True, slots=True)
class KeptBlocks:
    """Blocks that were parted before. digests: what each telling says, in short; the namespace of the cache has to tell
    the code, the parameters and what rarity is counted from."""

    cache: Cache
    digests: Sequence[str]

    def key(self, block: Sequence[int], texts: Mapping[int, int]) -> str:
        """All that the happenings of a block depend on: which texts are one counts, not their numbers."""
        numbers: dict[int, int] = {-1: -1}
        own = [numbers.setdefault(texts[index], len(numbers)) for index in block]
        return sha256(json.dumps([[self.digests[index] for index in block], own]))


def cluster(
    tellings: Sequence[Telling],
    rarity: Rarity | Callable[[], Rarity],
    evidence: float,
    days: int,
    kept: KeptBlocks | None = None,
) -> list[list[int]]:
    """Indices of tellings, a list a happening: members in order, lists in the order of their first member.

    rarity: what agreement says, or what loads it where a block is new; evidence: bits that two groups must have on
    average, the prior counted in, to be one; days: as in `likeness`.
    Tallies come after vetoes: that the texts they are of fell by one veto, or by two, is known by then.
    """
    found: list[list[int]] = []
    of_text: dict[str, int] = {}

    def parted(block: Sequence[int], texts: Mapping[int, int]) -> list[list[int]]:
        if len(block) == 1:
            return [list(block)]
        from pipeline.happenings.linkage import within  # with scipy, which takes its time, for what is new

        return within(tellings, block, texts, rarity() if callable(rarity) else rarity, evidence, days)

    for block in sorted(blocks(tellings), key=lambda block: tellings[block[0]].type == "vote_tally"):
        texts = {index: of_text.get(tellings[index].linked, -1) for index in block}
        key = kept.key(block, texts) if kept and len(block) > 1 else ""
        rows = kept.cache.get(key) if kept and key else None
        if rows is None:
            place = {index: row for row, index in enumerate(block)}
            rows = [[place[index] for index in group] for group in parted(block, texts)]
            if kept and key:
                kept.cache.put(key, rows)
        for group in ([block[row] for row in rows_] for rows_ in rows):
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
    """What hangs together, in the order of the first members."""
    owner = list(range(size))

    def root(one: int) -> int:
        while owner[one] != one:
            owner[one] = owner[owner[one]]
            one = owner[one]
        return one

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        owner[second] = first
    found: dict[int, list[int]] = defaultdict(list)
    for index in range(size):
        found[root(index)].append(index)
    return list(found.values())
