"""Which mentions of a story are one event, and what becomes of their fillers: a table a rule of merging."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.frames.mentions.comparing import keys
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules.schema import FrameType
from pipeline.records import Event
from tests.frames.mentions.build import frame_type, mention

NEAR = 40


def merged(kind: FrameType, *mentions: Event, window: int = NEAR, **given: Any) -> list[Event]:
    return merge(mentions, [kind], window, **given)


def together(kind: FrameType, *mentions: Event, window: int = NEAR) -> list[list[int]]:
    """The numbers of the sentences that each event is told in."""
    return [
        [int(m.sentence.rpartition("-")[2]) for m in event.mentions] for event in merged(kind, *mentions, window=window)
    ]


def values(event: Event, slot: str) -> list[str | int | bool]:
    return [filler.value for filler in event.slots.get(slot, [])]


def one(kind: FrameType, first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether a mention in sentence 1 and one in sentence 2 are one event; the same whichever comes first."""
    return together(kind, mention(1, **first), mention(2, **second)) == [[1, 2]]


# Whose mentions.


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("actual", "actual", True),
        ("threatened", "threatened", True),
        ("actual", "threatened", False),
        ("negated", "actual", False),
    ],
)
def test_what_happened_and_what_did_not_are_two(first: str, second: str, same: bool) -> None:
    assert one(frame_type(), {"modality": first}, {"modality": second}) is same


def test_an_institution_is_no_event_and_modalities_may_be_left_out() -> None:
    told = [mention(1, "general"), mention(2, "threatened"), mention(3)]
    assert [event.modality for event in merged(frame_type(), *told)] == ["threatened", "actual"]
    assert [event.modality for event in merged(frame_type(), *told, modalities=["actual"])] == ["actual"]


def test_stories_and_articles_are_apart_and_events_are_numbered_in_each() -> None:
    kind = frame_type(needs=[["who"]])
    told = [
        mention(1, who="RUS"),
        mention(2, what="نص", modality="negated"),
        mention(3, who="CHN", modality="threatened"),
        mention(1, story=2, who="RUS"),
        mention(1, article="b", who="RUS"),
    ]
    # What lacks what its type needs has no number.
    assert [event.id for event in merged(kind, *told)] == ["a-1-x-1", "a-1-x-2", "a-2-x-1", "b-1-x-1"]


def test_mentions_given_are_left_as_they_are() -> None:
    told = [mention(1, who="RUS"), mention(2, who="CHN")]
    before = [event.model_copy(deep=True) for event in told]
    merged(frame_type(), *told)
    assert told == before


# Slots that tell two events apart.


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"votes": 13}, {"votes": 13}, True),
        ({"votes": 13}, {"votes": 14}, False),
        ({"votes": 0}, {"votes": 1}, False),
        ({"votes": 13}, {}, True),
        ({}, {"votes": 13}, True),
        # Several actors are no contradiction, whatever they are.
        ({"who": "RUS"}, {"who": "CHN"}, True),
    ],
)
def test_two_values_of_a_slot_that_holds_one_are_two_events(first: Any, second: Any, same: bool) -> None:
    assert one(frame_type(), first, second) is same


@pytest.mark.parametrize("keep", ["fullest", "first"])
def test_unless_one_of_them_is_kept(keep: str) -> None:
    assert one(frame_type(what={"many": False, "keep": keep}), {"what": "نص"}, {"what": "مشروع قرار"})


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"who": ["RUS", "CHN"]}, {"who": ["CHN", "USA"]}, True),
        ({"who": "RUS"}, {"who": "USA"}, False),
        ({"who": "RUS"}, {}, True),
        ({}, {"who": "RUS"}, True),
        ({"what": "نص"}, {"what": "قرار"}, True),  # not marked
    ],
)
def test_who_must_be_common_to_both(first: Any, second: Any, same: bool) -> None:
    assert one(frame_type(who={"common": True}), first, second) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("مشروعا عربيا", "مشروعا عربي", True),
        ("مشروع عربياً", "مشروع عربي", True),
        ("نصا", "نص", True),
        ("نص", "نصوص", False),
        ("نصاب", "نصب", False),
    ],
)
def test_an_accusative_is_the_same_word(first: str, second: str, same: bool) -> None:
    kind = frame_type(what={"common": True})
    assert one(kind, {"what": first}, {"what": second}) is same
    assert one(kind, {"what": second}, {"what": first}) is same


