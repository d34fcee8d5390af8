"""Scope: what the heads that govern a telling make of it, composed from its trigger upward.

«نفت بكين أنها هددت باستخدام الفيتو»: the use is threatened, the threat denied. Of the words that govern, some say
that what they govern did not happen (نفى، كاد، امتنع), some that it is announced or awaited (هدد، توقع), may happen
(خشي) or is asked for (طالب); negation turns them round. After the composition of veridicality by implicative and
factive verbs (Karttunen 1971; Saurí and Pustejovsky 2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.arabic.normalise import fold
from pipeline.frames.sentence.clauses import Clause
from pipeline.frames.sentence.syntax import CONTENT, Syntax


class Operators:
    """Verbs by what they make of what they govern; the same for all frame types."""

    def __init__(self, verbs: Mapping[str, Sequence[str]], own: Sequence[str]) -> None:
        """verbs: by modality; own: tags of the frame type's own verbs, which are no operators for it."""
        self._own = frozenset(own)
        self._verbs = {fold(verb): modality for modality, names in verbs.items() for verb in names}

    def scope(self, syntax: Syntax, place: int, own_clause: bool) -> str | None:
        """The modality that its governors give to what a chunk tells; None where nothing governs it, or nothing that is
        in the list."""
        state = "actual"
        touched = False
        for above in self._chain(syntax, place, own_clause):
            operator = self._verbs.get(fold(above.verb.past)) if above.verb is not None else None
            if operator is not None and syntax.chunk(above.head).tags.isdisjoint(self._own):
                state, touched = self._apply(state, operator, above.negated), True
        return state if touched else None

    @staticmethod
    def _chain(syntax: Syntax, place: int, own_clause: bool) -> Iterator[Clause]:
        """The clauses that govern a chunk, from the nearest outward, as long as each is the content of the next and who
        governs was read for sure."""
        clauses = syntax.base.clauses
        chunk = syntax.row[place]
        here = clauses.clause_of(chunk.start)
        apart = here is not None and not chunk.start <= here.head < chunk.end
        if here is not None and apart and own_clause and here.kind == "finite" and here.sure:
            yield here  # هددت بالفيتو، نفت أنباء استخدامها: the verb of its own clause governs it
        while here is not None and here.governor is not None:
            above = clauses[here.governor]
            auxiliary = above.verb is not None and above.verb.kind == "be"
            reported = here.relation == "relative" and here.verb is not None and here.verb.kind == "say"
            if here.relation not in CONTENT and not auxiliary and not reported:
                return  # only a relative clause of reporting goes on: الأنباء التي تقول إن
            here = above
            if here.kind == "finite" and not here.sure and not auxiliary:
                return
            yield here

    @staticmethod
    def _apply(state: str, operator: str, negated: bool) -> str:
        """What an operator makes of a state. Not to avoid is to do; not to threaten, expect, ask or hold is neither;
        what is promised or asked not to happen does not."""
        if operator == "actual":
            return "negated" if negated else state
        if operator == "negated":
            return state if negated else ("actual" if state == "negated" else "negated")
        if negated:
            return "negated"
        return "negated" if state == "negated" and operator == "threatened" else operator
