import pytest

from pipeline.scoring.measures import Counts, Ledger


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(3, 4, 6), 0.75, 0.5, 0.6),
        (Counts(0, 0, 0), None, None, None),
        (Counts(0, 0, 2), None, 0, 0),  # nothing predicted, something to find
        (Counts(0, 2, 0), 0, None, 0),  # only false alarms
        (Counts(2, 2, 2), 1, 1, 1),
    ],
)
def test_measures_follow_from_counts(counts, precision, recall, f1):
    assert (counts.precision, counts.recall, counts.f1) == (precision, recall, f1)


def test_ledger_pools_counts_over_articles_not_their_measures():
    ledger = Ledger("label")
    ledger.add(("LOC",), "a", Counts(1, 1, 1))
    ledger.add(("LOC",), "b", Counts(0, 3, 1))
    ledger.add(("LOC",), "b", Counts(1, 1, 1))
    (row,) = ledger.rows(["a", "b"], resamples=0, seed=1)
    assert row["label"] == "LOC"
    assert (row["found"], row["predicted"], row["gold"]) == (2, 5, 3)
    assert (row["precision"], row["recall"], row["f1"]) == (0.4, 0.6667, 0.5)
    assert row["f1_low"] is None


def test_an_article_without_counts_is_resampled_all_the_same():
    ledger = Ledger("label")
    ledger.add(("LOC",), "a", Counts(1, 2, 1))
    assert ledger.by_article(("LOC",), ["a", "b"]) == [Counts(1, 2, 1), Counts()]


def test_what_one_article_alone_holds_has_no_interval():
    ledger = Ledger("outlet")
    ledger.add(("x",), "a", Counts(1, 2, 1))
    ledger.add(("y",), "a", Counts(1, 2, 1))
    ledger.add(("y",), "b", Counts(0, 0, 1))
    x, y = ledger.rows(["a", "b", "c"], resamples=100, seed=1)
    assert (x["f1_low"], x["f1_high"]) == (None, None)
    assert y["recall_low"] == 0


def test_rows_come_in_the_order_of_their_keys():
    ledger = Ledger("type", "slot")
    for key in (("veto", "date"), ("call", "kind"), ("veto", "body")):
        ledger.add(key, "a", Counts())
    assert [(r["type"], r["slot"]) for r in ledger.rows(["a"], 0, 1)] == sorted(ledger.keys())


def test_a_key_must_fit_the_columns():
    with pytest.raises(ValueError, match="columns"):
        Ledger("label").add(("LOC", "x"), "a", Counts())
