"""The commands, in a project of one article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.errors import GoldError, PipelineError, RecordError
from pipeline.files import Workspace, write_records
from pipeline.gold.cli import app
from pipeline.gold.draft import split_of
from pipeline.gold.read import read_gold, write_gold
from pipeline.records import GoldArticle, Segments
from tests.gold.example import LABELS, NAME, TEXT, example


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A project whose workflow has found in its one article what the example labels, and that has no gold."""
    monkeypatch.chdir(tmp_path)
    workspace = Workspace.project()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / f"{NAME}.txt").write_bytes(TEXT.encode())
    gold = example(tmp_path)
    segments = Segments(article=NAME, path=f"seeds/{NAME}.txt", sha256=gold.sha256, stories=gold.stories)
    write_records(workspace.segments, [segments])
    write_records(workspace.entities, gold.entities)
    write_records(workspace.events, gold.events)
    workspace.gold.mkdir(parents=True)
    return workspace


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception and isinstance(result.exception, PipelineError):
        raise result.exception
    return result


def the_gold(project: Workspace) -> GoldArticle:
    (gold,) = read_gold(project.gold, {NAME: TEXT})
    return gold


def test_author_writes_checked_gold(project: Workspace) -> None:
    Path("labels.yaml").write_text(LABELS, encoding="utf-8")
    result = run("author", "labels.yaml")
    assert f"data/gold/{NAME}.json: dev, 4 sentences, 7 entities, 3 events" in result.output
    assert the_gold(project) == example(Path())
    assert run("check").output == "1 gold files, 0 problems\n"


def test_author_writes_nothing_where_a_label_is_wrong(project: Workspace) -> None:
    Path("labels.yaml").write_text(LABELS.replace("actor: CHN", "actor: CHINA"), encoding="utf-8")
    with pytest.raises(GoldError, match=r"1 problem, so nothing was written.*\n.*CHINA"):
        run("author", "labels.yaml")
    assert list(project.gold.iterdir()) == []


def test_check_lists_problems_and_fails(project: Workspace) -> None:
    write_gold(project.gold, example(Path()).model_copy(update={"sha256": "0" * 64}))
    result = run("check")
    assert result.exit_code == 1
    assert f"{NAME}.json: sha256: binds the labels to another text" in result.output
    assert result.output.endswith("1 gold files, 1 problems\n")


def test_agreement_of_some_articles(project: Workspace) -> None:
    folder = write_gold(Path("labels"), example(Path())).parent
    split = example(Path()).split
    compared = run("agreement", folder, folder, "--only", f"{NAME[:3]}*", "--split", split)
    assert "1 articles labelled by both" in compared.output and "0 disagreements" in compared.output
    other = next(name for name in ("train", "test") if name != split)
    for words in (["--only", "none*"], ["--split", other]):
        with pytest.raises(GoldError, match="no article of this name and split"):
            run("agreement", folder, folder, *words)


def submit(folder: Path) -> None:
    """Turn exported tasks into what Label Studio exports once somebody has submitted them."""
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    for number, task in enumerate(tasks, 1):
        (prediction,) = task.pop("predictions")
        task["annotations"] = [{"id": number, "completed_by": 1, "result": prediction["result"]}]
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")


@pytest.mark.parametrize("form", ["label-studio", "brat", "conll", "conll-2002"])
def test_a_draft_goes_out_and_comes_back_as_gold(project: Workspace, form: str) -> None:
    result = run("export", "--to", form, "--out", "there")
    assert f"1 articles for {form}, 0 of them with gold" in result.output
    if form == "label-studio":
        submit(Path("there"))
        assert {path.name for path in Path("there").iterdir()} == {"tasks.json", "config.xml"}
    source = Path("there/tasks.json") if form == "label-studio" else Path("there")
    words = ["--draft-events"] if form.startswith("conll") else []
    told = run("import", source, "--from", form, "--annotator", "me", *words).output
    gold = the_gold(project)
    assert f"{NAME}.json: {gold.split}, 4 sentences, 7 entities, 3 events\n1 articles read" in told
    assert gold.split == split_of(NAME, {"train": 80, "dev": 20})
    assert gold.annotator == ("label-studio:1" if form == "label-studio" else "me")
    expected = example(Path())
    assert (gold.stories, gold.entities, gold.events) == (expected.stories, expected.entities, expected.events)


