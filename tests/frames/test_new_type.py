"""Adding a frame type is adding one file: the engine finds condemnations from a rule file of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.frames.engine import Engine
from pipeline.frames.explain import explain
from tests.frames.reading import events, story, told

FOLDER = Path(__file__).parent / "types"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_its_own_examples(name):
    engine = Engine([name], FOLDER)
    for rule in engine.types[0].rules:
        for example in rule.matches:
            (event,) = events(example.text, [name], FOLDER)
            assert told(event) == {slot: set(values) for slot, values in example.slots.items()}
            assert event.modality == (example.modality or "actual")
        for miss in rule.misses:
            assert not engine.frames("x", miss, story(miss))


def test_mentions_of_one_condemnation_are_one_event():
    text = "أدان الأردن القصف على المدينة. وقال الوزير إن بلاده تندد بهذا القصف."
    (event,) = events(text, ["condemnation"], FOLDER)
    assert told(event)["condemner"] == {"JOR"}
    assert [mention.rule for mention in event.mentions] == ["condemnation.verb-subject", "condemnation.subject-verb"]


def test_the_example_of_contributing_finds_what_it_says(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    file = text[text.index("frame: condemnation") :].partition("```")[0]
    (tmp_path / "condemnation.yaml").write_text(file, encoding="utf-8")
    (rule,) = Engine(["condemnation"], tmp_path).types[0].rules
    for example in rule.matches:
        (event,) = events(example.text, ["condemnation"], tmp_path)
        assert told(event) == {slot: set(values) for slot, values in example.slots.items()}
    assert not any(events(text, ["condemnation"], tmp_path) for text in rule.misses)
    # Its author named no cues: what did not happen, may, or is still to come is told apart all the same.
    assert [
        events(text, ["condemnation"], tmp_path)[0].modality
        for text in (
            "ولم تندد تونس بالهجوم",
            "لن تدين تونس الهجوم",
            "قد تدين تونس الهجوم",
            "إذا نددت تونس بالهجوم اجتمع الوزراء",
            "ستدين تونس الهجوم",
            "من المتوقع أن تدين تونس الهجوم",
            "طالبت كينيا بأن تدين تونس الهجوم",
        )
    ] == ["negated", "negated", "hypothetical", "hypothetical", "threatened", "threatened", "called_for"]


@pytest.mark.parametrize("text", ["لم تندد الهند بالقصف", "قد تندد الهند بالقصف", "ناقشت الهند القصف"])
def test_what_is_no_condemnation(text):
    assert not [event for event in events(text, ["condemnation"], FOLDER) if event.modality == "actual"]


def test_explain_shows_the_chunks_of_every_sentence_and_where_a_rule_with_a_head_stopped():
    text = "اعترفت كندا بخطأ. كندا بلد كبير. لا كندا ولا اليابان اعترفتا بكوسوفو."
    lines = list(explain(Engine(["recognition"], FOLDER), "x", text, story(text), [], window=40, long=True))
    assert "   recognition: [actors:CAN كندا] بلد كبير ." in lines
    stopped = [
        line.split(maxsplit=2)[2] for line in lines if line.startswith("      stopped  recognition.recognise.verb ")
    ]
    assert stopped[0].startswith("after [0:6], wanted ب one of actors, polity without")
    assert stopped[1].endswith("], whose clause was not read for sure")
