"""dvc.yaml says what the code does: DVC sees no imports, so a stage that names too little would not rerun, and one that
names too much would rerun for nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.params import Params, load_params
from pipeline.tagger.registry import load_registry

ROOT = Path(__file__).parent.parent
BASE = load_params(ROOT / "params.yaml").train.base
# The one value of params.yaml that DVC puts into a path.
WORKFLOW: dict[str, Any] = yaml.safe_load(
    (ROOT / "dvc.yaml").read_text(encoding="utf-8").replace("${train.base}", BASE)
)
STAGES: dict[str, Any] = WORKFLOW["stages"]
SECTIONS = set(Params.model_fields)


def paths(entries: list[Any]) -> list[str]:
    """The paths of a list of deps, outs or metrics, where an entry with options is a mapping of one key."""
    return [entry if isinstance(entry, str) else next(iter(entry)) for entry in entries]


def outputs(stage: str) -> list[str]:
    return paths([entry for kind in ("outs", "metrics", "plots") for entry in STAGES[stage].get(kind, [])])


def sections(stage: str) -> set[str]:
    """The sections of params.yaml that a stage depends on, whole or in part."""
    return {entry.split(".")[0] for entry in STAGES[stage].get("params", [])}


def covers(declared: str, file: str) -> bool:
    """Whether a path of dvc.yaml is the file, or a folder that holds it."""
    return file == declared or file.startswith(declared.rstrip("/") + "/")


def module_file(module: str) -> Path | None:
    """The file of one of our modules, relative to ROOT; None where no such module is ours."""
    stem = Path(*module.split("."))
    for path in (stem.with_suffix(".py"), stem / "__init__.py"):
        if (ROOT / path).is_file():
            return path
    return None


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def holds_code(path: Path) -> bool:
    """Whether a file does more than document itself; most `__init__.py` do not."""
    return any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in tree(path).body)


def imported(path: Path) -> Iterator[str]:
    """Our modules that a file imports, wherever in it; `from package import name` is the module `name` if it is one."""
    for node in ast.walk(tree(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: imports are absolute in this project"
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if name.startswith("pipeline"))


@cache
def needed(stage: str) -> frozenset[str]:
    """Every file of ours that a stage's module loads: modules and their packages, and data files that they name."""
    seen: set[Path] = set()
    todo = [f"pipeline.stages.{stage}"]
    while todo:
        module = todo.pop()
        path = module_file(module)
        if path is None or path in seen:
            continue
        seen.add(path)
        todo += imported(path)
        if "." in module:
            todo.append(module.rpartition(".")[0])
    return frozenset(file.as_posix() for path in seen for file in (path, *data_files(path)))


