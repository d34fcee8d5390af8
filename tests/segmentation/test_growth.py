"""The work on a page grows in proportion to it: counted in calls, which no machine's speed changes."""

import re
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from pipeline.segmentation.furniture import cut, patterns

from .pages import cut_page

UNITS = {
    "dots without a space": "ا.",
    "initials": "أ. ",
    "brackets that never close": "خ((([[",
    "quotation marks": 'خ " ',
    "quotations that end in a stop": 'قال "نعم." ',
    "questions in a row": "لا! هل؟ ",
    "commas": "خ،، ",
    "agencies behind stops": "نص. (رويترز)",
    "clocks": "م ص 10:30 -",
    "dates": "20/2/2024 - ",
    "lines": "هدنة في غزة\n",
    "markers": "اقرأ أيضا\nهدنة في غزة\n",
    "markers and paragraphs": "نص طويل.\nمواضيع ذات صلة\nهدنة في غزة\n",
    "standfirsts": "دعت كينيا يوم الأحد إلى هدنة إنسانية في شرق الكونغو.\n",
    "date lines": "نشر في 20 فبراير 2024 10:30 ص\n",
    "tags": "الوسوم\nغزة، هدنة\n",
    "credits": "هدنة في غزة\nالمصدر: رويترز\n",
}


def calls(work: Callable[[], object]) -> int:
    """How many functions, those of C included, `work` calls."""
    count = 0

    def tick(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_four_times_the_text_is_four_times_the_work(unit: str) -> None:
    def page(chars: int) -> Callable[[], object]:
        # Another first word each, so that nothing is kept from the smaller page.
        text = f"خبر{chars}\n" + unit * (chars // len(unit))
        return lambda: cut_page(text)

    page(100)()
    assert calls(page(8000)) < 5.5 * calls(page(2000))


def test_a_pattern_sees_no_more_of_a_paragraph_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []

    class Spy:
        def __init__(self, longest: int) -> None:
            self.longest = longest

        def fullmatch(self, text: str, first: int, last: int) -> None:
            seen.append((last - first, self.longest))

        def finditer(self, text: str, first: int, last: int) -> list[re.Match[str]]:
            seen.append((last - first, self.longest))
            return []

        match = fullmatch

    spied = tuple((pattern, Spy(pattern.longest)) for pattern, _ in patterns())
    monkeypatch.setattr("pipeline.segmentation.furniture.patterns", lambda: spied)
    text = "هدنة " * 30000
    assert [piece.kind for piece in cut(text, 0, len(text), "top", "byline", "body", "tail")] == [None]
    assert seen and all(chars <= longest for chars, longest in seen)


@pytest.mark.parametrize("row", ["-", "- ", "،", '"', "(", " ", ".|"])
def test_a_long_row_of_marks_is_read_as_a_short_one_and_keeps_its_place(row: str) -> None:
    text = f"المصدر: {row * 3000} وكالات"
    (piece,) = cut(text, 0, len(text))
    assert (piece.rule, piece.start, piece.end) == ("source.label", 0, len(text))
    assert piece.outlet is not None and text[slice(*piece.outlet)].endswith("وكالات")
