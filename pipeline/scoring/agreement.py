"""How far two people who labelled the same articles agree, and where they do not.

F1 is symmetric, so neither labeller counts as right; it is the measure for spans, where the number of things that
neither marked is unknown (Hripcsak & Rothschild 2005). Cohen's κ (Cohen 1960) is given where every unit gets a label
from both: words for entities, sentences for event types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.errors import GoldError
from pipeline.records import Event, Filler, GoldArticle
from pipeline.scoring.entities import LABELS, TaggedArticle, aligned, score_entities
from pipeline.scoring.events import Matched, filler_key, kind, match, score_events, score_slots, slot_keys
from pipeline.scoring.matching import assign, overlap
from pipeline.scoring.measures import Counts, Ledger, compare, rounded
from pipeline.scoring.sentences import score_segmentation


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that the two label differently, at [start, end) of the article; None where one has nothing."""

    article: str
    start: int
    end: int
    what: str
    a: str | None
    b: str | None
    text: str


@dataclass(frozen=True)
class Agreement:
    """scores: what is compared → counts, `predicted` those of B, `gold` those of A; kappa: what → κ, None where it is
    undefined, because only one label was ever given; only_a, only_b: articles that the other did not label."""

    articles: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    scores: dict[str, Counts]
    kappa: dict[str, float | None]
    disagreements: tuple[Disagreement, ...] = field(repr=False)

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON: F1 with its counts, κ, and the disagreements."""
        scores = {
            name: {"both": c.found, "a": c.gold, "b": c.predicted, "f1": rounded(c.f1)}
            for name, c in self.scores.items()
        }
        return {
            "articles": list(self.articles),
            "only_a": list(self.only_a),
            "only_b": list(self.only_b),
            "scores": scores,
            "kappa": {name: rounded(value) for name, value in self.kappa.items()},
            "disagreements": [{name: getattr(d, name) for name in Disagreement.__slots__} for d in self.disagreements],
        }

    def as_text(self) -> str:
        """A report to read: the tables, then every disagreement by article and place."""
        lines = [f"{len(self.articles)} articles labelled by both"]
        lines += [f"only {name}: {', '.join(rest)}" for name, rest in (("A", self.only_a), ("B", self.only_b)) if rest]
        wide = max(map(len, [*self.scores, *self.kappa])) + 2
        lines += ["", f"{'':{wide}}{'both':>6}{'A':>6}{'B':>6}{'F1':>8}"]
        lines += [
            f"{name:{wide}}{c.found:>6}{c.gold:>6}{c.predicted:>6}{_shown(c.f1):>8}" for name, c in self.scores.items()
        ]
        lines += ["", "Cohen's κ", *(f"{name:{wide}}{_shown(value):>26}" for name, value in self.kappa.items())]
        lines += ["", f"{len(self.disagreements)} disagreements"]
        for article in self.articles:
            own = [d for d in self.disagreements if d.article == article]
            lines += ["", f"{article}: {len(own)}"] if own else []
            lines += [f"  {d.start}-{d.end} {d.what}: A {d.a or '–'} · B {d.b or '–'}   «{d.text}»" for d in own]
        return "\n".join(lines) + "\n"


def agreement(a: Sequence[GoldArticle], b: Sequence[GoldArticle], texts: Mapping[str, str]) -> Agreement:
    """Compare two labellers' versions of the same articles; `texts` holds each article's text.

    Events match as in scoring: type, class and an overlapping mention, one to one. Slots count over all events, those
    of unmatched ones against the agreement. Raises GoldError where they labelled different texts, or share no article.
    """
    first, second = ({article.article: article for article in side} for side in (a, b))
    shared = tuple(sorted(first.keys() & second.keys()))
    if not shared:
        raise GoldError("agreement", "the two folders have no article in common", "Name folders that share articles")
    ledgers = {
        "segmentation": Ledger("what"),
        "entities": Ledger("label"),
        "events": Ledger("type", "class", "measure"),
        "slots": Ledger("type", "slot", "scope"),
        "places": Ledger("what"),
    }
    units: dict[str, list[tuple[str, str]]] = {"entity label of a word": [], "event types of a sentence": []}
    found: list[Disagreement] = []
    for name in shared:
        one, two, text = first[name], second[name], texts[name]
        if one.sha256 != two.sha256:
            raise GoldError(name, "the two labelled different texts", "Label the same file, or import it again")
        tagged = TaggedArticle.of(name, text, one.entities, two.entities)
        matched = match(name, one.events, two.events)
        score_segmentation(ledgers["segmentation"], name, one.stories, two.stories)
        score_entities(ledgers["entities"], tagged)
        score_events(ledgers["events"], matched)
        score_slots(ledgers["slots"], matched)
        _score_triggers(ledgers["places"], one, two)
        _score_fillers(ledgers["places"], matched)
        units["entity label of a word"] += _word_labels(tagged)
        units["event types of a sentence"] += _sentence_types(one, two)
        found += sorted(_disagreements(one, two, tagged, matched, text), key=lambda d: (d.start, d.end, d.what))
    return Agreement(
        articles=shared,
        only_a=tuple(sorted(first.keys() - second.keys())),
        only_b=tuple(sorted(second.keys() - first.keys())),
        scores=dict(_scores(ledgers)),
        kappa={what: cohen_kappa(pairs) for what, pairs in units.items()},
        disagreements=tuple(found),
    )


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's κ of two labels a unit: (observed - expected) / (1 - expected) agreement; None where it is undefined."""
    total = len(pairs)
    if not total:
        return None
    left, right = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    expected = sum(count * right[label] for label, count in left.items()) / total**2
    observed = sum(one == two for one, two in pairs) / total
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _scores(ledgers: Mapping[str, Ledger]) -> Iterator[tuple[str, Counts]]:
    yield "sentences", ledgers["segmentation"].total("sentence")
    yield "sentence boundaries", ledgers["segmentation"].total("boundary")
    yield "entities", ledgers["entities"].total("all")
    yield from ((f"entities {label}", ledgers["entities"].total(label)) for label in LABELS)
    for what in ("triggers, overlapping", "triggers, exact", "mentions", "mentions, extent equal"):
        yield what, ledgers["places"].total(what)
    for title, wanted in (("events", "found"), ("events, core slots equal", "core slots right")):
        yield title, ledgers["events"].total("all", "all", wanted)
        for type_, class_, measure in sorted(ledgers["events"].keys(), key=_total_first):
            if measure == wanted and type_ != "all":
                name = f"{title} {type_}" if class_ == "all" else f"{title} {type_} {class_}"
                yield name, ledgers["events"].total(type_, class_, measure)
    yield "slots", ledgers["slots"].total("all", "all", "all events")
    for type_, slot, scope in sorted(ledgers["slots"].keys(), key=_total_first):
        if scope == "all events" and type_ != "all":
            name = f"slots {type_}" if slot == "all" else f"slots {type_}.{slot}"
            yield name, ledgers["slots"].total(type_, slot, scope)
    yield "fillers, value and words equal", ledgers["places"].total("fillers")


