"""Bad input: one clear error that names the file, a failing exit status, and earlier outputs left as they were."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.__main__ import main as command_line
from pipeline.articles import load_text, read_articles
from pipeline.errors import ArticleError
from pipeline.files import Workspace, read_records
from pipeline.params import Ingest
from pipeline.records import Segments, SetAside
from pipeline.stages import segment

GOOD = "دعت كينيا إلى هدنة\n\nدعت كينيا يوم الأحد إلى هدنة في شرق الكونغو.\n"
# A PNG's first bytes.
BINARY = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"


def files(**contents: str | bytes) -> Callable[[Path], None]:
    """A function that writes files, named by their stems with __ for a slash, into a folder."""

    def write(folder: Path) -> None:
        for name, content in contents.items():
            path = folder / f"{name.replace('__', '/')}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def large(folder: Path) -> None:
    with (folder / "big.txt").open("wb") as file:
        file.write(GOOD.encode())
        file.truncate(50_000_000)


def dangling(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere")


def listening(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # the address of a socket is short
    socket.socket(socket.AF_UNIX).bind("ear.txt")
    os.chdir(here)


def linked(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    files(other="خبر")(folder.parent / "elsewhere")
    (folder / "elsewhere").symlink_to(folder.parent / "elsewhere")


def strange(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/strange\xff.txt")).write_text("خبر", encoding="utf-8")


def strange_folder(folder: Path) -> None:
    inner = Path(os.fsdecode(os.fsencode(folder) + b"/\xfe"))
    inner.mkdir()
    (inner / "in.txt").write_text("خبر", encoding="utf-8")


# What is written beside one good article; what the message must say, file and line first.
BAD_ARTICLES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "not UTF-8": (files(cp1256="سطر\nسطر ".encode() + "خبر".encode("cp1256")), ["cp1256.txt:2", "not UTF-8", "0xce"]),
    "cut within a letter": (files(cut="خبر".encode()[:-1]), ["cut.txt:1", "not UTF-8", "byte 4"]),
    "UTF-16": (files(wide="خبر".encode("utf-16")), ["wide.txt", "UTF-16", "iconv"]),
    "empty": (files(empty=""), ["empty.txt", "is empty"]),
    "white space": (files(blank=" \n\u00a0\t\r\n\u2003"), ["blank.txt", "white space"]),
    "only a byte-order mark": (files(mark="\ufeff\n"), ["mark.txt", "white space"]),
    "no Arabic": (files(english="Kenya calls for a truce. ١٢ ، ؟"), ["english.txt", "no Arabic letter"]),
    "too large": (large, ["big.txt", "50.0 megabytes", "ingest.max_megabytes"]),
    "binary": (files(image=BINARY), ["image.txt:3", "control byte", "binary"]),
    "NUL byte": (files(nul="خبر\nخبر\x00خبر"), ["nul.txt:2", "0x00", "byte 13"]),
    "one stem twice": (files(x__same="خبر", y__same="خبر آخر"), ["x/same.txt", "y/same.txt", "Rename"]),
    "a link to nothing": (dangling, ["gone.txt", "cannot be read", "a link to a file that is not there"]),
    "a link to itself": (
        lambda folder: (folder / "round.txt").symlink_to("round.txt"),
        ["round.txt", "cannot be read"],
    ),
    "a named pipe": (lambda folder: os.mkfifo(folder / "pipe.txt"), ["pipe.txt", "is a named pipe"]),
    "a link to a device": (lambda folder: (folder / "zero.txt").symlink_to("/dev/zero"), ["zero.txt", "is a device"]),
    "a socket": (listening, ["ear.txt", "is a socket"]),
    "no name": (files(**{"": "خبر"}), [".txt", "has no name before .txt"]),
    "a folder called like an article": (files(**{"x.txt__in": "خبر"}), ["x.txt", "is a folder called like an article"]),
    "a link to a folder": (linked, ["elsewhere", "is a link to a folder, which is not entered"]),
    "a name that is not UTF-8": (strange, ["strange\\xff.txt", "has a name that is not UTF-8"]),
    "a folder whose name is not UTF-8": (strange_folder, ["\\xfe", "has a name that is not UTF-8"]),
}
Run = Callable[[], None]


def snapshot(folder: Path) -> dict[str, bytes]:
    """The files of a folder, but for what is kept of the work, which a run that stops leaves to the next."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".cache" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(params=["stage", "extract"])
