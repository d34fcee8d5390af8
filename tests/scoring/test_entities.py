from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

from pipeline.errors import RecordError
from pipeline.scoring.entities import LABELS, TaggedArticle, aligned, error_rows, lenient_rows, score_entities
from pipeline.scoring.measures import Counts, Ledger

from .build import entity

TEXT = "زارت ليلى الحداد نيقوسيا، ثم التقت وفد اتحاد الصيادين."
PERSON, CITY, UNION = (5, 16), (17, 25), (39, 54)  # the last two with the punctuation behind them


def tagged(gold, predicted, text=TEXT):
    return TaggedArticle.of("a", text, gold, predicted)


def totals(article, label="all"):
    ledger = Ledger("label")
    score_entities(ledger, article)
    return ledger.total(label)


def test_the_spans_of_this_table_are_what_they_claim():
    assert [TEXT[slice(*span)] for span in (PERSON, CITY, UNION)] == ["ليلى الحداد", "نيقوسيا،", "اتحاد الصيادين."]


GOLD = [entity("PERS", *PERSON), entity("LOC", 17, 24), entity("ORG", 39, 53)]


@pytest.mark.parametrize(
    ("predicted", "counts"),
    [
        pytest.param([("PERS", *PERSON), ("LOC", 17, 24), ("ORG", 39, 53)], Counts(3, 3, 3), id="all right"),
        pytest.param([("PERS", *PERSON), ("LOC", *CITY), ("ORG", *UNION)], Counts(3, 3, 3), id="with edge punctuation"),
        pytest.param([("LOC", *PERSON)], Counts(0, 1, 3), id="wrong label"),
        pytest.param([("PERS", 5, 9)], Counts(0, 1, 3), id="half a name"),
        pytest.param([("PERS", 5, 9), ("PERS", 10, 16)], Counts(0, 2, 3), id="one name as two"),
        pytest.param([], Counts(0, 0, 3), id="nothing"),
        pytest.param([("MISC", 0, 4), ("LOC", 17, 24)], Counts(1, 2, 3), id="one false, one right"),
    ],
)
def test_strict_counts(predicted, counts):
    assert totals(tagged(GOLD, [entity(*p) for p in predicted])) == counts


def test_counts_by_label():
    article = tagged(GOLD, [entity("LOC", *PERSON), entity("LOC", 17, 24)])
    assert totals(article, "PERS") == Counts(0, 0, 1)
    assert totals(article, "LOC") == Counts(1, 2, 1)
    assert totals(article, "ORG") == Counts(0, 0, 1)
    assert totals(article, "MISC") == Counts(0, 0, 0)


def test_two_names_in_one_whitespace_token_are_two():
    text = "محور أنقرة-باكو"
    article = tagged([entity("LOC", 5, 10), entity("LOC", 11, 15)], [entity("LOC", 5, 10)], text)
    assert totals(article) == Counts(1, 1, 2)


def test_an_entity_of_punctuation_only_still_counts_as_predicted():
    assert totals(tagged([], [entity("MISC", 24, 25)])) == Counts(0, 1, 0)


@pytest.mark.parametrize(
    ("spans", "message"), [([(5, 16), (10, 24)], "overlaps another"), ([(4, 5)], "covers no word")]
)
def test_entities_that_cannot_be_tagged_are_errors(spans, message):
    with pytest.raises(RecordError, match=message):
        totals(tagged([], [entity("LOC", *span) for span in spans]))


WORDS = "كاف لام ميم نون هاء واو ياء باء تاء ثاء"
PLACES = [(4 * i, 4 * i + 3) for i in range(10)]


@st.composite
def entity_lists(draw):
    """Entities over WORDS that do not overlap."""
    cuts = sorted(draw(st.sets(st.integers(0, 10), max_size=8)))
    found = []
    for first, after in pairwise(cuts):
        label = draw(st.sampled_from([*LABELS, None]))
        if label:
            found.append(entity(label, PLACES[first][0], PLACES[after - 1][1]))
    return found


@given(entity_lists(), entity_lists())
def test_counts_are_those_of_seqeval(gold, predicted):
    article = tagged(gold, predicted, WORDS)
    report = classification_report(
        [article.tags(gold)], [article.tags(predicted)], mode="strict", scheme=IOB2, output_dict=True, zero_division=0
    ) if gold or predicted else {}  # fmt: skip
    for label, name in [*zip(LABELS, LABELS, strict=True), ("all", "micro avg")]:
        counts, theirs = totals(article, label), report.get(name)
        if theirs is None:
            assert counts == Counts()
            continue
        assert counts.gold == theirs["support"]
        assert (counts.precision or 0) == pytest.approx(theirs["precision"])
        assert (counts.recall or 0) == pytest.approx(theirs["recall"])
        assert (counts.f1 or 0) == pytest.approx(theirs["f1-score"])


def test_lenient_schemes_tell_boundary_from_label():
    # The person half found, the place labelled ORG, the union missed.
    rows = lenient_rows([tagged(GOLD, [entity("PERS", 5, 9), entity("ORG", 17, 24)])])
    by_scheme = {row["scheme"]: row for row in rows if row["label"] == "all"}
    assert by_scheme["strict"]["correct"] == 0
    assert by_scheme["exact"]["correct"] == 1  # the place, whatever its label
    assert by_scheme["type"]["correct"] == 1  # the person, whatever its end
    assert (by_scheme["partial"]["correct"], by_scheme["partial"]["partial"]) == (1, 1)
    assert by_scheme["partial"]["f1"] == pytest.approx(2 * 1.5 / (2 + 3))
    assert by_scheme["strict"]["missed"] == 1


def test_nothing_to_compare_gives_no_lenient_rows():
    assert lenient_rows([tagged([], [])]) == []


def test_entities_are_aligned_by_the_words_they_share():
    predicted = [entity("MISC", 0, 4), entity("PERS", 5, 9), entity("ORG", 17, 24)]
    pairs = [(g and TEXT[g.start : g.end], p and TEXT[p.start : p.end]) for g, p in aligned(tagged(GOLD, predicted))]
    assert pairs == [
        ("ليلى الحداد", "ليلى"),
        ("نيقوسيا", "نيقوسيا"),
        ("اتحاد الصيادين", None),
        (None, "زارت"),
    ]


def test_the_exact_one_of_two_overlapping_is_the_pair():
    article = tagged([entity("PERS", 5, 9), entity("PERS", 10, 16)], [entity("PERS", 10, 16)])
    assert [p and p.start for _, p in aligned(article)] == [None, 10]


def test_of_two_over_the_same_words_the_one_with_their_ends_is_the_pair():
    article = tagged([entity("PERS", 5, 9)], [entity("PERS", 5, 16), entity("ORG", 5, 9)])
    assert aligned(article)[0] == (article.gold[0], article.predicted[0])
    assert article.predicted[0].label == "ORG"


def test_entity_errors_name_the_fault_and_stand_in_text_order():
    predicted = [entity("ORG", 10, 16), entity("LOC", 17, 24), entity("MISC", 26, 28)]
    rows = error_rows(tagged(GOLD, predicted), TEXT)
    assert [(r["fault"], r["gold_text"], r["predicted_text"]) for r in rows] == [
        ("label and boundary", "ليلى الحداد", "الحداد"),
        ("spurious", None, "ثم"),
        ("missed", "اتحاد الصيادين", None),
    ]
    assert error_rows(tagged(GOLD, GOLD), TEXT) == []


def test_the_order_of_entities_does_not_matter():
    article = tagged(GOLD[::-1], GOLD)
    assert totals(article) == Counts(3, 3, 3)
    assert article == tagged(GOLD, GOLD)