def _total_first(key: tuple[str, ...]) -> tuple[str, bool, str]:
    """Sorts (type, class or slot, …) with each type's total before its parts."""
    return key[0], key[1] != "all", key[1]


def _score_triggers(ledger: Ledger, one: GoldArticle, two: GoldArticle) -> None:
    """Add one article's trigger and mention counts: of one type, by overlap one to one, and with equal ends."""
    sides = [[(event.type, mention) for event in gold.events for mention in event.mentions] for gold in (one, two)]
    exact = [{(type_, *mention.trigger) for type_, mention in side} for side in sides]
    extents = [Counter((type_, mention.start, mention.end) for type_, mention in side) for side in sides]
    shared = (extents[0] & extents[1]).total()
    ledger.add(("triggers, exact",), one.article, compare(*exact))
    ledger.add(("mentions, extent equal",), one.article, Counts(shared, extents[1].total(), extents[0].total()))
    spans = {
        "triggers, overlapping": [sorted(side) for side in exact],
        "mentions": [[(type_, mention.start, mention.end) for type_, mention in side] for side in sides],
    }
    for what, (gold, predicted) in spans.items():
        pairs = assign(gold, predicted, lambda g, p: overlap(g[1:], p[1:]) or None if g[0] == p[0] else None)
        ledger.add((what,), one.article, Counts(len(pairs), len(predicted), len(gold)))


def _score_fillers(ledger: Ledger, matched: Matched) -> None:
    """Add one article's fillers, equal where slot, value and both ends of the words are; the stance is one, too."""

    def fillers(event: Event) -> set[tuple[str, str, int, int]]:
        return {(slot, filler_key(f), f.start, f.end) for slot, row in event.slots.items() for f in row}

    for a, b in matched.found:
        ledger.add(("fillers",), matched.article, compare(fillers(a), fillers(b)))
    for event in matched.missed:
        ledger.add(("fillers",), matched.article, Counts(gold=len(fillers(event))))
    for event in matched.false:
        ledger.add(("fillers",), matched.article, Counts(predicted=len(fillers(event))))


def _word_labels(tagged: TaggedArticle) -> list[tuple[str, str]]:
    """Both labels of each word, without B and I; punctuation left out."""
    sides = (tagged.tags(tagged.gold), tagged.tags(tagged.predicted))
    rows = zip(tagged.words, *sides, strict=True)
    return [(one.rpartition("-")[2], two.rpartition("-")[2]) for word, one, two in rows if word.kind != "punct"]


