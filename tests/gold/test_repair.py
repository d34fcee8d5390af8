from __future__ import annotations

import pytest

from pipeline.errors import GoldError
from pipeline.gold.repair import repair

TEXT = "رفضت تركيا النص 🕊 ورحبت روسيا به."
TURKEY, RUSSIA = TEXT.index("تركيا"), TEXT.index("روسيا")


@pytest.mark.parametrize(
    ("start", "end", "words", "found"),
    [
        pytest.param(TURKEY, TURKEY + 5, "تركيا", "تركيا", id="right"),
        pytest.param(TURKEY + 1, TURKEY + 6, "تركيا", "تركيا", id="one too far"),
        pytest.param(TURKEY - 1, TURKEY + 4, "تركيا", "تركيا", id="one too early"),
        pytest.param(TURKEY - 1, TURKEY + 5, "تركيا", "تركيا", id="white space taken along"),
        pytest.param(TURKEY - 1, TURKEY + 6, " تركيا ", "تركيا", id="white space on both sides"),
        pytest.param(len(TEXT) - 9, len(TEXT) - 3, TEXT[-9:-3], "روسيا", id="white space before"),
        pytest.param(TURKEY, TURKEY + 4, "تركيا", "تركيا", id="end one short"),
        pytest.param(RUSSIA + 1, RUSSIA + 6, "روسيا", "روسيا", id="counted in UTF-16 units behind an emoji"),
        pytest.param(RUSSIA + 2, RUSSIA + 7, "روسيا", "روسيا", id="in UTF-16 units and one off"),
        pytest.param(TURKEY, TURKEY + 5, None, "تركيا", id="right, words not kept"),
        pytest.param(TURKEY - 1, TURKEY + 4, None, "تركيا", id="one off, words not kept"),
        pytest.param(len(TEXT) - 2, len(TEXT) + 1, "ه.", "ه.", id="beyond the end"),
    ],
)
def test_a_span_that_is_plain_is_repaired(start: int, end: int, words: str | None, found: str) -> None:
    span = repair(TEXT, start, end, words, "x")
    assert TEXT[slice(*span)] == found


@pytest.mark.parametrize(
    ("start", "end", "words", "message"),
    [
        pytest.param(TURKEY + 2, TURKEY + 7, "تركيا", "the text has «كيا ا»", id="two off"),
        pytest.param(TURKEY, TURKEY + 5, "اليونان", "should hold «اليونان»", id="other words"),
        pytest.param(TURKEY + 1, TURKEY + 4, None, "whole words", id="cuts words, no way to tell"),
        pytest.param(900, 905, "تركيا", "should hold", id="far outside"),
        pytest.param(TURKEY, TURKEY + 5, " ", "holds no words", id="nothing"),
    ],
)
def test_a_span_that_is_not_plain_is_refused(start: int, end: int, words: str | None, message: str) -> None:
    with pytest.raises(GoldError, match=message) as caught:
        repair(TEXT, start, end, words, "export.json: a: region r")
    assert caught.value.where == "export.json: a: region r"


def test_commas_taken_along_are_left_out() -> None:
    text = "دعا الوزير، الأحد، إلى الهدوء"
    for words in (text[10:18], None):
        assert text[slice(*repair(text, 10, 18, words, "x"))] == "الأحد"


def test_two_spans_that_would_do_are_refused() -> None:
    with pytest.raises(GoldError, match="more than one place near it fits"):
        repair("هه هه", 2, 3, "ه", "x")
