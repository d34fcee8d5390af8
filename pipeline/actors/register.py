"""The register of actors, built from the data files beside this module, CLDR's Arabic names and ISO 3166."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pycountry
from babel import Locale

from pipeline.actors.data import Exclusions, Names, Offices, SharedName, read, read_list, read_yaml
from pipeline.actors.inflect import adjective_forms
from pipeline.actors.lexicon import Entry, Form, Lexicon, Unless, phrase_keys
from pipeline.actors.transliteration import spellings
from pipeline.actors.vocabulary import Vocabulary, build_vocabulary, head_entries, keys
from pipeline.errors import RuleError

Kind = Literal["state", "body", "group"]
_FILES: dict[Kind, str] = {"state": "states.yaml", "body": "bodies.yaml", "group": "groups.yaml"}
_FIELDS = {
    "state": {"label", "names", "not_names", "adjectives", "plurals", "not_forms", "capitals", "epithets",
              "parliaments", "offices", "guarded"},
    "body": {"label", "names", "adjectives", "epithets", "offices", "guarded"},
    "group": {"label", "names", "adjectives", "epithets", "offices", "guarded", "not_with_ba"},
}  # fmt: skip
_FORMS: dict[str, Form] = {
    "capitals": "capital", "epithets": "epithet", "parliaments": "parliament", "offices": "office",
    "plurals": "adjective",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `label` is the Arabic name to show, `names` every phrase that means it, in the files' order."""

    id: str
    kind: Kind
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """All actors by id, the lexicon that finds their names, and the words around those names."""

    actors: Mapping[str, Actor]
    lexicon: Lexicon
    words: Vocabulary


@lru_cache(maxsize=1)
def load_register() -> Register:
    """Read and check the data files. Raises RuleError naming the file and the entry at fault."""
    return build_register(Path(str(resources.files("pipeline.actors"))))


def build_register(folder: Path) -> Register:
    """The register of the data files in `folder`.

    Raises RuleError (E601): broken YAML, a key twice, an unknown key, an id that is not in ISO 3166 or not upper-case,
    one name for two actors.
    """
    offices, names = read(folder / "offices.yaml", Offices), read(folder / "names.yaml", Names)
    shared = read_list(folder / "shared.yaml", SharedName)
    lexicon = Lexicon()
    owners = Owners()
    actors = dict(_add_actors(folder, lexicon, owners, {phrase_keys(item.name) for item in shared}))
    for item in shared:
        unless = Unless(item.other, item.other_form, item.sign)
        lexicon.add(Entry(item.name, item.actor, item.form, unless=unless))
    given, surnames = _add_people(folder / "people.yaml", lexicon, owners, actors, keys(names.particles))
    for phrase in read(folder / "exclusions.yaml", Exclusions).phrases():
        lexicon.add(Entry(phrase))
    for entry in head_entries(offices):
        lexicon.add(entry)
    return Register(actors, lexicon, build_vocabulary(offices, names, given, surnames))