def run(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A project with one good article and outputs of an earlier run, and a way to run over it."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "params.yaml").write_text("ingest:\n  on_bad_article: stop\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name in ("segments.jsonl", "set_aside.jsonl", "events.csv"):
        (tmp_path / "data" / name).write_text(f"earlier {name}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    if request.param == "stage":
        return segment.main
    monkeypatch.setattr(sys, "argv", ["pipeline", "extract", "seeds", "--out", "data", "--on-bad-article", "stop"])
    return command_line


@pytest.mark.parametrize(("write", "message"), BAD_ARTICLES.values(), ids=BAD_ARTICLES.keys())
def test_a_bad_article_stops_the_run(
    run: Run, write: Callable[[Path], None], message: list[str], tmp_path: Path
) -> None:
    write(tmp_path / "seeds")
    earlier = snapshot(tmp_path / "data")
    with pytest.raises(SystemExit) as stopped:
        run()
    told = str(stopped.value.code)
    assert told.startswith("[E101] ") and "\n" not in told
    for part in message:
        assert part in told
    assert snapshot(tmp_path / "data") == earlier


@pytest.mark.parametrize(("write", "message"), BAD_ARTICLES.values(), ids=BAD_ARTICLES.keys())
def test_a_bad_article_is_set_aside_where_params_say_so(
    write: Callable[[Path], None],
    message: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "params.yaml").write_text("ingest: {on_bad_article: skip}\n", encoding="utf-8")
    write(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    segment.main()
    set_aside = list(read_records(Path("data/set_aside.jsonl"), SetAside))
    assert len(set_aside) == (2 if "Rename" in message else 1)
    assert set_aside[0].path and message[0].split(":")[0] in set_aside[0].path
    assert {line.stage for line in set_aside} == {"segment"} and all(line.article for line in set_aside)
    assert message[1] in f"{set_aside[0].where}: {set_aside[0].reason}"
    printed = capsys.readouterr().out
    assert "segment: 1 articles" in printed and f"{len(set_aside)} set aside" in printed


# params.yaml and what the message must say.
BAD_PARAMS = {
    "unknown key": ("segment:\n  max_sentence_char: 100\n", ["params.yaml", "segment.max_sentence_char"]),
    "unknown section": ("segments: {}\n", ["params.yaml", "segments"]),
    "wrong type": ("ingest:\n  max_megabytes: many\n", ["params.yaml", "ingest.max_megabytes"]),
    "out of range": ("ingest:\n  max_megabytes: 0\n", ["params.yaml", "ingest.max_megabytes"]),
    "unknown choice": ("ingest:\n  on_bad_article: ignore\n", ["params.yaml", "ingest.on_bad_article", "skip"]),
    "not YAML": ("ingest:\n  a: [1\nb: 2\n", ["params.yaml:3", "not YAML"]),
    "not a mapping": ("- ingest\n", ["params.yaml"]),
    "not UTF-8": (b"ingest: # \xe3\xe1\n", ["params.yaml"]),
}


@pytest.mark.parametrize(("content", "message"), BAD_PARAMS.values(), ids=BAD_PARAMS.keys())
def test_bad_params_stop_the_run(run: Run, content: str | bytes, message: list[str], tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    earlier = snapshot(tmp_path / "data")
    with pytest.raises(SystemExit) as stopped:
        run()
    told = str(stopped.value.code)
    assert told.startswith("[E201] ")
    for part in message:
        assert part in told
    assert snapshot(tmp_path / "data") == earlier


def test_a_stage_needs_params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`extract` does without: it takes the defaults."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=r"\[E201\] params\.yaml: is not there"):
        segment.main()


@pytest.mark.parametrize("folder", ["nowhere", "params.yaml", "hollow"])
def test_a_folder_without_articles_is_an_error(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hollow").mkdir()
    (tmp_path / "params.yaml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["pipeline", "extract", folder, "-o", "out"])
    with pytest.raises(SystemExit) as stopped:
        command_line()
    assert str(stopped.value.code).startswith(f"[E101] {folder}")
    assert not (tmp_path / "out").exists()


def test_the_process_fails_with_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "empty.txt").touch()
    (tmp_path / "params.yaml").touch()
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "pipeline.stages.segment"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("[E101] seeds/empty.txt: is empty") and done.stderr.count("\n") == 1
    assert not done.stdout
    assert snapshot(tmp_path / "data") == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter any folder")
def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path) -> None:
    files(good=GOOD)(tmp_path)
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(ArticleError, match="shut: is a folder that cannot be entered: Permission denied"):
        read_articles([tmp_path], tmp_path, Ingest())
    articles, aside = read_articles([tmp_path], tmp_path, Ingest(on_bad_article="skip"))
    assert (len(articles), [line.article for line in aside]) == (1, ["shut"])


# Control characters that plain text does not need, and that real pages hold all the same.
@pytest.mark.parametrize("control", ["\x01", "\x1a", "\x1b", "\x1c", "\x7f", "\x9f"])
def test_control_characters_are_kept_as_text_and_count_as_white_space(
    control: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def segmented(text: str) -> Segments:
        (tmp_path / "seeds" / "a.txt").write_text(text, encoding="utf-8")
        segment.main()
        (record,) = read_records(Path("data/segments.jsonl"), Segments)
        return record

    (tmp_path / "seeds").mkdir()
    (tmp_path / "params.yaml").touch()
    monkeypatch.chdir(tmp_path)
    text = f"{control}دعت كينيا{control}إلى هدنة.{control} ودعت غانا إلى السلم.\n{control}\n"
    record = segmented(text)
    assert load_text(record, Workspace.project()) == text
    assert record.stories == segmented(text.replace(control, " ")).stories
    assert len(record.stories[0].sentences) == 2


def test_every_kind_at_once_takes_nothing_from_the_good_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("alone", "among"):
        (tmp_path / folder / "seeds").mkdir(parents=True)
        files(good=GOOD)(tmp_path / folder / "seeds")
        (tmp_path / folder / "params.yaml").write_text("ingest: {on_bad_article: skip}\n")
    for write, _ in BAD_ARTICLES.values():
        write(tmp_path / "among" / "seeds")
    written = []
    for folder in ("alone", "among"):
        monkeypatch.chdir(tmp_path / folder)
        segment.main()
        written.append([Path("data", name).read_bytes() for name in ("corpus.jsonl", "segments.jsonl")])
    assert written[0] == written[1]
    assert f"segment: 1 articles, 1 stories, 2 sentences, {len(BAD_ARTICLES) + 1} set aside" in capsys.readouterr().out
