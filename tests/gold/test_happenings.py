"""The gold of happenings: read whole, and refused with the entry at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.files import Workspace
from pipeline.gold.happenings import GoldHappening, read_happenings
from pipeline.gold.read import read_gold
from pipeline.record.reference import load_reference

ROOT = Path(__file__).parent.parent.parent
WORKSPACE = Workspace.project(ROOT)
ROWS = load_reference(WORKSPACE.reference).by_id


@pytest.fixture(scope="module")
def found() -> list[GoldHappening]:
    return read_happenings(WORKSPACE.happenings_gold, read_gold(WORKSPACE.gold), texts(), ROWS)


def texts() -> dict[str, str]:
    return {path.stem: path.read_bytes().decode() for path in (ROOT / "data" / "articles").glob("*.txt")}


def test_happenings_told_by_several_articles(found: list[GoldHappening]) -> None:
    several = [happening for happening in found if len({telling.article for telling in happening.tellings}) > 1]
    assert len(several) >= 15
    assert {happening.type for happening in several} == {"veto", "vote_tally", "ceasefire_call"}


def test_look_alikes_are_there(found: list[GoldHappening]) -> None:
    rows = {happening.record for happening in found}
    assert {"S/2017/962", "S/2017/970"} <= rows, "a re-vote"
    assert {"S/2020/654", "S/2020/667"} <= rows, "two vetoes in one week"
    assert {"S/2023/792", "S/2023/795"} <= rows, "two drafts in one sitting"
    assert {"S/2024/835", "S/2025/353", "S/2025/583"} <= rows, "one state's vetoes with one tally"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("- {type: veto, told: {2017-unsc-jim-01: لا وجود لها}}", "does not stand once in 2017-unsc-jim-01"),
        ("- {type: veto, told: {2017-unsc-jim-01: روسيا}}", "does not stand once"),
        ("- {type: veto, told: {nowhere: كلمات}}", "there is no article nowhere"),
        ("- {type: veto, told: {1999-unsc-macedonia-01: 9}}", "has no veto 9 in its gold"),
        ("- {type: veto, told: {1999-unsc-macedonia-01: 0}}", "has no veto 0 in its gold"),
        ("- {type: veto, record: S/9, told: {1999-unsc-macedonia-01: 1}}", "S/9 is in no file of the record"),
        ("- {type: veto, colour: red, told: {}}", "colour"),
        ("- {type: veto, told: {1999-unsc-macedonia-01: 1}}\n" * 2, "another happening's too"),
        ("- [", "cannot be read"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path: Path, entry: str, told: str) -> None:
    path = tmp_path / "happenings_gold.yaml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(GoldError) as error:
        read_happenings(path, read_gold(WORKSPACE.gold), texts(), ROWS)
    assert told in str(error.value)
