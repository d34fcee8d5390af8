"""Whether a rule file could put into a slot what is not of its kind: a check of the rules alone, before any text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.frames.rules.schema import Cascade, FrameType, Item, Rule, Shared, Term
from pipeline.frames.rules.slots import Slot, Value

Place = tuple[str | int, ...]
Misfit = tuple[Place, str]

# Tags of a chunk whose value is a number, and of one that stands for somebody.
_NUMBERS = frozenset({"number", "ordinal"})
_ACTORS = frozenset(
    {"actors", "free", "governed", "oblique", "adjective", "several", "unnamed", "unregistered", "counterpart", "name",
     "capital", "ministry", "office", "person", "body", "group", "epithet", "parliament", "pronoun_like"}
)  # fmt: skip
# What the engine itself captures: the value of a chunk, and a count with the names that stand behind it.
_OWN = frozenset({"value", "_counted", "_names"})


def misfits(frame: FrameType, shared: Shared) -> Iterator[Misfit]:
    """Every place of a frame type's file that could fill a slot wrongly, or names one that is not there, with what is
    wrong: an item without a value must take a chunk that gives what the slot holds."""
    return _Check(frame, shared).all()


class _Check:
    """The checks of one file, which share what its tags stand for."""

    def __init__(self, frame: FrameType, shared: Shared) -> None:
        self.frame = frame
        self.terms: dict[str, Term] = {**shared.terms, **frame.terms}
        self.cascades: list[Cascade] = [*shared.chunks, *frame.chunks]
        self.actors = _ACTORS | shared.sets.keys() | frame.sets.keys()
        counted = {c.chunk for c in self.cascades if any(item.slot == "value" for item in c.pattern)}
        self.numbers = _NUMBERS | counted

    def all(self) -> Iterator[Misfit]:
        for name, slot in self.frame.slots.items():
            yield from self._head(name, slot)
        for number, cascade in enumerate(self.frame.chunks):
            yield from self._cascade(("chunks", number), cascade)
        for number, rule in enumerate(self.frame.rules):
            for place, what in self._rule(rule):
                yield ("rules", number, *place), f"{rule.id}: {what}"

    def _head(self, name: str, slot: Slot) -> Iterator[Misfit]:
        if slot.only and slot.only not in self.frame.sets:
            yield ("slots", name, "only"), f"{name}: there is no set {slot.only}"
        tags = [tag for tag, _ in slot.attach]
        for tag in tags:
            if not self._carried(tag, name) and (what := self._tags_misfit(slot, [tag], [])):
                yield ("slots", name, "attach"), f"{name} {what}"

    def _carried(self, tag: str, slot: str) -> bool:
        """Whether every chunk with this tag comes with the slot: what makes such chunks is a cascade that fills it."""
        making = [cascade for cascade in self.cascades if tag in (cascade.chunk, *cascade.tags)]
        fills = [any(item.slot == slot for item in cascade.pattern) or slot in cascade.set for cascade in making]
        return bool(making) and all(fills) and tag not in self.terms

    def _cascade(self, place: Place, cascade: Cascade) -> Iterator[Misfit]:
        for at, item in enumerate(cascade.pattern):
            slot = self.frame.slots.get(item.slot or "")
            if slot and (what := self._item_misfit(slot, item)):
                yield (*place, "pattern", at), f"{cascade.chunk}: {item.slot} {what}"
        yield from self._given((*place, "set"), cascade.set, strict=False)

    def _rule(self, rule: Rule) -> Iterator[Misfit]:
        items = [("pattern", at, item) for at, item in enumerate(rule.pattern)]
        items += [("head", 0, rule.head)] if rule.head else []
        items += [("roles", at, item) for at, item in enumerate(rule.roles)]
        for part, at, item in items:
            for key, name in (("slot", item.slot), ("listed", item.listed), ("counts", item.counts)):
                if name and name not in self.frame.slots and name not in _OWN:
                    yield (part, at, key), f"{self.frame.frame} has no slot {name}"
                elif name and key != "slot" and self.frame.slots[name].kind != "integer":
                    yield (part, at, key), f"{name} takes no count, for its kind is {self.frame.slots[name].kind}"
            slot = self.frame.slots.get(item.slot or "")
            if slot and (what := self._item_misfit(slot, item)):
                yield (part, at), f"{item.slot} {what}"
        yield from self._given(("set",), rule.set)
        for key, names, kind in (
            ("fill", rule.fill, "actor"),
            ("names", rule.names, "integer"),
            ("names", rule.names.values(), "actor"),
        ):
            yield from self._of_kind((key,), names, kind)
        for key, listed in (("aside", rule.aside), ("lends", rule.lends)):
            for name in listed:
                if name not in self.frame.slots:
                    yield (key,), f"{self.frame.frame} has no slot {name}"

    def _of_kind(self, place: Place, names: Iterable[str], kind: str) -> Iterator[Misfit]:
        for name in names:
            slot = self.frame.slots.get(name)
            if slot is None:
                yield (*place, name), f"{self.frame.frame} has no slot {name}"
            elif slot.kind != kind:
                yield (*place, name), f"{name} is of kind {slot.kind}, and {place[-1]} fills a slot of kind {kind}"

    def _given(self, place: Place, values: dict[str, Value], strict: bool = True) -> Iterator[Misfit]:
        for name, value in values.items():
            slot = self.frame.slots.get(name)
            if slot is None and strict:
                yield (*place, name), f"{self.frame.frame} has no slot {name}"
            elif slot and (fault := slot.fault(value, None)):
                yield (*place, name), f"{name} {fault}"

    def _item_misfit(self, slot: Slot, item: Item) -> str | None:
        """What an item could put into a slot that the slot does not hold, or None."""
        if item.value is not None:
            return slot.fault(item.value, None)
        if item.owner:
            return None if slot.kind == "actor" else f"is of kind {slot.kind}, and whose a document is is an actor"
        if item.text or item.words or item.joined:
            return None if slot.kind in ("actor", "words", "date") else f"is of kind {slot.kind}, and these are words"
        return self._tags_misfit(slot, item.all, item.any)

    def _tags_misfit(self, slot: Slot, all_: Sequence[str], any_: Sequence[str]) -> str | None:
        """The same for a chunk that has all of some tags and one of others."""
        told = "+".join(all_) or "|".join(any_)
        number, actor = (self._sure(of, all_, any_) for of in (self.numbers, self.actors))
        if slot.kind == "integer":
            return None if number else f"is of kind integer, and `{told}` may be no number"
        if slot.kind == "flag":
            return "is of kind flag: give the item `value: true`"
        if slot.kind == "one_of":
            return None if self._among(slot, all_, any_) else f"may get what is none of its values from `{told}`"
        if number:
            return f"is of kind {slot.kind}, and `{told}` is a number"
        maybe = actor or bool(set(any_) & self.actors)
        return f"is of kind {slot.kind}, and `{told}` is somebody who acts" if slot.kind != "actor" and maybe else None

    @staticmethod
    def _sure(of: Collection[str], all_: Sequence[str], any_: Sequence[str]) -> bool:
        """Whether a chunk with these tags has one of `of`."""
        return bool(set(of) & set(all_)) or (bool(any_) and set(any_) <= set(of))

    def _among(self, slot: Slot, all_: Sequence[str], any_: Sequence[str]) -> bool:
        """Whether the tags are of terms that stand for values of the slot."""
        sure = {
            name
            for name, term in self.terms.items()
            if term.values.keys() and term.values.keys() <= slot.values.keys()
            if not (term.verbs or term.intransitive or term.words or term.exact)
        }
        return self._sure(sure, all_, any_)
