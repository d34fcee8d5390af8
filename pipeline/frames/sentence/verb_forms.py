"""The verbs of the news (frames/verbs.yaml) as look-up tables over folded words, clitics and all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from pipeline.arabic.clitics import readings
from pipeline.arabic.conjugation import SHADDA, Inflection, conjugated, doubled, hollow, letters, present_stem
from pipeline.arabic.normalise import fold
from pipeline.errors import RuleError

SOURCE = "pipeline/frames/verbs.yaml"
PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "ني", "كم", "ه", "ك")
_SECOND = frozenset({"ك", "كم", "ني"})  # of the second person, or of verbs alone
_ENDINGS = ("ون", "ين", "ان", "تان", "تين", "ات", "ة", "ا", "و", "ي")
_OBJECT, _THAT, _RARE = "ه", "أن", "rare"


@dataclass(frozen=True, slots=True, eq=False)
class Verb:
    """One verb. past, present: stems as in the file; kind: its coarse class (say, ask, refuse …); transitive: takes an
    object; direct: an object above all, ه being the first that the file says it takes; that: takes a clause with أن or
    إن; rare: another verb is likelier where both are written alike; governs: the folded prepositions it takes; nouns,
    doer, done: its verbal nouns, active and passive participles, as written."""

    past: str
    present: str | None
    kind: str
    transitive: bool
    direct: bool
    that: bool
    rare: bool
    governs: frozenset[str]
    nouns: tuple[str, ...]
    doer: tuple[str, ...]
    done: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Verb({self.past}, {self.kind})"


@dataclass(frozen=True, slots=True)
class FiniteReading:
    """A word read as a finite verb: its proclitics (و ف س ل, folded) and the pronoun attached as its object."""

    verb: Verb
    inflection: Inflection
    proclitics: tuple[str, ...] = ()
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class NominalReading:
    """A word read as a verb's verbal noun (form 'noun') or participle ('doer', 'done'), with proclitics and pronoun."""

    verb: Verb
    form: str
    proclitics: tuple[str, ...] = ()
    pronoun: str | None = None


class VerbLexicon:
    """Verbs by their written forms. `finite` and `nominal` give every reading of a folded word, likeliest first."""

    def __init__(self, verbs: list[Verb]) -> None:
        self.verbs = tuple(verbs)
        self._finite: dict[str, dict[tuple[Verb, Inflection], None]] = defaultdict(dict)
        self._nominal: dict[str, dict[tuple[Verb, str], None]] = defaultdict(dict)
        for verb in verbs:
            for form, inflection in conjugated(verb.past, verb.present):
                self._finite[form][verb, inflection] = None
            for form, role in _nominal_forms(verb):
                self._nominal[form][verb, role] = None
        self.finite = lru_cache(maxsize=65536)(self._read_finite)
        self.nominal = lru_cache(maxsize=65536)(self._read_nominal)

    def _read_finite(self, norm: str) -> tuple[FiniteReading, ...]:
        found: dict[FiniteReading, None] = {}
        for proclitics, rest in _verbal_clitics(norm):
            tight = any(clitic in "سل" for clitic in proclitics)
            for stem, pronoun in _without_pronoun(rest):
                for verb, inflection in self._finite.get(stem, ()):
                    if (tight and inflection.aspect == "perfect") or (pronoun and not verb.transitive):
                        continue
                    found[FiniteReading(verb, inflection, proclitics, pronoun)] = None
        return tuple(sorted(found, key=_unlikely))

    def _read_nominal(self, norm: str) -> tuple[NominalReading, ...]:
        found: dict[NominalReading, None] = {}
        for reading in readings(norm):
            for stem, pronoun in _without_pronoun(reading.stem):
                if pronoun and (reading.definite or pronoun in _SECOND):
                    continue
                spelled = (stem, stem[:-1] + "ة") if pronoun and stem[-1] == "ت" else (stem,)
                if pronoun and stem[-1] in "ئؤ":
                    spelled = (stem, stem[:-1] + "ء")
                for form in spelled:
                    for verb, role in self._nominal.get(form, ()):
                        found[NominalReading(verb, role, reading.proclitics, pronoun)] = None
        return tuple(sorted(found, key=lambda reading: (len(reading.proclitics), bool(reading.pronoun))))


def _unlikely(reading: FiniteReading) -> tuple[bool, int, bool, bool, bool]:
    told = reading.inflection
    return reading.verb.rare, len(reading.proclitics), bool(reading.pronoun), told.person == 1, told.voice == "passive"


