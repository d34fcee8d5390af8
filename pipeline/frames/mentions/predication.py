"""Rules that name a head and its roles, matched against a sentence's clauses instead of the order of its chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from pipeline.frames.rules.schema import Item, Role, Rule
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.clauses import Clause
from pipeline.frames.sentence.matching import Match
from pipeline.frames.sentence.syntax import Syntax
from pipeline.frames.story import documents


class Predication:
    """One compiled rule with a head. required: the tags that a row must have for it to match."""

    def __init__(self, rule: Rule) -> None:
        assert rule.head is not None
        self.head = rule.head
        self.roles = rule.roles
        self.required = frozenset(rule.head.all)

    def find(self, syntax: Syntax) -> Iterator[Match]:
        """A match for every chunk that can be the head and whose clause, read for sure, fills the roles. `items[0]` is
        the head, then what each role took, nothing where an optional one is empty."""
        for place, chunk in enumerate(syntax.row):
            if not fits(self.head, chunk):
                continue
            clause = syntax.clause(place)
            if clause is None or not clause.sure:
                continue
            subject = set(syntax.places(clause.subject)) if clause.subject else set()
            taken: list[tuple[int, ...]] = []
            for role in self.roles:
                barred = {place, *(at for some in taken for at in some)}
                barred |= subject if "subject" not in role.names else set()
                taken.append(self._fill(syntax, clause, place, role, barred))
            if all(
                found or (role.optional and (role.role != "subject" or _left_open(syntax, clause)))
                for found, role in zip(taken, self.roles, strict=True)
            ):
                every = [place, *(at for found in taken for at in found)]
                yield Match(min(every), max(every) + 1, ((place,), *taken))

    @staticmethod
    def _fill(syntax: Syntax, clause: Clause, head: int, role: Role, barred: Set[int]) -> tuple[int, ...]:
        """The places that fill a role, none where nothing does; `barred` are taken."""
        for name in role.names:
            if name == "within":
                found = _within(syntax, clause, [at for at in syntax.rest(clause, head) if at not in barred], role)
            else:
                places = (at for phrase in syntax.phrases(clause, name) for at in syntax.places(phrase))
                free = (at for at in places if at not in barred and not _same(syntax.row, at, barred))
                found = next(((at,) for at in free if fits(role, syntax.row[at])), ())
            if found:
                return found
        return ()


def _left_open(syntax: Syntax, clause: Clause) -> bool:
    """Whether a clause names no subject, or a text, which speaks for those who issued it."""
    subject = clause.subject
    return subject is None or any(documents.is_text(syntax.row[place]) for place in syntax.places(subject))


def _same(row: Sequence[Chunk], place: int, others: Set[int]) -> bool:
    """Whether a chunk names only those who are named at other places: another name for the subject is no object."""
    mine = {member.actor for member in row[place].members} - {None}
    return bool(mine) and mine <= {member.actor for other in others for member in row[other].members}


def _within(syntax: Syntax, clause: Clause, places: Sequence[int], role: Role) -> tuple[int, ...]:
    """The first of these places that fit, as many as the role takes, unless something of `until` stands before them; of
    those behind it only what the head governs beside it (دعا إلى محادثات …، ووقف القتال)."""
    found: list[int] = []
    stopped = False
    for place in places:
        chunk = syntax.row[place]
        if fits(role, chunk) and not (stopped and not _beside(syntax, clause, place)):
            found.append(place)
            if role.bounds[1] is not None and len(found) >= role.bounds[1]:
                break
        elif found and stopped:
            break
        else:
            stopped = stopped or not chunk.tags.isdisjoint({"boundary", *role.until})
    return tuple(found)


def _beside(syntax: Syntax, clause: Clause, place: int) -> bool:
    """Whether a chunk with و heads one of the things that a clause's verb governs, coordinated with others."""
    noun = syntax.clause(place)
    return "+و" in syntax.row[place].tags and noun is not None and noun.kind == "noun" and noun.governor == clause.id


def fits(item: Item, chunk: Chunk) -> bool:
    """Whether a chunk has the tags that an item asks for."""
    return (
        chunk.tags.issuperset(item.all)
        and (not item.any or not chunk.tags.isdisjoint(item.any))
        and chunk.tags.isdisjoint(item.none)
    )
