"""From groups of reports to happenings: values by support, days, links, ids that stay."""

from __future__ import annotations

from pipeline.happenings.assemble import assemble
from pipeline.happenings.clustering import cluster
from pipeline.happenings.records import Happening
from pipeline.happenings.tellings import Telling
from pipeline.record.matching import Matcher
from pipeline.record.reference import Reference
from tests.happenings.build import news, on, telling

EMPTY = Reference([])
GAZA = {"doers": "USA", "places": "PSE", "matters": "halt", "sponsors": "DZA"}


def happenings(*tellings: Telling) -> list[Happening]:
    groups = cluster(list(tellings), EMPTY.rarity, -5, 7)
    return list(assemble(list(tellings), groups, Matcher(EMPTY)))


def votes(article: str, tally: str, **told: object) -> Telling:
    return telling(article, "vote_tally", doers="UNSC", when=on("2024-02-20"), votes=tally, **told)


def test_the_value_of_most_articles_is_best_and_every_other_is_kept_with_its_articles() -> None:
    (one,) = happenings(votes("a", "13-1-1"), votes("b", "13-1-1"), votes("c", "12-1-1"))
    assert one.articles == 3
    assert [(v.value, v.support, v.articles) for v in one.slots["in_favour"]] == [(13, 2, ["a", "b"]), (12, 1, ["c"])]
    assert [v.value for v in one.values("in_favour")] == [13]
    assert one.differing == ["in_favour"]


def test_of_equally_many_articles_more_outlets_win_then_the_first_report() -> None:
    outlets = [("a", "12-1-1", "x"), ("b", "12-1-1", "x"), ("c", "13-1-1", "x"), ("d", "13-1-1", "y")]
    (one,) = happenings(*(votes(a, t, house=o) for a, t, o in outlets))
    assert [v.value for v in one.slots["in_favour"]] == [13, 12]
    (two,) = happenings(votes("b", "12-1-1", published="2024-02-22"), votes("a", "13-1-1", published="2024-02-23"))
    assert two.slots["in_favour"][0].value == 12


def test_one_article_tells_once_however_often_it_tells() -> None:
    twice = telling("a", "ceasefire_call", 1, doers="UN", stance="call", places="PSE", when=on("2024-02-20"))
    again = telling("a", "ceasefire_call", 2, doers="UN", stance="call", places="PSE", when=on("2024-02-21"))
    (one,) = happenings(twice, again)
    assert (one.articles, len(one.reports)) == (1, 2)


def test_the_day_is_the_best_known_one_and_others_are_told() -> None:
    (one,) = happenings(
        telling("a", when=on("2024-02"), **GAZA),
        telling("b", when=on("2024-02-20", "stated"), **GAZA),
        telling("c", when=on("2024-02-20"), **GAZA),
        telling("d", when=on("2024-02-21"), **GAZA),
    )
    assert (one.day.value, one.day.granularity, one.day.basis, one.day.support) == ("2024-02-20", "day", "stated", 2)
    assert one.day.others == {"2024-02-21": ["d"]} and one.differing == ["date"]


def test_without_a_day_the_pages_dates_leave_a_range() -> None:
    (one,) = happenings(
        telling("a", when=news("2024-02-21"), published="2024-02-21", **GAZA),
        telling("b", when=news("2024-02-23"), published="2024-02-23", **GAZA),
    )
    assert (one.day.value, one.day.first, one.day.last, one.day.basis) == (
        None, "2024-02-19", "2024-02-21", "published",
    )  # fmt: skip
    assert (one.first_report, one.last_report) == ("2024-02-21", "2024-02-23")


def test_a_veto_and_the_tally_of_its_text_are_linked_and_not_merged() -> None:
    veto, tally = happenings(
        telling("a", when=on("2024-02-20"), linked="a-1-vote_tally-1", **GAZA),
        votes("a", "13-1-1", linked="a-1-veto-1"),
    )
    assert (veto.linked, tally.linked) == ([tally.id], [veto.id])


MANY = [
    telling("a", when=on("2024-02-20"), published="2024-02-20", **GAZA),
    telling("b", when=on("2024-02-20"), published="2024-02-21", **GAZA),
    telling("c", when=on("2024-04-24"), doers="RUS", matters="space", published="2024-04-25"),
    telling("a", n=2, doers="USA", published="2024-02-20"),
]


def test_an_id_stays_when_other_articles_come_and_go() -> None:
    alone = {tuple(r.event for r in h.reports): h.id for h in happenings(*MANY[:2])}
    among = {tuple(r.event for r in h.reports): h.id for h in happenings(*MANY)}
    assert alone.items() <= among.items()
    assert len(set(among.values())) == len(among)


def test_an_id_stays_when_a_later_report_comes() -> None:
    assert happenings(MANY[0])[0].id == happenings(*MANY[:2])[0].id


def test_what_did_not_happen_and_what_no_record_has_is_not_matched() -> None:
    threat = telling("a", doers="USA", modality="threatened")
    call = telling("a", "ceasefire_call", doers="UN", stance="call")
    parliament = telling("b", "vote_tally", doers="FRA", votes="331-200-1")
    assert [h.record for h in happenings(threat, call, parliament)] == [None, None, None]
