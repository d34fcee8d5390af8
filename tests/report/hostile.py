"""Text that would do harm if any of it were taken for markup, script or a template's place."""

from __future__ import annotations

from pipeline.records import Entity, Event, Filler, Mention, Section, Segments, Sentence, Story
from pipeline.report.payload import payload

# Each breaks out of another kind of place: an element, an attribute, a script, a comment, a string, a template.
MARKUP = (
    "</script><script>window.harmed=1</script>"
    "<img src=x onerror='window.harmed=2'>"
    '"><svg onload="window.harmed=3">'
    "<!-- <script> ]]>'\"`${window.harmed=4}\\"
    "{{data}}{{script}}\u2028\u2029&lt;b&gt;&amp;<b>x</b>"
)


def hostile(name: str) -> str:
    """The markup, told apart by where it was put."""
    return f"{name} {MARKUP}"


def hostile_payload() -> dict[str, object]:
    """A payload whose every string that comes from articles, models, rules or scores is hostile."""
    text = f"واشنطن {hostile('text')}\nسطر ثان {hostile('second')}"
    name, sentence = hostile("article"), hostile("sentence")
    story = Story(
        story=1,
        title=hostile("title"),
        published=hostile("published"),
        outlet=hostile("outlet"),
        sections=[Section(kind="body", start=0, end=len(text))],
        sentences=[Sentence(id=sentence, section="body", start=0, end=len(text))],
    )
    segments = Segments(article=name, path=hostile("path"), sha256=hostile("sha256"), stories=[story])

    def filler(slot: str) -> list[Filler]:
        return [
            Filler(value=hostile(slot), actor=hostile("actor"), text=hostile("filler"), start=0, end=6),
            Filler(value=hostile(slot + " named"), text="x", start=3, end=20),
        ]

    slots = ("vetoer", "sponsor", "object", "caller", "stance", "kind", "in_favour", "date", hostile("slot"))
    events = [
        Event(
            id=hostile(f"id {kind}"),
            type=kind,
            article=name,
            story=1,
            modality="actual",
            slots={slot: filler(slot) for slot in slots},
            mentions=[Mention(sentence=sentence, start=0, end=60, trigger=(2, 9), rule=hostile("rule"))],
        )
        for kind in ("veto", "vote_tally", "ceasefire_call", hostile("type"))
    ]
    entities = [Entity(article=name, sentence=sentence, label="LOC", start=0, end=30, core=(0, 30), score=0.5)]
    row = {hostile("column"): hostile("cell"), "precision": 0.5, "f1": None, "predicted": 1, "gold": 1}
    error = {
        "split": hostile("split"), "kind": hostile("kind"), "article": name, "story": 1, "start": 0,
        "gold": hostile("gold"), "predicted": hostile("predicted"),
        "passages": [{"span": [0, 60], "text": hostile("passage"), "triggers": [[2, 9]]}],
        "slots": [[hostile("slot"), [hostile("gold filler")], [hostile("filler")]]], "rules": [hostile("rule")],
    }  # fmt: skip
    evaluation = {
        "metrics": {"model": {"name": hostile("model")}, "dev": {hostile("figure"): 0.5}, hostile("count"): 1},
        "tables": {"events": [row], "slots": [], "entities": [], "segmentation": []},
        "plots": {"event_confusion": {"dev": [{"actual": hostile("actual"), "predicted": hostile("told"), "n": 1}]}},
        "errors": [error],
    }
    return payload([segments], entities, events, {name: text}, evaluation)
