"""Every pattern of furniture.yaml against its own examples and near misses."""

from typing import Any

import pytest

from pipeline.segmentation.furniture import Pattern, cut, patterns

MATCHES = [(pattern, example) for pattern, _ in patterns() for example in pattern.matches]
MISSES = [(pattern, text) for pattern, _ in patterns() for text in pattern.misses]


def name(value: object) -> str:
    return value.id if isinstance(value, Pattern) else str(value["text"] if isinstance(value, dict) else value)[:30]


@pytest.mark.parametrize(("pattern", "example"), MATCHES, ids=name)
def test_a_pattern_matches_its_examples(pattern: Pattern, example: dict[str, Any]) -> None:
    text = example["text"]
    pieces = cut(text, 0, len(text), pattern.when)
    hits = [piece for piece in pieces if piece.rule == pattern.id]
    assert len(hits) == 1, f"matched {[piece.rule for piece in pieces]} instead"
    hit = hits[0]
    assert (hit.kind or "body") == pattern.kind
    got = {
        "outlet": text[slice(*hit.outlet)] if hit.outlet else None,
        "agency": text[slice(*hit.agency)] if hit.agency else None,
        "date": hit.published,
        "update": hit.updated,
        "rest": next((text[piece.start : piece.end] for piece in pieces if piece.rule != pattern.id), None),
    }
    expected = {key: str(value) for key, value in example.items() if key != "text"}
    assert {key: value for key, value in got.items() if value is not None} == expected


@pytest.mark.parametrize(("pattern", "text"), MISSES, ids=name)
def test_a_pattern_passes_over_its_near_misses(pattern: Pattern, text: str) -> None:
    assert pattern.id not in {piece.rule for piece in cut(text, 0, len(text), pattern.when)}


def test_every_pattern_has_an_example_a_near_miss_and_a_name_of_its_own() -> None:
    assert all(pattern.matches and pattern.misses for pattern, _ in patterns())
    assert len({pattern.id for pattern, _ in patterns()}) == len(patterns())


@pytest.mark.parametrize(
    "text",
    [
        "اقــرأ أيضـًا:",
        "إقرأ\u00a0أيضاً :",
        "\u200fاقرأ أيضاً\u200f",
        "اقرأ أیضا",
    ],
)
def test_spellings_do_not_matter(text: str) -> None:
    assert [piece.rule for piece in cut(text, 0, len(text))] == ["related.marker"]


@pytest.mark.parametrize(
    "text",
    [
        "استخدمت روسيا حق النقض ضد مشروع القرار.",
        "المصدر الذي تحدث إلى المجلس رفض الكشف عن اسمه.",
        "وكالات الإغاثة تدعو إلى هدنة",
        "رويترز: المجلس يصوت غدا",
        "كتب الوزير رسالة إلى المجلس",
        "الأكثر قراءة للمشهد هو من عاشه",
        "مقالات الوزير أثارت جدلا",
        "الساعة 10:30 بدأ القصف",
        "20 فبراير يوم مشهود في المغرب",
        "تاريخ النشر لا يهم",
        "شارك في القمة عشرون رئيسا",
        "تابع الرئيس سير العمليات عبر الفيديو",
        "X يحجب حسابات",
        "علامات: لا شيء يعود كما كان" * 40,
    ],
)
def test_prose_is_not_furniture(text: str) -> None:
    assert [piece.kind for piece in cut(text, 0, len(text), "body")] == [None]
