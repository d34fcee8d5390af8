"""The sentence benchmark counts the ends inside the joined text."""

from pathlib import Path

import pytest

from pipeline.errors import ArticleError
from pipeline.segmentation.benchmark import benchmark

LINES = ["رفضت كينيا النص.", " وأيدته تنزانيا.", "", "هل تمر الهدنة؟", "عنوان بلا نقطة", "قال د. سامر: لا أعرف.\r"]


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    return path


def test_ends_are_counted(tmp_path: Path) -> None:
    result = benchmark(write(tmp_path / "lines.ar", LINES))
    # Five lines have four inner ends; the headline's cannot be told once the lines are joined.
    assert result == {
        "sentences": 5,
        "predicted": 4,
        "found": 3,
        "precision": 1.0,
        "recall": 0.75,
        "f1": 0.8571,
        "whole": 0.6,
    }


def test_another_splitter_is_measured_the_same_way(tmp_path: Path) -> None:
    result = benchmark(write(tmp_path / "lines.ar", LINES), lambda text: [(0, 16), (17, len(text))])
    assert (result["predicted"], result["found"], result["precision"]) == (2, 1, 1.0)


@pytest.mark.parametrize("lines", [[], ["جملة واحدة."]])
def test_nothing_to_cut_is_an_error(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(ArticleError, match="fewer than two sentences"):
        benchmark(write(tmp_path / "lines.ar", lines))


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        benchmark(tmp_path / "none.ar")
