"""The segment stage: its files, its line, what it keeps and what it leaves alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import segmentation
from pipeline.files import Workspace, read_records
from pipeline.params import Params
from pipeline.records import Segments
from pipeline.stages import segment

FIRST = "دعت كينيا إلى هدنة\nتاريخ النشر: 3rd, March 2021 GMT\nدعت كينيا يوم الأحد إلى هدنة. ورحبت أوغندا."
SECOND = "رحبت أوغندا بالدعوة الكينية.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "b.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "data" / "articles" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "articles" / "deep" / "a.txt").write_text(SECOND, encoding="utf-8")
    return Workspace.project(tmp_path)


def test_records_follow_the_order_of_names(workspace: Workspace) -> None:
    line = segment.run(workspace, Params())
    assert line.startswith("segment: 2 articles, 2 stories, 4 sentences, 0 set aside")
    first, second = read_records(workspace.segments, Segments)
    assert (first.article, first.path) == ("a", "data/articles/deep/a.txt")
    assert (second.article, second.path) == ("b", "seeds/b.txt")
    assert [sentence.id for sentence in second.stories[0].sentences] == ["b-1-1", "b-1-2", "b-1-3"]
    assert second.stories[0].published == "2021-03-03"
    assert workspace.set_aside.read_text() == ""


def test_two_runs_write_the_same_bytes_and_cut_nothing_twice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment.run(workspace, Params())
    earlier = workspace.segments.read_bytes()
    cut: list[str] = []
    real = segmentation.segment
    monkeypatch.setattr(
        segmentation, "segment", lambda article, params: (cut.append(article.article), real(article, params))[1]
    )
    segment.run(workspace, Params())
    assert (cut, workspace.segments.read_bytes()) == ([], earlier)
    (workspace.root / "seeds" / "c.txt").write_text(SECOND, encoding="utf-8")
    segment.run(workspace, Params())
    assert cut == ["c"]
    segment.run(workspace, Params.model_validate({"segment": {"max_headline_chars": 20}}))
    assert cut == ["c", "a", "b", "c"]


def test_the_stage_needs_neither_torch_nor_spacy() -> None:
    code = "import sys, pipeline.stages.segment;print(*{'torch', 'transformers', 'spacy', 'dvc'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
