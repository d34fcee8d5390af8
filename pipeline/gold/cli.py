"""`python -m pipeline gold …`: the commands around gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.actors.register import load_register
from pipeline.errors import GoldError
from pipeline.files import Workspace, write_json
from pipeline.gold.author import compile_labels
from pipeline.gold.check import problems
from pipeline.gold.read import article_texts, check, gold_files, read_gold, write_gold
from pipeline.scoring.agreement import agreement

app = typer.Typer(help="Hand-made labels: write, check, compare, exchange.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--gold", help="The folder of gold files.")]


@app.command()
def author(
    files: Annotated[list[Path], typer.Argument(help="Labels in the compact YAML of data/gold/FORMAT.md.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write ARTICLE.json.")] = Path("data/gold"),
) -> None:
    """Turn compact labels into gold, every span found and checked."""
    texts = article_texts(Workspace.project())
    actors = load_register().actors
    for file in files:
        gold = compile_labels(file, texts)
        found = list(problems(file, gold, texts[gold.article], actors))
        for problem in found:
            typer.echo(str(problem), err=True)
        if found:
            raise GoldError(file, f"{len(found)} problems, listed above", "Mend the labels; nothing was written")
        typer.echo(
            f"{write_gold(out, gold)}: {len(gold.sentences)} sentences, {len(gold.entities)} entities, "
            f"{len(gold.events)} events"
        )


@app.command("check")
def check_command(folder: Folder = Path("data/gold")) -> None:
    """List every problem of the gold by file and place; exit 1 if there is one."""
    found = check(folder, Workspace.project(), load_register().actors)
    for problem in found:
        typer.echo(str(problem))
    typer.echo(f"{len(gold_files(folder))} gold files, {len(found)} problems")
    if found:
        raise typer.Exit(1)


@app.command("agreement")
def agreement_command(
    a: Annotated[Path, typer.Argument(help="The first labeller's folder of gold files.")],
    b: Annotated[Path, typer.Argument(help="The second labeller's.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write everything to this file.")] = None,
) -> None:
    """How far two labellers of the same articles agree (F1, Cohen's κ), and every place where they do not."""
    texts = article_texts(Workspace.project())
    actors = load_register().actors
    result = agreement(read_gold(a, texts, actors), read_gold(b, texts, actors), texts)
    typer.echo(result.as_text())
    if json_file:
        write_json(json_file, result.as_dict())
