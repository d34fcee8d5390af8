"""Records in short form for the tables of these tests: spans are made up, the text only needs to be long enough."""

from __future__ import annotations

from pipeline.records import Entity, Event, Filler, Mention, Story


def filler(value: str | int | bool, actor: str | None = None, at: int = 0, text: str | None = None) -> Filler:
    shown = str(value) if text is None else text
    return Filler(value=value, actor=actor, text=shown, start=at, end=at + len(shown))


def actor(*ids: str) -> list[Filler]:
    """Fillers that act, by their ids."""
    return [filler(name.lower(), actor=name) for name in ids]


def event(
    type_: str,
    *spans: tuple[int, int],
    modality: str = "actual",
    rule: str = "rule",
    article: str = "a",
    story: int = 1,
    name: str | None = None,
    **slots: list[Filler],
) -> Event:
    """An event with a mention a span; its id tells type and first span unless `name` is given."""
    mentions = [Mention(sentence=f"{article}-1-1", start=s, end=e, trigger=(s, e), rule=rule) for s, e in spans]
    return Event(
        id=name or f"{article}-{type_}-{spans[0][0]}",
        type=type_,
        article=article,
        story=story,
        modality=modality,  # type: ignore[arg-type]
        slots=slots,
        mentions=mentions,
    )


def call(*spans: tuple[int, int], stance: str | None = "call", **slots: list[Filler]) -> Event:
    if stance is not None:
        slots["stance"] = [filler(stance)]
    return event("ceasefire_call", *spans, **slots)


def entity(label: str, start: int, end: int, score: float = 1.0, article: str = "a") -> Entity:
    return Entity(
        article=article,
        sentence=f"{article}-1-1",
        label=label,
        start=start,
        end=end,
        core=(start, end),
        score=score,  # type: ignore[arg-type]
    )


def story(
    *sentences: tuple[int, int],
    sections: tuple[tuple[str, int, int], ...] = (),
    number: int = 1,
    article: str = "a",
    **said: str,
) -> Story:
    return Story.model_validate(
        {
            "story": number,
            "sections": [{"kind": kind, "start": start, "end": end} for kind, start, end in sections],
            "sentences": [
                {"id": f"{article}-{number}-{i}", "section": "body", "start": start, "end": end}
                for i, (start, end) in enumerate(sentences, 1)
            ],
            **said,
        }
    )
