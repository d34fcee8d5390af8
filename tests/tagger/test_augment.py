from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tagger.augment import Augmenter, Labelled, Lists, attach, mentions, read_templates
from pipeline.tagger.labels import repair

LISTS = Lists(
    given=["جون"],
    family=["كروفت"],
    arab_given=["سليم"],
    arab_family=["أبو النور"],
    states=["بلاد الواق"],
    rare_states=["واقستان"],
    cities=["القلعة"],
    capitals=["البندر"],
    regions=["السهل"],
    orgs=["المجلس الأعلى"],
    media=["صوت الواق"],
    adjectives=["واقي"],
)
STORY: list[Labelled] = [
    [("وصل", "O"), ("هاني", "B-PERS"), ("مراد", "I-PERS"), ("إلى", "O"), ("حلوان", "B-LOC")],
    [("وقال", "O"), ("مراد", "B-PERS"), ("لحلوان", "B-LOC"), ("شكرا", "O")],
]


def _augmenter(seed: int = 1, replace: float = 1.0, spelling: float = 0.0) -> Augmenter:
    augmenter = Augmenter(LISTS, Random(seed), replace, spelling)
    augmenter.learn(STORY)
    return augmenter


def _text(sentence: Labelled) -> str:
    return " ".join(word for word, _ in sentence)


@pytest.mark.parametrize(
    ("clitic", "name", "expected"),
    [
        ("ل", "القلعة", "للقلعة"),
        ("ول", "القلعة", "وللقلعة"),
        ("ب", "القلعة", "بالقلعة"),
        ("و", "جون", "وجون"),
        ("", "جون", "جون"),
    ],
)
def test_particles_attach_as_they_are_written(clitic: str, name: str, expected: str) -> None:
    assert attach(clitic, name) == expected


@pytest.mark.parametrize("seed", range(12))
def test_a_person_keeps_the_new_surname_through_the_window(seed: int) -> None:
    first, second = _augmenter(seed)(STORY)
    people = [
        [word for word, _ in s[start:end]]
        for s in (first, second)
        for start, end, kind in mentions(s)
        if kind == "PERS"
    ]
    assert people[0][-1] == people[1][-1]


@pytest.mark.parametrize("seed", range(12))
def test_an_attached_particle_stays_on_the_new_name(seed: int) -> None:
    second = _augmenter(seed)(STORY)[1]
    start, end, _ = next(m for m in mentions(second) if m[2] == "LOC")
    assert second[start][0].startswith("ل")
    assert second[end] == ("شكرا", "O")


@given(st.integers(0, 10_000))
def test_swapping_keeps_labels_valid_and_other_words_as_they_were(seed: int) -> None:
    for before, after in zip(STORY, _augmenter(seed, spelling=0.5)(STORY), strict=True):
        labels = [tag for _, tag in after]
        assert repair(labels) == labels
        assert [kind for *_, kind in mentions(after)] == [kind for *_, kind in mentions(before)]
        assert sum(tag == "O" for tag in labels) == sum(tag == "O" for _, tag in before)


def test_a_seed_fixes_the_text() -> None:
    assert _augmenter(5)(STORY) == _augmenter(5)(STORY)
    assert any(_augmenter(5)(STORY) != _augmenter(seed)(STORY) for seed in range(20))


def test_nothing_is_touched_at_chance_zero() -> None:
    assert _augmenter(replace=0.0)(STORY) == STORY


@pytest.mark.parametrize(
    ("template", "text", "entities"),
    [
        ("زار {PERS} ل{CITY} .", "زار {PERS} للبندر .", ["PERS", "LOC"]),
        ("قال ل[المجلس الأعلى|ORG] إن N", "قال للمجلس الأعلى إن {N}", ["ORG"]),
        ("وفد {adjm} في [القاعة|O] يوم {DAY}", "وفد واقي في القاعة يوم {DAY}", []),
    ],
)
def test_templates_are_filled_with_particles_and_labels(template: str, text: str, entities: list[str]) -> None:
    for seed in range(8):
        sentence = _augmenter(seed).sentence(template, [])
        assert [kind for *_, kind in mentions(sentence)] == entities
        if "{" not in text:
            assert _text(sentence) == text
        elif text.endswith("{DAY}"):
            assert _text(sentence).startswith(text.removesuffix("{DAY}"))


def test_a_surname_slot_takes_up_who_was_named() -> None:
    people: list[tuple[str, ...]] = []
    augmenter = _augmenter()
    augmenter.sentence("وصل {PERS}", people)
    assert augmenter.sentence("قال {SUR}", people)[1] == (people[0][-1], "B-PERS")


def test_comments_and_blank_lines_are_no_templates() -> None:
    assert read_templates("# note\n\nقال {PERS} .\n") == ["قال {PERS} ."]