def _verbal_clitics(norm: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ways to part a word into و or ف, س or ل, and a verb."""
    fronts: list[tuple[tuple[str, ...], str]] = [((), norm)]
    if len(norm) > 2 and norm[0] in "وف":
        fronts.append(((norm[0],), norm[1:]))
    for proclitics, rest in fronts:
        yield proclitics, rest
        if len(rest) > 3 and rest[0] in "سل" and rest[1] in "يتنا":
            yield (*proclitics, rest[0]), rest[1:]


def _without_pronoun(word: str) -> Iterator[tuple[str, str | None]]:
    yield word, None
    for pronoun in PRONOUNS:
        if not word.endswith(pronoun) or len(word) - len(pronoun) < 2:
            continue
        stem = word[: -len(pronoun)]
        yield stem, pronoun
        if stem[-1] == "و":  # عارضوه: the plural's silent alef goes before the pronoun
            yield stem + "ا", pronoun
        elif stem[-1] == "ا":  # تبناه: alef stands for a final ya
            yield stem[:-1] + "ي", pronoun


def _nominal_forms(verb: Verb) -> Iterator[tuple[str, str]]:
    for noun in map(fold, verb.nouns):
        base = noun[:-1] + "ت" if noun.endswith("ة") else noun
        yield noun, "noun"
        yield (base[:-1] if noun.endswith("ة") else noun) + "ات", "noun"
        if not noun.endswith("ة"):
            yield noun + "ا", "noun"
    for role, words in (("doer", verb.doer), ("done", verb.done)):
        for participle in map(fold, words):
            yield participle, role
            for ending in _ENDINGS:
                yield participle + ending, role


def _participles(past: str, present: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Active and passive participle as the form of the verb gives them; none where it has no present."""
    if present is None:
        return (), ()
    bare, stem = letters(past), letters(present)
    if len(bare) == 3 and SHADDA not in past:
        return _first_form(bare, stem)
    if len(bare) == 2 and doubled(past):
        return (), ("م" + bare + "و" + bare[1],)
    if stem[-1] in "يى":
        return ("م" + stem[:-1], "م" + stem[:-1] + "ي"), ("م" + stem[:-1] + "ى",)
    done = "م" + (stem[:-2] + "ا" + stem[-1] if hollow(past) else stem)
    return ("م" + stem,), (done,)


def _first_form(bare: str, stem: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first, middle, last = tuple(bare)
    if last in "اىي":
        done = f"م{first}{middle}" + ("و" if stem[-1] == "و" else "ي")
        return (first + "ا" + middle, first + "ا" + middle + "ي"), (done,)
    if middle == "ا":
        return (first + "ائ" + last,), ("م" + first + ("و" if "و" in stem else "ي") + last,)
    doer = ("آ" if first == "أ" else first + "ا") + ("ئ" if middle == "أ" else middle) + ("ئ" if last == "أ" else last)
    done = "م" + first + ("ؤ" if middle == "أ" else middle) + "و" + ("ء" if last == "أ" else last)
    return (doer,), (done,)


def _read_line(kind: str, line: str, where: str) -> Verb:
    """One line of the file. Raises RuleError where it has not two to four fields, or one that is not understood."""
    fields = [field.strip() for field in line.split("|")]
    if not 3 <= len(fields) <= 4 or not 1 <= len(fields[0].split()) <= 2:
        raise RuleError(where, f"«{line.strip()}» is no verb", "Write: past present | takes | nouns | participles")
    past, *given = fields[0].split()
    bare = letters(past)
    weak = len(bare) == 3 and SHADDA not in past and (bare[1] == "ا" or bare[-1] in "اىي")
    if weak and not given:
        raise RuleError(where, f"«{past}» is weak and has no present", "Write its present behind it: قال قول")
    present = None if given == ["-"] else given[0] if given else present_stem(past)
    takes, nouns = ([word for word in field.split() if word != "-"] for field in fields[1:3])
    doer, done = _participles(past, present)
    if len(fields) == 4:
        told = fields[3].split()
        doer = tuple(word for word in told[:1] if word != "-")
        done = tuple(word for word in told[1:2] if word != "-")
    governs = frozenset(fold(word) for word in takes if word not in (_OBJECT, _THAT, _RARE))
    return Verb(
        past,
        present,
        kind,
        _OBJECT in takes,
        _first(takes) == _OBJECT,
        _THAT in takes,
        _RARE in takes,
        governs,
        tuple(nouns),
        doer,
        done,
    )


def _first(takes: list[str]) -> str:
    return next((word for word in takes if word != _RARE), "")


def read_verbs(text: str, source: str = SOURCE) -> list[Verb]:
    """The verbs of a file's text. Raises RuleError, which names the line that cannot be read."""
    classes = yaml.safe_load(text)
    if not isinstance(classes, dict) or not all(isinstance(lines, str) for lines in classes.values()):
        raise RuleError(source, "is not a table of classes", "Write «class: |» and one verb a line below it")
    return [
        _read_line(kind, line, f"{source}, {kind}")
        for kind, lines in classes.items()
        for line in lines.splitlines()
        if line.strip()
    ]


@lru_cache(maxsize=1)
def verb_lexicon() -> VerbLexicon:
    """The verbs of the package, read once."""
    return VerbLexicon(read_verbs(resources.files("pipeline.frames").joinpath("verbs.yaml").read_text("utf-8")))
