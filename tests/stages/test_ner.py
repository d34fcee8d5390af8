"""The ner stage over a small workspace with a random model: contracts, not accuracy."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.files import Workspace, read_records, sha256, write_records
from pipeline.params import Ingest, Ner, Params
from pipeline.records import Entity, Section, Segments, Sentence, Story
from pipeline.stages import ner
from pipeline.tagger.encode import Pieces, Window
from pipeline.tagger.tagger import Tagger
from tests.tagger.conftest import describe, make_model

TEXTS = {
    "one": "زار سليم مراد بيروت، ثم عاد إلى (حلوان).\nوقال للقلعة: شكرا",
    "two": "\ufeffعقد الوزير جلسة في جدة\u200f يوم الأحد 12.5 وغادر",
}


def _segments(name: str, text: str) -> Segments:
    bounds, start = [], 0
    for line in text.split("\n"):
        bounds.append((start, start + len(line)))
        start += len(line) + 1
    sentences = [Sentence(id=f"{name}-1-{n}", section="body", start=a, end=b) for n, (a, b) in enumerate(bounds, 1)]
    story = Story(story=1, sections=[Section(kind="body", start=0, end=len(text))], sentences=sentences)
    return Segments(article=name, path=f"{name}.txt", sha256=sha256(text), stories=[story])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    space = Workspace(
        tmp_path, (tmp_path,), tmp_path / "out", tmp_path / "model", tmp_path / "gold", tmp_path / "cache"
    )
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_bytes(text.encode())
    write_records(space.segments, [_segments(name, text) for name, text in TEXTS.items()])
    make_model(space.model, seed=3)
    describe(space.model, context=64)
    return space


def _params(**changes: object) -> Params:
    return Params(ner=Ner(precision="fp32", **changes))  # type: ignore[arg-type]


def test_every_entity_is_its_text_within_its_sentence(workspace: Workspace) -> None:
    line = ner.run(workspace, _params())
    entities = list(read_records(workspace.entities, Entity))
    assert entities, "the random model should find something, or the test shows nothing"
    assert f"{len(entities)} entities" in line
    sentences = {
        s.id: s for r in read_records(workspace.segments, Segments) for story in r.stories for s in story.sentences
    }
    for entity in entities:
        text = TEXTS[entity.article]
        sentence = sentences[entity.sentence]
        assert sentence.start <= entity.start < entity.end <= sentence.end
        surface = text[entity.start : entity.end]
        assert surface == surface.strip("()،:. \n\u200f\ufeff")
        assert entity.start <= entity.core[0] < entity.core[1] == entity.end
    places = [(entity.article, entity.start) for entity in entities]
    assert places == sorted(places)


def test_a_second_run_is_the_same_to_the_byte_and_tags_nothing_anew(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ner.run(workspace, _params())
    first = workspace.entities.read_bytes(), (workspace.out / "ner.json").read_bytes()

    def fail(*_: object) -> None:
        raise AssertionError("tagged again")

    monkeypatch.setattr("pipeline.tagger.tagger.Tagger.tag_documents", fail)
    monkeypatch.setattr("pipeline.tagger.load.load_tagger", fail)
    assert "2 of 2 stories kept" in ner.run(workspace, _params())
    assert (workspace.entities.read_bytes(), (workspace.out / "ner.json").read_bytes()) == first


def test_an_article_more_leaves_the_others_entities_as_they_were(workspace: Workspace) -> None:
    ner.run(workspace, _params())
    before = [entity for entity in read_records(workspace.entities, Entity)]
    (workspace.root / "zero.txt").write_bytes(TEXTS["one"].encode())
    segments = list(read_records(workspace.segments, Segments))
    write_records(workspace.segments, [*segments, _segments("zero", TEXTS["one"])])
    ner.run(workspace, _params())
    after = [entity for entity in read_records(workspace.entities, Entity) if entity.article != "zero"]
    assert after == before


def test_stories_share_batches_and_none_depends_on_its_company(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = []
    forward = Tagger._probabilities

    def counting(self: Tagger, windows: list[Window], shape: tuple[int, int]) -> object:
        shapes.append(len(windows))
        return forward(self, windows, shape)

    monkeypatch.setattr(Tagger, "_probabilities", counting)
    for name, place in (("three", "حلب"), ("four", "عمان"), ("five", "صور")):
        text = TEXTS["two"].replace("جدة", place)
        (workspace.root / f"{name}.txt").write_bytes(text.encode())
        earlier = list(read_records(workspace.segments, Segments))
        write_records(workspace.segments, [*earlier, _segments(name, text)])
    ner.run(workspace, _params())
    assert max(shapes) > 1, "stories of one length fit into one batch"
    together = list(read_records(workspace.entities, Entity))
    every = list(read_records(workspace.segments, Segments))
    apart = []
    for number, record in enumerate(every):
        write_records(workspace.segments, [record])
        ner.run(replace(workspace, cache=workspace.cache / str(number)), _params())
        apart += read_records(workspace.entities, Entity)
    assert apart == together


def test_an_article_that_cannot_be_tagged_leaves_the_others_their_entities(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ner.run(workspace, _params())
    wanted = [entity for entity in read_records(workspace.entities, Entity) if entity.article == "two"]
    pieces = Pieces.__call__

    def refusing(self: Pieces, word: str) -> list[int]:
        if word == "سليم":
            raise ValueError("not this one")
        return pieces(self, word)

    monkeypatch.setattr(Pieces, "__call__", refusing)
    params = _params().model_copy(update={"ingest": Ingest(on_bad_article="skip")})
    line = ner.run(replace(workspace, cache=workspace.cache / "other"), params)
    assert "1 set aside" in line
    assert list(read_records(workspace.entities, Entity)) == wanted


def test_another_model_is_never_served_from_the_cache(workspace: Workspace) -> None:
    ner.run(workspace, _params())
    make_model(workspace.model, seed=4)
    describe(workspace.model, context=64)
    assert "0 of 2 stories kept" in ner.run(workspace, _params())


def test_the_metrics_name_the_model_and_its_arithmetic(workspace: Workspace) -> None:
    ner.run(workspace, _params())
    told = json.loads((workspace.out / "ner.json").read_text())
    assert told["model"]["name"] == "random"
    assert told["model"]["precision"] == "fp32"
    assert told["model"]["sha256"] == sha256((workspace.model / "model.safetensors").read_bytes())
    assert told["sentences"] == 3


def test_entities_below_the_least_score_are_left_out_and_counted(workspace: Workspace) -> None:
    ner.run(workspace, _params())
    scores = [entity.score for entity in read_records(workspace.entities, Entity)]
    middle = sorted(scores)[len(scores) // 2]
    line = ner.run(workspace, _params(min_score=middle))
    kept = list(read_records(workspace.entities, Entity))
    assert 0 < len(kept) < len(scores)
    assert f"{len(scores) - len(kept)} entities below min_score" in line


def test_a_missing_model_leaves_earlier_entities_alone(workspace: Workspace) -> None:
    ner.run(workspace, _params())
    before = workspace.entities.read_bytes()
    (workspace.model / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"holds no model\.safetensors.*dvc repro train"):
        ner.run(workspace, _params())
    assert workspace.entities.read_bytes() == before
