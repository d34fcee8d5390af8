"""docs/RULES.md, written from what the rule language is: every key, every tag, every rule with its pattern in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from pipeline.frames.rules.loading import TYPES, load_frame_type, load_shared
from pipeline.frames.rules.schema import (
    Cascade,
    Cue,
    Example,
    FrameType,
    Item,
    Merging,
    Role,
    Rule,
    Setting,
    Shared,
    Term,
)
from pipeline.frames.rules.slots import Listing, Page, Slot
from pipeline.frames.rules.tags import FAMILIES, TAGS
from pipeline.frames.rules.writing import FILE, INTRODUCTION, MEANT, NOTATION, STEPS

PAGE = Path("docs/RULES.md")
MODELS = (FrameType, Slot, Listing, Page, Term, Cascade, Rule, Item, Role, Example, Cue, Setting, Merging, Shared)
# A longer value says little more of a key, and is shown only where no rule file has a shorter one.
_SHOWN, _LONGEST = 100, 200
# Forms of one word that differ in what is attached in front, as an exact phrase gives them, are told by the first few.
_FEW = 12


def guide(fired: Mapping[str, int], lost: Mapping[str, int], folder: Path = TYPES) -> str:
    """The page. fired: how often each rule gives something to a mention in the project's articles, by rule id; lost:
    how many of their events come out otherwise without it."""
    frames = [load_frame_type(path.stem, folder) for path in sorted(folder.glob("*.yaml"))]
    shared = load_shared(folder.parent / "shared.yaml")
    parts = [INTRODUCTION, STEPS, f"## A whole file\n\n```yaml\n{FILE}```\n", NOTATION, MEANT]
    parts += [*_meant(shared), "## Keys\n", *_keys(_examples([*frames, shared])), "## Tags\n", *_tags()]
    parts += [*_shared(shared), *_slots(frames)]
    parts += [
        "## Rules\n\n`fires`: how often the rule gives something to a mention in the project's articles; `lost`: how\n"
        "many of their events, by the rules without a tagger, come out otherwise or not at all without it\n"
        "(`python -m pipeline rules --lost`).\n",
        *(line for frame in frames for line in _rules(frame, fired, lost)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def counts(page: str) -> tuple[dict[str, int], dict[str, int]]:
    """How often each rule fired when a page was written, and what was lost without it, by rule id."""
    found = re.findall(r"^- `([^`]+)` fires (\d+)(?:, lost (\d+))?:", page, re.MULTILINE)
    return {rule: int(times) for rule, times, _ in found}, {rule: int(lost or 0) for rule, _, lost in found}


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


def _keys(examples: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for model in MODELS:
        yield f"### {model.__name__}\n\n{_said_of(model)}\n\n| key | meaning | as in |\n| --- | --- | --- |"
        for key, field in model.model_fields.items():
            name = field.alias or key
            if model is Role and key in Item.model_fields and key != "role":
                continue
            example = examples.get((model.__name__, name), "")
            yield f"| `{name}` | {_cell(meaning(model, key))} | {_cell(f'`{example}`') if example else ''} |"
        yield ""


def _said_of(model: type[BaseModel]) -> str:
    """The first paragraph of what the model's own words say of it."""
    return " ".join((model.__doc__ or "").partition("\n\n")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _meant(shared: Shared) -> Iterator[str]:
    """The cues and verbs that every type has, by what they say."""
    for title, cues in (("The default cues:", shared.default_cues), ("The cues of every type:", shared.cues)):
        yield f"{title}\n\n| says | where it finds | unless |\n| --- | --- | --- |"
        for cue in cues:
            yield f"| {cue.is_} | {_cell(' '.join(map(in_words, cue.pattern)))} | {', '.join(cue.unless)} |"
        yield ""
    yield "What the verbs that govern the trigger say of it; `actual`, that it is told of as it is:\n"
    yield "| says | verbs |\n| --- | --- |"
    yield from (f"| {modality} | {'، '.join(verbs)} |" for modality, verbs in shared.operators.items())
    yield "\nA verb that is in neither table («دعا إلى», «وعد ب») is a cue of the type's own file.\n"


def _shared(shared: Shared) -> Iterator[str]:
    """The terms, chunks and sets that every file may name."""
    yield "## Shared terms\n"
    yield "Terms of shared.yaml that every file may name; one of that name in the file stands instead.\n"
    yield "| term | words |\n| --- | --- |"
    for name, term in shared.terms.items():
        pairs = [f"{past} ({present})" for past, present in (*term.verbs, *term.intransitive)]
        every = [*pairs, *term.words, *term.exact, *(word for words in term.values.values() for word in words)]
        said = "، ".join(every[:_FEW]) + (" …" if len(every) > _FEW else "")
        yield f"| `{name}` | {_cell(said)} |"
    chunks = dict.fromkeys(chunk.chunk for chunk in shared.chunks)
    yield f"\nChunks: {', '.join(f'`{name}`' for name in chunks)}.\n\n| set of actors | members |\n| --- | --- |"
    yield from (f"| `{name}` | {', '.join(members)} |" for name, members in shared.sets.items())
    yield ""


def _slots(frames: Sequence[FrameType]) -> Iterator[str]:
    """What a file must repeat of a slot that another type has."""
    yield "## Slots\n\nA slot of one name is one column: its kind, order and labels are the same in all types.\n"
    yield "| slot | types | kind | order | labels | meaning |\n| --- | --- | --- | --- | --- | --- |"
    names = sorted({name for frame in frames for name in frame.public})
    for name in names:
        having = [frame for frame in frames if name in frame.public]
        slot = having[0].slots[name]
        labels = f"`{_flow(slot.labels.model_dump())}`" if slot.labels else ""
        order = "" if slot.order is None else slot.order
        types = ", ".join(frame.frame for frame in having)
        yield f"| `{name}` | {types} | {slot.kind} | {order} | {labels} | {_cell(slot.description)} |"
    yield ""


def _tags() -> Iterator[str]:
    yield "| tag | made by | meaning |\n| --- | --- | --- |"
    for name, tag in sorted({**TAGS, **FAMILIES}.items()):
        yield f"| `{name}` | {tag.maker} | {tag.meaning} |"
    yield "\nThe names of a file's terms, sets and chunks are tags, too; `some:SET` is one of a list in the set,"
    yield "`TERM:FORM` a term in a form (`favour:verb`).\n"


def _rules(frame: FrameType, fired: Mapping[str, int], lost: Mapping[str, int]) -> Iterator[str]:
    yield f"### {frame.frame}\n\n{frame.description}\n"
    for rule in frame.rules:
        items: Sequence[Item] = [rule.head, *rule.roles] if rule.head else rule.pattern
        said = [*(f"{slot} = {value}" for slot, value in rule.set.items())]
        said += [f"{slot} from {source}" for slot, source in rule.fill.items()]
        said += [f"priority {rule.priority}"] if rule.priority else []
        said += [f"beside a mention: {', '.join(rule.aside)}"] if rule.aside else []
        told = f"fires {fired.get(rule.id, 0)}, lost {lost.get(rule.id, 0)}"
        yield f"- `{rule.id}` {told}: {' '.join(map(in_words, items))}"
        if said:
            yield f"  ({'; '.join(said)})"
        yield f"  — {rule.matches[0].text}"
    yield ""


def _examples(files: Sequence[BaseModel]) -> dict[tuple[str, str], str]:
    """A value that the rule files give to each key of each model, as a file writes it: the first that is short."""
    found: dict[tuple[str, str], str] = {}

    def look(value: Any) -> None:
        if isinstance(value, BaseModel):
            for key, field in type(value).model_fields.items():
                part = getattr(value, key)
                if key not in value.model_fields_set or part in (None, "", [], {}):
                    continue
                name = field.alias or key
                shown = _flow({name: value.model_dump(include={key}, exclude_unset=True, by_alias=True)[name]})[1:-1]
                known = found.get((type(value).__name__, name), " " * (_LONGEST + 1))
                if len(shown) < len(known) > _SHOWN:
                    found[type(value).__name__, name] = shown
                look(part)
        elif isinstance(value, dict):
            for part in value.values():
                look(part)
        elif isinstance(value, list | tuple):
            for part in value:
                look(part)

    for file in files:
        look(file)
    return found


def _flow(value: Any) -> str:
    """A value as YAML in one line."""
    return yaml.safe_dump(
        _plain(value), default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False
    ).strip()


def _plain(value: Any) -> Any:
    """Without the tuples that YAML has no plain form for."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
