"""The command line on the seeds, with the model that is in Git: no DVC, no training, no network."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from arabic_events.__main__ import main
from pipeline.files import Workspace
from tests.project.seeds import CALLS, TALLIES, VETOES, faults_of_evidence, of_seeds, read_table

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The seeds, extracted."""
    out = tmp_path_factory.mktemp("seeds")
    folder = ROOT / "seeds"
    command = [sys.executable, "-m", "pipeline", "extract", "seeds", "-o", str(out), "--model", "mini"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (out / "report" / "index.html").is_file()
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "segment", "ner", "frames", "events", "happenings", "tables", "report", "extract",
    ]  # fmt: skip
    return Workspace(root=folder, sources=(folder,), out=out, model=out, gold=out, cache=out / ".cache")


def test_every_veto(seeds: Workspace) -> None:
    rows = read_table(seeds.out)
    assert of_seeds(rows, "veto", "vetoer_id", "ordinal") == sorted(VETOES)
    assert {row["modality"] for row in rows if row["type"] == "veto"} == {"actual"}


def test_the_tallies(seeds: Workspace) -> None:
    columns = ("in_favour", "against", "abstaining", "abstaining_actors_id", "outcome")
    assert set(TALLIES) <= set(of_seeds(read_table(seeds.out), "vote_tally", *columns))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: "-".join(map(str, call)))
def test_the_calls_and_refusals(seeds: Workspace, call: tuple[str | int, ...]) -> None:
    assert call in of_seeds(read_table(seeds.out), "ceasefire_call", "caller_id", "stance")


def test_words_are_the_texts_and_no_story_leaks_into_another(seeds: Workspace) -> None:
    assert faults_of_evidence(seeds) == []
    pages_of_two = {row["article"][:3] for row in read_table(seeds.out) if row["story"] == "2"}
    assert {"001", "002"} <= pages_of_two


VETO = "استخدمت روسيا الثلاثاء حق النقض ضد مشروع القرار المغربي في مجلس الأمن."


def run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`extract` in any folder, as from an installed package: nothing of the checkout is in the current folder."""
    command = [sys.executable, "-m", "arabic_events", "extract", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True)


def test_one_article_from_anywhere(tmp_path: Path) -> None:
    """Given on the command line and by standard input: the same events, as JSON Lines and nothing else."""
    told = [
        run(tmp_path, "--text", VETO, "--published", "2024-02-21", "--json"),
        run(tmp_path, "-", "--published", "2024-02-21", "--json", given=VETO.encode()),
    ]
    assert [done.returncode for done in told] == [0, 0], told[0].stderr
    assert told[0].stdout == told[1].stdout
    veto = next(event for event in map(json.loads, told[0].stdout.splitlines()) if event["type"] == "veto")
    assert veto["slots"]["date"][0]["value"] == "2024-02-20"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_from_anywhere_as_json(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(VETO, encoding="utf-8")
    done = run(tmp_path, "news", "-o", "out", "--json", "--no-page")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (tmp_path / "out" / "events.jsonl").read_bytes() != b""
    assert b"segment: 1 article" in done.stderr and not (tmp_path / "out" / "report").exists()


@pytest.mark.parametrize(
    ("arguments", "given", "status", "told"),
    [
        (["nowhere", "-o", "out"], b"", 1, "[E101] nowhere: is neither a folder nor a table of articles"),
        (["--text", "no Arabic"], b"", 1, "[E101] text: holds no Arabic letter"),
        (["-"], "خبر".encode("cp1256"), 1, "[E101] standard input: is not UTF-8"),
        (["--text", VETO, "--model", "nonesuch"], b"", 1, "[E501]"),
        (["--text", VETO, "--params", "gone.yaml"], b"", 1, "[E201] gone.yaml: is not there"),
        ([], b"", 2, "give a folder"),
        (["."], b"", 2, "--out OUT"),
        (["--text", VETO, "-o", "out"], b"", 2, "--out is for a folder"),
    ],
)
def test_exit_statuses(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    given: bytes,
    status: int,
    told: str,
) -> None:
    """In this process, in which all is loaded; that a process of its own ends so, the tests around this one say."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["arabic-events", "extract", *arguments])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    with pytest.raises(SystemExit) as stopped:
        main()
    code, said = stopped.value.code, capsys.readouterr()
    line = code if isinstance(code, str) else ""  # which Python prints, and exits with 1
    assert (1 if line else code) == status
    assert told in " ".join((said.err + line).replace("│", " ").split()) and not said.out


def test_errors_as_json(tmp_path: Path) -> None:
    done = run(tmp_path, "--text", "no Arabic", "--json")
    error = json.loads(done.stderr)["error"]
    assert (done.returncode, error["code"], error["where"]) == (1, "E101", "text") and error["do"]


def test_a_checkout_that_has_not_trained_yet_says_which_model_to_name(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    shutil.copy(ROOT / "models" / "registry.yaml", tmp_path / "models")
    shutil.copy(ROOT / "params.yaml", tmp_path)
    done = run(tmp_path, "--text", VETO)
    assert done.returncode == 1 and "--model mini" in done.stderr.decode()
