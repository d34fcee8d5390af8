"""Lines of tags and lines of prose that look like them."""

from collections import Counter

import pytest

from pipeline.segmentation.glue import page_words
from pipeline.segmentation.tags import is_tag_list, is_tag_run

STORY = "دعت كينيا إلى هدنة إنسانية في شرق الكونغو ورحبت واشنطن بوقف إطلاق النار وبعودة النازحين إلى غوما\n"


def page(line: str) -> Counter[str]:
    return page_words(STORY + line)


@pytest.mark.parametrize(
    "line",
    [
        "كينيا، الكونغو، هدنة إنسانية",
        "# كينيا # وقف إطلاق النار",
        "الكونغو - كينيا - النازحون",
        "واشنطن، وقف إطلاق النار، غوما",
    ],
)
def test_tags(line: str) -> None:
    assert is_tag_list(line, page(line))


@pytest.mark.parametrize(
    "line",
    [
        "كينيا، الكونغو",
        "رحبت كينيا، والكونغو، وواشنطن",
        "كينيا، الكونغو، غوما: هدنة",
        "كينيا، التي دعت إلى الهدنة، غوما",
        "سفن، طائرات، دبابات",
        "كينيا - وقف إطلاق النار في شرق الكونغو كله",
    ],
)
def test_lines_that_are_no_tags(line: str) -> None:
    assert not is_tag_list(line, page(line))


def test_below_a_label_one_tag_is_enough() -> None:
    assert is_tag_list("البحيرات الكبرى", page(""), labelled=True)
    assert not is_tag_list("كينيا تدعو إلى هدنة", page(""), labelled=True)


def test_tags_in_a_row() -> None:
    assert is_tag_run("كينيا غوما هدنة إنسانية", page("كينيا غوما هدنة إنسانية"))
    assert not is_tag_run("سفن طائرات دبابات", page("سفن طائرات دبابات"))
    assert not is_tag_run("كينيا تدعو إلى هدنة", page("كينيا تدعو إلى هدنة"))
