"""Readings of attached particles, and the core of a name."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.clitics import Reading, core_span, known_name, readings
from pipeline.arabic.normalise import fold

from .strategies import TEXT

KEEP_THEIR_LETTER = """
بريطانيا بوتين باريس بيروت بكين بغداد بلينكن بايدن كندا كوريا كوبا الكويت كييف ليبيا لبنان لندن لافروف فرنسا فلسطين
فنلندا فيينا واشنطن وارسو وليد وزارة فتح كتائب لجنة بعثة كالديرون والتر كاليفورنيا لبناني بريطانية
"""


@pytest.mark.parametrize(
    ("word", "proclitics", "stem"),
    [
        ("والفيتو", ("و", "ال"), "فيتو"),
        ("وفيتو", ("و",), "فيتو"),
        ("بالفيتو", ("ب", "ال"), "فيتو"),
        ("للفيتو", ("ل", "ال"), "فيتو"),
        ("فبالفيتو", ("ف", "ب", "ال"), "فيتو"),
        ("وللدول", ("و", "ل", "ال"), "دول"),
        ("للجنة", ("ل", "ال"), "لجنة"),
        ("للجنة", ("ل",), "لجنة"),
        ("كالعادة", ("ك", "ال"), "عادة"),
        ("ستستخدم", ("س",), "تستخدم"),
        ("وسيصوت", ("و", "س"), "يصوت"),
        ("لأحد", ("ل",), "احد"),
        ("بأربعة", ("ب",), "اربعة"),
    ],
)
def test_a_word_has_the_reading(word: str, proclitics: tuple[str, ...], stem: str) -> None:
    assert Reading(proclitics, stem) in readings(fold(word))


@pytest.mark.parametrize(
    ("word", "proclitics", "stem"),
    [
        ("سوريا", ("س",), "وريا"),  # the future particle stands before imperfects alone
        ("سالبيت", ("س", "ال"), "بيت"),
        ("بولندا", ("و",), "لندا"),  # و is never second
        ("لالبيت", ("ل", "ال"), "بيت"),  # ل and the article contract
        ("ود", ("و",), "د"),  # a stem has two letters
    ],
)
def test_a_word_has_not_the_reading(word: str, proclitics: tuple[str, ...], stem: str) -> None:
    assert Reading(proclitics, stem) not in readings(fold(word))


@pytest.mark.parametrize(
    ("name", "core"),
    [
        # Letters of the name itself.
        *[(name, name) for name in KEEP_THEIR_LETTER.split()],
        # One particle before a known name, though the name begins with such a letter too.
        ("وبريطانيا", "بريطانيا"),
        ("وواشنطن", "واشنطن"),
        ("ببكين", "بكين"),
        ("لبيروت", "بيروت"),
        ("للبنان", "لبنان"),
        ("فلبنان", "لبنان"),
        ("كفرنسا", "فرنسا"),
        ("ولفرنسا", "فرنسا"),
        ("وبوتين", "بوتين"),
        # The article shows the particle.
        ("والكويت", "الكويت"),
        ("بالدوحة", "الدوحة"),
        ("للكويت", "لكويت"),
        ("وللأمم المتحدة", "لأمم المتحدة"),
        ("فالصين", "الصين"),
        # Unknown names lose و alone.
        ("وشيرمتوف", "شيرمتوف"),
        ("بلخزان", "بلخزان"),
        # Signs inside the word.
        ("وَالصِّين", "الصِّين"),
        ("بـلندن", "لندن"),
        ("«وموسكو»", "موسكو»"),
        ("و\u200fموسكو", "موسكو"),
        # Several words: only the first is looked at.
        ("ومجلس الأمن", "مجلس الأمن"),
        ("لجون كيري وبوتين", "جون كيري وبوتين"),
        # Nothing to peel.
        ("2024", "2024"),
        ("...", "..."),
    ],
)
def test_core(name: str, core: str) -> None:
    text = f"قال {name}"
    start, end = core_span(text, 4, len(text))
    assert text[start:end] == core


def test_the_caller_may_bring_names() -> None:
    assert core_span("ولكستان", 0, 7) == (1, 7)
    assert core_span("ولكستان", 0, 7, known=lambda word: word == "ولكستان") == (0, 7)


def test_every_territory_keeps_its_first_letter() -> None:
    for name in map(str, Locale("ar").territories.values()):
        assert core_span(name, 0, len(name)) == (0, len(name)), name


@pytest.mark.parametrize("word", ["والدوحة", "لموسكو", "وفرنسا", "مشروع", "ولكن"])
def test_not_a_name(word: str) -> None:
    assert not known_name(fold(word))


@given(TEXT)
def test_readings_give_back_the_word(text: str) -> None:
    word = fold(text)
    found = readings(word)
    assert found[0] == Reading((), word)
    for reading in found:
        spelled = "".join(reading.proclitics) + reading.stem
        # ل + ال is written لل, and one of three ل is dropped.
        contracted = {spelled, spelled.replace("لال", "لل", 1), spelled.replace("لالل", "لل", 1)}
        assert word in contracted


@given(TEXT, st.data())
def test_core_lies_in_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    core_start, core_end = core_span(text, start, end)
    assert start <= core_start <= core_end == end
    assert core_start < core_end or start == end
    dropped = fold(text[start:core_start])
    assert len([char for char in dropped if char.isalnum()]) <= 2
    assert set(filter(str.isalnum, dropped)) <= set("وفبلك")
