"""The stage on two small articles whose records are made here; what the scores mean is tested in tests/scoring."""

from __future__ import annotations

import csv
import json
from typing import ClassVar

import pytest

from pipeline import events as making
from pipeline.errors import GoldError, RecordError
from pipeline.files import Workspace, sha256, write_records
from pipeline.params import Frames, Params
from pipeline.records import Entity, Event, Filler, Mention, Segments, SetAside, Story
from pipeline.stages import evaluate

TEXTS = {
    "river": "استخدمت قبرص حق النقض ضد نص بشأن الصيد.\nوأيدته تسع دول.",
    "harbour": "استخدمت مالطا حق النقض ضد نص بشأن الموانئ.",
    "plain": "هبت رياح قوية على الساحل.",
}
STATES = {"river": (8, 12), "harbour": (8, 13), "plain": (4, 8)}  # the word each article's event and entity turn on
PARAMS = Params.model_validate({"evaluate": {"bootstrap": 50}})


def story(name: str) -> Story:
    start, sentences = 0, []
    for number, line in enumerate(TEXTS[name].split("\n"), 1):
        sentences.append({"id": f"{name}-1-{number}", "section": "body", "start": start, "end": start + len(line)})
        start += len(line) + 1
    return Story.model_validate(
        {
            "story": 1,
            "outlet": "صحيفة النهر",
            "sections": [{"kind": "body", "start": 0, "end": len(TEXTS[name])}],
            "sentences": sentences,
        }
    )


def veto(name: str, actor: str | None = None, rule: str = "gold") -> Event:
    start, end = STATES[name]
    slots = (
        {"vetoer": [Filler(value="x", actor=actor, text=TEXTS[name][start:end], start=start, end=end)]} if actor else {}
    )
    told = TEXTS[name].split(" ضد")[0]
    mention = Mention(sentence=f"{name}-1-1", start=0, end=len(told), trigger=(0, told.index(" ")), rule=rule)
    return Event(
        id=f"{name}-1-veto-1", type="veto", article=name, story=1, modality="actual", slots=slots, mentions=[mention]
    )


def place(name: str, label: str = "LOC") -> Entity:
    start, end = STATES[name]
    return Entity.model_validate(
        {
            "article": name,
            "sentence": f"{name}-1-1",
            "label": label,
            "start": start,
            "end": end,
            "core": (start, end),
            "score": 0.8,
        }
    )


class Workbench:
    """A workspace with the three articles, predictions for all and gold for the first two, one a split."""

    def __init__(self, root) -> None:
        self.workspace = Workspace.project(root)
        (root / "data" / "articles").mkdir(parents=True)
        (root / "data" / "gold").mkdir()
        for name, text in TEXTS.items():
            (root / "data" / "articles" / f"{name}.txt").write_bytes(text.encode())
        self.write_segments(*TEXTS)
        self.name_model(
            '{"model": {"name": "mini", "revision": "1", "sha256": "ab", "precision": "fp32"}, "articles": 3}'
        )
        write_records(self.workspace.out / "set_aside.jsonl", [SetAside(path="x.txt", where="x.txt", reason="empty")])
        write_records(self.workspace.entities, [place("river"), place("harbour", "ORG"), place("plain")])
        found = [veto("river", "CYP", "veto.use"), veto("harbour", "CYP", "veto.use"), veto("plain", "CYP")]
        write_records(self.workspace.frames, found)
        write_records(self.workspace.events, found)
        self.label("river", "dev", "CYP")
        self.label("harbour", "test", "MLT")

    def name_model(self, text: str) -> None:
        (self.workspace.out / "ner.json").write_text(text, encoding="utf-8")

    def write_segments(self, *names: str) -> None:
        write_records(
            self.workspace.segments,
            [
                Segments(article=n, path=f"data/articles/{n}.txt", sha256=sha256(TEXTS[n]), stories=[story(n)])
                for n in names
            ],
        )

    def label(self, name: str, split: str, actor: str, digest: str | None = None) -> None:
        labels = {
            "article": name,
            "sha256": digest or sha256(TEXTS[name]),
            "split": split,
            "annotator": "tests",
            "stories": [story(name).model_dump(exclude_none=True)],
            "entities": [place(name).model_dump()],
            "events": [veto(name, actor).model_dump(exclude_none=True)],
        }
        (self.workspace.gold / f"{name}.json").write_text(json.dumps(labels), encoding="utf-8")

    def run(self) -> str:
        return evaluate.run(self.workspace, PARAMS)

    def read(self, *path: str):
        file = self.workspace.out.joinpath("evaluation", *path)
        if file.suffix == ".csv":
            return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
        return json.loads(file.read_text("utf-8")) if file.suffix == ".json" else file.read_text("utf-8")


