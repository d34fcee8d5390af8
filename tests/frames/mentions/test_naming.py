"""An event's id does not change when anything else is added, removed or moved, and tells events of an article apart."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.extractor import Extractor
from pipeline.frames.mentions.naming import named
from pipeline.records import Event, Mention, Section, Sentence, Story

# A story: its title, and sentences in which the trigger of an event stands in brackets.
Told = tuple[str, list[str]]

VETO: Told = ("روسيا تعطل النص", ["اجتمع المجلس.", "استخدمت روسيا [النقض] ضد النص."])
CHINA: Told = ("الصين ترفض", ["استخدمت الصين [النقض] ضد النص."])
QUIET: Told = ("اجتماع", ["لم يحدث شيء."])
TWICE: Told = ("نصان", ["[النقض] على النص."])


def page(*stories: Told) -> list[Event]:
    """The named events of a page that holds these stories one after another."""
    text, made, events = "", [], []
    for number, (title, sentences) in enumerate(stories, 1):
        text += f"{title}\n"
        spans = []
        for index, sentence in enumerate(sentences, 1):
            start, bare = len(text), sentence.replace("[", "").replace("]", "")
            spans.append(Sentence(id=f"a-{number}-{index}", section="body", start=start, end=start + len(bare)))
            text += bare + "\n"
            if "[" in sentence:
                at = start + sentence.index("[")
                mention = Mention(
                    sentence=f"a-{number}-{index}",
                    start=start,
                    end=start + len(bare),
                    trigger=(at, at + sentence.index("]") - sentence.index("[") - 1),
                    rule="veto.x",
                )
                kind = {"type": "veto", "modality": "actual", "slots": {}}
                events.append(
                    Event.model_validate({"id": "?", "article": "a", "story": number, "mentions": [mention], **kind})
                )
        body = [Section(kind="body", start=0, end=len(text))]
        made.append(Story(story=number, title=title, sections=body, sentences=spans))
    return named(events, text, made)


def ids(*stories: Told) -> set[str]:
    return {event.id for event in page(*stories)}


ALONE = ids(VETO)
# What is done to the rest of the page: the event of VETO keeps its id.
UNRELATED = [
    pytest.param((QUIET, VETO), id="a story before it"),
    pytest.param((CHINA, VETO), id="a story with an event before it"),
    pytest.param((VETO, CHINA, QUIET), id="stories behind it"),
    pytest.param((("روسيا تعطل النص", ["قبله [النقض] آخر.", *VETO[1]]),), id="an event of the same story before it"),
    pytest.param((("روسيا تعطل النص", [*VETO[1], "بعده [النقض] آخر."]),), id="an event of the same story behind it"),
    pytest.param((("روسيا تعطل النص", VETO[1][1:]),), id="a sentence without an event taken away"),
    pytest.param((("آخر", VETO[1]), VETO), id="the same sentence in a story of another title"),
]


@pytest.mark.parametrize("stories", UNRELATED)
def test_an_id_stays(stories: tuple[Told, ...]) -> None:
    assert ids(*stories) >= ALONE
    (kept,) = [event for event in page(*stories) if {event.id} == ALONE]
    assert kept.mentions[0].trigger[1] > kept.mentions[0].trigger[0]


def test_the_order_of_stories_changes_no_id() -> None:
    assert len({frozenset(ids(*order)) for order in permutations((VETO, CHINA, QUIET, TWICE))}) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("روسيا تعطل النص", ["استخدمت روسيا [النقض] ضد نص آخر."]), id="another sentence"),
        pytest.param(("روسيا تعطل النص", ["استخدمت [روسيا] النقض ضد النص."]), id="another trigger"),
        pytest.param(("عنوان آخر", VETO[1]), id="another title"),
    ],
)
def test_another_event_has_another_id(other: Told) -> None:
    assert not ids(other) & ALONE


def test_white_space_changes_no_id() -> None:
    assert ids(("روسيا تعطل النص", ["استخدمت  روسيا\t[النقض]  ضد النص."])) == ALONE


def test_the_same_words_twice_are_told_apart_and_ids_are_never_shared() -> None:
    first, second = page(TWICE, TWICE)
    assert (second.id, first.id.count("-")) == (first.id + "-2", 2)


PAGE = "{}\n\nالدوحة في 20 فبراير 2024 / قنا /\n{}\n"
RUSSIA = "استخدمت روسيا حق النقض في مجلس الأمن ضد مسودة القرار."
KENYA = "ودعت كينيا إسرائيل إلى وقف فوري لإطلاق النار في غزة."


def test_from_a_text_on_ids_are_of_the_events_own_words() -> None:
    """By way of segmentation, rules and merging: a paragraph with an event of its own, before and behind."""
    extractor = Extractor.load(model=None)
    alone, before, behind = (
        {event.type: event.id for event in extractor(PAGE.format("جلسة لمجلس الأمن", body), id="p")}
        for body in (RUSSIA, f"{KENYA}\n{RUSSIA}", f"{RUSSIA}\n{KENYA}")
    )
    assert alone["veto"].startswith("p-veto-")
    assert alone["veto"] == before["veto"] == behind["veto"]
    assert before["ceasefire_call"] == behind["ceasefire_call"]
