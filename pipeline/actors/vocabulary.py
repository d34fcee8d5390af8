"""The words around actors' names: what office phrases are built of, and how people's names are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.actors.data import Names, Offices, flat
from pipeline.actors.inflect import adjective_forms
from pipeline.actors.lexicon import Entry, Head, Lexicon, key
from pipeline.arabic.normalise import fold


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of keys (`lexicon.key`) of words without ال, from offices.yaml and names.yaml.

    nouns, qualifiers: what may stand between a head and whose office it is; purposes: what behind ل says what the
    office is for; private: organisations that are no state's; trailing: what may follow whose office it is; posts,
    titles: places of office, and titles before a name; given: given names; surnames: last names of people.yaml and
    whose they are; particles, second_halves: words that bind surnames of two words; stops, verbs: words that end a
    name, and the verbs among them; accusatives: nouns behind which روسيا is روسيًّا; common, shy: common words that
    are surnames too, the shy ones only without ب and ل.
    """

    nouns: frozenset[str]
    qualifiers: frozenset[str]
    purposes: frozenset[str]
    private: frozenset[str]
    trailing: frozenset[str]
    posts: Lexicon
    titles: Lexicon
    given: frozenset[str]
    surnames: Mapping[str, str]
    particles: frozenset[str]
    second_halves: frozenset[str]
    stops: frozenset[str]
    verbs: frozenset[str]
    accusatives: frozenset[str]
    common: frozenset[str]
    shy: frozenset[str]


def build_vocabulary(offices: Offices, names: Names, given: frozenset[str], surnames: Mapping[str, str]) -> Vocabulary:
    """The vocabulary of the two files; given, surnames: those of people.yaml."""
    # على "upon" is told from the name علي by its last letter, which the key has lost; see persons.py.
    stops = keys(names.stops) - keys(["علي"])
    verbs = keys(names.verbs) | keys(verb + "ت" for verb in names.verbs)
    nouns, qualifiers = keys(flat(offices.glue.nouns)), keys(_inflected(flat(offices.glue.qualifiers)))
    no_surnames = stops | keys(names.ordinals) | nouns | qualifiers
    return Vocabulary(
        nouns=nouns,
        qualifiers=qualifiers,
        purposes=keys(offices.glue.purposes),
        private=keys(offices.private),
        trailing=keys(_inflected(flat(offices.trailing))),
        posts=_lexicon(offices.posts),
        titles=_lexicon(offices.titles),
        given=(given | keys(flat(names.given.values()))) - stops,
        surnames={name: actor for name, actor in surnames.items() if name not in no_surnames},
        particles=keys(names.particles),
        second_halves=keys(names.second_halves),
        stops=stops | verbs,
        verbs=verbs,
        accusatives=keys(names.accusatives),
        common=keys(names.common),
        shy=keys(names.shy),
    )


def head_entries(offices: Offices) -> Iterator[Entry]:
    """The lexicon entries of all heads, single words with and without ال, and of the nouns that only refer back."""
    for family in offices.heads:
        head = Head(
            form=family.form,
            by=frozenset(map(fold, family.by)),
            posted=family.posted,
            places=family.places,
            default=family.default,
            anaphor=family.anaphor,
            after_verb=family.after_verb,
            adjective=family.adjective,
            of=family.of,
        )
        indefinite = [] if family.definite else family.words
        for phrase in (*indefinite, *("ال" + word for word in family.words), *family.fixed):
            yield Entry(phrase, form=head.form, head=head)
    for phrase in offices.anaphors:
        yield Entry(phrase, form="pronoun_like", head=Head("pronoun_like", anaphor=True))


def keys(words: Iterable[str]) -> frozenset[str]:
    """The keys of words."""
    return frozenset(key(fold(word)) for word in words)


def _inflected(words: Iterable[str]) -> Iterator[str]:
    """Words, and of those that end in ي the other genders and numbers too."""
    for word in words:
        yield from adjective_forms(word) if word.endswith("ي") else (word,)


def _lexicon(phrases: Iterable[str]) -> Lexicon:
    lexicon = Lexicon()
    for phrase in phrases:
        lexicon.add(Entry(phrase))
    return lexicon
