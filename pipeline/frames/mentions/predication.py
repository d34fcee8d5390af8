"""Rules that name a head and its roles, matched against a sentence's clauses instead of the order of its chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.frames.rules.schema import Item, Role, Rule
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.clauses import Clause
from pipeline.frames.sentence.matching import Match
from pipeline.frames.sentence.syntax import Syntax


class Predication:
    """One compiled rule with a head."""

    def __init__(self, rule: Rule) -> None:
        assert rule.head is not None
        self.head = rule.head
        self.roles = rule.roles

    def find(self, syntax: Syntax) -> Iterator[Match]:
        """A match for every chunk that can be the head and whose clause, read for sure, fills the roles. `items[0]` is
        the head, then what each role took, none where an optional one is empty."""
        for place, chunk in enumerate(syntax.row):
            if not fits(self.head, chunk):
                continue
            clause = syntax.clause(place)
            if clause is None or not clause.sure:
                continue
            taken = [self._fill(syntax, clause, place, role) for role in self.roles]
            if all(found is not None or role.optional for found, role in zip(taken, self.roles, strict=True)):
                items = ((place,), *((() if found is None else (found,)) for found in taken))
                every = [one for item in items for one in item]
                yield Match(min(every), max(every) + 1, items)

    @staticmethod
    def _fill(syntax: Syntax, clause: Clause, head: int, role: Role) -> int | None:
        """The place that fills a role, None where none does."""
        for name in role.names:
            if name == "within":
                found = _first(syntax.row, syntax.rest(clause, head), role)
            else:
                phrases = syntax.phrases(clause, name)
                found = next((at for p in phrases for at in syntax.places(p) if fits(role, syntax.row[at])), None)
            if found is not None:
                return found
        return None


def _first(row: Sequence[Chunk], places: Sequence[int], role: Role) -> int | None:
    """The first of these places that fits, unless something of `until` stands before it."""
    for place in places:
        if fits(role, row[place]):
            return place
        if not row[place].tags.isdisjoint(role.until):
            return None
    return None


def fits(item: Item, chunk: Chunk) -> bool:
    """Whether a chunk has the tags that an item asks for."""
    return (
        chunk.tags.issuperset(item.all)
        and (not item.any or not chunk.tags.isdisjoint(item.any))
        and chunk.tags.isdisjoint(item.none)
    )
