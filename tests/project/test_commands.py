"""Every command that the documents name exists, with the options and arguments it is given there. The parsers that
would run it parse it; none is run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer
from dvc.cli.parser import get_main_parser

from pipeline.__main__ import app

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [
    *ROOT.glob("*.md"),
    *(ROOT / "data").glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "data" / "gold").glob("*.md"),
    ROOT / "models" / "mini" / "README.md",
]
_FENCE = re.compile(r"^[ ]*```\w*\n(.*?)^[ ]*```", re.M | re.S)
_INLINE = re.compile(r"(?<!`)`([^`\n][^`]*)`(?!`)")
_STARTS = ("python -m pipeline", "dvc ", "pytest ")


def commands(text: str) -> list[str]:
    """The command lines of a document, from blocks and from running text, comments and `&&` taken apart."""
    blocks = _FENCE.findall(text)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += [" ".join(found.split()) for found in _INLINE.findall(_FENCE.sub("", text))]
    parts = [part.strip() for line in lines for part in re.split(r"\s+#\s|&&", line.strip().removeprefix("$ "))]
    return [part for part in parts if part.startswith(_STARTS)]


CASES = sorted(
    {
        (document.relative_to(ROOT).as_posix(), command)
        for document in DOCUMENTS
        for command in commands(document.read_text("utf-8"))
    }
)


def parse_ours(words: list[str]) -> None:
    command: click.Command = typer.main.get_command(app)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"no command {words[0]}"
        command, words = found, words[1:]
    if "--help" not in words and not isinstance(command, click.Group):
        command.make_context("pipeline", words)


def parse_dvcs(words: list[str]) -> None:
    try:
        get_main_parser().parse_args(words)
    except SystemExit as ended:
        assert ended.code == 0, "dvc would refuse it"


@pytest.mark.parametrize(("document", "command"), CASES)
def test_it_could_be_run(document: str, command: str) -> None:
    words = shlex.split(command)
    if words[0] == "pytest":
        assert all((ROOT / word).exists() for word in words[1:] if word.startswith("tests"))
    elif words[0] == "dvc":
        # A name alone, as in "`dvc plots` writes …", needs its subcommand to be parsed.
        parse_dvcs([*words[1:], "--help"] if len(words) == 2 else words[1:])
    else:
        parse_ours(words[3:])


def test_the_documents_name_commands() -> None:
    named = {document for document, _ in CASES}
    assert {"README.md", "CONTRIBUTING.md", "models/mini/README.md"} <= named
    assert len(CASES) > 30


def test_the_command_line_starts_without_what_single_commands_need() -> None:
    heavy = {"scipy", "torch", "transformers", "spacy", "datasets", "pyarrow", "numpy", "pydantic", "yaml", "srsly"}
    code = f"import sys, pipeline.__main__; print(*{heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
