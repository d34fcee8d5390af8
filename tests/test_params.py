"""params.yaml: every knob is there with a comment, what is unknown or of the wrong type is refused by name, and the
knobs of rules and dates do what they say. What trains, tags, merges and scores is tested with those stages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from pipeline.errors import ParamsError, RuleError
from pipeline.frames.engine import Engine
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules.loading import load_frame_type
from pipeline.params import Params, load_params
from pipeline.records import Event
from tests.frames.reading import ALL, story
from tests.report.build import at, event

FILE = Path(__file__).parent.parent / "params.yaml"
VETO = "استخدمت روسيا حق النقض ضد مشروع القرار"
DATED = "استخدمت روسيا في مجلس الأمن الثلاثاء حق النقض ضد مشروع القرار"


def leaves(params: Params) -> Iterator[tuple[str, str, object]]:
    for section, model in params:
        assert isinstance(model, BaseModel)
        yield from ((section, key, value) for key, value in model)


def test_the_file_has_every_knob() -> None:
    """Their values are the user's: a knob that was changed, as an experiment does, is no fault."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    load_params(FILE)
    assert {(section, key) for section, keys in written.items() for key in keys} == {
        (section, key) for section, key, _ in leaves(Params())
    }


def test_every_knob_but_a_seed_has_a_comment_before_it() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    before = ""
    for line in lines:
        key = line.strip().split(":")[0]
        if line.startswith("  ") and not line.startswith("   ") and not key.startswith("#"):  # one of a section
            told = before.strip().startswith("#") or key in {"seed", "stop_on", "title_ar"}
            assert told, f"{key} has no comment"
        before = line


@pytest.mark.shipped
def test_the_file_as_it_comes_has_the_defaults_of_the_code() -> None:
    assert load_params(FILE) == Params()


def told(tmp_path: Path, text: str) -> str:
    """What a params.yaml with this text is refused with."""
    (tmp_path / "params.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_params(tmp_path / "params.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("trane: {}", "trane"),
        ("train: {epoch: 3}", "train.epoch"),
        ("train: {epochs: many}", "train.epochs"),
        ("train: {learning_rate: 0}", "train.learning_rate"),
        ("train: {fit_on: [trian]}", "train.fit_on.0"),
        ("train: {fit_on: [dev]}", "train: Value error, dev is in fit_on and in stop_on"),
        ("ner: {precision: fp8}", "ner.precision"),
        ("ner: {device: gpu}", "ner.device"),
        ("train: {threads: -1}", "train.threads"),
        ("frames: {types: [veto, veto]}", "veto is listed twice"),
        ("frames: {types: []}", "frames.types: Value error, is empty"),
        ("evaluate: {splits: []}", "evaluate.splits: Value error, is empty"),
        ("report: 2024-02-31", "is not YAML"),
        ("ner: {}\nner: {}", "params.yaml:2: the key ner stands here twice"),
        ("[]", "the file"),
        ("frames: {dates: guess}", "frames.dates"),
        ("events: {modalities: [real]}", "events.modalities.0"),
        ("events: {window: 0}", "events.window"),
        ("tables: {undated: today}", "tables.undated"),
        ("evaluate: {splits: [dev, dev]}", "dev is listed twice"),
    ],
)
def test_what_is_unknown_or_wrong_is_refused_by_name(tmp_path: Path, text: str, key: str) -> None:
    assert key in told(tmp_path, text)


def events(text: str, **knobs: object) -> list[Event]:
    engine = Engine(ALL, **knobs)  # type: ignore[arg-type]
    return merge(engine.frames("x", text, story(text, "2024-02-21")), engine.types, window=40)


def test_a_rule_that_is_off_finds_nothing() -> None:
    (found,) = [event for event in events(VETO) if event.type == "veto"]
    rules = {mention.rule for mention in found.mentions}
    left = {mention.rule for event in events(VETO, off=rules) for mention in event.mentions}
    assert rules and not rules & left


@pytest.mark.parametrize("name", ["veto.use.verb-subjct", "ceasefire", ""])
def test_a_rule_that_does_not_exist_cannot_be_off(name: str) -> None:
    with pytest.raises(RuleError, match=r"frames\.rules_off: there is no rule"):
        Engine(ALL, off=[name])


def test_the_nearest_rules_are_named() -> None:
    with pytest.raises(RuleError, match=r"veto\.use\.verb-subject"):
        Engine(ALL, off=["veto.use.verb-subjct"])


def test_a_rule_of_a_type_that_is_not_on_may_be_off() -> None:
    assert [frame.frame for frame in Engine(["vote_tally"], off=["veto.use.verb-subject"]).types] == ["vote_tally"]


@pytest.mark.parametrize(("resolve", "value"), [(True, "2024-02-20"), (False, "الثلاثاء")])
def test_dates_are_resolved_or_left_as_words(resolve: bool, value: str) -> None:
    (found,) = [event for event in events(DATED, resolve_dates=resolve) if event.type == "veto"]
    assert [filler.value for filler in found.slots["date"]] == [value]


def test_modalities_that_are_not_listed_make_no_event() -> None:
    text = "لم تستخدم روسيا حق النقض ضد مشروع القرار"
    engine = Engine(["veto"])
    frames = engine.frames("x", text, story(text))
    kept = [merge(frames, engine.types, 40, modalities) for modalities in (["actual", "negated"], ["actual"])]
    assert [[event.modality for event in found] for found in kept] == [["negated"], []]


def test_tellings_farther_apart_than_the_window_are_two_events_unless_a_slot_links_them() -> None:
    kinds = [load_frame_type("veto").model_copy(update={"needs": []})]
    apart = [
        event("veto", {"vetoer": [at(VETO, "روسيا", actor="RUS")]}),
        event("veto", {"body": [at(DATED, "مجلس الأمن", actor="UNSC")]}),
    ]
    for number, made in zip((1, 9), apart, strict=True):
        made.mentions[0].sentence = f"900-1-{number}"
    assert [len(made) for made in (merge(apart, kinds, window) for window in (40, 5))] == [1, 2]
