import csv
import io
import json

from pipeline.scoring.tables import csv_text, rows_json, scores_markdown, tables_json


def test_csv_keeps_columns_values_and_gaps():
    rows = [{"what": "صحيفة، النهر", "f1": 0.5}, {"what": 'قال "نعم"', "f1": None}]
    read = list(csv.DictReader(io.StringIO(csv_text(rows))))
    assert read == [{"what": "صحيفة، النهر", "f1": "0.5"}, {"what": 'قال "نعم"', "f1": ""}]


def test_csv_holds_no_formula():
    assert "'=1+1" in csv_text([{"outlet": "=1+1", "f1": -0.5}])
    assert ",-0.5" in csv_text([{"outlet": "=1+1", "f1": -0.5}])


def test_csv_without_rows_still_has_its_header():
    assert csv_text([], ("actual", "predicted")) == "actual,predicted\n"


def test_json_has_a_row_a_line():
    rows = [{"outlet": "صحيفة النهر", "f1": None}, {"outlet": "b", "f1": 0.5}]
    tables = {"outlets": rows, "events": []}
    assert json.loads(tables_json(tables)) == tables
    assert json.loads(rows_json(rows)) == rows
    assert '\n{"outlet": "صحيفة النهر", "f1": null},\n' in tables_json(tables)
    assert rows_json([]) == "[]"


def test_markdown_puts_the_interval_behind_the_measure_and_escapes_names():
    row = {"outlet": "a|b", "predicted": 3, "gold": 3, "f1": 0.6, "f1_low": 0.5, "f1_high": 0.72}
    unsure = {"outlet": "c", "predicted": 0, "gold": 1, "f1": None, "f1_low": None, "f1_high": None}
    nothing = {"outlet": "d", "predicted": 0, "gold": 0, "f1": None, "f1_low": None, "f1_high": None}
    page = scores_markdown({"outlets": [row, unsure, nothing], "events": []}, ["dev: 2 articles"])
    assert "- dev: 2 articles" in page
    assert "| outlet | predicted | gold | f1 |" in page
    assert r"| a\|b | 3 | 3 | 0.600 (0.50–0.72) |" in page
    assert "| c | 0 | 1 | – |" in page
    assert "| d |" not in page
    assert "## Events" not in page


def test_markdown_shows_of_the_events_those_under_predicted_entities():
    rows = [
        {"entities": given, "type": "veto", "measure": "found", "f1": f1}
        for given, f1 in (("predicted", 0.5), ("gold", 1.0))
    ]
    page = scores_markdown({"events": rows}, [])
    assert "| veto | 0.500 |" in page
    assert "1.000" not in page
