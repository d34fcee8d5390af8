"""What is kept is given back as it was put, or not at all; a cache never stops the work and never changes it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cache as module
from pipeline.cache import Cache

ROOT = Path(__file__).parent.parent


def filled(path: Path, entries: int = 200) -> None:
    with Cache(path, "n") as cache:
        for number in range(entries):
            cache.put(f"key {number}", {"value": number, "words": "نص " * 50})


def test_what_was_put_is_there_for_the_next_run_and_for_its_namespace_only(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite")
    with Cache(tmp_path / "c.sqlite", "n") as cache, Cache(tmp_path / "c.sqlite", "other") as other:
        assert cache.get("key 7") == {"value": 7, "words": "نص " * 50}
        assert cache.get("key 200") is None and other.get("key 7") is None


def test_what_was_put_is_given_back_before_it_is_committed(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite", "n") as cache:
        cache.put("a", [1, "نص"])
        assert cache.get("a") == [1, "نص"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 97):
        data[at] ^= 0x5A
    path.write_bytes(data)


def no_database(path: Path) -> None:
    path.write_bytes(b"{}" * 3000)


def other_columns(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE kept (namespace TEXT, key TEXT, value TEXT, PRIMARY KEY (namespace, key))")
        db.execute("INSERT INTO kept VALUES ('n', 'key 1', '[]')")
    db.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGE: dict[str, Callable[[Path], None]] = {
    "cut": cut, "scribbled": scribbled, "no database": no_database, "of another version": other_columns, "empty": empty,
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_gives_nothing_wrong_and_is_made_anew(
    damage: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.sqlite"
    filled(path)
    damage(path)
    with Cache(path, "n") as cache:
        for number in range(200):
            assert cache.get(f"key {number}") in (None, {"value": number, "words": "نص " * 50})
        cache.put("new", 1)
    assert damage is empty or "c.sqlite" in capsys.readouterr().err
    filled(path)
    with Cache(path, "n") as cache:
        assert all(cache.get(f"key {number}")["value"] == number for number in range(200))
    assert capsys.readouterr().err == ""


def test_a_value_that_is_not_as_it_was_put_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path / "c.sqlite", 3)
    with sqlite3.connect(tmp_path / "c.sqlite") as db:
        db.execute("UPDATE kept SET value = '{\"value\": 99}' WHERE key = 'key 1'")
        db.execute("UPDATE kept SET value = NULL WHERE key = 'key 2'")
    db.close()
    with Cache(tmp_path / "c.sqlite", "n") as cache:
        assert [bool(cache.get(f"key {number}")) for number in range(3)] == [True, False, False]
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_another_run_has_locked_is_gone_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "_SECONDS_FOR_A_LOCK", 0.05)
    path = tmp_path / "c.sqlite"
    filled(path, 3)
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with Cache(path, "n") as cache:
        assert cache.get("key 1") is None
        cache.put("key 9", 9)
    other.close()
    assert "locked" in capsys.readouterr().err and not path.with_name("c.sqlite.damaged").exists()
    with Cache(path, "n") as cache:
        assert cache.get("key 1")["value"] == 1


@pytest.mark.parametrize("place", ["folder/c.sqlite", "file/c.sqlite"])
def test_a_place_where_no_file_can_be_is_gone_without(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder" / "c.sqlite").mkdir(parents=True)
    (tmp_path / "file").write_text("x")
    with Cache(tmp_path / place, "n") as cache:
        cache.put("a", 1)
        assert cache.get("b") is None
    assert "cannot be used" in capsys.readouterr().err


def test_what_was_done_before_a_kill_is_kept(tmp_path: Path) -> None:
    """The process puts, lets the time between two commits pass, puts again and is killed."""
    code = """
import os, signal, sys
from pathlib import Path
from pipeline import cache
cache._SECONDS_BETWEEN_COMMITS = 0
kept = cache.Cache(Path(sys.argv[1]), "n")
for number in range(100):
    kept.put(f"key {number}", number)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "c.sqlite")], cwd=ROOT, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    with Cache(tmp_path / "c.sqlite", "n") as cache:
        assert [cache.get(f"key {number}") for number in range(100)] == list(range(100))