def test_an_actor_is_common_by_its_id_and_a_number_by_its_value() -> None:
    kind = frame_type(who={"common": True}, votes={"kind": "words", "many": True, "common": True})
    first, second = mention(1, who="روسيا"), mention(2, who="موسكو")
    assert together(kind, first, second) == [[1], [2]]
    for event in (first, second):
        event.slots["who"][0].actor = "RUS"
    assert together(kind, first, second) == [[1, 2]]
    assert one(kind, {"votes": 3}, {"votes": 3}) and not one(kind, {"votes": 3}, {"votes": 4})


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"votes": 3}, {"votes": 3}, True),
        ({}, {}, True),
        ({"votes": 3}, {}, False),
        ({}, {"votes": 3}, False),
        ({"_seen": "سابق"}, {}, False),
        ({"_seen": "سابق"}, {"_seen": "سابق"}, True),
    ],
)
def test_a_slot_of_another_kind_of_event_is_in_both_or_neither(first: Any, second: Any, same: bool) -> None:
    assert one(frame_type(votes={"tells_apart": True}, _seen={"tells_apart": True}), first, second) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"all": True}, {"votes": 3}, False),
        ({"votes": 3}, {"all": True}, False),
        ({"all": True}, {"votes": 0}, True),
        ({"votes": 0}, {"all": True}, True),
        ({"all": True}, {"all": True}, True),
        ({"votes": 3}, {"votes": 3}, True),
        ({"all": True}, {"who": "RUS"}, True),
        ({"all": True}, {"_seen": "سابق"}, False),
    ],
)
def test_slots_that_clash_are_of_two_events_but_for_a_zero(first: Any, second: Any, same: bool) -> None:
    kind = frame_type({"clash": [["all", "votes"], ["all", "_seen"]]}, all={"kind": "flag"})
    assert one(kind, first, second) is same


# Dates.


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2024-02-20", "2024-02-20", True),
        ("2024-02-20", "2024-02-21", False),
        ("2024-02-20", "2023-02-20", False),
        # As far as each is stated.
        ("2024-02-20", "2024-02", True),
        ("2024-02-20", "2024", True),
        ("2024-02", "2024", True),
        ("2024-02-20", "2024-03", False),
        ("2024-02", "2023", False),
        # A day in words may be any day, but is in no month or year of the past.
        ("2024-02-20", "أمس", True),
        ("2024-02", "أمس", False),
        ("2024", "الثلاثاء", False),
        ("أمس", "الثلاثاء", True),
        # Last month is not today; two such dates do not exclude one another.
        ("أمس", "الشهر الماضي", False),
        ("أمس", "الأسبوع الفائت", False),
        ("أمس", "العام المنصرم", False),
        ("أمس", "السنة الماضية", False),
        ("الشهر الماضي", "الأسبوع الماضي", True),
        ("2024-02-20", "الشهر الماضي", True),
        # What begins like a year and goes on in words settles nothing.
        ("2024 أو 2025", "2023-01-01", True),
        ("2024 أو 2025", "2023 أو 2022", True),
    ],
)
def test_dates_exclude_one_another_as_far_as_they_go(first: str, second: str, same: bool) -> None:
    assert one(frame_type(), {"date": first}, {"date": second}) is same
    assert one(frame_type(), {"date": second}, {"date": first}) is same


