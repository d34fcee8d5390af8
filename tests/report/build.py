"""Articles, segments and events made for the tests of the report: each field can be anything."""

from __future__ import annotations

import hashlib

from pipeline.records import Entity, Event, Filler, Mention, Modality, Section, Segments, Sentence, Story

TEXT = "استخدمت واشنطن الفيتو ضد مشروع قرار قدمته الجزائر.\nدعت قطر إلى هدنة فورية في غزة."


def at(text: str, words: str, value: str | int | bool | None = None, actor: str | None = None) -> Filler:
    """A filler at the first place where `words` stand in `text`."""
    start = text.index(words)
    return Filler(value=words if value is None else value, actor=actor, text=words, start=start, end=start + len(words))


def segments(text: str = TEXT, article: str = "900", path: str = "articles/900.txt", **story: str) -> Segments:
    """One article of one story, its lines the sentences of one body."""
    sentences, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        sentences.append(Sentence(id=f"{article}-1-{number}", section="body", start=start, end=end))
        start = end + 1
    told = Story(story=1, sections=[Section(kind="body", start=0, end=len(text))], sentences=sentences, **story)
    return Segments(article=article, path=path, sha256=hashlib.sha256(text.encode()).hexdigest(), stories=[told])


def event(
    kind: str,
    slots: dict[str, list[Filler]],
    *spans: tuple[int, int],
    article: str = "900",
    modality: Modality = "actual",
    number: int = 1,
    rule: str = "rule.one",
) -> Event:
    """An event of story 1 with a mention at each span, the n-th in sentence n."""
    mentions = [
        Mention(sentence=f"{article}-1-{n}", start=start, end=end, trigger=(start, min(start + 4, end)), rule=rule)
        for n, (start, end) in enumerate(spans or [(0, 10)], 1)
    ]
    return Event(
        id=f"{article}-1-{kind}-{number}",
        type=kind,
        article=article,
        story=1,
        modality=modality,
        slots=slots,
        mentions=mentions,
    )


def veto(text: str = TEXT) -> Event:
    return event(
        "veto",
        {
            "object": [at(text, "مشروع قرار")],
            "sponsor": [at(text, "الجزائر", actor="DZA")],
            "vetoer": [at(text, "واشنطن", "الولايات المتحدة", "USA")],
        },
        (0, text.index(".")),
    )


def call(text: str = TEXT) -> Event:
    start = text.index("دعت")
    return event(
        "ceasefire_call",
        {
            "caller": [at(text, "قطر", actor="QAT")],
            "kind": [at(text, "هدنة", "truce")],
            "qualifier": [at(text, "فورية", "immediate")],
            "stance": [at(text, "دعت", "call")],
        },
        (start, len(text)),
        rule="call.verb",
    )


def entity(text: str, words: str, label: str = "LOC", article: str = "900", sentence: str = "900-1-1") -> Entity:
    start = text.index(words)
    span = (start, start + len(words))
    return Entity(article=article, sentence=sentence, label=label, start=span[0], end=span[1], core=span, score=0.9)