def data_files(path: Path) -> Iterator[Path]:
    """Files beside a module that it names in a string, as it does to read them; the frame types, for their folder."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and node.value == "types":
            yield from (file.relative_to(ROOT) for file in (ROOT / path).parents[1].glob("types/*.yaml"))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value.strip("."):
            beside = path.parent / node.value
            if "\n" not in node.value and len(node.value) < 80 and (ROOT / beside).is_file():
                yield beside


def code_deps(stage: str) -> list[str]:
    return [dep for dep in paths(STAGES[stage]["deps"]) if covers("pipeline", dep)]


@pytest.mark.parametrize("stage", STAGES)
def test_every_module_a_stage_imports_is_declared(stage: str) -> None:
    must = {file for file in needed(stage) if not file.endswith("__init__.py") or holds_code(Path(file))}
    missing = sorted(
        file
        for file in must
        if not any(covers(dep, file) for dep in code_deps(stage))
        # Gold is checked against the slots that there are, but only entities train.
        and not (stage == "examples" and covers("pipeline/frames/types", file))
    )
    assert not missing, f"{stage} imports what dvc.yaml does not name"


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_declares_a_module_it_does_not_import(stage: str) -> None:
    idle = sorted(dep for dep in code_deps(stage) if not any(covers(dep, file) for file in needed(stage)))
    assert not idle, f"{stage} would rerun for code that it does not import"


@pytest.mark.parametrize("stage", STAGES)
def test_params_are_the_sections_that_the_code_reads(stage: str) -> None:
    read = {
        node.attr
        for file in needed(stage)
        if file.endswith(".py")
        for node in ast.walk(tree(Path(file)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "params"
    }
    assert sections(stage) == read & SECTIONS


def test_every_section_of_params_belongs_to_a_stage() -> None:
    written = set(yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8")))
    assert written == SECTIONS == {section for stage in STAGES for section in sections(stage)}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_is_described_and_runs_its_module(stage: str) -> None:
    assert STAGES[stage]["desc"]
    assert STAGES[stage]["cmd"].split()[-3:] == ["python", "-m", f"pipeline.stages.{stage}"]


def test_no_output_lies_within_another() -> None:
    owned = [(stage, out) for stage in STAGES for out in outputs(stage)]
    clashes = [(a, b) for a in owned for b in owned if a is not b and covers(a[1], b[1])]
    assert not clashes


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_stage_reads_is_in_git_or_written_by_an_earlier_stage(stage: str) -> None:
    earlier = [out for name in list(STAGES)[: list(STAGES).index(stage)] for out in outputs(name)]
    files = subprocess.run(
        ["git", "ls-files", "--", *paths(STAGES[stage]["deps"])], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    for dep in paths(STAGES[stage]["deps"]):
        written = any(covers(out, dep) or covers(dep, out) for out in earlier)
        assert written or any(covers(dep, file) for file in files), f"{dep} comes from nowhere"


def test_plots_show_files_that_a_stage_writes() -> None:
    shown = [file for plot in WORKFLOW["plots"] for shape in plot.values() for file in shape["y"]]
    made = [out for stage in STAGES for out in outputs(stage)]
    assert shown and all(any(covers(out, file) for out in made) for file in shown)


@pytest.mark.parametrize(
    ("changed", "reruns"),
    [
        ("pipeline/frames/types/veto.yaml", {"frames", "events", "tables", "happenings", "evaluate", "report"}),
        ("pipeline/report/page/page.css", {"report"}),
        ("pipeline/report/page.py", {"report"}),
        ("pipeline/tables/codes.yaml", {"tables"}),
        ("pipeline/tables/spreadsheet.py", {"events", "happenings", "tables"}),
        ("pipeline/tables/parquet.py", {"tables"}),
        ("pipeline/scoring/events.py", {"evaluate"}),
        ("pipeline/segmentation/stories.py", {"segment"}),
        ("pipeline/tagger/fit.py", {"train", "ner"}),
        ("data/gold/000_79535e7b29ee2aed.json", {"examples", "evaluate"}),
        (f"models/{BASE}/config.json", {"train"}),
        ("models/registry.yaml", {"train"}),
        ("recipes/mini/templates.txt", set()),
        ("README.md", set()),
    ],
)
def test_an_edit_reruns_what_it_concerns(changed: str, reruns: set[str]) -> None:
    """First of all; what follows from changed outputs is DVC's."""
    assert {stage for stage in STAGES if any(covers(dep, changed) for dep in paths(STAGES[stage]["deps"]))} == reruns


def test_every_model_of_the_registry_has_a_folder_for_train_to_depend_on() -> None:
    """Named like the model; DVC refuses to run with a dependency that is not there."""
    for name, entry in load_registry(ROOT / "models" / "registry.yaml").items():
        assert entry.folder in (None, name)
        assert any(path.is_file() for path in (ROOT / "models" / name).iterdir()), name


def test_segment_frames_and_events_run_without_the_tagger_libraries(tmp_path: Path) -> None:
    """Imports within functions and within libraries count, so the stages are run and the interpreter is asked."""
    script = f"""
import sys
from pathlib import Path
from pipeline.files import Workspace, write_records
from pipeline.params import Params
from pipeline.stages import events, frames, segment, tables

out = Path({str(tmp_path)!r})
seeds = Path("seeds")
workspace = Workspace(root=seeds, sources=(seeds,), out=out, model=out, gold=out, cache=out / "cache")
segment.run(workspace, Params())
write_records(workspace.entities, [])
frames.run(workspace, Params())
print(events.run(workspace, Params()))
tables.run(workspace, Params())
print(*({{"torch", "transformers", "tokenizers", "datasets"}} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said, loaded = done.stdout.splitlines()
    assert said.startswith("events: ") and not said.startswith("events: 0")
    assert loaded == "", f"loaded: {loaded}"
