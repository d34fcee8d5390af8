"""Records as lines: read along with the corpus, parsed where asked, written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RecordError
from pipeline.lines import Following, line, replacing, runs
from pipeline.records import Entity, Listed

NAMES = ["a", "b", "c"]


def entity(article: str, start: int = 0) -> Entity:
    return Entity(article=article, sentence=f"{article}-1-1", label="LOC", start=start, end=start + 2, core=(start, 2))


def file(path: Path, articles: str) -> Path:
    path.write_text("".join(line(entity(name, at)) for at, name in enumerate(articles)), encoding="utf-8")
    return path


def test_lines_of_one_article_come_together_with_their_numbers(tmp_path: Path) -> None:
    found = list(runs(file(tmp_path / "e.jsonl", "aabccc"), Entity))
    assert [(name, lines.first, len(lines.texts)) for name, lines in found] == [("a", 1, 2), ("b", 3, 1), ("c", 4, 3)]
    assert found[2][1].records(Entity) == [entity("c", 3), entity("c", 4), entity("c", 5)]


STRINGS = st.text(st.characters(exclude_categories=["Cs"]))


@given(STRINGS, STRINGS)
def test_an_article_is_known_by_its_key_whatever_strings_say(
    tmp_path_factory: pytest.TempPathFactory, name: str, other: str
) -> None:
    path = tmp_path_factory.mktemp("lines") / "x.jsonl"
    for ascii_alone in (True, False):
        record = {"id": f'"article": "{other}"', "article": name, "slots": {"article": other}}
        path.write_text(json.dumps(record, ensure_ascii=ascii_alone) + "\n", encoding="utf-8", newline="\n")
        assert [article for article, _ in runs(path, Listed)] == [name]


@pytest.mark.parametrize(
    ("articles", "read"),
    [("aabc", [2, 1, 1]), ("ac", [1, 0, 1]), ("b", [0, 1, 0]), ("", [0, 0, 0])],
)
def test_a_file_is_read_along_with_the_corpus(articles: str, read: list[int], tmp_path: Path) -> None:
    beside = Following(file(tmp_path / "e.jsonl", articles), Entity, tmp_path / "segments.jsonl")
    assert [len(beside.of(name).texts) for name in NAMES] == read
    beside.close()


@pytest.mark.parametrize("articles", ["abx", "ba", "xabc", "abca"])
def test_lines_that_nobody_read_are_told(articles: str, tmp_path: Path) -> None:
    beside = Following(file(tmp_path / "e.jsonl", articles), Entity, tmp_path / "segments.jsonl")
    for name in NAMES:
        beside.of(name)
    with pytest.raises(RecordError, match=r"e\.jsonl:\d: . is no article of .*segments\.jsonl, or not at its place"):
        beside.close()


@pytest.mark.parametrize(("text", "told"), [("{", "the line: Invalid JSON"), ("{}", "article: Field required")])
def test_a_line_without_an_article_is_told_by_its_number(text: str, told: str, tmp_path: Path) -> None:
    path = file(tmp_path / "e.jsonl", "a")
    path.write_text(path.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=rf"e\.jsonl:2: {told}"):
        list(runs(path, Entity))


def test_a_damaged_line_is_told_when_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(line(entity("a")) + '{"article": "a", "label": 3}\n', encoding="utf-8")
    ((_, lines),) = runs(path, Entity)
    with pytest.raises(RecordError, match=r"e\.jsonl:2: "):
        lines.records(Entity)


def test_a_file_takes_its_place_at_the_end_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "x.csv"
    with replacing(path, encoding="utf-8-sig") as out:
        out.write("a\r\nb\n")
        assert not path.exists()
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\nb\n"
    with pytest.raises(ValueError, match="no"), replacing(path) as out:
        out.write("c")
        raise ValueError("no")
    assert path.read_bytes().endswith(b"b\n") and [p.name for p in path.parent.iterdir()] == ["x.csv"]
