"""docs/RULES.md, written from what the rule language is: every key, every tag, every rule with its pattern in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from pipeline.frames.rules.loading import TYPES, load_frame_type
from pipeline.frames.rules.schema import Cascade, Cue, FrameType, Item, Merging, Role, Rule, Setting, Shared, Term
from pipeline.frames.rules.slots import Slot
from pipeline.frames.rules.tags import FAMILIES, TAGS

PAGE = Path("docs/RULES.md")
MODELS = (Term, Item, Role, Rule, Cue, Cascade, Slot, Setting, Merging, FrameType, Shared)
_INTRODUCTION = """# The rule language

This page is written by `python -m pipeline rules`, from the schema, the tags and the rule files; a test keeps it
current.

A sentence is read in steps. Its words become **chunks**: who acts, how many, when, which documents, and the terms
that a frame type's file lists; what the chunks are is said by their **tags**. Its **clauses** are read beside that:
verb, subject, objects, complements, what embeds it, who speaks. A rule then matches a run of chunks (`pattern`), or
a head and the roles in its clause (`head`, `roles`). What it captures fills **slots**; where several rules match
one trigger, the best keeps it and the others fill what it leaves empty. Cues, and the verbs that govern the trigger
(`operators` of shared.yaml), say whether it happened. Mentions of one thing in a story become one event.

To write a rule: copy one that is like yours, change its words, give it a sentence it must match with the slots that
must come out (`matches`), and one near miss (`misses`). `pytest tests/frames` runs all of them; `python -m pipeline
explain ARTICLE --long` shows the chunks of a sentence with their tags, which rules fired, stood, lost or stopped
short, and why. A file that names a tag, a term, a slot or a key that nothing makes is refused with its line.
"""


def guide(fired: Mapping[str, int], folder: Path = TYPES) -> str:
    """The page. fired: how often each rule gives something to a mention in the project's articles, by rule id."""
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    frames = [load_frame_type(name, folder) for name in names]
    examples = _examples([*folder.glob("*.yaml"), folder.parent / "shared.yaml"])
    parts = [_INTRODUCTION, "## Keys\n", *_keys(examples), "## Tags\n", *_tags()]
    parts += [
        "## Rules\n\n`fires`: how often the rule gives something to a mention in the project's articles.\n",
        *(line for frame in frames for line in _rules(frame, fired)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def meaning(model: type[Any], key: str) -> str:
    """What a key of a model means, as its field describes it; empty if nothing does."""
    return model.model_fields[key].description or ""


def in_words(item: Item) -> str:
    """An item of a pattern in words."""
    parts = [" and ".join(item.all)] if item.all else []
    parts += ["one of " + ", ".join(item.any)] if item.any else []
    parts += ["not " + ", ".join(item.none)] if item.none else []
    what = "; ".join(parts) or "anything"
    distance = item.gap if item.gap is not None else item.reach
    if distance is not None:
        clause = "" if item.gap is None else " of the clause"
        return f"(up to {distance} chunks{clause}" + (f": {what})" if parts else ")")
    often = {"?": ", maybe", "*": ", any number", "+": ", at least one"}.get(
        item.op or "", f", {item.op}" if item.op else ""
    )
    marks = [f"→ {item.slot}" if item.slot else "", "**trigger**" if item.trigger else ""]
    marks += [f"{item.role}" if item.role else ""]
    return f"[{' '.join([what + often, *filter(None, marks)])}]"


def _keys(examples: Mapping[tuple[bool, str], Any]) -> Iterator[str]:
    for model in MODELS:
        yield f"### {model.__name__}\n\n| key | meaning | as in |\n| --- | --- | --- |"
        for key, field in model.model_fields.items():
            name = field.alias or key
            if model is Role and key in Item.model_fields and key != "role":
                continue
            shown = examples.get((model is Slot, name))
            example = (
                "" if shown is None else f"`{name}: {json.dumps(shown, ensure_ascii=False)[:80]}`".replace("|", "\\|")
            )
            yield f"| `{name}` | {meaning(model, key).replace('|', chr(92) + '|')} | {example} |"
        yield ""


def _tags() -> Iterator[str]:
    yield "| tag | made by | meaning |\n| --- | --- | --- |"
    for name, tag in sorted({**TAGS, **FAMILIES}.items()):
        yield f"| `{name}` | {tag.maker} | {tag.meaning} |"
    yield "\nThe names of a file's terms, sets and chunks are tags, too; `some:SET` is one of a list in the set,"
    yield "`TERM:FORM` a term in a form (`favour:verb`).\n"


def _rules(frame: FrameType, fired: Mapping[str, int]) -> Iterator[str]:
    yield f"### {frame.frame}\n\n{frame.description}\n"
    for rule in frame.rules:
        items: Sequence[Item] = [rule.head, *rule.roles] if rule.head else rule.pattern
        said = [*(f"{slot} = {value}" for slot, value in rule.set.items())]
        said += [f"{slot} from {source}" for slot, source in rule.fill.items()]
        said += [f"priority {rule.priority}"] if rule.priority else []
        said += [f"beside a mention: {', '.join(rule.aside)}"] if rule.aside else []
        yield f"- `{rule.id}` fires {fired.get(rule.id, 0)}: {' '.join(map(in_words, items))}"
        if said:
            yield f"  ({'; '.join(said)})"
        yield f"  — {rule.matches[0].text}"
    yield ""


def _examples(paths: Sequence[Path]) -> dict[tuple[bool, str], Any]:
    """The first value that a rule file gives to a key, by whether it is a key of a slot's entry, and the key."""
    found: dict[tuple[bool, str], Any] = {}

    def look(value: Any, slots: bool) -> None:
        if isinstance(value, list):
            for part in value:
                look(part, slots)
        elif isinstance(value, dict):
            for key, part in value.items():
                if part not in (None, "", [], {}) and len(json.dumps(part)) < 200:
                    found.setdefault((slots, str(key)), part)
                look(part, slots)

    for path in sorted(paths):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        look(data.pop("slots", {}), True)
        look(data, False)
    return found
