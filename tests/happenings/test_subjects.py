from __future__ import annotations

import pytest

from pipeline.happenings.subjects import load_subjects


@pytest.mark.parametrize(
    ("text", "places", "matters"),
    [
        ("هدنة إنسانية في قطاع غزة", {"PSE"}, {"halt"}),
        ("قبول دولة فلسطين عضوا كامل العضوية", {"PSE"}, {"admission"}),
        ("تشديد العقوبات على كوريا الشمالية", {"PRK"}, {"sanctions"}),
        ("حماية أهل حلب", {"SYR"}, set()),
        ("الأزمة في جنوب السودان", {"SSD"}, set()),
        ("الأزمة في السودان", {"SDN"}, set()),
        ("هجمات الحوثيين", {"YEM"}, set()),
        ("خطة لا تسمي أحدا", set(), set()),
    ],
)
def test_arabic(text: str, places: set[str], matters: set[str]) -> None:
    found = load_subjects().arabic(text)
    assert (set(found.places), set(found.matters)) == (places, matters)


@pytest.mark.parametrize(
    ("text", "places", "matters"),
    [
        ("Syria: cross-border aid, 9 months", {"SYR"}, {"aid"}),
        ("Middle East situation, including the Palestinian question", {"PSE"}, set()),
        ("Reports of the Secretary-General on the Sudan and South Sudan", {"SDN", "SSD"}, set()),
        ("South Sudan: sanctions", {"SSD"}, {"sanctions"}),
        ("Nigeria", {"NGA"}, set()),
        ("Outer space: no weapons of mass destruction in orbit", {"SPACE"}, {"space"}),
    ],
)
def test_english(text: str, places: set[str], matters: set[str]) -> None:
    found = load_subjects().english(text)
    assert (set(found.places), set(found.matters)) == (places, matters)