class Rules:
    """Stands for the rule engine: notes what it is given and finds a veto by CYP where a place is named."""

    types = ()
    given: ClassVar[dict[str, tuple]] = {}

    @classmethod
    def configured(cls, settings: Frames) -> Rules:
        cls.given = {}
        assert settings.types == PARAMS.frames.types
        return cls()

    def frames(self, article, text, story, entities, dropped=None):
        Rules.given[article] = (text, story.story, [(entity.label, entity.start) for entity in entities])
        return [veto(article, "CYP")] if any(entity.label == "LOC" for entity in entities) else []


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "Engine", Rules)
    monkeypatch.setattr(making, "merge", lambda frames, *_: frames)
    return Workbench(tmp_path)


def test_each_split_is_scored_apart_and_what_is_not_scored_is_counted(bench):
    line = bench.run()
    metrics = bench.read("metrics.json")
    told = bench.read("run.json")
    assert told["model"] == {"name": "mini", "revision": "1", "sha256": "ab", "precision": "fp32"}
    assert told["articles_without_gold"] == 1
    assert metrics["dev"]["entities_f1"] == metrics["dev"]["events_f1"] == metrics["dev"]["slots_f1"] == 1
    assert metrics["test"]["events_f1"] == 1
    assert metrics["test"]["entities_f1"] == metrics["test"]["slots_f1"] == 0
    assert metrics["articles_set_aside"] == told["articles_set_aside"] == 1
    assert "\n" not in line
    assert "dev, articles: 1," in line and "articles without gold: 1" in line and "articles set aside: 1" in line


def test_metrics_hold_at_most_a_dozen_numbers_of_four_places(bench):
    more = place("river", "MISC").model_copy(update={"start": 13, "end": 15, "core": (13, 15)})
    write_records(bench.workspace.entities, [place("river"), more])
    bench.run()
    metrics = bench.read("metrics.json")
    assert metrics["dev"]["entities_f1"] == 0.6667
    numbers = [v for part in metrics.values() for v in (part.values() if isinstance(part, dict) else [part])]
    assert len(numbers) <= 12
    assert all(isinstance(v, int | float) for v in numbers)


def test_a_split_without_gold_is_left_out_and_said(bench):
    (bench.workspace.gold / "harbour.json").unlink()
    bench.label("plain", "train", "CYP")
    line = bench.run()
    assert "test: no gold, left out" in line
    assert "articles of train, not scored: 1" in line
    assert "test" not in bench.read("metrics.json")
    assert bench.read("plots", "entity_confusion_test.json") == []
    assert bench.read("plots", "entity_confusion_dev.json") == [{"actual": "LOC", "predicted": "LOC"}]


def test_the_splits_that_are_scored_are_those_of_params(bench):
    bench.label("plain", "train", "CYP")
    params = Params.model_validate({"evaluate": {"splits": ["train", "test"], "bootstrap": 0}})
    line = evaluate.run(bench.workspace, params)
    assert "train, articles: 1," in line and "train: the tagger was trained on it" in line
    assert "articles of dev, not scored: 1" in line
    assert {"train", "test"} <= bench.read("metrics.json").keys()
    assert "dev" not in bench.read("metrics.json")
    # DVC's plots of dev are files without rows; those of train lie beside them.
    assert bench.read("plots", "entity_confusion_dev.json") == []
    assert bench.read("plots", "entity_confusion_train.json")


def test_without_any_gold_there_are_no_scores(bench):
    for file in bench.workspace.gold.glob("*.json"):
        file.unlink()
    assert "dev: no gold, left out; test: no gold, left out" in bench.run()
    assert "nothing was compared" in bench.read("errors.md")


def test_the_errors_page_shows_the_wrong_vetoer(bench):
    bench.run()
    page = bench.read("errors.md")
    assert "## dev: none" in page
    assert "## test: 1 wrong slot" in page
    assert "| vetoer | MLT" in page and "veto.use" in page
    assert "استخدمت</b> مالطا حق النقض" in page
    (error,) = map(json.loads, bench.read("errors.jsonl").splitlines())
    assert (error["split"], error["article"], error["kind"]) == ("test", "harbour", "wrong slot")
    assert error["passages"][0]["text"] == TEXTS["harbour"]


