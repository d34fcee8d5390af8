import pytest

from pipeline.scoring.measures import Counts, Ledger
from pipeline.scoring.sentences import score_segmentation

from .build import story


@pytest.mark.parametrize(
    ("gold", "predicted", "boundary", "sentence"),
    [
        pytest.param([(0, 9), (10, 19)], [(0, 9), (10, 19)], Counts(4, 4, 4), Counts(2, 2, 2), id="all right"),
        pytest.param([(0, 9), (10, 19)], [(0, 19)], Counts(2, 2, 4), Counts(0, 1, 2), id="not cut"),
        pytest.param([(0, 19)], [(0, 9), (10, 19)], Counts(2, 4, 2), Counts(0, 2, 1), id="cut too much"),
        pytest.param([(5, 19)], [(0, 19)], Counts(1, 2, 2), Counts(0, 1, 1), id="date line taken in"),
        pytest.param([(0, 9)], [], Counts(0, 0, 2), Counts(0, 0, 1), id="nothing found"),
        pytest.param([], [(0, 9)], Counts(0, 2, 0), Counts(0, 1, 0), id="boilerplate taken for text"),
        # An end of one is no start of another, though it is the same offset.
        pytest.param([(0, 9)], [(9, 12)], Counts(0, 2, 2), Counts(0, 1, 1), id="touching"),
    ],
)
def test_boundaries_and_sentences(gold, predicted, boundary, sentence):
    ledger = Ledger("unit")
    score_segmentation(ledger, "a", [story(*gold)], [story(*predicted)])
    assert ledger.total("boundary") == boundary
    assert ledger.total("sentence") == sentence


def test_stories_sections_and_what_is_said_of_them():
    gold = [
        story(sections=(("headline", 0, 9), ("body", 10, 50)), outlet="صحيفة النهر", published="2024-05-01"),
        story(sections=(("related_heading", 51, 60), ("body", 61, 90)), number=2, outlet="صحيفة النهر"),
    ]
    predicted = [story(sections=(("headline", 0, 9), ("body", 10, 90)), outlet="صحيفة النهر", published="2024-05-02")]
    ledger = Ledger("unit")
    score_segmentation(ledger, "a", gold, predicted)
    assert ledger.total("story") == Counts(0, 1, 2)  # the second story leaked into the first
    assert ledger.total("section headline") == Counts(1, 1, 1)
    assert ledger.total("section body") == Counts(0, 1, 2)
    assert ledger.total("section related_heading") == Counts(0, 0, 1)
    assert ledger.total("published") == Counts(0, 1, 1)
    assert ledger.total("outlet") == Counts(1, 1, 2)
