from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.frames.rules.heads import frame_types
from pipeline.gold.brat import configuration, read_brat, to_brat
from pipeline.records import GoldArticle
from tests.gold.example import NAME, TEXT, example


def back(folder: Path, ann: str) -> GoldArticle:
    path = folder / f"{NAME}.ann"
    path.write_text(ann, encoding="utf-8")
    return read_brat(path, example(folder), TEXT, "brat")


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    gold = example(tmp_path)
    ann = to_brat(gold, TEXT)
    assert back(tmp_path, ann) == gold.model_copy(update={"annotator": "brat"})
    rows = [line.split("\t") for line in ann.splitlines()]
    for name, place, words in (row for row in rows if row[0].startswith("T")):
        _, start, end = place.split()
        assert TEXT[int(start) : int(end)] == words, name
    assert len({row[0] for row in rows}) == len(rows)


def test_two_fillers_of_one_slot_have_numbered_roles(tmp_path: Path) -> None:
    gold = example(tmp_path)
    veto = gold.events[0]
    other = veto.slots["sponsor"][0].model_copy(update={"actor": "RUS"})
    veto.slots["vetoer"] = [veto.slots["vetoer"][0], other]
    ann = to_brat(gold, TEXT)
    assert " vetoer2:T" in ann
    assert back(tmp_path, ann).events[0].slots["vetoer"] == veto.slots["vetoer"]


@pytest.mark.parametrize(
    ("change", "message", "at_line"),
    [
        pytest.param(lambda t: t.replace("LOC 79 84", "LOC 89 94"), "should hold «الصين»", True, id="span"),
        pytest.param(lambda t: t.replace("LOC 79 84", "LOC 79 81;82 84"), "no single span", True, id="discontinuous"),
        pytest.param(lambda t: t.replace("E1\tveto:", "E1\tveto-"), "is not understood", True, id="event"),
        pytest.param(lambda t: t.replace("vetoer:T", "vetoer:T9"), "which is no span", True, id="no such span"),
        pytest.param(lambda t: t.replace(" Extent:", " vetoer:"), "0 extents", True, id="no extent"),
        pytest.param(lambda t: t.replace("Modality E1 actual", "Modality E1 real"), "no modality", True, id="modality"),
        pytest.param(lambda t: t.replace("actor=CHN", "id=CHN"), "says 'id'", True, id="note"),
        pytest.param(lambda t: t + "X1\tx\n", "is not understood", True, id="another line"),
        pytest.param(lambda t: t.replace("value=1", "worth"), "says 'worth'", True, id="note without a value"),
        pytest.param(lambda t: t.replace("value=1\n", "\n"), "no whole number", False, id="number"),
        pytest.param(lambda t: t.replace("Arg2:E2", "Arg2:E77"), "linked to E77", False, id="link"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, change: Callable[[str], str], message: str, at_line: bool
) -> None:
    before = to_brat(example(tmp_path), TEXT)
    after = change(before)
    assert after != before
    with pytest.raises(GoldError, match=message) as caught:
        back(tmp_path, after)
    first = caught.value.errors[0]
    assert str(tmp_path) in first.where
    assert first.where.rpartition(":")[2].isdigit() == at_line


def test_the_configuration_names_every_label_and_slot() -> None:
    text = configuration()
    for name, kind in frame_types().items():
        line = next(line for line in text.splitlines() if line.startswith(f"{name}\t"))
        assert all(f"{slot}*:Filler" in line for slot in kind.public)
    assert "PERS\nLOC\nORG\nMISC\n" in text