def test_tables_tell_the_split_in_every_row(bench):
    bench.run()
    for name in evaluate.TABLES:
        assert {row["split"] for row in bench.read("tables", f"{name}.csv")} <= {"dev", "test"}
    assert bench.read("scores.json")["entities"][0]["split"] == "dev"
    (row,) = [r for r in bench.read("tables", "rules.csv") if r["split"] == "test"]
    assert (row["rule"], row["found"], row["predicted"]) == ("veto.use", "1", "1")


def test_frames_are_made_again_from_the_gold_entities(bench):
    write_records(bench.workspace.frames, [])
    write_records(bench.workspace.events, [])
    bench.run()
    assert Rules.given == {name: (TEXTS[name], 1, [("LOC", 8)]) for name in ("river", "harbour")}
    metrics = bench.read("metrics.json")
    assert (metrics["dev"]["events_f1"], metrics["dev"]["events_f1_gold_entities"]) == (0, 1)
    (cost,) = [
        row
        for row in bench.read("tables", "ner_cost.csv")
        if (row["split"], row["type"], row["measure"]) == ("dev", "all", "found")
    ]
    assert cost["cost"] == "1.0"


def test_without_entities_in_the_rules_gold_ones_are_not_given_either(bench):
    params = Params.model_validate({"frames": {"use_entities": False}, "evaluate": {"bootstrap": 0}})
    evaluate.run(bench.workspace, params)
    assert Rules.given["river"] == (TEXTS["river"], 1, [])


def test_the_real_rules_run_under_gold_entities(tmp_path):
    bench = Workbench(tmp_path)
    bench.run()
    assert "events_f1_gold_entities" in bench.read("metrics.json")["dev"]


def test_two_runs_write_the_same_bytes(bench):
    def files():
        folder = bench.workspace.out / "evaluation"
        return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.*"))}

    bench.run()
    first = files()
    bench.run()
    assert files() == first


def test_gold_of_an_article_that_is_not_there_is_an_error_naming_it(bench):
    bench.write_segments("river", "plain")
    with pytest.raises(GoldError, match=r"harbour\.json.*article harbour is not in"):
        bench.run()
    assert not (bench.workspace.out / "evaluation").exists()


def test_gold_of_another_text_is_an_error_naming_it(bench):
    bench.label("harbour", "test", "MLT", digest="0" * 64)
    with pytest.raises(GoldError, match=r"harbour\.json.*sha256"):
        bench.run()


def test_gold_with_an_actor_that_the_register_lacks_is_an_error_naming_it(bench):
    bench.label("harbour", "test", "MALTA")
    with pytest.raises(
        GoldError, match=r"harbour\.json: .*vetoer\[0\]\.actor: 'MALTA' of «مالطا» is not in the register"
    ):
        bench.run()


def test_gold_with_a_span_that_cannot_be_is_an_error_naming_it(bench):
    file = bench.workspace.gold / "river.json"
    labels = json.loads(file.read_text("utf-8"))
    labels["entities"][0]["end"] = 4000
    file.write_text(json.dumps(labels), encoding="utf-8")
    with pytest.raises(GoldError, match=r"river\.json: entities\[0\]"):
        bench.run()


@pytest.mark.parametrize("told", ["{}", "not JSON", '{"model": {"name": "mini"}}'])
def test_without_a_model_named_in_full_there_are_no_metrics(bench, told):
    bench.name_model(told)
    with pytest.raises(RecordError, match=r"ner\.json: does not tell the model"):
        bench.run()


def test_mentions_that_make_no_event_are_no_false_alarms(bench):
    power = veto("river", "CYP", "veto.power").model_copy(update={"modality": "general"})
    write_records(bench.workspace.frames, [veto("river", "CYP", "veto.use"), power])
    bench.run()
    assert [row["rule"] for row in bench.read("tables", "rules.csv") if row["split"] == "dev"] == ["veto.use"]


def test_a_missing_input_is_an_error_naming_it(bench):
    bench.workspace.events.unlink()
    with pytest.raises(RecordError, match=r"events\.jsonl"):
        bench.run()
