"""What the page's view of happenings is told."""

from __future__ import annotations

from pipeline.happenings.records import Day, Differs, Happening, Matched, Report, Supported
from pipeline.report.happenings import happening_rows
from pipeline.report.payload import load_labels


def told(value: str | int, support: int, actor: str | None = None) -> Supported:
    return Supported(value=value, actor=actor, support=support, outlets=1, articles=["a", "b"][:support])


VETO = Happening(
    id="veto-USA-1", type="veto", modality="actual", articles=2, outlets=1, linked=["vote_tally-UNSC-1"],
    day=Day(value="2024-02-20", granularity="day", basis="stated", support=2, others={"2024-02-21": ["b"]}),
    slots={"vetoer": [told("واشنطن", 2, "USA")], "against": [told(1, 2), told(2, 1)]},
    best={"vetoer": 1, "against": 1}, differing=["against", "date"],
    record=Matched(
        status="differs", id="S/2024/173", differs=[Differs(slot="against", text="2", record="1")], candidates=[]
    ),
    reports=[Report(event="a-1-veto-1", article="a", story=1), Report(event="b-1-veto-1", article="b", story=1)],
)  # fmt: skip


def test_a_row_has_best_values_differences_record_and_the_places_of_its_events() -> None:
    (row,) = happening_rows([VETO], {"b-1-veto-1": 7, "a-1-veto-1": 3})
    assert row["slots"] == {"vetoer": [["واشنطن", "USA", 2]], "against": [[1, None, 2]]}
    assert row["differing"] == {"against": [[1, 2], [2, 1]], "date": [["2024-02-20", 2], ["2024-02-21", 1]]}
    assert row["record"]["differs"] == [["against", "2", "1"]]
    assert (row["reports"], row["linked"], row["day"]) == ([3, 7], ["vote_tally-UNSC-1"], "2024-02-20")


def test_a_happening_of_which_the_page_has_no_event_is_left_out() -> None:
    assert happening_rows([VETO], {"elsewhere": 0}) == []


def test_every_basis_and_answer_has_a_label_in_both_languages() -> None:
    labels = load_labels()
    for part, names in (
        ("bases", ("stated", "resolved", "linked", "published", "words", "none")),
        ("answers", ("same", "differs", "several", "not found", "none")),
    ):
        assert set(labels[part]) == set(names)
        assert all(labels[part][name]["en"] and labels[part][name]["ar"] for name in names)
