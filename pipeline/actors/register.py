"""The register of actors, built from the data files beside this module, CLDR's Arabic names and ISO 3166."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pycountry
import yaml
from babel import Locale

from pipeline.actors.inflect import adjective_forms
from pipeline.actors.lexicon import Entry, Form, Head, Lexicon, Unless, key, phrase_keys
from pipeline.arabic.normalise import fold
from pipeline.errors import RuleError

Kind = Literal["state", "body", "group"]
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
    """All actors by id, the lexicon that finds their names, and the word lists of the office phrases.

    All sets are of keys (`lexicon.key`) of words without ال. nouns, qualifiers: what may stand between a head and whose
    office it is; trailing: what may follow it; purposes: what behind ل says what the office is for; private:
    organisations that are no state's; posts, titles: places of office, and titles before a name; given: given names;
    surnames: last names of people.yaml and whose they are; stops, verbs: words that end a name, and the verbs among
    them; accusatives: nouns behind which روسيا is روسيًّا; common, shy: common words that are surnames too, the shy
    ones only without ب and ل.
    """

    actors: Mapping[str, Actor]
    lexicon: Lexicon
    nouns: frozenset[str]
    qualifiers: frozenset[str]
    purposes: frozenset[str]
    private: frozenset[str]
    trailing: frozenset[str]
    posts: Lexicon
    titles: Lexicon
    given: frozenset[str]
    surnames: Mapping[str, str]
    stops: frozenset[str]
    verbs: frozenset[str]
    accusatives: frozenset[str]
    common: frozenset[str]
    shy: frozenset[str]


@lru_cache(maxsize=1)
def load_register() -> Register:
    """Read and check the data files. Raises RuleError naming the file and the entry at fault."""
    return build_register(Path(str(resources.files("pipeline.actors"))))


def build_register(folder: Path) -> Register:
    """The register of the data files in `folder`. Raises RuleError (E601): broken YAML, a key twice, an unknown key,
    an id that is not in ISO 3166 or not upper-case, one name for two actors."""
    lexicon = Lexicon()
    actors: dict[str, Actor] = {}
    shared = _read(folder / "shared.yaml")
    owners: dict[tuple[str, ...], tuple[str, str]] = {}
    kinds: tuple[tuple[Kind, str], ...] = (("state", "states.yaml"), ("body", "bodies.yaml"), ("group", "groups.yaml"))
    for kind, name in kinds:
        path = folder / name
        data = _read(path)
        _check(path, kind, data, actors)
        for actor, fields in _with_cldr(data) if kind == "state" else data.items():
            entries = list(_entries(actor, kind, fields or {}, [s["name"] for s in shared]))
            for entry in entries:
                _claim(owners, path, entry)
                lexicon.add(entry)
            label = (fields or {}).get("label") or entries[0].phrase
            actors[actor] = Actor(actor, kind, label, tuple(dict.fromkeys(entry.phrase for entry in entries)))
    for item in shared:
        unless = Unless(item["other"], item["other_form"], item["sign"])
        lexicon.add(Entry(item["name"], item["actor"], item["form"], unless=unless))
    given, surnames = _add_people(folder / "people.yaml", lexicon, actors, owners)
    exclusions = _read(folder / "exclusions.yaml")
    media = exclusions.pop("media_after")
    for phrase in (*_flat(exclusions), *(f"{noun} {name}" for noun in media["nouns"] for name in media["names"])):
        lexicon.add(Entry(phrase))
    offices = _read(folder / "offices.yaml")
    names = _read(folder / "names.yaml")
    # على "upon" is told from the name علي by its last letter, which the key has lost; see persons.py.
    stops = _keys(names["stops"]) - _keys(["علي"])
    all_given = (given | _keys(names["given"])) - stops
    no_surnames = stops | _keys(names["ordinals"]) | _keys(_inflected(offices["glue"]))
    verbs = _keys(names["verbs"]) | _keys(verb + "ت" for verb in names["verbs"])
    _add_heads(offices["heads"], lexicon)
    for phrase in offices["anaphors"]:
        lexicon.add(Entry(phrase, form="pronoun_like", head=Head("pronoun_like", anaphor=True)))
    return Register(
        actors=actors,
        lexicon=lexicon,
        nouns=_keys(offices["glue"]["nouns"]),
        qualifiers=_keys(_inflected(offices["glue"]["qualifiers"])),
        purposes=_keys(offices["glue"]["purposes"]),
        private=_keys(offices["private"]),
        trailing=_keys(_inflected(offices["trailing"])),
        posts=_lexicon(offices["posts"]),
        titles=_lexicon(offices["titles"]),
        given=all_given,
        surnames={name: actor for name, actor in surnames.items() if name not in no_surnames},
        stops=stops | verbs,
        verbs=verbs,
        accusatives=_keys(names["accusatives"]),
        common=_keys(names["common"]),
        shy=_keys(names["shy"]),
    )


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key given twice, which plain YAML would let the second win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(child, deep=True) for child, _ in node.value]
        twice = next((k for k in keys if keys.count(k) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice} stands here twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _read(path: Path) -> Any:
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, _Loader)
    except FileNotFoundError as error:
        raise RuleError(path, "is not there", "Restore it from Git") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise RuleError(place, str(getattr(error, "problem", error)), "Mend the YAML there") from error


def _check(path: Path, kind: Kind, data: Mapping[str, Any], actors: Mapping[str, Actor]) -> None:
    for actor, fields in data.items():
        where = f"{path}: {actor}"
        unknown = set(fields or {}) - _FIELDS[kind]
        if unknown:
            raise RuleError(where, f"unknown key {sorted(unknown)[0]}", "Use " + ", ".join(sorted(_FIELDS[kind])))
        for name, value in (fields or {}).items():
            if name != "label" and not (isinstance(value, list) and all(isinstance(v, str) and v for v in value)):
                raise RuleError(where, f"{name} is not a list of phrases", "Write it as [one, two]")
        if actor in actors or not actor.isascii() or actor.upper() != actor:
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


def _entries(actor: str, kind: Kind, fields: Mapping[str, Any], shared: list[str]) -> Iterator[Entry]:
    """All entries of one actor, each phrase and form once."""
    guarded = {tuple(phrase_keys(phrase)) for phrase in fields.get("guarded", ())}
    not_with_ba = {tuple(phrase_keys(phrase)) for phrase in fields.get("not_with_ba", ())}
    not_forms = {tuple(phrase_keys(phrase)) for phrase in fields.get("not_forms", ())}
    elsewhere = {tuple(phrase_keys(phrase)) for phrase in shared}
    seen: set[tuple[tuple[str, ...], Form]] = set()

    def entry(phrase: str, form: Form, gender: str = "") -> Iterator[Entry]:
        keys = tuple(phrase_keys(phrase))
        if (keys, form) not in seen and keys not in elsewhere and not (form == "adjective" and keys in not_forms):
            seen.add((keys, form))
            yield Entry(phrase, actor, form, gender=gender, guarded=keys in guarded, not_with_ba=keys in not_with_ba)

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


def _claim(owners: dict[tuple[str, ...], tuple[str, str]], path: Path, entry: Entry) -> None:
    """Note whose phrase it is. Raises RuleError where another actor has it already."""
    keys = tuple(phrase_keys(entry.phrase))
    assert entry.actor is not None
    owner, where = owners.setdefault(keys, (entry.actor, path.name))
    if owner != entry.actor:
        what = f"the name {entry.phrase} is already {owner}'s in {where}"
        raise RuleError(f"{path}: {entry.actor}", what, "Give it to one of them, or list it in shared.yaml")


def _add_people(
    path: Path, lexicon: Lexicon, actors: Mapping[str, Actor], owners: dict[tuple[str, ...], tuple[str, str]]
) -> tuple[frozenset[str], dict[str, str]]:
    """Add the people of people.yaml to the lexicon; the keys of their given names, and the actor of each last name."""
    given: set[str] = set()
    surnames: dict[str, set[str]] = {}
    for actor, people in _read(path).items():
        if actor not in actors:
            raise RuleError(f"{path}: {actor}", "is no actor of the register", "Correct the id")
        for person in people:
            before, slash, surname = (part.strip() for part in person.partition("/"))
            names = [f"{before} {surname}".strip(), *([surname] if slash and before else [])]
            for name in names:
                if not any(e.actor == actor and e.form == "person" for e in lexicon.get(name)):
                    entry = Entry(name, actor, "person")
                    _claim(owners, path, entry)
                    lexicon.add(entry)
            if before:
                given.add(phrase_keys(before)[0])
            surnames.setdefault(phrase_keys(person)[-1], set()).add(actor)
    return frozenset(given), {name: min(of) for name, of in surnames.items() if len(of) == 1}


def _add_heads(families: list[dict[str, Any]], lexicon: Lexicon) -> None:
    for family in families:
        head = Head(
            form=family["form"],
            by=frozenset(map(fold, family.get("by", ()))),
            posted=family.get("posted", False),
            default=family.get("default"),
            anaphor=family.get("anaphor", False),
            after_verb=family.get("after_verb", False),
            places=family.get("places", False),
            adjective=family.get("adjective"),
            of=family.get("of"),
        )
        for word in family.get("words", ()):
            for phrase in ("ال" + word,) if family.get("definite") else (word, "ال" + word):
                lexicon.add(Entry(phrase, form=head.form, head=head))
        for phrase in family.get("fixed", ()):
            lexicon.add(Entry(phrase, form=head.form, head=head))


def _lexicon(phrases: list[str]) -> Lexicon:
    lexicon = Lexicon()
    for phrase in phrases:
        lexicon.add(Entry(phrase))
    return lexicon


def _keys(words: Any) -> frozenset[str]:
    return frozenset(key(fold(word)) for word in _flat(words))


def _inflected(words: Any) -> Iterator[str]:
    """Words, and of those that end in ي the other genders and numbers too."""
    for word in _flat(words):
        yield from adjective_forms(word) if word.endswith("ي") else (word,)


def _flat(phrases: Any) -> Iterator[str]:
    """The strings of nested lists and mappings."""
    if isinstance(phrases, str):
        yield phrases
    else:
        for phrase in phrases.values() if isinstance(phrases, dict) else phrases:
            yield from _flat(phrase)
