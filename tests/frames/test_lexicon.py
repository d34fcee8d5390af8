"""Terms with their clitics, inflections and spellings."""

from __future__ import annotations

import pytest

from pipeline.arabic.verbs import conjugate
from pipeline.arabic.words import words
from pipeline.frames.rules.schema import Term
from pipeline.frames.sentence.lexicon import Lexicon

LEXICON = Lexicon(
    {
        "use": Term(verbs=[("استخدم", "ستخدم")]),
        "call": Term(verbs=[("دعا", "دعو")], words=["دعوة"]),
        "veto": Term(words=["حق|حقها (في) نقض|النقض", "فيتو"]),
        "soon": Term(values={"immediate": ["فوري(ة)", "على الفور"]}),
        "against": Term(exact=["ضد"]),
    }
)


@pytest.mark.parametrize(
    ("text", "term", "tags"),
    [
        ("استخدمت", "use", {"verb", "fem"}),
        ("وستستخدم", "use", {"verb", "fem", "+و", "+س"}),
        ("يستخدمون", "use", {"verb", "plural"}),
        ("استخدمته", "use", {"verb", "fem", "+pron"}),
        ("اسْتَخْدَمَ", "use", {"verb", "masc"}),
        ("دعت", "call", {"verb", "fem"}),
        ("يدعون", "call", {"verb", "plural"}),
        ("دعوتها", "call", {"noun", "+pron"}),
        ("حق النقض", "veto", {"noun"}),
        ("بحق النقض", "veto", {"noun", "+ب"}),
        ("حقها في النقض", "veto", {"noun", "+pron"}),
        ("للفيتو", "veto", {"noun", "+ل", "+ال"}),
        ("وبالفيتو", "veto", {"noun", "+و", "+ب", "+ال"}),
        ("الفورية", "soon", {"noun", "+ال"}),
        ("ضد", "against", set()),
    ],
)
def test_finds(text, term, tags):
    hits = [hit for hit in LEXICON.find(words(text)) if hit.term == term and hit.start == 0]
    assert any(hit.end == len(words(text)) and tags <= hit.tags for hit in hits), hits


@pytest.mark.parametrize("text", ["وضد", "فيتوريو", "المستخدم", "حقوقي", "نقضي وقتا"])
def test_finds_nothing(text):
    assert not LEXICON.find(words(text))


def test_a_value_stands_for_all_its_forms():
    assert [hit.value for hit in LEXICON.find(words("هدنة فورية، وقف على الفور"))] == ["immediate", "immediate"]


@pytest.mark.parametrize(
    ("past", "present", "expected"),
    [
        ("طالب", "طالب", {"طالب": "masc", "طالبت": "fem", "تطالب": "fem", "يطالبون": "plural", "طالبا": "dual"}),
        ("دعا", "دعو", {"دعت": "fem", "دعوا": "dual", "يدعو": "masc", "يدعون": "plural", "يدع": "masc"}),
        ("تبنى", "تبنى", {"تبنت": "fem", "تبنوا": "plural", "يتبني": "masc", "يتبنون": "plural"}),
        ("أيد", "ؤيد", {"ايد": "masc", "ايدت": "fem", "يؤيد": "masc", "نؤيد": "first"}),
        ("لجأ", "لجأ", {"لجات": "fem", "تلجا": "fem", "لجاوا": "plural", "لجؤوا": "plural"}),
    ],
)
def test_conjugation(past, present, expected):
    forms = conjugate(past, present)
    assert {form: forms.get(form) for form in expected} == expected
