"""docs/RULES.md says what the rule language is now, and says something of every key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
import yaml

from pipeline.__main__ import app
from pipeline.frames.engine import Engine
from pipeline.frames.rules.guide import MODELS, PAGE, counts, guide, in_words, meaning
from pipeline.frames.rules.schema import Item
from pipeline.frames.rules.templates import expand
from pipeline.frames.rules.writing import NOTATION
from tests.frames.reading import events, story, told

command_line = typer.main.get_command(app)


def test_the_page_is_current() -> None:
    def timeless(page: str) -> str:
        return re.sub(r"fires \d+, lost \d+", "fires N", page)

    assert timeless(PAGE.read_text(encoding="utf-8")) == timeless(guide({}, {})), (
        "write it anew: python -m pipeline rules"
    )


def test_every_key_has_a_meaning() -> None:
    silent = [f"{model.__name__}.{key}" for model in MODELS for key in model.model_fields if not meaning(model, key)]
    assert silent == []


def test_the_whole_file_on_the_page_reads_its_sentences(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    file = page[page.index("frame: recognition") :].partition("```")[0]
    (tmp_path / "recognition.yaml").write_text(file, encoding="utf-8")
    engine = Engine(["recognition"], tmp_path)
    for rule in engine.types[0].rules:
        for example in rule.matches:
            (event,) = events(example.text, ["recognition"], tmp_path)
            assert event.modality == (example.modality or "actual")
            found = told(event)
            assert {slot: found[slot] for slot in example.slots} == {s: set(v) for s, v in example.slots.items()}
        assert not any(engine.frames("x", miss, story(miss)) for miss in rule.misses)
    (denied,) = events("لم ترفض الجزائر الاعتراف بكوسوفو", ["recognition"], tmp_path)
    assert (denied.modality, told(denied)["act"]) == ("negated", {"refuse"})


def test_the_family_on_the_page_is_written_out_as_the_page_says() -> None:
    families = yaml.safe_load(NOTATION.partition("```yaml\n")[2].partition("```")[0])
    favour, against = expand(families)["rules"]
    assert [rule["id"] for rule in (favour, against)] == ["vote.favour.verb-count", "vote.against.verb-count"]
    assert against["pattern"][0]["any"] == ["oppose", "reject"] and against["pattern"][2]["slot"] == "against"
    assert favour["misses"] == [example["text"] for example in against["matches"]]


def test_a_value_is_shown_with_the_key_of_its_own_model() -> None:
    # `head` is a rule's item and a chunk's yes or no, `words` a term's phrases and an item's yes or no.
    page = PAGE.read_text(encoding="utf-8")
    shown = {
        model: dict(re.findall(r"^\| `(head|words)` .*\| `(.*)` \|$", text.partition("\n### ")[0], re.MULTILINE))
        for model in ("Rule", "Cascade", "Term", "Item")
        for text in [page.partition(f"### {model}\n")[2]]
    }
    assert shown["Rule"]["head"].startswith("head: {") and shown["Cascade"]["head"] == "head: true"
    assert shown["Term"]["words"].startswith("words: [") and shown["Item"]["words"] == "words: true"


def test_what_every_type_has_is_listed() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "| negated | [lack] [trigger] |  |" in page and "| `lack` | عدم،" in page
    assert re.search(r"^\| called_for \| .*ناشد", page, re.MULTILINE)
    assert "| `date` | ceasefire_call, veto, vote_tally | date | 13 | `{en: date, ar: التاريخ}` |" in page


def test_counts_are_taken_over_from_a_page() -> None:
    fired, lost = {"veto.use.verb-subject": 7, "veto.asked": 2}, {"veto.asked": 1}
    for given, taken in zip((fired, lost), counts(guide(fired, lost)), strict=True):
        assert {rule: times for rule, times in taken.items() if times} == given


def test_without_results_the_page_is_written_with_the_counts_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / PAGE).write_text("- `veto.asked` fires 3, lost 2: [ask]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command_line(["rules"], standalone_mode=False)
    assert "- `veto.asked` fires 3, lost 2: [ask; not +ل]" in (tmp_path / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"all": "veto+verb", "trigger": True}, "[veto and verb **trigger**]"),
        ({"any": "actor, power", "slot": "by", "op": "?"}, "[one of actor, power, maybe → by]"),
        ({"gap": 3}, "(up to 3 chunks of the clause)"),
        ({"reach": 6, "none": "veto"}, "(up to 6 chunks: not veto)"),
    ],
)
def test_an_item_is_told_in_words(item: dict[str, object], words: str) -> None:
    assert in_words(Item.model_validate(item)) == words
