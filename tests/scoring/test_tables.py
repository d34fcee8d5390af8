import csv
import io

from pipeline.scoring.tables import csv_text, scores_markdown


def test_csv_keeps_columns_values_and_gaps():
    rows = [{"what": "صحيفة، النهر", "f1": 0.5}, {"what": 'قال "نعم"', "f1": None}]
    read = list(csv.DictReader(io.StringIO(csv_text(rows))))
    assert read == [{"what": "صحيفة، النهر", "f1": "0.5"}, {"what": 'قال "نعم"', "f1": ""}]


def test_csv_without_rows_still_has_its_header():
    assert csv_text([], ("actual", "predicted")) == "actual,predicted\n"


def test_markdown_puts_the_interval_behind_the_measure_and_escapes_names():
    row = {"outlet": "a|b", "found": 3, "f1": 0.6, "f1_low": 0.5, "f1_high": 0.72}
    unsure = {"outlet": "c", "found": 0, "f1": None, "f1_low": None, "f1_high": None}
    page = scores_markdown({"outlets": [row, unsure], "events": []}, ["dev: 2 articles"])
    assert "- dev: 2 articles" in page
    assert "| outlet | found | f1 |" in page
    assert r"| a\|b | 3 | 0.600 (0.50–0.72) |" in page
    assert "| c | 0 | – |" in page
    assert "## Events" not in page
