"""Counts and what follows from them: precision, recall and F1, by key and article, with intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.scoring.bootstrap import interval

Row = dict[str, str | int | float | None]
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """`found` of the `predicted` and of the `gold` things are the same thing. A measure without a denominator is None:
    where nothing was predicted there is no precision, where nothing was to find no recall."""

    found: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.found + other.found, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        return self.found / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        return 2 * self.found / (self.predicted + self.gold) if self.predicted + self.gold else None


def compare(gold: set, predicted: set) -> Counts:
    """Counts of two sets of comparable things."""
    return Counts(len(gold & predicted), len(predicted), len(gold))


def rounded(value: float | None) -> float | None:
    """A measure as it is written: four places, None where it is undefined."""
    return None if value is None else round(value, DIGITS)


class Ledger:
    """Counts by key (a tuple of strings, one a column) and article, so that articles can be resampled."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns
        self._entries: dict[tuple[str, ...], dict[str, Counts]] = defaultdict(dict)

    def add(self, key: tuple[str, ...], article: str, counts: Counts) -> None:
        """Add counts to an article's under `key`; raises ValueError where the key does not fit the columns."""
        if len(key) != len(self.columns):
            raise ValueError(f"{key} does not fit the columns {self.columns}")
        entry = self._entries[key]
        entry[article] = entry.get(article, Counts()) + counts

    def keys(self) -> list[tuple[str, ...]]:
        """The keys in sorted order."""
        return sorted(self._entries)

    def total(self, *key: str) -> Counts:
        """The sum over all articles; zero counts for a key that never came."""
        return sum(self._entries.get(key, {}).values(), Counts())

    def by_article(self, key: tuple[str, ...], articles: Sequence[str]) -> list[Counts]:
        """One Counts an article, in the order of `articles`; zeros where the key never came."""
        entry = self._entries.get(key, {})
        return [entry.get(article, Counts()) for article in articles]

    def rows(self, articles: Sequence[str], resamples: int, seed: int) -> list[Row]:
        """A row a key in sorted order: the key's columns, found, predicted, gold, then each measure with the bounds of
        its 95 % interval, None where fewer than two articles have counts. `articles` are all that were scored, also
        those without any counts, for they are resampled too."""
        return [self._row(key, articles, resamples, seed) for key in self.keys()]

    def _row(self, key: tuple[str, ...], articles: Sequence[str], resamples: int, seed: int) -> Row:
        counts, total = self.by_article(key, articles), self.total(*key)
        # Of a thing that one article alone holds, resampling says nothing: no interval rather than one of no width.
        varied = sum(c != Counts() for c in counts) > 1
        bounds = interval([(c.found, c.predicted, c.gold) for c in counts], resamples if varied else 0, seed)
        row: Row = dict(zip(self.columns, key, strict=True))
        row |= {"found": total.found, "predicted": total.predicted, "gold": total.gold}
        for name in ("precision", "recall", "f1"):
            value = getattr(total, name)
            low, high = bounds[name] if value is not None else (None, None)
            row |= {name: rounded(value), f"{name}_low": rounded(low), f"{name}_high": rounded(high)}
        return row


def with_column(rows: Iterable[Row], **columns: str) -> list[Row]:
    """The rows with constant columns put before theirs."""
    return [{**columns, **row} for row in rows]
