"""The coding schemes' view: what is coded how, and that what cannot be said is told and not guessed."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.records import Event, Filler, Mention, Modality
from pipeline.tables.plover import plover_record, plover_records
from tests.report.build import TEXT, at, call, event, segments, veto


def record(made: Event, text: str = TEXT, undated: Any = "leave", **story: str) -> dict[str, Any]:
    return next(plover_records([made], {"900": text}, [segments(text, **story)], undated))


def call_by(words: str, stance: str = "call", caller: str | None = "QAT", modality: Modality = "actual") -> Event:
    """قطر's call, its trigger the first word of the second sentence."""
    text = f"قطر {words}"
    fillers = {"caller": [at(text, "قطر", actor=caller)], "stance": [Filler(value=stance, text="قطر", start=0, end=3)]}
    made = event("ceasefire_call", fillers, (0, len(text)), modality=modality)
    trigger = (4, 4 + len(words.split()[0]))
    mention = Mention(sentence="900-1-1", start=0, end=len(text), trigger=trigger, rule="r")
    return made.model_copy(update={"mentions": [mention]})


def coded(made: Event, text: str) -> tuple[str | None, list[str], list[str]]:
    got = record(made, text)
    return got["cameo"] and got["cameo"]["code"], got["event"], got["context"]


def test_a_veto_is_a_rejection_of_the_drafts_sponsor() -> None:
    got = record(veto(), published="2024-03-01", outlet="وكالة")
    assert got["cameo"] == {"root": "12", "code": "129", "name": "Veto"}
    assert (got["event"], got["mode"], got["context"], got["quad_code"]) == (["REJECT"], ["yield"], ["diplomatic"], 3)
    source, recipient = got["source"][0], got["recipient"][0]
    assert (source["code"], source["iso3"], source["cow_number"], source["cow_letters"]) == ("USA", "USA", 2, "USA")
    assert (recipient["code"], recipient["cow_number"], recipient["cow_letters"]) == ("DZA", 615, "ALG")
    assert TEXT[source["start"] : source["end"]] == source["actor_text"]
    assert got["cite_info"]["publication"] == "وكالة" and got["cite_info"]["published"] == "2024-03-01"


def test_the_evidence_is_the_articles_words() -> None:
    (evidence,) = record(veto())["evidence"]
    assert evidence["text"] == TEXT[evidence["start"] : evidence["end"]] == TEXT.split(".")[0]
    assert (evidence["sentence"], evidence["rule"]) == ("900-1-1", "rule.one")


@pytest.mark.parametrize(
    ("words", "stance", "expected"),
    [
        ("طالبت بهدنة", "call", ("1056", ["DEMAND"], ["military"])),
        ("دعت إلى هدنة", "call", ("0256", [], [])),
        ("رفضت الهدنة", "reject", ("1246", ["REJECT"], ["military"])),
    ],
)
def test_a_call_demands_appeals_or_rejects(words: str, stance: str, expected: tuple[str, list[str], list[str]]) -> None:
    assert coded(call_by(words, stance), f"قطر {words}") == expected


def test_an_appeal_tells_that_plover_codes_none() -> None:
    assert "PLOVER codes demands but no appeals" in record(call())["unsaid"]


@pytest.mark.parametrize(
    ("modality", "contexts"),
    [
        ("threatened", ["military", "future"]),
        ("hypothetical", ["military", "hypothetical"]),
        ("negated", ["military", "negation"]),
        ("called_for", []),
        ("general", []),
    ],
)
def test_what_did_not_happen_has_no_cameo_code_and_a_context_in_plover(modality: Modality, contexts: list[str]) -> None:
    got = record(call_by("طالبت بهدنة", modality=modality), "قطر طالبت بهدنة")
    assert (got["cameo"], got["context"]) == (None, contexts)
    assert "CAMEO codes only what happened" in got["unsaid"]
    assert bool(got["event"]) == bool(contexts)


def test_a_vote_has_no_code_and_says_so() -> None:
    made = event("vote_tally", {"body": [at(TEXT, "الجزائر", actor="UNSC")], "in_favour": [at(TEXT, "واشنطن", 13)]})
    got = record(made)
    assert (got["cameo"], got["event"], got["quad_code"]) == (None, [], None)
    assert (got["source"][0]["code"], got["slots"]["in_favour"]) == ("IGO", [13])
    assert sum("vote on a text" in reason for reason in got["unsaid"]) == 2


def test_a_frame_type_of_ones_own_is_there_without_codes() -> None:
    got = record(event("condemnation", {"condemner": [at(TEXT, "قطر", actor="QAT")]}))
    assert (got["cameo"], got["event"], got["source"]) == (None, [], [])
    assert any("codes.yaml" in reason for reason in got["unsaid"])


@pytest.mark.parametrize(
    ("actor", "code", "iso3", "kind", "reason"),
    [
        ("HRW", "NGO", None, "body", None),
        ("EU", "IGO", None, "body", None),
        ("HAMAS", None, None, "group", "under its state or as IMG"),
        (None, None, None, "unknown", "does not know"),
        ("PSE", "PSE", "PSE", "state", "COW"),
        ("XKX", "XKX", None, "state", "ISO 3166-1"),
    ],
)
def test_who_is_no_state_of_both_lists(
    actor: str | None, code: str | None, iso3: str | None, kind: str, reason: str | None
) -> None:
    got = record(call_by("طالبت بهدنة", caller=actor), "قطر طالبت بهدنة")
    source = got["source"][0]
    assert (source["code"], source["iso3"], source["kind"], source["actor_text"]) == (code, iso3, kind, "قطر")
    told = [text for text in got["unsaid"] if text.startswith(f"{actor or 'قطر'}: ")]
    assert not told if reason is None else any(reason in text for text in told)


def test_several_actors_are_one_record() -> None:
    slots = {"vetoer": [at(TEXT, "واشنطن", actor="USA"), at(TEXT, "قطر", actor="QAT")]}
    assert [actor["code"] for actor in record(event("veto", slots))["source"]] == ["USA", "QAT"]


def test_an_event_that_nobody_does_tells_so() -> None:
    got = record(event("veto", {"object": [at(TEXT, "مشروع قرار")]}))
    assert (got["source"], "the text names no source" in got["unsaid"]) == ([], True)


def test_the_pages_date_stands_in_only_where_it_is_asked_for() -> None:
    left, taken = (record(veto(), undated=undated, published="2024-03-01") for undated in ("leave", "published"))
    assert (left["date"], left["date_info"]) == (None, None)
    assert (taken["date"], taken["date_info"]["basis"]) == ("2024-03-01", "published")
    assert "the text does not date it" in left["unsaid"] and "the text does not date it" in taken["unsaid"]


def test_a_record_always_has_the_same_keys() -> None:
    bare = plover_record(event("other", {}), TEXT, None, "published")
    assert list(bare) == list(record(veto())) and bare["date"] is None
