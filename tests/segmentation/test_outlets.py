"""One outlet has one id, however a credit prints it."""

from pathlib import Path

import pytest
import yaml

from pipeline.segmentation import outlets
from pipeline.segmentation.outlets import outlet_id

from .pages import cut_page


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("أ ف ب", "AFP"),
        ("أ.ف.ب", "AFP"),
        ("ا ف ب", "AFP"),
        ("أ .ف .ب", "AFP"),
        ("فرانس برس", "AFP"),
        ("وكالة فرانس برس", "AFP"),
        ("الفرنسية", "AFP"),
        ("AFP", "AFP"),
        ("وكالة الأنباء الألمانية", "DPA"),
        ("د. ب. أ.", "DPA"),
        ("«رويترز»", "REUTERS"),
        ("وكالة الأناضول للأنباء", "AA"),
        ("CNN بالعربية", "CNN"),
        ("قناة الجزيرة", "AL_JAZEERA"),
        ("صحيفة الشرق الأوسط", "ASHARQ_AL_AWSAT"),
        ("الوكالات", "AGENCIES"),
        ("مرصد الضفاف", None),
        ("", None),
        ("وكالة", None),
    ],
)
def test_the_id_of_a_credit(printed: str, expected: str | None) -> None:
    assert outlet_id(printed) == expected


def test_every_name_is_of_one_outlet() -> None:
    names = yaml.safe_load(Path(outlets.__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    for register in (names.pop("only_labelled"), names):
        for id_, printed in register.items():
            assert {outlet_id(name) for name in printed} == {id_}


def test_a_story_keeps_the_printed_name_beside_the_id() -> None:
    story = cut_page("كينيا تدعو إلى هدنة\nدعت كينيا الأحد إلى هدنة إنسانية.\n(أ.ف.ب)").stories[0]
    assert (story.outlet, story.outlet_id) == ("أ.ف.ب", "AFP")
