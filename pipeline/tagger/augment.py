"""Training text made richer: names swapped for others of their kind, newsroom spelling, and sentences from templates.

Entity replacement follows Dai & Adel, "An Analysis of Simple Data Augmentation for Named Entity Recognition" (COLING
2020); that a surname stays the same person's through a document is ours. Everything draws from one `random.Random`,
so a seed fixes the text of every epoch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

Labelled = list[tuple[str, str]]
"""A sentence: (word, BIO label) pairs. The label IGNORE takes no part in the loss."""

Document = list[Labelled]
"""Consecutive sentences of one running text."""

IGNORE = "?"
_CLITIC = re.compile(r"[وفبلك]")
_SLOT = re.compile(r"\{(\w+)\}|\[([^|\]]+)\|(\w+)\]")
_DAYS = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")
_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
# What joins an Arab's name to his father's or his house's: Gulf and classical, Mauritanian and Sahrawi, houses, kunyas.
_LINKS = ("بن", "بن", "ولد", "ولد", "آل", "أبو")
_COUNTS = (2, 3, 5, 9, 12, 13, 14, 15, 25, 50, 120, 153)


@dataclass(frozen=True)
class Lists:
    """Names by kind, every name as its words are written. `given` and `family` make foreign names, `arab_given` and
    `arab_family` Arab ones; the others are whole names. `states` are those that news is full of, `rare_states` all."""

    given: Sequence[str]
    family: Sequence[str]
    arab_given: Sequence[str]
    arab_family: Sequence[str]
    states: Sequence[str]
    rare_states: Sequence[str]
    cities: Sequence[str]
    capitals: Sequence[str]
    regions: Sequence[str]
    orgs: Sequence[str]
    media: Sequence[str]
    adjectives: Sequence[str]


def attach(clitic: str, name: str) -> str:
    """A name with an attached particle as it is written: ل + ال becomes لل, the others are put before it."""
    if clitic.endswith("ل") and name.startswith("ال"):
        return clitic + "ل" + name[2:]
    return clitic + name


def mentions(sentence: Labelled) -> list[tuple[int, int, str]]:
    """The entities of a BIO-labelled sentence as (first word, word after the last, label)."""
    found: list[tuple[int, int, str]] = []
    for index, (_, tag) in enumerate(sentence):
        if tag.startswith("B-"):
            found.append((index, index + 1, tag[2:]))
        elif tag.startswith("I-") and found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1, found[-1][2])
    return found


@dataclass
class Augmenter:
    """Rewrites windows of a document. `replace` is the chance that a name is swapped, `spelling` that a window is
    respelt; `pool` holds the training data's own names by label."""

    lists: Lists
    rng: Random
    replace: float
    spelling: float
    pool: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)

    def learn(self, sentences: Iterable[Labelled]) -> None:
        """Collect the names of the training data, without attached particles where the bare name occurs too."""
        names = {label: [] for label in ("PERS", "LOC", "ORG", "MISC")}  # type: dict[str, list[tuple[str, ...]]]
        for sentence in sentences:
            for start, end, label in mentions(sentence):
                names[label].append(tuple(word for word, _ in sentence[start:end]))
        self.heads = {name[0] for found in names.values() for name in found}
        self.pool = {label: sorted({n for n in found if not self._clitic(n[0])}) for label, found in names.items()}

    def _clitic(self, word: str) -> str:
        """The particle attached to the first word of a name, where the bare word is known as one too."""
        if len(word) > 3 and word.startswith("لل") and "ال" + word[2:] in self.heads:
            return "ل"
        return word[0] if len(word) > 3 and _CLITIC.match(word) and word[1:] in self.heads else ""

    def person(self) -> tuple[str, ...]:
        """A new full name, Arab or foreign, of two words or more."""
        rng, lists = self.rng, self.lists
        if rng.random() < 0.5:
            name = rng.choice(lists.arab_given)
            for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
                link = f"{rng.choice(_LINKS[:4])} " if rng.random() < 0.4 else ""
                name += f" {link}{rng.choice(lists.arab_given)}"
            link = f"{rng.choice(_LINKS)} " if rng.random() < 0.2 else ""
            return tuple(f"{name} {link}{rng.choice(lists.arab_family)}".split())
        return tuple(f"{rng.choice(lists.given)} {rng.choice(lists.family)}".split())

    def _state(self) -> str:
        return self.rng.choice(self.lists.states if self.rng.random() < 0.7 else self.lists.rare_states)

    def _place(self) -> str:
        return self.rng.choice((self._state(), self.rng.choice(self.lists.cities), self.rng.choice(self.lists.regions)))

    def _other(self, name: tuple[str, ...], label: str) -> tuple[str, ...]:
        """Another name of the label: half the time from the training data, half from the lists."""
        rng = self.rng
        if rng.random() < 0.5 and self.pool.get(label):
            return rng.choice(self.pool[label])
        if label == "PERS":
            full = self.person()
            return full if len(name) > 1 else (full[-1] if rng.random() < 0.7 else full[0],)
        if label == "LOC":
            return tuple(self._place().split())
        if label == "ORG":
            return tuple(rng.choice(rng.choice((self.lists.orgs, self.lists.orgs, self.lists.media))).split())
        return name

    def __call__(self, window: Sequence[Labelled]) -> list[Labelled]:
        """A rewritten copy of consecutive sentences: one name becomes the same other name all through them."""
        new: dict[tuple[str, ...], tuple[str, ...]] = {}
        out = [self._swap(sentence, new) for sentence in window] if self.replace else [list(s) for s in window]
        return [self._respell(s) for s in out] if self.rng.random() < self.spelling else out

    def _swap(self, sentence: Labelled, new: dict[tuple[str, ...], tuple[str, ...]]) -> Labelled:
        out: Labelled = []
        last = 0
        for start, end, label in mentions(sentence):
            out += sentence[last:start]
            last = end
            words = tuple(word for word, _ in sentence[start:end])
            clitic = self._clitic(words[0])
            bare = (
                "ال" + words[0][2:] if clitic == "ل" and words[0].startswith("لل") else words[0][len(clitic) :],
                *words[1:],
            )
            if bare not in new:
                new[bare] = self._other(bare, label) if self.rng.random() < self.replace else bare
                if label == "PERS" and len(bare) > 1:
                    new.setdefault(bare[-1:], new[bare][-1:])
            name = list(new[bare])
            name[0] = attach(clitic, name[0])
            out += [(word, ("B-" if place == 0 else "I-") + label) for place, word in enumerate(name)]
        return out + sentence[last:]

    def _respell(self, sentence: Labelled) -> Labelled:
        """The spelling of newsrooms that leave out hamza on alef and the dots of final ya."""
        table = str.maketrans("أإآ", "ااا")
        return [(re.sub("ي$", "ى", w.translate(table)) if len(w) > 2 else w, tag) for w, tag in sentence]

    def _fill(self, slot: str, people: list[tuple[str, ...]]) -> tuple[str, str]:
        """The words for a template's slot and their label."""
        rng, lists = self.rng, self.lists
        if slot == "PERS":
            people.append(self.person())
            return " ".join(people[-1]), "PERS"
        if slot == "SUR":
            return (rng.choice(people) if people else self.person())[-1], "PERS"
        if slot == "LOC":
            return self._state(), "LOC"
        if slot == "CITY":
            return rng.choice(rng.choice((lists.capitals, lists.cities))), "LOC"
        if slot == "PLACE":
            return self._place(), "LOC"
        if slot in ("ORG", "MEDIA"):
            return rng.choice(lists.orgs if slot == "ORG" else lists.media), "ORG"
        if slot in ("DAY", "MONTH"):
            return rng.choice(_DAYS if slot == "DAY" else _MONTHS), "O"
        adjective = rng.choice(lists.adjectives)
        return {"adjm": adjective, "adjf": adjective + "ة", "ADJM": "ال" + adjective, "ADJF": "ال" + adjective + "ة"}[
            slot
        ], "O"

    def sentence(self, template: str, people: list[tuple[str, ...]]) -> Labelled:
        """A template with its slots filled. `people` are those named so far in the made-up document; it grows."""
        out: Labelled = []
        for chunk in re.findall(r"(?:\{\w+\}|\[[^\]]*\]|[^\s\[{])+", template):
            match = _SLOT.search(chunk)
            if not match:
                out.append((str(self.rng.choice(_COUNTS)) if chunk == "N" else chunk, "O"))
                continue
            words, label = (match[2], match[3]) if match[2] else self._fill(match[1], people)
            first, *rest = words.split()
            out.append((attach(chunk[: match.start()], first), "O" if label == "O" else "B-" + label))
            out += [(word, "O" if label == "O" else "I-" + label) for word in rest]
            out[-1] = (out[-1][0] + chunk[match.end() :], out[-1][1])
        return out

    def documents(self, templates: Sequence[str], size: int = 6) -> list[list[Labelled]]:
        """Every template once, in random order, as made-up documents of `size` sentences."""
        order = self.rng.sample(templates, len(templates))
        made = []
        for start in range(0, len(order), size):
            people: list[tuple[str, ...]] = []
            made.append([self.sentence(template, people) for template in order[start : start + size]])
        return made


def read_templates(text: str) -> list[str]:
    """The templates of a file: its lines without comments and blanks."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
