"""What a rule file may hold: every key of the rule language, with what it means."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.frames.rules.slots import TypeSchema
from pipeline.records import Modality


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Term(Strict):
    """One family in a rule file.

    verbs: pairs of past and present stem, conjugated; intransitive: the same, of verbs that no pronoun follows; words:
    phrases for all other forms, matched with any attached particle, article or pronoun; exact: phrases matched letter
    for letter; values: phrases by the value they stand for. In a phrase `a|b` are alternatives, a word in brackets may
    be left out, and so may an ending in brackets: مؤقت(ة).
    """

    verbs: list[tuple[str, str]] = []
    intransitive: list[tuple[str, str]] = []
    words: list[str] = []
    exact: list[str] = []
    values: dict[str, list[str]] = {}
    blocks: str = ""


def _tags(text: str) -> list[str]:
    """`verb+fem` is two tags, `+س` is one: a clitic."""
    return [text] if text.startswith("+") else text.split("+")


class Item(Strict):
    """One place of a pattern.

    all/any/none: tags the chunk must have all of, one of, none of. gap: stands for up to so many chunks that end no
    clause; reach: the same, but crossing clauses. op: spaCy's operators. slot: the slot this chunk fills (`value`
    replaces what the chunk says, `text` takes its folded words, `words` its own words as they stand).
    trigger: this chunk is the mention's trigger; role: `subject`, it is the trigger's subject, by the clause or, where
    that is not sure, by gender; `object`, it is none, whatever the clause says; owner: a document stands for whose it
    is; listed: the slot of the count that this list of names gives if nothing else does; counts: the same, where the
    list is said to be whole (none but these); joined: in a cascade, all chunks that the joined items of a slot take are
    one filler.
    """

    all: list[str] = []
    any: list[str] = []
    none: list[str] = []
    gap: int | None = None
    reach: int | None = None
    op: str | None = None
    slot: str | None = None
    value: str | int | bool | None = None
    text: bool = False
    words: bool = False
    trigger: bool = False
    role: str | None = None
    owner: bool = False
    listed: str | None = None
    counts: str | None = None
    joined: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        """`actors` for {all: [actors]}, and `verb+fem` for [verb, fem] wherever a list of tags is meant."""
        if isinstance(data, str):
            data = {"all": data}
        if isinstance(data, dict):
            lists = ("all", "any", "none")
            return {k: _tags(v) if k in lists and isinstance(v, str) else v for k, v in data.items()}
        return data

    @property
    def bounds(self) -> tuple[int, int | None]:
        """How many chunks the item takes, at least and at most (None: any number)."""
        if self.gap is not None or self.reach is not None:
            return 0, self.gap if self.gap is not None else self.reach
        if self.op and self.op[0] == "{":
            low, _, high = self.op.strip("{}").partition(",")
            return int(low), int(high or low)
        return {None: (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}[self.op]


class Role(Item):
    """What a rule with a `head` asks of a clause beside it.

    role: what the chunk is to the clause's head: `subject`, `object`, prepositions that it is governed by (من|على), or
    `within`: anywhere behind the head, in what is embedded too, but not behind a chunk with a tag of `until`; of
    several roles the first that is filled so. optional: the rule matches without it, too.
    """

    role: str = Field(default="within")
    until: list[str] = []
    optional: bool = False

    @property
    def names(self) -> list[str]:
        """The roles, in order of preference."""
        return self.role.split("|")


class Example(Strict):
    """A sentence a rule must match, and the slots expected: actor ids where there are, else values or texts."""

    text: str
    slots: dict[str, list[str | int | bool]] = {}
    modality: Modality | None = None


class Rule(Strict):
    """A pattern of the frame with its own tests, or a `head`, the trigger, with the `roles` that stand in its clause:
    such a rule matches where the clause was read for sure, and what it says of the slots of its roles no other rule of
    the same trigger completes. `set` gives slot values that the rule itself implies; `fill` says
    where a slot that the pattern leaves empty comes from: `subject`, the one the trigger verb leaves out, or
    `sentence:TAG`, the first one so tagged in the sentence, or `nearest:TAG,TAG`, the nearest one so tagged, before
    the trigger if there is one, else after it in the sentence; of two rules that want one chunk the higher
    `priority` has it. A rule with `aside` finds no mention: what it captures for the slots named there goes to the
    nearest mention of the story that lacks them, at most `within` sentences away (asides.py), with `happened` another
    sentence's only if it tells what happened. `lends`: slots that
    what the rule tells does have, but another happening than the event's: they keep tellings apart and are then
    left out. `names`: what `_names` took fills the slot given here for that of the chunk taken as `_counted`, which
    another rule read (five abstained … they are X and Y); without one the rule says nothing."""

    id: str
    pattern: list[Item] = []
    head: Item | None = None
    roles: list[Role] = []
    lends: list[str] = []
    names: dict[str, str] = {}
    set: dict[str, str | int | bool] = {}
    fill: dict[str, str] = {}
    modality: Modality | None = None
    priority: int = 0
    aside: list[str] = []
    within: int = 4
    happened: bool = False
    matches: list[Example] = Field(min_length=1)
    misses: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_trigger(self) -> Rule:
        if self.head is not None and self.pattern:
            raise ValueError(f"{self.id}: a rule has a pattern, or a head and its roles")
        if self.head is None and sum(item.trigger for item in self.pattern) != 1:
            raise ValueError(f"{self.id}: exactly one item of the pattern is the trigger")
        return self

    @model_validator(mode="after")
    def _names_someone_counted(self) -> Rule:
        sure = {item.slot for item in self.pattern if item.bounds[0]}
        if self.names and not {"_counted", "_names"} <= sure:
            raise ValueError(f"{self.id}: a rule with `names` takes one chunk as _counted and one as _names, not maybe")
        return self


class Cue(Strict):
    """A pattern that decides a mention's modality (or drops it, `is: none`). `trigger` and `start` are tags of the
    mention's trigger and first chunk; `unless`: tags that, anywhere in the sentence, make the cue mean nothing;
    `told` is one where one of the two sentences before told of this frame."""

    is_: Modality | Literal["none"] = Field(alias="is")
    unless: list[str] = []
    pattern: list[Item]


class Cascade(Strict):
    """A run of chunks that becomes one chunk of kind `chunk`, with these tags and those of `keep` that its parts have;
    slots of its items travel with it. head: as a filler it is its first part alone; bare: a joined filler leaves out
    the preposition attached to its first word; acts: the run names people who act, though no register knows them."""

    chunk: str
    pattern: list[Item]
    tags: list[str] = []
    keep: list[str] = []
    set: dict[str, str | int | bool] = {}
    head: bool = False
    bare: bool = False
    acts: bool = False


class Merging(Strict):
    """When two mentions of a story tell of one event, beyond what the slots say of themselves (slots.py).

    window: sentences between two mentions beyond which they must agree in a slot that links; clash: pairs of slots that
    never belong to one event, unless as an explicit zero; background: a telling dated by month or year alone is another
    event than one told before it without a date.
    """

    background: bool = False
    window: int = 1000
    clash: list[tuple[str, str]] = []


class Setting(Strict):
    """Where a frame can happen: the story must name one of `actors`, or one of its mentions must stand beside one of
    `tags`, and the story have none of `instead`, actors and tags, where the like of it happens too."""

    actors: list[str]
    tags: list[str]
    instead: list[str] = []


class FrameType(TypeSchema, Strict):
    """A whole rule file: what it says of its slots (slots.py), and the rules that fill them.

    terms, sets, chunks, doubled: this frame's additions to the shared layer; group: whether a mention is what hangs on
    one trigger, or all that one sentence tells; recalls: terms that take up an earlier chunk of a kind, here or in the
    sentence before, with its slots and the tag `recalled`; resumed: modalities in which a mention that names no
    document is of the one told last, too; context: tags of which the sentence must have one (`a&b`: both); echo: tags
    that will do where one of the two sentences before told of this frame; setting: the same for the story; stands: whom
    a definite noun means where it takes up nobody named; cues: modality, the first that matches; happens: the frame
    tells of what happened alone, so that any other modality makes no mention; own_verbs: tags of verbs that are the
    frame's own, and so no operators over its tellings.
    """

    terms: dict[str, Term] = {}
    sets: dict[str, list[str]] = {}
    chunks: list[Cascade] = []
    doubled: list[str] = []
    recalls: dict[str, str] = {}
    group: Literal["trigger", "sentence"] = "trigger"
    resumed: list[Modality] = []
    context: list[str] = []
    echo: list[str] = []
    setting: Setting | None = None
    stands: dict[str, str] = {}
    rules: list[Rule]
    cues: list[Cue] = []
    happens: bool = False
    own_verbs: list[str] = []
    merging: Merging = Merging()

    @cached_property
    def only(self) -> dict[str, str]:
        """The set that may fill a slot, by slot."""
        return {name: slot.only for name, slot in self.slots.items() if slot.only}

    @cached_property
    def attach(self) -> dict[str, list[tuple[str, int]]]:
        """The chunks a slot is taken from, by slot."""
        return {name: slot.attach for name, slot in self.slots.items() if slot.attach}

    @cached_property
    def inherit(self) -> dict[str, tuple[str, int]]:
        """The chunks whose own slots a slot is taken from, by slot."""
        return {name: slot.inherit for name, slot in self.slots.items() if slot.inherit}

    @cached_property
    def fill(self) -> dict[str, str]:
        """Whence a slot is filled that a rule leaves empty, by slot."""
        return {name: slot.fill for name, slot in self.slots.items() if slot.fill}

    @cached_property
    def follows(self) -> list[str]:
        """Slots that are told behind the match."""
        return self.with_key("follows")

    @cached_property
    def unparted(self) -> list[str]:
        """Slots that no comma parts from the match."""
        return self.with_key("unparted")

    @cached_property
    def resumes(self) -> list[str]:
        """Slots that a definite document takes from the one told last."""
        return self.with_key("resumes")


class Shared(Strict):
    """What all frame types share. bodies: sets whose members are meant as bodies, not as those who speak for them;
    anaphora: nouns that, made definite, take up someone named before; own_country: words for the speaker's state;
    own_envoy: who speaks for the state named before; both: nouns for two named before; doubled: terms often
    followed by their other name in apposition; operators: verbs by the modality of what they govern; cues: those of
    every frame type, behind its own; default_cues: those of a frame type that has none of its own."""

    terms: dict[str, Term] = {}
    sets: dict[str, list[str]] = {}
    chunks: list[Cascade] = []
    doubled: list[str] = []
    bodies: list[str] = []
    anaphora: list[str] = []
    own_country: list[str] = []
    own_envoy: list[str] = []
    both: list[str] = []
    operators: dict[str, list[str]] = {}
    cues: list[Cue] = []
    default_cues: list[Cue] = []
