"""Writes constraints.txt: the version of everything that the environment of the extra `dev` holds, by name alone.

    python .ci/constraints.py  # in such an environment

`pip install -e '.[dev]' -c constraints.txt` then takes the same versions, from whatever index pip asks. What is there
for one platform alone (CUDA's libraries, triton) is left out, as is what the environment holds for other reasons.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
HEAD = "# Versions that the tests passed with, by `python .ci/constraints.py`; no address of an index stands here.\n"
ONE_PLATFORM = re.compile(r"^(nvidia-|triton$|cuda-|pywin)")


def asked_for() -> list[Requirement]:
    """What pyproject.toml asks for, with the extra `dev`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]


def closure(needs: list[Requirement]) -> dict[str, str]:
    """Every distribution that these need, directly or not, with the version installed."""
    found: dict[str, str] = {}
    todo = [(need.name, frozenset(need.extras)) for need in needs]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        wanted = todo.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        try:
            dist = distribution(wanted[0])
        except PackageNotFoundError:
            continue  # for another platform or Python
        found[re.sub(r"[-_.]+", "-", dist.metadata["Name"]).lower()] = dist.version.split("+")[0]
        for line in dist.requires or ():
            need = Requirement(line)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in (*wanted[1], "")):
                todo.append((need.name, frozenset(need.extras)))
    return found


if __name__ == "__main__":
    versions = closure(asked_for())
    lines = [f"{name}=={version}" for name, version in sorted(versions.items()) if not ONE_PLATFORM.match(name)]
    (ROOT / "constraints.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"constraints.txt: {len(lines)} packages")