def test_the_date_of_what_is_told_with_an_event_stands_in_for_its_own() -> None:
    kind = frame_type()
    assert not one(kind, {"_date": "2024-02-20"}, {"date": "2024-02-21"})
    assert one(kind, {"_date": "2024-02-20"}, {"date": "2024-02-20"})
    assert one(kind, {"_date": "2024-02-20", "date": "2024-02-21"}, {"date": "2024-02-21"})  # its own goes first


def test_the_first_date_of_each_decides() -> None:
    assert one(frame_type(), {"date": ["2024-02-20", "2024-02-22"]}, {"date": "2024-02-20"})
    assert not one(frame_type(), {"date": ["2024-02-20", "2024-02-22"]}, {"date": "2024-02-22"})


@pytest.mark.parametrize(
    ("background", "first", "second", "same"),
    [
        (True, {}, {"date": "2024-02"}, False),
        (True, {}, {"date": "2024"}, False),
        (True, {}, {"date": "2024-02-20"}, True),
        (True, {}, {"date": "أمس"}, True),
        (True, {}, {"date": ["2024-02", "أمس"]}, True),
        (True, {"date": "2024-02"}, {}, True),  # told first, it is no background
        (True, {"date": "2024-02-20"}, {"date": "2024-02"}, True),
        (True, {}, {}, True),
        (False, {}, {"date": "2024-02"}, True),
    ],
)
def test_what_is_dated_by_month_or_year_alone_is_background(
    background: bool, first: Any, second: Any, same: bool
) -> None:
    assert one(frame_type({"background": background}), first, second) is same


# How far apart.


@pytest.mark.parametrize(
    ("window", "own", "second", "same"),
    [
        (5, 1000, 6, True),
        (5, 1000, 7, False),
        (1000, 5, 6, True),
        (1000, 5, 7, False),  # the nearer of the two
    ],
)
def test_mentions_farther_apart_than_the_window_are_two(window: int, own: int, second: int, same: bool) -> None:
    told = mention(1, who="RUS"), mention(second, who="RUS")
    assert (together(frame_type({"window": own}), *told, window=window) == [[1, second]]) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"who": ["RUS", "CHN"]}, {"who": ["CHN"]}, True),
        ({"who": "RUS"}, {"who": "CHN"}, False),
        ({"who": "RUS"}, {}, False),
        ({"what": "نص"}, {"what": "نص"}, False),  # not a slot that links
    ],
)
def test_unless_a_slot_links_them(first: Any, second: Any, same: bool) -> None:
    told = mention(1, **first), mention(30, **second)
    assert (together(frame_type(who={"link": True}), *told, window=5) == [[1, 30]]) is same


def test_the_distance_is_that_to_the_nearest_mention() -> None:
    kind = frame_type()
    assert together(kind, mention(1), mention(5), mention(9), window=4) == [[1, 5, 9]]
    assert together(kind, mention(1), mention(5), mention(10), window=4) == [[1, 5], [10]]
    assert together(kind, mention(9), mention(5), window=4) == [[9, 5]]  # either way
    assert together(kind, mention(10), mention(5), window=4) == [[10], [5]]


# Which of several events.

TWO = [mention(1, votes=1, who="RUS", what="نص"), mention(2, votes=2, who="CHN", what="قرار")]


@pytest.mark.parametrize(
    ("more", "last", "events"),
    [
        # The one that agrees in most slots, whichever is later.
        ({}, {"who": "RUS", "what": "نص"}, [[1, 3], [2]]),
        ({}, {"who": "CHN", "what": "قرار"}, [[1], [2, 3]]),
        # The later one on a tie, be it that nothing agrees.
        ({}, {"who": "RUS", "what": "قرار"}, [[1], [2, 3]]),
        ({}, {}, [[1], [2, 3]]),
        # Only the slots that weigh count, where there are any.
        ({"who": {"weighs": True}}, {"who": "RUS", "what": "قرار"}, [[1, 3], [2]]),
        ({"what": {"weighs": True}}, {"who": "RUS", "what": "قرار"}, [[1], [2, 3]]),
    ],
)
def test_a_mention_joins_the_event_that_it_agrees_with_most(more: Any, last: Any, events: list[list[int]]) -> None:
    assert together(frame_type(**more), *TWO, mention(3, **last)) == events