def _sentence_types(one: GoldArticle, two: GoldArticle) -> list[tuple[str, str]]:
    """For each of A's sentences the types of event that it tells by A and by B, several joined by +."""

    def types(events: Sequence[Event], span: tuple[int, int]) -> str:
        told = {e.type for e in events if any(overlap((m.start, m.end), span) for m in e.mentions)}
        return "+".join(sorted(told)) or "none"

    return [(types(one.events, span), types(two.events, span)) for span in ((s.start, s.end) for s in one.sentences)]


def _disagreements(
    one: GoldArticle, two: GoldArticle, tagged: TaggedArticle, matched: Matched, text: str
) -> Iterator[Disagreement]:
    def row(span: tuple[int, int], what: str, a: str | None, b: str | None) -> Disagreement:
        return Disagreement(one.article, *span, what, a, b, " ".join(text[slice(*span)].split()))

    for what, sides in _spans(one, two):
        for span in sides[0].keys() | sides[1].keys():
            if sides[0].get(span) != sides[1].get(span):
                yield row(span, what, sides[0].get(span), sides[1].get(span))
    for left, right in aligned(tagged):
        labels = [f"{e.label} «{text[e.start : e.end]}»" if e else None for e in (left, right)]
        if labels[0] != labels[1] or (left and right and tagged.token_span(left) != tagged.token_span(right)):
            ends = [(e.start, e.end) for e in (left, right) if e]
            yield row((min(s for s, _ in ends), max(e for _, e in ends)), "entity", *labels)
    confused = {id(event) for pair in matched.confused for event in pair}
    for a, b in matched.confused:
        yield row(_extent(a), "kind of event", kind(a), kind(b))
    yield from (row(_extent(e), "event", kind(e), None) for e in matched.missed if id(e) not in confused)
    yield from (row(_extent(e), "event", None, kind(e)) for e in matched.false if id(e) not in confused)
    for a, b in matched.found:
        yield from (row(_extent(a), f"{kind(a)}: {slot}", *values) for slot, values in _slot_differences(a, b))
        for slot, first, second in _word_differences(a, b):
            yield row((first.start, first.end), f"{kind(a)}: words of {slot}", first.text, second.text)
        told = [[(m.start, m.end) for m in event.mentions] for event in (a, b)]
        pairs = assign(told[0], told[1], lambda x, y: overlap(x, y) or None)
        for i, j in pairs:
            triggers = a.mentions[i].trigger, b.mentions[j].trigger
            for part, spans in (("trigger", triggers), ("extent", (told[0][i], told[1][j]))):
                if spans[0] != spans[1]:
                    yield row(told[0][i], f"{kind(a)}: {part}", text[slice(*spans[0])], text[slice(*spans[1])])
        for index, side in enumerate(told):
            matched_here = {pair[index] for pair in pairs}
            for span in (span for i, span in enumerate(side) if i not in matched_here):
                yield row(span, f"{kind(a)}: mention", *(("yes", None) if index == 0 else (None, "yes")))


def _word_differences(a: Event, b: Event) -> Iterator[tuple[str, Filler, Filler]]:
    """Slots that both fill with one value, from other words."""
    for slot in sorted(a.slots.keys() & b.slots.keys()):
        first, second = ({filler_key(f): f for f in event.slots[slot]} for event in (a, b))
        for key in first.keys() & second.keys():
            if (first[key].start, first[key].end) != (second[key].start, second[key].end):
                yield slot, first[key], second[key]


def _spans(one: GoldArticle, two: GoldArticle) -> Iterator[tuple[str, list[dict[tuple[int, int], str]]]]:
    """Sections and sentences of both by their place, and what each says of it."""
    yield (
        "section",
        [{(s.start, s.end): s.kind for story in gold.stories for s in story.sections} for gold in (one, two)],
    )
    yield "sentence", [{(s.start, s.end): "yes" for s in gold.sentences} for gold in (one, two)]


def _extent(event: Event) -> tuple[int, int]:
    """Where the event's first mention stands."""
    return event.mentions[0].start, event.mentions[0].end


def _slot_differences(a: Event, b: Event) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """Slots (and the modality) that differ, with both values as text."""
    if a.modality != b.modality:
        yield "modality", (a.modality, b.modality)
    left, right = slot_keys(a), slot_keys(b)
    for slot in sorted(left.keys() | right.keys()):
        values = left.get(slot, set()), right.get(slot, set())
        if values[0] != values[1]:
            yield slot, (" ؛ ".join(sorted(values[0])) or None, " ؛ ".join(sorted(values[1])) or None)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
