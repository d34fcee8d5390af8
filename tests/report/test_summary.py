"""The last words of a run."""

from __future__ import annotations

from pipeline.records import Event, Modality
from pipeline.report.summary import EXAMPLES, summary
from tests.report.build import TEXT, at, call, event, veto


def lines(events: list[Event], articles: tuple[str, ...] = ("900",)) -> list[str]:
    return summary(events, articles, len(articles)).split("\n")


def tally(modality: Modality = "actual") -> Event:
    slots = {
        "body": [at(TEXT, "مشروع", actor="UNSC")],
        "in_favour": [at(TEXT, "ضد", 13)],
        "against": [at(TEXT, "ضد", 1)],
        "outcome": [at(TEXT, "ضد", "rejected")],
    }
    return event("vote_tally", slots, modality=modality)


def test_counts_come_first_then_an_example_a_line() -> None:
    assert lines([veto(), call(), veto().model_copy(update={"modality": "threatened"})]) == [
        "Found 3 events in 1 article.",
        "  veto                2  (1 actual, 1 threatened)",
        "  ceasefire_call      1  (1 actual)",
        "They are:",
        "  veto            USA  ✗ مشروع قرار  [900-1]",
        "  veto            USA  (threatened)  ✗ مشروع قرار  [900-1]",
        "  ceasefire_call  QAT  immediate truce  [900-1]",
    ]


def test_a_vote_is_told_by_its_count_and_what_the_text_leaves_out_by_a_question_mark() -> None:
    assert lines([tally()])[-1] == "  vote_tally  UNSC  13–1–?  rejected  [900-1]"


def test_refusals_and_what_did_not_happen_are_marked() -> None:
    refusal = call()
    refusal.slots["stance"] = [at(TEXT, "دعت", "reject")]
    assert "QAT  (reject)  immediate truce" in lines([refusal])[-1]
    assert "UNSC  (called for)  13–1–?" in lines([tally("called_for")])[-1]


def test_what_happened_is_shown_before_what_did_not_and_only_a_few() -> None:
    threats = [veto().model_copy(update={"modality": "threatened"})] * 30
    told = lines([*threats, veto(), call()])
    assert told[3] == "For example:" and told[4] == "  veto            USA  ✗ مشروع قرار  [900-1]"
    assert len(told) <= 4 + EXAMPLES


def test_a_type_without_labels_is_told_by_its_actors() -> None:
    assert lines([event("treaty", {"signatory": [at(TEXT, "قطر", actor="QAT")]})])[-1] == "  treaty  QAT  [900-1]"


def test_long_words_are_cut_and_line_ends_leave_no_trace() -> None:
    slots = {"vetoer": [at(TEXT, "واشنطن", actor="USA")], "object": [at(TEXT, "مشروع", "نص\n" + "طويل " * 40)]}
    line = lines([event("veto", slots)])[-1]
    assert "✗ نص طويل" in line and "…" in line and len(line) < 100


def test_of_two_ways_to_name_a_draft_the_longer_is_told() -> None:
    told = veto()
    told.slots["object"] += [at(TEXT, "مشروع"), at(TEXT, "مشروع قرار قدمته الجزائر")]
    assert lines([told])[-1] == "  veto  USA  ✗ مشروع قرار قدمته الجزائر  [900-1]"


def test_no_events_is_said_too() -> None:
    assert lines([]) == ["Found 0 events in 1 article."]
