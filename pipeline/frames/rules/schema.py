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
    """One family of words in a rule file. In a phrase `a|b` are alternatives; a word in brackets may be left out, and
    so may an ending in brackets: مؤقت(ة)."""

    verbs: list[tuple[str, str]] = Field(
        [],
        description="Pairs of past and present stem, the present without its prefix ([دعا, دعو]), in all persons and "
        "tenses, with any clitics. Verbal nouns and participles are `words`.",
    )
    intransitive: list[tuple[str, str]] = Field([], description="The same, of verbs that no pronoun follows.")
    words: list[str] = Field(
        [],
        description="Phrases for all other forms, matched with any attached particle, article or pronoun; also the "
        "verbs' nouns.",
    )
    exact: list[str] = Field([], description="Phrases matched letter for letter.")
    values: dict[str, list[str]] = Field({}, description="Phrases by the value that they stand for.")
    blocks: str = Field(
        "", description="Why a term that nothing names is there: it takes its words away from another reading."
    )


def _tags(text: str) -> list[str]:
    """`verb+fem` is two tags, `+س` is one: a clitic."""
    return [text] if text.startswith("+") else text.split("+")


class Item(Strict):
    """One place of a pattern. A string stands for its tags: `actors`, `verb+fem`."""

    all: list[str] = Field(
        [], description="Tags the chunk must have, all of them: [recognise, verb], or `recognise+verb`."
    )
    any: list[str] = Field([], description="Tags of which it must have one.")
    none: list[str] = Field([], description="Tags of which it must have none.")
    gap: int | None = Field(
        None,
        description="Stands for up to so many chunks, commas among them, but for a `boundary`, which begins a clause.",
    )
    reach: int | None = Field(None, description="Stands for up to so many chunks, boundaries too.")
    op: str | None = Field(None, description="How often, as in spaCy: `?`, `*`, `+`, `{0,3}`.")
    slot: str | None = Field(None, description="The slot that the chunk fills.")
    value: str | int | bool | None = Field(None, description="What fills the slot instead of what the chunk says.")
    text: bool = Field(
        False, description="The filler is the folded words of the chunk, an attached preposition among them."
    )
    words: bool = Field(
        False, description="The filler is the words of the chunk as they stand, an attached preposition among them."
    )
    trigger: bool = Field(False, description="The chunk is the mention's trigger.")
    role: str | None = Field(
        None,
        description=(
            "`subject`: it is the subject of the trigger, by the clause or, where that is not sure, by gender; "
            "`object`: it is none, whatever the clause says."
        ),
    )
    owner: bool = Field(False, description="A document stands for whose it is.")
    listed: str | None = Field(
        None, description="The slot of the count that this list of names gives if nothing else does."
    )
    counts: str | None = Field(None, description="The same, where the list is said to be whole (none but these).")
    joined: bool = Field(False, description="In a chunk: all that the joined items of a slot take are one filler.")

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
    """What a rule with a `head` asks of a clause beside it: an item, and what it is to the head."""

    role: str = Field(
        default="within",
        description=(
            "`subject`, `object`, prepositions that govern it (من|على), or `within`: anywhere behind the head in "
            "what the clause says. Of several the first that is filled so."
        ),
    )
    until: list[str] = Field([], description="`within` alone: tags of chunks behind which nothing is looked for.")
    optional: bool = Field(False, description="The rule matches without it, too.")

    @property
    def names(self) -> list[str]:
        """The roles, in order of preference."""
        return self.role.split("|")


class Example(Strict):
    """A sentence a rule must match, and the slots expected: actor ids where there are, else values or texts."""

    text: str = Field(description="The sentence.")
    slots: dict[str, list[str | int | bool]] = Field(
        {}, description="Slots of the event that comes out; others that it has are not looked at."
    )
    modality: Modality | None = Field(None, description="How it is meant; `actual` where this is left out.")


class Rule(Strict):
    """A pattern, or a head with its roles, and what it says; with its own tests. A rule with a head matches where the
    clause was read for sure."""

    id: str = Field(description="Its name in records and reports, FRAME.what.how.")
    pattern: list[Item] = Field([], description="The run of chunks that it matches.")
    head: Item | None = Field(
        None,
        description="The trigger, where the rule names a clause by it instead of a pattern. It matches where the "
        "clause was read for sure.",
    )
    roles: list[Role] = Field([], description="What stands in the head's clause, in any order.")
    lends: list[str] = Field(
        [],
        description=(
            "Slots of what it tells that are another happening's: they keep tellings apart and are then left out."
        ),
    )
    names: dict[str, str] = Field(
        {},
        description=(
            "For a count that another rule read: the slot that the names behind it fill, by the slot of the count."
        ),
    )
    set: dict[str, str | int | bool] = Field({}, description="Slot values that the rule itself implies.")
    fill: dict[str, str] = Field(
        {},
        description=(
            "Whence a slot comes that it leaves empty: `subject`, the one the trigger leaves out; "
            "`sentence:TAG`, the first one so tagged; `nearest:TAG,TAG`, the nearest one so tagged. The story's last "
            "subject where the sentence has none."
        ),
    )
    modality: Modality | None = Field(None, description="How its mentions are meant, whatever stands around them.")
    priority: int = Field(
        0, description="Of two rules with one trigger the higher has it; equal ones go by what they capture."
    )
    aside: list[str] = Field(
        [],
        description=(
            "It finds no mention: what it captures for these slots goes to the nearest mention that lacks them."
        ),
    )
    within: int = Field(4, description="`aside` alone: at most so many sentences away.")
    happened: bool = Field(
        False, description="`aside` alone: another sentence's mention only if it tells what happened."
    )
    matches: list[Example] = Field(
        min_length=1,
        description="Sentences that it must match, with the slots and modality that come out. They are read without "
        "the tagger.",
    )
    misses: list[str] = Field(min_length=1, description="Near misses that it must not match.")

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
    """A pattern that says how a mention is meant; `trigger` and `start` are tags of its trigger and first chunk."""

    is_: Modality | Literal["none"] = Field(alias="is", description="The modality, or `none`: no event is told.")
    unless: list[str] = Field([], description="Tags that, anywhere in the sentence, make the cue mean nothing.")
    pattern: list[Item] = Field(description="The run of chunks that it matches.")


