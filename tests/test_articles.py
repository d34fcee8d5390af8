"""Articles are read as their bytes stand, in a stable order; texts are found again by their hash."""

from pathlib import Path

import pytest

from pipeline.articles import load_texts, read_articles
from pipeline.errors import ArticleError, RecordError
from pipeline.files import Workspace, sha256
from pipeline.params import Ingest
from pipeline.records import Segments

STOP = Ingest(on_bad_article="stop")
SKIP = Ingest(on_bad_article="skip")


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def workspace(root: Path) -> Workspace:
    return Workspace(root=root, sources=(root,), out=root / "o", model=root, gold=root, cache=root / "c")


def test_text_is_what_the_bytes_say(tmp_path: Path) -> None:
    text = "\ufeffعنوان\r\n\u00a0نص\u200f بـ«علامات» و”أخرى“ وی وک\u2028آخر \x0c\n"
    path = write(tmp_path / "a.txt", text)
    (article,), _ = read_articles([tmp_path], tmp_path, STOP)
    assert article.text == text
    assert article.sha256 == sha256(path.read_bytes())
    assert (article.article, article.path) == ("a", "a.txt")


def test_order_is_by_stem_over_all_folders(tmp_path: Path) -> None:
    for name in ("two/b.txt", "one/c.txt", "one/deep/er/a.txt", "two/ا.TXT"):
        write(tmp_path / name, "نص")
    write(tmp_path / "one" / "notes.md", "غير مقروء")
    (tmp_path / "one" / "folder").mkdir()
    articles, _ = read_articles([tmp_path / "one", tmp_path / "two"], tmp_path, STOP)
    assert [article.article for article in articles] == ["a", "b", "c", "ا"]
    assert articles[0].path == "one/deep/er/a.txt"
    again, _ = read_articles([tmp_path / "two", tmp_path / "one"], tmp_path, STOP)
    assert again == articles


def test_one_folder_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "نص")
    assert len(read_articles([tmp_path, tmp_path], tmp_path, STOP)[0]) == 1


def test_a_source_may_be_missing_but_not_all_articles(tmp_path: Path) -> None:
    write(tmp_path / "seeds" / "a.txt", "نص")
    assert len(read_articles([tmp_path / "seeds", tmp_path / "none"], tmp_path, STOP)[0]) == 1
    with pytest.raises(ArticleError, match=r"no \*\.txt file"):
        read_articles([tmp_path / "none"], tmp_path, SKIP)


def test_skipping_sets_bad_articles_aside_and_keeps_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "نص")
    write(tmp_path / "b.txt", "سطر\n".encode() + b"\xff")
    write(tmp_path / "x" / "c.txt", "نص")
    write(tmp_path / "y" / "c.txt", "نص آخر")
    articles, set_aside = read_articles([tmp_path], tmp_path, SKIP)
    assert [article.article for article in articles] == ["a"]
    assert [record.path for record in set_aside] == ["b.txt", "x/c.txt", "y/c.txt"]
    assert set_aside[0].where.endswith("b.txt:2") and "UTF-8" in set_aside[0].reason
    assert "y/c.txt" in set_aside[1].reason and "x/c.txt" in set_aside[2].reason


def test_the_size_allowed_is_a_parameter(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "نص " * 400)
    assert read_articles([tmp_path], tmp_path, Ingest(max_megabytes=0.002))
    with pytest.raises(ArticleError, match=r"max_megabytes"):
        read_articles([tmp_path], tmp_path, Ingest(max_megabytes=0.001))


def test_texts_are_found_again(tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "a.txt", "نص")
    record = Segments(article="a", path="in/a.txt", sha256=sha256(path.read_bytes()), stories=[])
    assert load_texts([record], workspace(tmp_path)) == {"a": "نص"}


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_text_that_changed_since_is_refused(tmp_path: Path, change: str) -> None:
    path = write(tmp_path / "a.txt", "نص")
    record = Segments(article="a", path="a.txt", sha256=sha256(path.read_bytes()), stories=[])
    if change == "gone":
        path.unlink()
    else:
        write(path, "نصّ")
    with pytest.raises(RecordError, match=r"a\.txt.*Rerun the segment stage"):
        load_texts([record], workspace(tmp_path))
