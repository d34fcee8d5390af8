"""A slot holds what its kind says: a rule file that could put anything else there is refused with the line, and what
comes all the same is left out, counted and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RuleError
from pipeline.files import Workspace, read_records, write_records
from pipeline.frames.engine import Engine
from pipeline.frames.rules.heads import frame_types, load_schema
from pipeline.frames.rules.loading import load_frame_type
from pipeline.frames.rules.slots import Slot, TypeSchema
from pipeline.params import Params
from pipeline.records import Dropped, Event, Filler
from pipeline.stages import frames, segment
from tests.frames.reading import story

FOLDER = Path(__file__).parent / "types"
GOOD = (FOLDER / "condemnation.yaml").read_text(encoding="utf-8")
SLOTS = """slots:
  victims: {kind: integer, description: how many}
  grave: {kind: flag, description: called grave}
  scale: {kind: one_of, values: [large, small], description: how large}
  day: {kind: date, description: when}
"""
ITEM = "      - {all: deed, slot: target}\n"


def refused(folder: Path, old: str, new: str) -> tuple[str, str]:
    """What is said of the type with more slots, `old` made `new`; and the text of the line named, '' for none."""
    text = GOOD.replace("slots:\n", SLOTS, 1)
    assert old in text
    path = folder / "condemnation.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_frame_type("condemnation", folder)
    file, _, line = error.value.where.rpartition(":")
    assert file == str(path)
    return error.value.what, path.read_text(encoding="utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ("kind: integer,", "kind: number,", "slots.victims.kind: Input should be", "  victims: {kind: number"),
        ("description: how many", "descripton: how many", "slots.victims.description: Field required", "  victims:"),
        (SLOTS[:7], "slots: [target]\nother:\n", "is a mapping of each slot's name", "slots: [target]"),
        ("victims: {", "Victims: {", "slots.Victims: 'Victims' is no name", "  Victims:"),
        ("kind: integer,", "kind: integer, many: true,", "holds one value, never `many`", "  victims:"),
        ("kind: integer,", "kind: integer, least: 9, most: 8,", "no number is `least` 9 and `most` 8", "  victims:"),
        ("kind: flag,", "kind: flag, least: 1,", "`least` is for a slot of kind integer", "  grave:"),
        ("kind: flag,", "kind: flag, values: [large],", "`values` is for a slot of kind one_of", "  grave:"),
        ("values: [large, small], ", "", "lists its `values`", "  scale:"),
        ("kind: date,", "kind: date, keep: preferred,", "`keep: preferred` is for", "  day:"),
        ("kind: date,", "kind: date, many: true, keep: first,", "either `many` values stay", "  day:"),
        ("kind: date,", "kind: date, role: source,", "`role` is for a slot of kind actor", "  day:"),
        ("needs: [[condemner]]", "needs: [[condemned]]", "needs: names condemned", "needs:"),
        ("needs: [", "page: {who: [him]}\nneeds: [", "page: names him", "page:"),
        ("kind: flag,", "kind: flag, implies: {scale: huge},", "slots.grave.implies: scale is 'huge'", "  grave:"),
        ("kind: integer,", "kind: integer, listed: {names: them},", "slots.victims.listed: names them", "  victims:"),
    ],
)  # fmt: skip
def test_a_wrong_head_is_refused(tmp_path: Path, old: str, new: str, what: str, line: str) -> None:
    said, where = refused(tmp_path, old, new)
    assert what in said and where.startswith(line)


@pytest.mark.parametrize(
    ("item", "what"),
    [
        # An actor where no actor may be.
        ("{all: actors, slot: victims}", "victims is of kind integer, and `actors` may be no number"),
        ("{all: actors, slot: grave}", "grave is of kind flag"),
        ("{all: actors, slot: scale}", "scale may get what is none of its values from `actors`"),
        ("{all: actors, slot: day}", "day is of kind date, and `actors` is somebody who acts"),
        ("{any: [deed, free], slot: target}", "target is of kind words, and `deed|free` is somebody who acts"),
        # Words, and numbers.
        ("{all: deed, slot: victims}", "victims is of kind integer, and `deed` may be no number"),
        ("{any: [deed, number], slot: victims}", "victims is of kind integer, and `deed|number` may be no number"),
        ("{all: number, slot: victims, text: true}", "victims is of kind integer, and these are words"),
        ("{all: number, slot: condemner}", "condemner is of kind actor, and `number` is a number"),
        ("{all: deed, slot: scale}", "scale may get what is none of its values from `deed`"),
        ("{all: deed, slot: grave}", "grave is of kind flag: give the item `value: true`"),
        # Values that the rule itself gives.
        ("{all: deed, slot: victims, value: many}", "victims is 'many', not a whole number"),
        ("{all: deed, slot: victims, value: -1}", "victims is -1, not a whole number"),
        ("{all: deed, slot: grave, value: 1}", "grave is 1, not true"),
        ("{all: deed, slot: scale, value: huge}", "scale is 'huge', which is none of large, small"),
        ("{all: deed, slot: day, value: '2024-02-30'}", "day is '2024-02-30', no date"),
        # Slots that are not there, or take no count.
        ("{all: deed, slot: cause}", "condemnation has no slot cause"),
        ("{all: actors, slot: condemner, counts: target}", "target takes no count"),
        ("{all: actors, slot: condemner, listed: cause}", "condemnation has no slot cause"),
    ],
)
def test_a_rule_that_could_misfill_a_slot_is_refused(tmp_path: Path, item: str, what: str) -> None:
    said, where = refused(tmp_path, ITEM, f"      - {item}\n")
    assert f"condemnation.verb-subject: {what}" in said
    assert where == "  - id: condemnation.verb-subject"


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("set: {scale: huge}", "scale is 'huge'"),
        ("set: {cause: war}", "condemnation has no slot cause"),
        ("fill: {victims: subject}", "victims is of kind integer, and fill fills a slot of kind actor"),
        ("fill: {cause: subject}", "condemnation has no slot cause"),
        ("aside: [cause]", "condemnation has no slot cause"),
        ("lends: [cause]", "condemnation has no slot cause"),
    ],
)
def test_so_is_one_whose_keys_could(tmp_path: Path, key: str, what: str) -> None:
    said, where = refused(tmp_path, "    pattern:", f"    {key}\n    pattern:")
    assert what in said and where == "  - id: condemnation.verb-subject"


@pytest.mark.parametrize(
    ("more", "what", "line"),
    [
        ("attach: [deed, 3]", "victims is of kind integer, and `deed` may be no number", "  victims:"),
        ("attach: [number, 3]", None, ""),
    ],
)
def test_so_is_a_slot_taken_from_a_chunk_that_may_not_hold_it(
    tmp_path: Path, more: str, what: str | None, line: str
) -> None:
    if what:
        said, where = refused(tmp_path, "{kind: integer,", f"{{kind: integer, {more},")
        assert what in said and where.startswith(line)
    else:
        text = GOOD.replace("slots:\n", SLOTS, 1).replace("{kind: integer,", f"{{kind: integer, {more},")
        (tmp_path / "condemnation.yaml").write_text(text, encoding="utf-8")
        assert load_frame_type("condemnation", tmp_path).attach == {"victims": [("number", 3)]}


def test_a_chunk_that_carries_a_slot_is_checked_too(tmp_path: Path) -> None:
    chunk = "chunks:\n  - chunk: toll\n    pattern: [{all: actors, slot: victims}, {all: deed}]\n\nrules:\n"
    said, where = refused(tmp_path, "rules:\n", chunk)
    assert "toll: victims is of kind integer" in said and "slot: victims" in where


def test_what_a_slot_may_take_loads(tmp_path: Path) -> None:
    items = [
        "{all: number, slot: victims}", "{all: deed, slot: victims, value: 3}", "{all: deed, slot: grave, value: true}",
        "{all: size, slot: scale}", "{all: date, slot: day}", "{all: actors, slot: target, words: true}",
    ]  # fmt: skip
    text = GOOD.replace("slots:\n", SLOTS, 1).replace(ITEM, ITEM + "".join(f"      - {item}\n" for item in items), 1)
    text = text.replace("terms:\n", "terms:\n  size:\n    values: {large: [واسع], small: [محدود]}\n", 1)
    (tmp_path / "condemnation.yaml").write_text(text, encoding="utf-8")
    assert len(load_frame_type("condemnation", tmp_path).rules[0].pattern) == 5 + len(items)


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "condemnation.yaml"
    path.write_text(GOOD.replace("slots:\n", "set: {day: 2024-02-30}\nslots:\n", 1), encoding="utf-8")
    with pytest.raises(RuleError, match="day is out of range"):
        load_schema(path)


def test_a_slot_of_one_name_is_one_column(tmp_path: Path) -> None:
    for name, kind in (("condemnation", "words"), ("praise", "date")):
        text = GOOD.replace("condemnation", name).replace("target: {kind: words", f"target: {{kind: {kind}")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"its kind is not the one in condemnation\.yaml, words, but date") as error:
        frame_types(tmp_path)
    assert error.value.where == f"{tmp_path / 'praise.yaml'}:5"


def test_a_file_and_its_type_have_one_name(tmp_path: Path) -> None:
    (tmp_path / "praise.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError, match="describes 'condemnation', not 'praise'"):
        load_schema(tmp_path / "praise.yaml")


def filler(value: str | int | bool, actor: str | None = None, at: int = 0) -> Filler:
    return Filler(value=value, actor=actor, text=str(value), start=at, end=at + 1)


@pytest.mark.parametrize(
    ("slot", "given", "kept", "reasons"),
    [
        ("votes", [filler(13)], [13], []),
        ("votes", [filler("روسيا", "RUS")], [], ["takes no actor, got 'RUS'"]),
        ("votes", [filler("13")], [], ["is '13', not a whole number"]),
        ("votes", [filler(True)], [], ["is True, not a whole number"]),
        ("votes", [filler(13), filler(14, at=5)], [13], ["holds one value, and has one"]),
        ("votes", [filler("عشرة"), filler(14, at=5)], [14], ["is 'عشرة', not a whole number"]),
        ("all", [filler(True)], [True], []),
        ("all", [filler(1)], [], ["is 1, not true"]),
        ("who", [filler("روسيا", "RUS"), filler("دول")], ["روسيا", "دول"], []),
        # A number where words are wanted is told by its words.
        ("who", [Filler(value=2, text="الزعيمين", start=0, end=8)], ["الزعيمين"], []),
        ("what", [Filler(value=2, text="نصين  معا", start=0, end=9)], ["نصين معا"], []),
        ("what", [filler("روسيا", "RUS")], [], ["takes no actor, got 'RUS'"]),
        ("how", [filler("large")], ["large"], []),
        ("how", [filler("واسع")], [], ["is 'واسع', which is none of large, small"]),
        ("day", [filler("2024-02-30"), filler("أمس")], ["أمس"], ["is '2024-02-30', no date like"]),
        # Parts of another type's, and what serves merging alone.
        ("elsewhere", [filler(3)], None, []),
        ("_votes", [filler(3)], [3], []),
    ],
)
def test_what_is_kept_of_fillers(
    slot: str, given: list[Filler], kept: list[str | int | bool] | None, reasons: list[str]
) -> None:
    kinds: dict[str, Slot] = {
        "votes": Slot(kind="integer", description=""),
        "all": Slot(kind="flag", description=""),
        "who": Slot(kind="actor", many=True, description=""),
        "what": Slot(kind="words", description=""),
        "how": Slot.model_validate({"kind": "one_of", "values": ["large", "small"], "description": ""}),
        "day": Slot(kind="date", description=""),
    }
    found, dropped = TypeSchema(frame="x", slots=kinds).sound({slot: given})
    assert [one.value for one in found.get(slot, [])] == (kept or []) and (slot in found) == bool(kept)
    assert [name for name, _, _ in dropped] == [slot] * len(reasons)
    assert all(reason in told for reason, (_, _, told) in zip(reasons, dropped, strict=True))


def misfilling() -> Engine:
    """An engine whose target slot takes whole numbers, which no rule file could ask for."""
    engine = Engine(["condemnation"], FOLDER)
    (frame,) = engine.types
    frame.slots["target"] = Slot(kind="integer", description="")
    return engine


def test_the_engine_leaves_out_what_is_of_another_kind_and_tells_it() -> None:
    text = "أدانت تونس الغارات على العاصمة."
    dropped: list[Dropped] = []
    (event,) = misfilling().frames("x", text, story(text), dropped=dropped)
    assert list(event.slots) == ["condemner"]
    (one,) = dropped
    assert (one.slot, one.value, one.rule, one.sentence) == ("target", "الغارات", "condemnation.verb-subject", "x-1-1")
    assert text[one.start : one.end] == one.text and one.reason == "is 'الغارات', not a whole number"


def test_the_stage_counts_them_also_when_nothing_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace.project(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("أدانت تونس الغارات على العاصمة.", encoding="utf-8")
    segment.run(workspace, Params())
    write_records(workspace.entities, [])
    monkeypatch.setattr(Engine, "configured", lambda settings: misfilling())
    lines = [frames.run(workspace, Params()) for _ in range(2)]
    assert all("1 fillers dropped that cannot be (condemnation.target 1)" in line for line in lines)
    assert "1 from cache" in lines[1]
    assert [one.slot for one in read_records(workspace.dropped, Dropped)] == ["target"]
    assert '"fillers_dropped": 1' in (workspace.out / "frames.json").read_text(encoding="utf-8")
    assert [list(event.slots) for event in read_records(workspace.frames, Event)] == [["condemner"]]
