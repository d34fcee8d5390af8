"""What is told aside of a veto goes to the mention that it belongs to, and to no other."""

from __future__ import annotations

import pytest

from pipeline.frames.engine import Engine
from pipeline.frames.mentions.comparing import keys
from pipeline.frames.mentions.merging import merge
from pipeline.records import Sentence, Story

ENGINE = Engine(["veto"])


def sponsors(*sentences: str) -> list[set]:
    """The sponsors of each veto event of a story of these sentences."""
    text, spans = "\n".join(sentences), []
    for number, sentence in enumerate(sentences, 1):
        start = text.index(sentence)
        spans.append(Sentence(id=f"x-1-{number}", section="body", start=start, end=start + len(sentence)))
    frames = ENGINE.frames("x", text, Story(story=1, sections=[], sentences=spans))
    return [keys(event.slots.get("sponsor", [])) for event in merge(frames, ENGINE.types, 40)]


VETO = "مارست روسيا في مجلس الأمن حق النقض ضد مشروع القرار."
OTHER = "وعلّق رئيس الوفد على سير الجلسة."


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ((VETO, "وكانت غانا قد قدمت مشروع القرار."), [{"GHA"}]),
        (("وينص المشروع الذي صاغته بنما على تمديد المهمة.", VETO), [{"PAN"}]),
        ((VETO, "ثم عرضت بنما مشروع قرار منافسا."), [set()]),
        ((VETO, OTHER, "ورحبت غانا بمشروع القرار."), [set()]),
        (("استخدمت روسيا الفيتو في مجلس الأمن ضد نص بنمي.", "وقدمت غانا مشروع قرار."), [{"PAN"}]),
        ((VETO, "وقدمته غانا قبل أسبوع."), [{"GHA"}]),
        (("استخدمت روسيا الفيتو 17 مرة في مجلس الأمن.", "وقدمت غانا مشروع قرار."), [set()]),
    ],
    ids=[
        "after",
        "before",
        "rival text",
        "only welcomed",
        "has its own",
        "by a pronoun",
        "many vetoes",
    ],
)
def test_sponsor_told_aside(sentences, expected):
    assert sponsors(*sentences) == expected


def test_too_far_away_is_of_something_else():
    filler = [f"{OTHER[:-1]} {n}." for n in range(6)]
    assert sponsors(VETO, *filler, "وقدمت غانا مشروع القرار.") == [set()]


def test_topic_told_aside():
    text = f"{VETO}\nوكان مشروع القرار يدعو إلى نشر مراقبين في البوسنة."
    story = Story(
        story=1,
        sections=[],
        sentences=[
            Sentence(id="x-1-1", section="body", start=0, end=len(VETO)),
            Sentence(id="x-1-2", section="body", start=len(VETO) + 1, end=len(text)),
        ],
    )
    (event,) = merge(ENGINE.frames("x", text, story), ENGINE.types, 40)
    assert keys(event.slots["topic"]) == {"نشر مراقبين في البوسنة"}


def test_a_topic_told_aside_is_of_what_happened():
    lines = ["قد تستخدم روسيا حق النقض في مجلس الأمن ضد المشروع.", "ويدعو المشروع إلى نشر مراقبين في البوسنة."]
    text = "\n".join(lines)
    bounds = [(0, len(lines[0])), (len(lines[0]) + 1, len(text))]
    sentences = [Sentence(id=f"x-1-{n}", section="body", start=s, end=e) for n, (s, e) in enumerate(bounds, 1)]
    (event,) = ENGINE.frames("x", text, Story(story=1, sections=[], sentences=sentences))
    assert event.modality == "hypothetical" and "topic" not in event.slots