class Owners:
    """Whose phrase each is, so that no two actors have one."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, ...], tuple[str, str]] = {}

    def claim(self, path: Path, entry: Entry) -> None:
        """Note whose phrase it is. Raises RuleError where another actor has it already."""
        assert entry.actor is not None
        owner, where = self._owners.setdefault(phrase_keys(entry.phrase), (entry.actor, path.name))
        if owner != entry.actor:
            what = f"the name {entry.phrase} is already {owner}'s in {where}"
            raise RuleError(f"{path}: {entry.actor}", what, "Give it to one of them, or list it in shared.yaml")


def _add_actors(
    folder: Path, lexicon: Lexicon, owners: Owners, shared: Set[tuple[str, ...]]
) -> Iterator[tuple[str, Actor]]:
    """Add the phrases of all states, bodies and groups to the lexicon; yields the actors by id."""
    seen: set[str] = set()
    respelled: list[Entry] = []
    for kind, name in _FILES.items():
        path = folder / name
        data = read_yaml(path)
        _check(path, kind, data, seen)
        seen |= set(data)
        for actor, fields in _with_cldr(data) if kind == "state" else data.items():
            entries = list(_entries(actor, kind, fields or {}, shared))
            for entry in entries:
                owners.claim(path, entry)
                lexicon.add(entry)
            if kind == "state":
                respelled += [
                    replace(entry, phrase=other) for entry in entries for other in spellings(entry.phrase)[1:]
                ]
            label = (fields or {}).get("label") or entries[0].phrase
            yield actor, Actor(actor, kind, label, tuple(dict.fromkeys(entry.phrase for entry in entries)))
    for entry in respelled:  # no name in the files gives way to another spelling of some state's
        if not lexicon.get(entry.phrase):
            lexicon.add(entry)


def _check(path: Path, kind: Kind, data: Mapping[str, Any], taken: Set[str]) -> None:
    for actor, fields in data.items():
        where = f"{path}: {actor}"
        unknown = set(fields or {}) - _FIELDS[kind]
        if unknown:
            raise RuleError(where, f"unknown key {sorted(unknown)[0]}", "Use " + ", ".join(sorted(_FIELDS[kind])))
        for name, value in (fields or {}).items():
            if name != "label" and not (isinstance(value, list) and all(isinstance(v, str) and v for v in value)):
                raise RuleError(where, f"{name} is not a list of phrases", "Write it as [one, two]")
        if actor in taken or not actor.isascii() or actor.upper() != actor:
            raise RuleError(where, "the id is taken or not upper-case Latin", "Choose another id")
        known = pycountry.countries.get(alpha_3=actor) or (fields or {}).get("label")
        if kind == "state" and not known:
            raise RuleError(where, "is no ISO 3166-1 alpha-3 code and has no label", "Correct the id, or give a label")


def _with_cldr(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every state of ISO 3166 with CLDR's Arabic names in front of those of the file, then the file's own states."""
    territories = Locale("ar").territories
    for country in sorted(pycountry.countries, key=lambda country: country.alpha_3):
        fields = dict(data.get(country.alpha_3) or {})
        name = territories.get(country.alpha_2)
        if name and name not in fields.get("not_names", ()):
            fields["names"] = [name.split("(")[0].strip(), *fields.get("names", [])]
        if fields.get("names"):
            yield country.alpha_3, fields
    for actor, fields in data.items():
        if not pycountry.countries.get(alpha_3=actor):
            yield actor, {**fields, "names": [fields["label"], *fields.get("names", [])]}


def _entries(actor: str, kind: Kind, fields: Mapping[str, Any], shared: Set[tuple[str, ...]]) -> Iterator[Entry]:
    """All entries of one actor, each phrase and form once."""
    guarded = {phrase_keys(phrase) for phrase in fields.get("guarded", ())}
    not_with_ba = {phrase_keys(phrase) for phrase in fields.get("not_with_ba", ())}
    not_forms = {phrase_keys(phrase) for phrase in fields.get("not_forms", ())}
    seen: set[tuple[tuple[str, ...], Form]] = set()

    def entry(phrase: str, form: Form, gender: str = "") -> Iterator[Entry]:
        parts = phrase_keys(phrase)
        if (parts, form) not in seen and parts not in shared and not (form == "adjective" and parts in not_forms):
            seen.add((parts, form))
            yield Entry(phrase, actor, form, gender=gender, guarded=parts in guarded, not_with_ba=parts in not_with_ba)

    own: Form = "name" if kind == "state" else kind
    for phrase in fields.get("names", ()):
        yield from entry(phrase, own)
    for field, form in _FORMS.items():
        for phrase in fields.get(field, ()):
            yield from entry(phrase, form)
            if field == "plurals":
                yield from entry("ال" + phrase, form)
    for adjective in fields.get("adjectives", ()):
        for phrase, gender in adjective_forms(adjective).items():
            yield from entry(phrase, "adjective", gender)


def _add_people(
    path: Path,
    lexicon: Lexicon,
    owners: Owners,
    actors: Mapping[str, Actor],
    particles: frozenset[str],
) -> tuple[frozenset[str], dict[str, str]]:
    """Add the people of people.yaml to the lexicon; the keys of their given names, and the actor of each last name."""
    given: set[str] = set()
    surnames: dict[str, set[str]] = {}
    spelled: list[tuple[str, str]] = []
    for actor, people in read_yaml(path).items():
        if actor not in actors:
            raise RuleError(f"{path}: {actor}", "is no actor of the register", "Correct the id")
        for person in people:
            before, slash, surname = (part.strip() for part in person.partition("/"))
            names = [f"{before} {surname}".strip(), *([surname] if slash and before else [])]
            for name in names:
                if not any(e.actor == actor and e.form == "person" for e in lexicon.get(name)):
                    entry = Entry(name, actor, "person")
                    owners.claim(path, entry)
                    lexicon.add(entry)
                spelled += [(other, actor) for other in spellings(name)[1:]]
            if before:
                given.add(phrase_keys(before)[0])
            *others, last = phrase_keys(person)
            if others and others[-1] not in particles:
                surnames.setdefault(last, set()).add(actor)
    for name, actor in spelled:  # nobody's own name gives way to another spelling of someone else's
        if not lexicon.get(name):
            lexicon.add(Entry(name, actor, "person"))
    return frozenset(given), {name: min(of) for name, of in surnames.items() if len(of) == 1}
