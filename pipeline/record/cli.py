"""`python -m pipeline record`: the UN's record, and how much of it the articles tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The UN's record of vetoes and votes: coverage by the articles, and bringing it up to date.")
FOLDER = Path("data/reference")


@app.callback(invoke_without_command=True)
def coverage(
    context: typer.Context,
    first: Annotated[int, typer.Option("--from", help="The first year counted.")] = 1946,
    last: Annotated[int, typer.Option("--to", help="The last year counted.")] = 2100,
    happenings: Annotated[Path, typer.Option(help="The happenings to hold against it.")] = Path(
        "data/happenings.jsonl"
    ),
    reference: Annotated[Path, typer.Option(help="The folder of the record.")] = FOLDER,
) -> None:
    """How many of the record's vetoes and votes are in the articles, how well they agree, and what is in no record."""
    if context.invoked_subcommand:
        return
    from pipeline.files import read_records
    from pipeline.happenings.records import Happening
    from pipeline.record.coverage import coverage as lines
    from pipeline.record.reference import load_reference

    for line in lines(load_reference(reference), list(read_records(happenings, Happening)), first, last):
        print(line)


@app.command()
def refresh(
    export: Annotated[Path, typer.Argument(help="A CSV file of voting data of the UN Digital Library.")],
    reference: Annotated[Path, typer.Option(help="The folder of the record.")] = FOLDER,
) -> None:
    """Take the UN Digital Library's export of voting data over into council.csv or assembly.csv."""
    from pipeline.record.refresh import refresh as take_over
    from pipeline.record.refresh import report

    for line in report(take_over(export, reference)):
        print(line)