def test_of_several_values_one_that_agrees_is_agreement_once() -> None:
    told = [mention(1, votes=1, who=["RUS", "CHN"]), mention(2, votes=2, who="FRA", what="نص")]
    # Two actors of the first are one slot; so it is a tie, and the later one has it.
    assert together(frame_type(), *told, mention(3, who=["RUS", "CHN", "FRA"])) == [[1], [2, 3]]


# What becomes of the fillers.


def test_fillers_are_gathered_and_keep_their_first_evidence() -> None:
    (event,) = merged(
        frame_type(), mention(1, what="نصا", who="RUS", votes=3), mention(2, who=["CHN", "RUS"], what="نص", date="أمس"),
        mention(3, votes=3),
    )  # fmt: skip
    assert {slot: values(event, slot) for slot in event.slots} == {
        "date": ["أمس"], "votes": [3], "what": ["نصا"], "who": ["RUS", "CHN"]
    }  # fmt: skip
    assert list(event.slots) == sorted(event.slots)
    assert [filler.start for filler in event.slots["who"]] == [100, 200]
    assert event.slots["votes"][0].start == 100


def test_a_slot_that_holds_one_value_is_not_added_to() -> None:
    kind = frame_type(votes={"kind": "integer"})
    (event,) = merged(kind, mention(1, votes=3), mention(2, votes=3, who="RUS"))
    assert len(event.slots["votes"]) == 1 and values(event, "who") == ["RUS"]


@pytest.mark.parametrize(
    ("keep", "given", "kept"),
    [
        ({"keep": "fullest"}, [["نص"], ["مشروع قرار أول", "مشروع قرار"]], ["مشروع قرار أول"]),
        ({"keep": "fullest"}, [["نص أول"], ["نص ثان"]], ["نص أول"]),
        ({"keep": "first"}, [["نص"], ["مشروع قرار"]], ["نص"]),
        ({"many": True}, [["نص"], ["مشروع قرار"]], ["نص", "مشروع قرار"]),
        ({"kind": "one_of", "values": ["ب", "أ", "ج"], "keep": "preferred"}, [["أ", "ج"], ["ب"]], ["ب"]),
        ({"kind": "one_of", "values": ["ب", "أ", "ج"], "keep": "preferred"}, [["ج"], ["أ"]], ["أ"]),
        ({"kind": "one_of", "values": ["ب", "أ", "ج"], "keep": "preferred"}, [["ج"], []], ["ج"]),
    ],
)
def test_what_is_kept_of_several_values(keep: Any, given: list[list[str]], kept: list[str]) -> None:
    (event,) = merged(
        frame_type(what={"many": False, **keep}),
        *[mention(n, **({"what": g} if g else {})) for n, g in enumerate(given)],
    )
    assert values(event, "what") == kept


def test_what_serves_merging_alone_is_left_out() -> None:
    (event,) = merged(frame_type(), mention(1, _seen="سابق", _date="2024", who="RUS"))
    assert list(event.slots) == ["who"]


IMPLIES = {"votes": {"implies": {"fate": "adopted"}}, "fate": {"kind": "one_of", "values": ["adopted", "rejected"]}}


@pytest.mark.parametrize(
    ("given", "fate"),
    [
        ({"votes": 3}, ["adopted"]),
        ({"votes": 3, "fate": "rejected"}, ["rejected"]),
        ({"who": "RUS"}, []),
    ],
)
def test_a_slot_implies_a_value_where_the_text_gives_none(given: Any, fate: list[str]) -> None:
    (event,) = merged(frame_type(**IMPLIES), mention(1, **given))
    assert values(event, "fate") == fate
    if fate == ["adopted"]:
        assert event.slots["fate"][0].start == event.slots["votes"][0].start and values(event, "votes") == [3]


