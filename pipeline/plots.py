"""The plots of dvc.yaml as images, for where DVC's own page, which loads its script from the web, does not show: a pull
request's comment, a paper, a machine without a network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import vl_convert

from pipeline.errors import PipelineError


class PlotsError(PipelineError):
    """DVC could not show the plots."""

    code = "E701"


def render_plots(out: Path, revisions: Sequence[str] = ()) -> list[tuple[str, Path]]:
    """Draw every plot that DVC knows into a PNG of the folder `out`. Returns titles and files, in dvc.yaml's order.

    revisions: commits, branches or experiments to compare, the workspace among them as `workspace`; none shows the
    workspace alone. Raises PlotsError with what DVC said.
    """
    command = [sys.executable, "-m", "dvc", "plots", *(("diff", *revisions) if revisions else ("show",)), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    told = json.loads(done.stdout) if done.returncode == 0 else {}
    # A plot whose file an older commit lacks is an error of its own and leaves the others as they are.
    if not told.get("data"):
        said = [error["msg"] for error in told.get("errors", ())] or [done.stderr.strip() or "it shows none"]
        raise PlotsError("dvc plots", "; ".join(dict.fromkeys(said)), "Try it by itself: " + " ".join(command[2:]))
    out.mkdir(parents=True, exist_ok=True)
    drawn = []
    for title, images in told["data"].items():
        for number, image in enumerate(images):
            if image["type"] != "vega":
                continue
            name = re.sub(r"\W+", "-", title.lower()).strip("-") + (f"-{number}" if number else "")
            path = out / f"{name}.png"
            path.write_bytes(vl_convert.vegalite_to_png(image["content"], scale=1.5))
            drawn.append((title, path))
    return drawn


def markdown(drawn: Sequence[tuple[str, Path]]) -> str:
    """The images under their titles, linked by the paths given."""
    return "\n\n".join(f"### {title}\n\n![{title}]({path.as_posix()})" for title, path in drawn)
