"""A run that is killed at whatever moment: the folder holds the files of one run, whole, and the next run comes to the
same bytes as one that nothing disturbed."""

from __future__ import annotations

import functools
import importlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from pipeline.extract import STAGES, extract_folder
from pipeline.files import Workspace
from pipeline.frames.engine import Engine
from pipeline.gold.exchange import take
from pipeline.gold.read import read_article, write_gold
from pipeline.params import Params
from pipeline.publishing import recover
from pipeline.records import GoldArticle
from pipeline.stages import report
from tests.gold.example import NAME, TEXT, example
from tests.project.killing import contents, finished, moments
from tests.tagger.conftest import describe, make_model

pytestmark = pytest.mark.slow
# Of the stages in dvc.yaml but for training: those of `extract`, of which `report` comes last here too, and scores.
ORDER = (*STAGES[: STAGES.index("report")], "evaluate", "report")
PARAMS = Params.model_validate({"evaluate": {"bootstrap": 20}})
ARTICLES = {
    f"{place}-{number}": f"استخدمت {state} حق النقض في مجلس الأمن ضد مشروع قرار بشأن {place}.\n"
    f"وصوت {number + 9} عضوا لصالح النص، ودعت {state} إلى هدنة إنسانية في {place}."
    for place in ("السودان", "اليمن")
    for number, state in enumerate(("روسيا", "الصين", "فرنسا"))
}


@pytest.fixture(scope="module", autouse=True)
def _loaded_once() -> None:
    """What a fresh process would load, so that its copies have it; one thread, for a copy has no other."""
    torch.set_num_threads(1)
    for stage in ORDER:
        importlib.import_module(f"pipeline.stages.{stage}")


@pytest.fixture(autouse=True)
def _built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = _engine()
    monkeypatch.setattr(Engine, "configured", lambda settings: engine)
    monkeypatch.setattr(report, "charting_library", lambda cache: "")


@functools.cache
def _engine() -> Engine:
    engine = Engine.configured(PARAMS.frames)
    _ = engine.compiled
    return engine


def project(root: Path) -> Workspace:
    """A project of the articles with gold for the example, and a tagger that knows nothing."""
    workspace = Workspace.project(root)
    (root / "seeds").mkdir(parents=True)
    for name, text in (ARTICLES | {NAME: TEXT}).items():
        (root / "seeds" / f"{name}.txt").write_bytes(text.encode())
    make_model(workspace.model, seed=3)
    describe(workspace.model, context=64)
    write_gold(workspace.gold, example(root))
    return workspace


def whole(folder: Path) -> Callable[[], None]:
    """A function that puts a folder back as it is now."""
    kept = folder.with_name(folder.name + " kept")
    shutil.copytree(folder, kept)

    def back() -> None:
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)

    return back


@pytest.mark.parametrize("stage", ORDER)
def test_a_stage_of_the_workflow(stage: str, tmp_path: Path) -> None:
    workspace = project(tmp_path)
    for name in ORDER[: ORDER.index(stage)]:
        importlib.import_module(f"pipeline.stages.{name}").run(workspace, PARAMS)
    workspace.out.mkdir(exist_ok=True)
    before = contents(workspace.out)
    back = whole(tmp_path / "data")

    def work() -> None:
        importlib.import_module(f"pipeline.stages.{stage}").run(workspace, PARAMS)

    def prepare() -> None:
        back()
        shutil.rmtree(workspace.cache, ignore_errors=True)

    finished(work)
    after = contents(workspace.out)
    assert after != before
    cut_short = 0
    # Fewer than for a whole extract: nine stages take their time.
    for moment in moments(work, stage, prepare, count=10):
        cut_short += not finished(work, moment)
        found = {name: data for name, data in contents(workspace.out).items() if not name.endswith(".part")}
        assert all(data in (before.get(name), after.get(name)) for name, data in found.items())
        assert finished(work)
        assert {n: d for n, d in contents(workspace.out).items() if not n.endswith(".part")} == after
    assert cut_short >= 5


@pytest.mark.parametrize("cached", [True, False])
def test_extract(cached: bool, tmp_path: Path) -> None:
    workspace = project(tmp_path)
    folder, out = tmp_path / "news", tmp_path / "out"
    folder.mkdir()
    (folder / "first.txt").write_text(next(iter(ARTICLES.values())), encoding="utf-8")

    def work() -> None:
        assert list(extract_folder(folder, out, workspace.model, PARAMS))

    work()
    before = contents(out)
    back = whole(out)
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    work()
    after = contents(out)
    assert before.keys() == after.keys() and len(after) > 8
    cut_short = 0
    # A dozen with what was kept of each article and a dozen without: `out` is written in the same steps.
    for moment in moments(work, f"extract {cached}", back, count=12):
        if not cached:
            shutil.rmtree(out / ".cache", ignore_errors=True)
        cut_short += not finished(work, moment)
        recover(out)
        assert contents(out) in (before, after)
        assert finished(work)
        assert contents(out) == after
        assert sorted(path.name for path in out.iterdir() if path.name[0] == ".") == [".cache"]
    assert cut_short >= 6


def test_gold_import(tmp_path: Path) -> None:
    names = [f"{NAME}-{number}" for number in range(30)]
    made = example(tmp_path).model_dump_json()

    def labelled(name: str, annotator: str) -> GoldArticle:
        gold = GoldArticle.model_validate_json(made.replace(f'"{NAME}', f'"{name}'))
        return gold.model_copy(update={"annotator": annotator})

    gold = tmp_path / "gold"
    texts = dict.fromkeys(names, TEXT)
    first, second = ([labelled(name, who) for name in names] for who in ("first", "second"))
    keep = {"split": None, "replace": True}
    take(first, texts, {"CHN", "PAN", "UNSC", "RUS"}, gold, **keep)  # type: ignore[arg-type]
    before = contents(gold)
    back = whole(gold)

    def work() -> None:
        take(second, texts, {"CHN", "PAN", "UNSC", "RUS"}, gold, **keep)  # type: ignore[arg-type]

    work()
    after = contents(gold)
    assert len(after) == 30 and all(before[name] != after[name] for name in after)
    cut_short = 0
    for moment in moments(work, "gold", back):
        cut_short += not finished(work, moment)
        recover(gold)
        assert contents(gold) in (before, after)
        assert {read_article(path).annotator for path in gold.glob("*.json")} in ({"first"}, {"second"})
        assert finished(work)
        assert contents(gold) == after and not [path for path in gold.iterdir() if path.name[0] == "."]
    assert cut_short >= 10
