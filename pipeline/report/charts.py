"""The charting library that the page carries, so that it needs no network."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import vl_convert

from pipeline.cache import Cache


def charting_library(cache: Path) -> str:
    """Vega-Embed with Vega-Lite and Vega as one script that defines `vegaEmbed`, about 0.9 MB.

    Making it takes seconds and depends on the version of the package alone, so it is kept in the folder `cache`.
    """
    with Cache(cache / "report.sqlite", f"vega {version('vl-convert-python')}") as kept:
        script = kept.get("bundle")
        if script is None:
            script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
            kept.put("bundle", script)
    return script