class Cascade(Strict):
    """A run of chunks that becomes one chunk; the slots of its items travel with it."""

    chunk: str = Field(description="The kind of the chunk that it becomes.")
    pattern: list[Item] = Field(description="The run.")
    tags: list[str] = Field([], description="Tags of the new chunk.")
    keep: list[str] = Field([], description="Tags that it has if one of its parts has them.")
    set: dict[str, str | int | bool] = Field({}, description="Slot values that the chunk brings.")
    head: bool = Field(False, description="As a filler it is its first part alone.")
    bare: bool = Field(False, description="A joined filler leaves out the preposition attached to its first word.")
    acts: bool = Field(
        False, description="It names somebody who acts, though no register knows him: it is tagged `actors`, too."
    )


class Merging(Strict):
    """When two mentions of a story tell of one event, beyond what the slots say of themselves."""

    background: bool = Field(
        False,
        description="A telling dated by month or year alone is another event than one told before it without a date.",
    )
    window: int = Field(
        1000, description="Sentences between two mentions beyond which they must agree in a slot that links."
    )
    clash: list[tuple[str, str]] = Field(
        [], description="Pairs of slots that never belong to one event, unless as an explicit zero."
    )


class Setting(Strict):
    """Where a frame can happen."""

    actors: list[str] = Field(description="The story names one of these,")
    tags: list[str] = Field(description="or one of its mentions stands beside one of these tags,")
    instead: list[str] = Field(
        [], description="and the story has none of these actors and tags, where the like of it happens too."
    )


class FrameType(TypeSchema, Strict):
    """A whole rule file: what it says of its slots (slots.py), and the rules that fill them."""

    terms: dict[str, Term] = Field({}, description="The type's own terms.")
    sets: dict[str, list[str]] = Field({}, description="Sets of actors by name.")
    chunks: list[Cascade] = Field([], description="Runs of chunks that become one, after the shared ones.")
    doubled: list[str] = Field([], description="Terms often followed by their other name in apposition.")
    recalls: dict[str, str] = Field(
        {},
        description=("Terms that take up an earlier chunk of a kind, here or in the sentence before, with its slots."),
    )
    group: Literal["trigger", "sentence"] = Field(
        "trigger", description="Whether a mention is what hangs on one trigger, or all that one sentence tells."
    )
    resumed: list[Modality] = Field(
        [], description="Modalities in which a mention that names no document is of the one told last, too."
    )
    context: list[str] = Field([], description="Tags of which the sentence must have one (`a&b`: both).")
    echo: list[str] = Field(
        [], description="Tags that will do where one of the two sentences before told of this frame."
    )
    setting: Setting | None = Field(None, description="The same for the story.")
    stands: dict[str, str] = Field({}, description="Whom a definite noun means where it takes up nobody named.")
    rules: list[Rule] = Field(description="The rules.")
    renamed: dict[str, str] = Field(
        {}, description="Ids that rules had before they became part of others, and the ids of those."
    )
    cues: list[Cue] = Field(
        [],
        description="How mentions are meant: the first cue that matches says it, before defaults and governing verbs.",
    )
    cues_alone: bool = Field(
        False, description="Whether its cues are all there are: those that every type has by default are left out."
    )
    happens: bool = Field(
        False, description="The frame tells of what happened alone, so that any other modality makes no mention."
    )
    own_verbs: list[str] = Field(
        [],
        description="Tags of verbs that are the frame's own, and so no operators over its tellings: what denies "
        "the verb does not deny the telling.",
    )
    merging: Merging = Field(Merging(), description="When mentions are one event.")

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
    """What all frame types share: shared.yaml."""

    terms: dict[str, Term] = Field({}, description="Terms of every type.")
    sets: dict[str, list[str]] = Field({}, description="Sets of actors by name.")
    chunks: list[Cascade] = Field([], description="Runs of chunks that become one, before those of the type.")
    doubled: list[str] = Field([], description="Terms often followed by their other name in apposition.")
    bodies: list[str] = Field(
        [], description="Sets whose members are meant as bodies, not as those who speak for them."
    )
    anaphora: list[str] = Field([], description="Nouns that, made definite, take up someone named before.")
    own_country: list[str] = Field([], description="Words for the speaker's state.")
    own_envoy: list[str] = Field([], description="Words for who speaks for the state named before.")
    both: list[str] = Field([], description="Nouns for two named before.")
    operators: dict[str, list[str]] = Field({}, description="Verbs by the modality of what they govern.")
    cues: list[Cue] = Field([], description="Cues of every frame type, behind its own.")
    default_cues: list[Cue] = Field(
        [], description="Cues of every frame type, behind its own, but of one whose cues stand alone."
    )