def test_events_that_nobody_has_read_become_gold_only_when_told(project: Workspace) -> None:
    run("export", "--to", "conll", "--out", "there")
    with pytest.raises(GoldError, match="holds entities alone"):
        run("import", "there", "--from", "conll")
    assert list(project.gold.iterdir()) == []


def test_gold_is_only_replaced_when_told_and_keeps_its_split(project: Workspace) -> None:
    write_gold(project.gold, example(Path()).model_copy(update={"split": "test"}))
    run("export", NAME, "--to", "conll", "--out", "there")
    with pytest.raises(GoldError, match="has gold already"):
        run("import", "there", "--from", "conll")
    run("import", "there", "--from", "conll", "--replace")
    assert (the_gold(project).split, the_gold(project).annotator) == ("test", "unnamed")
    run("import", "there", "--from", "conll", "--replace", "--split", "train")
    assert the_gold(project).split == "train"


def test_wrong_labels_are_listed_and_nothing_is_written(project: Workspace) -> None:
    run("export", "--to", "brat", "--out", "there")
    path = Path("there") / f"{NAME}.ann"
    path.write_text(path.read_text(encoding="utf-8").replace("actor=CHN", "actor=CHINA"), encoding="utf-8")
    with pytest.raises(
        GoldError, match=r"nothing was written.*:\n.*slots.vetoer\[0\].actor: 'CHINA' of «الصين» is not"
    ):
        run("import", "there", "--from", "brat")
    assert list(project.gold.iterdir()) == []


def test_what_nobody_submitted_is_told(project: Workspace) -> None:
    run("export", "--out", "there")
    result = run("import", "there/tasks.json")
    assert result.output == f"0 articles read from label-studio\n1 passed over, for nobody has submitted them: {NAME}\n"


def test_a_leak_between_splits_is_not_imported(project: Workspace) -> None:
    gold = example(Path())
    (Path("seeds") / "twin.txt").write_bytes(TEXT.encode())
    write_gold(project.gold, example(Path(), LABELS.replace(NAME, "twin"), TEXT, "twin"))
    run("export", NAME, "--to", "brat", "--out", "there")
    with pytest.raises(GoldError, match="the same text is in"):
        run("import", "there", "--from", "brat", "--split", "train")
    assert gold.split == "dev"


def test_articles_with_gold_are_not_exported_again_unless_named(project: Workspace) -> None:
    write_gold(project.gold, example(Path()))
    assert "0 articles for brat" in run("export", "--to", "brat", "--out", "there").output
    assert "1 articles for brat, 1 of them with gold" in run("export", NAME, "--to", "brat", "--out", "there").output


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        (["export", "nowhere"], GoldError, "no article of the workflow"),
        (["import", "nowhere.json"], GoldError, "is not there"),
        (["import", "seeds", "--from", "brat"], GoldError, r"holds no \*.ann"),
        (["import", f"seeds/{NAME}.txt", "--from", "conll", "--draft-events"], GoldError, "is no label"),
        (["import", "there/other.conll", "--from", "conll"], GoldError, r"no other\.txt in the sources"),
        (["author", "nowhere.yaml"], GoldError, "is not there"),
        (["check", "--gold", "nowhere"], GoldError, "is no folder"),
        (["agreement", "data/gold", "data/gold"], GoldError, "no article in common"),
    ],
)
def test_errors_name_what_is_wrong(project: Workspace, words: list[str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        run(*words)


def test_an_export_before_the_stages_have_run_says_so(project: Workspace) -> None:
    project.events.unlink()
    with pytest.raises(RecordError, match=r"events\.jsonl"):
        run("export")


def test_agreement_is_printed_and_written(project: Workspace) -> None:
    for name in "ab":
        write_gold(Path(name), example(Path()))
    result = run("agreement", "a", "b", "--json", "report.json")
    assert "1 articles labelled by both" in result.output and "0 disagreements" in result.output
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["scores"]["events"]["f1"] == 1.0


def test_dataset_writes_both(project: Workspace) -> None:
    write_gold(project.gold, example(Path()))
    assert "out/articles: 1 rows, out/tokens: 4 rows\n" in run("dataset", "out").output
