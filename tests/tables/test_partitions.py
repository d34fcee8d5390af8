"""Parts of events.parquet: together all its rows, each article's in one part that stays."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipeline.tables import partitions
from pipeline.tables.parquet import write_parquet
from pipeline.tables.partitions import part_of, write_partitions
from tests.report.build import TEXT, veto


def table(path: Path, *articles: str) -> Path:
    told = [veto().model_copy(update={"article": name, "id": f"{name}-{n}"}) for name in articles for n in range(3)]
    write_parquet(path, told, dict.fromkeys(articles, TEXT))
    return path


@pytest.mark.parametrize("number", [1, 4, 40])
def test_parts_are_all_rows_and_no_article_is_in_two(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "_BATCH", 5)
    names = [f"news-{place}" for place in range(12)]
    whole = table(tmp_path / "events.parquet", *names)
    folder = write_partitions(whole, tmp_path, number)
    parts = sorted(folder.iterdir())
    assert len(parts) == number and folder.name == f"events-in-{number}"
    held = [pq.read_table(part) for part in parts]
    assert pa.concat_tables(held).sort_by("id").equals(pq.read_table(whole).sort_by("id"))
    for place, part in enumerate(held):
        assert {part_of(name, number) for name in part.column("article").to_pylist()} <= {place}
    assert ds.dataset(folder).count_rows() == 36


def test_a_part_stays_when_articles_of_others_come(tmp_path: Path) -> None:
    names = [f"news-{place}" for place in range(12)]
    one = write_partitions(table(tmp_path / "a.parquet", *names[:-1]), tmp_path / "a", 4)
    two = write_partitions(table(tmp_path / "b.parquet", *names), tmp_path / "b", 4)
    same = [pq.read_table(one / part.name).equals(pq.read_table(part)) for part in sorted(two.iterdir())]
    assert same == [place != part_of(names[-1], 4) for place in range(4)]


def test_pandas_reads_the_folder_with_the_types_of_the_table(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    whole = table(tmp_path / "events.parquet", "news-1", "news-2", "news-3")
    read = pandas.read_parquet(write_partitions(whole, tmp_path, 2)).sort_values("id", ignore_index=True)
    assert dict(read.dtypes) == dict(pandas.read_parquet(whole).dtypes)
    assert read.id.tolist() == sorted(f"news-{place}-{n}" for place in (1, 2, 3) for n in range(3))
