"""Inflection of nationality adjectives."""

from pipeline.actors.inflect import adjective_forms


def test_all_genders_numbers_and_the_article() -> None:
    forms = adjective_forms("فرنسي")
    masculine = {"فرنسي", "فرنسيا", "فرنسيان", "فرنسيين", "فرنسيون", "الفرنسي", "الفرنسيان", "الفرنسيين", "الفرنسيون"}
    feminine = {"فرنسية", "فرنسيتان", "فرنسيتين", "فرنسيات"}
    feminine |= {"ال" + form for form in feminine}
    assert {form for form, gender in forms.items() if gender == "m"} == masculine
    assert {form for form, gender in forms.items() if gender == "f"} == feminine


def test_every_word_in_ya_inflects() -> None:
    assert {"كورية جنوبية", "الكورية الجنوبية", "الكوريون الجنوبيون"} <= set(adjective_forms("كوري جنوبي"))
    assert {"جنوب أفريقية", "الجنوب أفريقي", "الجنوب الأفريقية"} <= set(adjective_forms("جنوب أفريقي"))
