"""What pyproject.toml cannot say: in the wheel the code of `pipeline` lies in the package `arabic_events`.

`pipeline` is a name that many projects give to a module of their own, and site-packages has room for one. So a wheel
holds a single package, `arabic_events`, in which the imports of `pipeline` are those of `arabic_events`. A checkout,
and an editable install of it, keep the folder, and `arabic_events` there is a few lines that hand on what lies in it.
tests/project/test_wheel.py holds both to the same results.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CODE, PACKAGE = "pipeline", "arabic_events"
IMPORT = re.compile(rf"^(\s*(?:from|import) ){CODE}\b", re.MULTILINE)
NAMED = re.compile(rf"""(["']){CODE}(?=\.[\w{{])(?![\w./]*/)""")
COMMAND = re.compile(rf"python -m {CODE}\b")


def renamed(source: str) -> str:
    """A module's text with every import of the code, and every name of one of its modules, by the package's name."""
    source = IMPORT.sub(rf"\1{PACKAGE}", source)
    return COMMAND.sub("arabic-events", NAMED.sub(rf"\1{PACKAGE}", source))


class OnePackage(build_py):
    """Builds `arabic_events` alone, with the registry of models in it."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            fold(Path(self.build_lib), Path(__file__).parent / "models" / "registry.yaml")


def fold(built: Path, registry: Path) -> None:
    """Put what was built of `pipeline` into `arabic_events`, whose own modules of the same name give way."""
    for file in sorted((built / CODE).rglob("*")):
        target = built / PACKAGE / file.relative_to(built / CODE)
        if file.is_file() and file.parent == built / CODE and file.name == "__init__.py":
            continue
        if file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    shutil.rmtree(built / CODE)
    for file in (built / PACKAGE).rglob("*.py"):
        file.write_text(renamed(file.read_text(encoding="utf-8")), encoding="utf-8")
    (built / PACKAGE / "models").mkdir(exist_ok=True)
    shutil.copyfile(registry, built / PACKAGE / "models" / registry.name)


setup(cmdclass={"build_py": OnePackage})
