"""The coding schemes' data: every code has a name, every actor of the register a place, every word its family."""

from __future__ import annotations

import pycountry
import pytest
from pydantic import ValidationError

from pipeline.actors.register import load_register
from pipeline.frames.rules.loading import TYPES, load_frame_type
from pipeline.tables.codes import Coding, load_codes, load_cow

FRAMES = {path.stem: load_frame_type(path.stem) for path in TYPES.glob("*.yaml")}


def test_codings_are_of_frame_types_and_of_their_own_slots() -> None:
    codings = load_codes().codings
    assert {"veto", "vote_tally", "ceasefire_call"} <= {coding.frame for coding in codings} <= set(FRAMES)
    for coding in codings:
        assert set(coding.when) <= set(FRAMES[coding.frame].slots)
        assert len(FRAMES[coding.frame].role("source")) == len(FRAMES[coding.frame].role("recipient")) == 1


def test_codes_are_of_the_schemes() -> None:
    codes = load_codes()
    assert {coding.cameo for coding in codes.codings} - {None} == set(codes.cameo)
    assert all(code.isdigit() and 3 <= len(code) <= 4 and 1 <= int(code[:2]) <= 20 for code in codes.cameo)
    assert {coding.plover.event for coding in codes.codings if coding.plover} == set(codes.quads)


def test_a_coding_without_a_code_tells_why() -> None:
    told = {"frame": "veto", "unsaid": {"plover": "because"}}
    assert Coding.model_validate({**told, "cameo": "129"}).plover is None
    with pytest.raises(ValidationError, match="cameo"):
        Coding.model_validate(told)


@pytest.mark.parametrize("text", ["طالب", "وطالبت", "سيطالب", "مطالبا", "والمطالبة", "أمر", "ألزمت", "ينص"])
def test_words_that_demand(text: str) -> None:
    assert load_codes().triggers["demand"].has(text)


@pytest.mark.parametrize("text", ["دعا", "ودعت", "حث", "ناشدت", "وجه نداء", "ضرورة", "داعيا", "يرجو"])
def test_words_that_appeal(text: str) -> None:
    assert not load_codes().triggers["demand"].has(text)


def test_cow_states_are_of_iso_and_of_the_register_and_no_two_are_the_same() -> None:
    cow = load_cow()
    assert (
        len(cow) == len({number for number, _ in cow.values()}) == len({letters for _, letters in cow.values()}) == 195
    )
    assert {code for code in cow if pycountry.countries.get(alpha_3=code) is None} == {"XKX"}
    states = {actor.id for actor in load_register().actors.values() if actor.kind == "state"}
    assert set(cow) <= states
    assert all(isinstance(number, int) and letters.isupper() and len(letters) == 3 for number, letters in cow.values())


@pytest.mark.parametrize(
    ("code", "number", "letters"),
    [("USA", 2, "USA"), ("GBR", 200, "UKG"), ("DEU", 255, "GMY"), ("YEM", 679, "YEM"), ("SRB", 345, "YUG"),
     ("VNM", 816, "DRV"), ("TON", 955, "TON"), ("DZA", 615, "ALG"), ("ARE", 696, "UAE")],
)  # fmt: skip
def test_cow_codes_where_they_differ_from_others(code: str, number: int, letters: str) -> None:
    assert load_cow()[code] == (number, letters)


@pytest.mark.parametrize("code", ["PSE", "ESH", "HKG"])
def test_what_cow_counts_no_state_has_no_code(code: str) -> None:
    assert code not in load_cow()


def test_ngos_are_bodies_of_the_register() -> None:
    actors = load_register().actors
    assert {actors[name].kind for name in load_codes().ngos} == {"body"}
