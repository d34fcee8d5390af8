"""The charting library is made once a version."""

from __future__ import annotations

from pathlib import Path

import pytest
import vl_convert

from pipeline.report.charts import charting_library


def test_the_library_is_made_once_and_then_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda snippet: made.append(snippet) or f"// {snippet}")
    assert charting_library(tmp_path) == charting_library(tmp_path)
    assert made == ["window.vegaEmbed = vegaEmbed;"]


@pytest.mark.slow
def test_the_real_library_can_stand_in_a_page() -> None:
    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    assert "</script" not in script.lower() and "<!--" not in script
    assert len(script) < 1_500_000
