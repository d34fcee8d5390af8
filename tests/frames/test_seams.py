"""Sentences too long to be read at once: whatever stands across a cut is told as in an ordinary sentence."""

from __future__ import annotations

import pytest

from pipeline.frames.story import seams
from pipeline.records import Event
from tests.frames.reading import events, story, told

# Nobody here could take part in what is told, and nothing ends a sentence.
FILLER = "وفتحت المدارس أبوابها منذ الصباح وجلس الباعة في السوق على عادتهم كل يوم "
TELLINGS = [
    "واستخدمت الصين حق النقض في مجلس الأمن ضد مشروع قرار كيني بشأن اليمن ",
    "وصوت أحد عشر عضوا في مجلس الأمن لصالح مشروع القرار وامتنعت غانا عن التصويت ",
    "ودعت الجزائر أطراف النزاع في اليمن إلى هدنة إنسانية ",
]


def summary(found: list[Event]) -> list[tuple[str, str, dict[str, set[str | int | bool]]]]:
    return [(event.type, event.modality, told(event)) for event in found]


@pytest.mark.parametrize("telling", TELLINGS)
@pytest.mark.parametrize("share", [0, 0.2, 0.35, 0.5, 0.65, 0.8, 1])
def test_what_stands_across_a_cut_is_told_once_and_as_elsewhere(telling: str, share: float) -> None:
    before = 4990 - int(share * len(telling))  # so much of the telling stands before the cut at 5,000
    head = (FILLER * (before // len(FILLER))).ljust(before - 1, "م") + " "
    text = head + telling + FILLER * 10
    read = story(text)
    assert len(read.sentences) == 2 and seams.cuts(text, read) == 1
    found = events(text)
    assert summary(found) == summary(events(FILLER + telling + FILLER)) != []
    homes = {sentence.id: sentence for sentence in read.sentences}
    for mention in (mention for event in found for mention in event.mentions):
        home = homes[mention.sentence]
        assert home.start <= mention.start <= mention.trigger[0] < mention.trigger[1] <= mention.end <= home.end


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        (FILLER * 60, 0),  # long, but read at once
        (FILLER * 80, 1),
        (FILLER * 150, 2),
        ("ا" * 11000, 2),  # cut within a word
        (FILLER * 60 + ". " + FILLER * 60, 0),
        (FILLER * 60 + "؟» " + FILLER * 60, 0),
        (FILLER * 60 + "\n" + FILLER * 60, 0),
        ("قالت لا.\nخبر قصير. خبر آخر.", 0),
    ],
)
def test_cuts_are_told_from_ends(text: str, cuts: int) -> None:
    assert seams.cuts(text, story(text)) == cuts


def test_a_window_is_of_whole_words_on_both_sides_of_its_cut() -> None:
    text = FILLER * 80
    first, second = story(text).sentences
    window = seams.window(text, first, second)
    assert first.start < window.start < first.end < second.start < window.end < second.end
    assert text[window.start - 1] == text[window.end] == " " != text[window.start]


def test_of_many_tellings_in_a_row_none_is_told_twice_or_lost() -> None:
    states = ["مصر", "قطر", "تركيا", "كندا", "غانا", "كينيا", "تونس", "اليابان"]
    calls = [f"ودعت {state} إسرائيل إلى وقف إطلاق النار " + FILLER * 11 for state in states]
    text = "".join(calls)
    assert seams.cuts(text, story(text)) == 1
    callers = [next(iter(told(event)["caller"])) for event in events(text)]
    assert callers == ["EGY", "QAT", "TUR", "CAN", "GHA", "KEN", "TUN", "JPN"]