@pytest.mark.parametrize(
    ("listing", "given", "votes"),
    [
        # The list is the count that it was taken for.
        ({}, {"who": ["RUS", "CHN"], "_votes": 2}, [2]),
        ({}, {"who": ["RUS", "CHN"], "_votes": 3}, []),
        ({}, {"who": ["RUS", "CHN"]}, []),
        ({}, {"who": ["RUS", "CHN"], "_votes": [3, 2]}, [2]),
        ({}, {"who": ["RUS", "CHN"], "_votes": [2, 2]}, [2]),
        ({}, {"_votes": 0}, [0]),
        # A count that is stated stays.
        ({}, {"who": ["RUS", "CHN"], "_votes": 2, "votes": 5}, [5]),
        # The list must hold those of another slot, if there are any.
        ({"covers": "also"}, {"who": ["RUS", "CHN"], "_votes": 2, "also": ["RUS"]}, [2]),
        ({"covers": "also"}, {"who": ["RUS", "CHN"], "_votes": 2, "also": ["RUS", "CHN"]}, [2]),
        ({"covers": "also"}, {"who": ["RUS", "CHN"], "_votes": 2, "also": ["USA"]}, []),
        ({"covers": "also"}, {"who": ["RUS", "CHN"], "_votes": 2, "also": ["RUS", "USA"]}, []),
        ({"covers": "also"}, {"who": ["RUS", "CHN"], "_votes": 2}, [2]),
        # All of some slots, and one of others, besides.
        ({"beside": ["what", "date"]}, {"who": ["RUS"], "_votes": 1, "what": "نص", "date": "أمس"}, [1]),
        ({"beside": ["what", "date"]}, {"who": ["RUS"], "_votes": 1, "what": "نص"}, []),
        ({"among": ["what", "date"]}, {"who": ["RUS"], "_votes": 1, "what": "نص"}, [1]),
        ({"among": ["what", "date"]}, {"who": ["RUS"], "_votes": 1}, []),
        ({"beside": ["what"], "among": ["date"]}, {"who": ["RUS"], "_votes": 1, "date": "أمس"}, []),
        ({"beside": ["what"], "among": ["date"]}, {"who": ["RUS"], "_votes": 1, "what": "نص"}, []),
    ],
)
def test_a_whole_list_of_names_gives_its_count(listing: Any, given: Any, votes: list[int]) -> None:
    kind = frame_type(votes={"listed": {"names": "who", **listing}}, also={"kind": "actor", "many": True})
    (event,) = merged(kind, mention(1, **given))
    assert values(event, "votes") == votes


def test_names_of_several_mentions_are_one_list() -> None:
    kind = frame_type(votes={"listed": {"names": "who"}})
    (event,) = merged(kind, mention(1, who="RUS"), mention(2, who="CHN", _votes=2))
    assert values(event, "votes") == [2] and keys(event.slots["who"]) == {"RUS", "CHN"}


@pytest.mark.parametrize(
    ("needs", "given", "there"),
    [
        ([], {}, True),
        ([["who"]], {"who": "RUS"}, True),
        ([["who"]], {"what": "نص"}, False),
        ([["who", "what"]], {"who": "RUS"}, False),
        ([["who", "what"], ["date"]], {"date": "أمس"}, True),
        ([["_seen", "what"]], {"_seen": "سابق", "what": "نص"}, True),  # what serves merging counts
        ([["votes"]], {"who": ["RUS"], "_votes": 1}, True),  # so does what settling gives
    ],
)
def test_an_event_lacks_none_of_what_its_type_needs(needs: list[list[str]], given: Any, there: bool) -> None:
    kind = frame_type(needs=needs, votes={"listed": {"names": "who"}})
    assert bool(merged(kind, mention(1, **given))) is there
