from __future__ import annotations

import pytest

from pipeline.gold.locate import NotFoundError, find, locate, tile


@pytest.mark.parametrize(
    ("text", "surface", "found"),
    [
        pytest.param("رفضت تركيا النص", "تركيا", "تركيا", id="a word"),
        pytest.param("رفضت وتركيا النص", "تركيا", "تركيا", id="after an attached و"),
        pytest.param("دعت ولبنان", "لبنان", "لبنان", id="the letter of the name is no clitic"),
        pytest.param("نص وبكوبا", "كوبا", "كوبا", id="after two clitics"),
        pytest.param("قال للأمم المتحدة نعم", "الأمم المتحدة", "لأمم المتحدة", id="article swallowed by ل"),
        pytest.param("قال وللأمم المتحدة", "الأمم المتحدة", "لأمم المتحدة", id="و before ل"),
        pytest.param("قال الأمم المتحدة", "الأمم المتحدة", "الأمم المتحدة", id="article kept"),
        pytest.param("قراراً جديداً", "قرارا جديدا", "قراراً جديداً", id="harakat belong to the word, the last one too"),
        pytest.param("مجلس\u00a0 الأمن", "مجلس الأمن", "مجلس\u00a0 الأمن", id="any white space"),
        pytest.param("الولایات المتحدة فی", "الولايات المتحدة", "الولایات المتحدة", id="Persian letters"),
        pytest.param("بأغلبية12 صوتا", "12", "12", id="a number glued to a word"),
        pytest.param("حركة “حماس”،", 'حركة "حماس"', "حركة “حماس”", id="quotation marks of another kind"),
        pytest.param("مـصـر اليوم", "مصر", "مـصـر", id="tatweel"),
    ],
)
def test_finds_the_words_as_they_stand(text: str, surface: str, found: str) -> None:
    (place,) = locate(text, 0, len(text), surface)
    assert text[place.start : place.end] == found


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        pytest.param("رفضت التركيات النص", "تركيا", id="within a word"),
        pytest.param("الصومالية", "الصومال", id="a word that only begins so"),
        pytest.param("سوريا", "وريا", id="س is no clitic of a noun"),
        pytest.param("رفضت", "قبلت", id="absent"),
    ],
)
def test_whole_words_only(text: str, surface: str) -> None:
    with pytest.raises(NotFoundError, match="not there"):
        locate(text, 0, len(text), surface)


TWICE = "سفير روسيا لدى المجلس ووزير روسيا في موسكو"


@pytest.mark.parametrize(
    ("surface", "starts"),
    [
        ("روسيا#1", [TWICE.index("روسيا")]),
        ("روسيا#2", [TWICE.rindex("روسيا")]),
        ("روسيا #*", [TWICE.index("روسيا"), TWICE.rindex("روسيا")]),
        ("سفير [روسيا] لدى", [TWICE.index("روسيا")]),
        ("وزير [روسيا]", [TWICE.rindex("روسيا")]),
    ],
)
def test_one_of_several(surface: str, starts: list[int]) -> None:
    assert [place.start for place in locate(TWICE, 0, len(TWICE), surface)] == starts


@pytest.mark.parametrize(
    ("surface", "message"),
    [("روسيا", "2 times; add #1"), ("روسيا#3", "no #3"), ("روسيا#0", "no #0"), ("؟", "not there"), ("ـ", "no letters")],
)
def test_ambiguous_and_empty_words_are_refused(surface: str, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        locate(TWICE, 0, len(TWICE), surface)


def test_only_the_region_is_searched() -> None:
    region = TWICE.index("ووزير")
    assert [place.start for place in find(TWICE, region, len(TWICE), "روسيا")] == [TWICE.rindex("روسيا")]
    assert find(TWICE, 0, len("سفير روسي"), "روسيا") == []


def test_an_assimilated_article_is_told() -> None:
    assert locate("للأمم المتحدة", 0, 13, "الأمم المتحدة")[0].assimilated
    assert not locate("الأمم المتحدة", 0, 13, "الأمم المتحدة")[0].assimilated


PAGE = " عنوان الخبر\n\nقال الوزير شيئا. قال السفير شيئا آخر.\nالمصدر: وكالة \n"


@pytest.mark.parametrize(
    ("pieces", "texts"),
    [
        (["عنوان", "قال الوزير", "المصدر"], ["عنوان الخبر", "قال الوزير شيئا. قال السفير شيئا آخر.", "المصدر: وكالة"]),
        (["عنوان >> الخبر", "قال >> شيئا.", "قال السفير >> آخر.", "المصدر: وكالة"], None),
        (["عنوان الخبر >> الخبر", "قال الوزير >> آخر.", "المصدر"], None),
    ],
)
def test_pieces_cut_the_text_completely(pieces: list[str], texts: list[str] | None) -> None:
    spans = tile(PAGE, 0, len(PAGE), pieces)
    cut = [PAGE[start:end] for start, end in spans]
    assert [piece.strip() for piece in cut] == cut
    assert "".join("".join(cut).split()) == "".join(PAGE.split())
    assert texts in (None, cut)


@pytest.mark.parametrize(
    ("pieces", "index", "message"),
    [
        (["عنوان >> الخبر", "قال السفير", "المصدر"], 0, "0 times"),
        (["الخبر", "قال الوزير"], 0, "goes on with «عنوان"),
        (["عنوان", "قال", "المصدر"], 0, "2 times"),
        (["عنوان", "قال الوزير", "كتب"], 1, "0 times"),
        (["عنوان", "قال الوزير >> شيئا.", "المصدر"], 1, "0 times"),
        (["عنوان", "قال الوزير", "المصدر >> الوزير"], 2, "ends with"),
    ],
)
def test_pieces_that_do_not_fit_are_named(pieces: list[str], index: int, message: str) -> None:
    with pytest.raises(NotFoundError, match=message) as caught:
        tile(PAGE, 0, len(PAGE), pieces)
    assert caught.value.args[1] == index
