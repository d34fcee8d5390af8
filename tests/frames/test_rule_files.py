"""A rule file that says what no rule may say is refused by name, before anything is read with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RuleError
from pipeline.frames.rules.loading import TYPES, load_frame_type, without

GOOD = (Path(__file__).parent / "types" / "condemnation.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{all: condemn+verb, trigger: true}",
            "{all: condemn+verb}",
            "verb-subject: exactly one item of",
        ),
        ("{all: deed, slot: target}", "{all: deed, slot: target, trigger: true}", "exactly one item"),
        ("{gap: 1}", "{gapp: 1}", "gapp"),
        ("condemnation.subject-verb", "condemnation.verb-subject", "two rules are called condemnation.verb-subject"),
        # A tag that nothing makes would match nothing, and nobody would know.
        ("{all: deed, slot: target}", "{all: dead, slot: target}", "nothing makes the tag dead"),
        ("{all: condemn+verb, trigger: true}", "{all: condemn+future, trigger: true}", "nothing makes the tag future"),
        ("{is: negated, pattern: [{all: negation}", "{is: negated, pattern: [{all: denial}", "the tag denial"),
        # A term that nothing names takes its words away from others.
        ("  deed:", "  riot: {words: [شغب]}\n  deed:", "no rule names the term riot"),
        # A list of names needs the count it stands behind.
        ("    pattern:", "    names: {target: condemner}\n    pattern:", "verb-subject: a rule with `names` takes"),
    ],
)
def test_a_wrong_rule_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "condemnation.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=message) as error:
        load_frame_type("condemnation", tmp_path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(("counted", "fine"), [("", True), (", op: '?'", False)])
def test_what_names_stand_behind_must_be_there(tmp_path: Path, counted: str, fine: bool) -> None:
    pattern = f"{{all: deed, slot: _counted{counted}}}\n      - {{all: actors, slot: _names}}"
    victims = "slots:\n  victims: {kind: integer, description: how many}\n"
    rule = GOOD.replace("slots:\n", victims, 1).replace(
        "    pattern:", "    names: {victims: condemner}\n    pattern:", 1
    )
    (tmp_path / "condemnation.yaml").write_text(rule.replace("{gap: 1}", pattern, 1), encoding="utf-8")
    if fine:
        assert load_frame_type("condemnation", tmp_path).rules[0].names == {"victims": "condemner"}
    else:
        with pytest.raises(RuleError, match="not maybe"):
            load_frame_type("condemnation", tmp_path)


@pytest.mark.parametrize("name", [path.stem for path in sorted(TYPES.glob("*.yaml"))])
def test_ids_that_rules_had_lead_to_rules(name: str) -> None:
    frame = load_frame_type(name)
    ids = {rule.id for rule in frame.rules}
    assert set(frame.renamed.values()) <= ids
    assert ids.isdisjoint(frame.renamed)


def test_a_rule_is_switched_off_by_the_id_that_it_had() -> None:
    frame = load_frame_type("vote_tally")
    [left] = without([frame], ["vote_tally.favour.support-of"])
    assert {rule.id for rule in frame.rules} - {rule.id for rule in left.rules} == {"vote_tally.favour.noun-count"}
