"""`python -m pipeline gold …`: the commands around gold."""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import GoldError
from pipeline.gold.formats import Format

if TYPE_CHECKING:
    from pipeline.records import GoldArticle

# What a command needs is imported when its turn comes: `python -m pipeline --help` reads this module too.


class Split(StrEnum):
    """The splits by name, for the command line."""

    train = "train"
    dev = "dev"
    test = "test"


app = typer.Typer(help="Hand-made labels: write, check, compare, exchange.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--gold", help="The folder of gold files.")]


@app.command()
def author(
    files: Annotated[list[Path], typer.Argument(help="Labels in the compact YAML of data/gold/FORMAT.md.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write ARTICLE.json.")] = Path("data/gold"),
) -> None:
    """Turn compact labels into gold, every span found and checked; of all files or, where one is wrong, of none."""
    from pipeline.actors.register import load_register
    from pipeline.articles import article_texts
    from pipeline.files import Workspace
    from pipeline.gold.author import compile_all
    from pipeline.gold.read import write_gold
    from pipeline.publishing import publishing

    made = compile_all(files, article_texts(Workspace.project()), load_register().actors)
    with publishing(out) as beside:
        for gold in made:
            write_gold(beside, gold)
    for gold in made:
        typer.echo(_told(out / f"{gold.article}.json", gold))


def _told(path: Path, gold: GoldArticle) -> str:
    counts = f"{len(gold.sentences)} sentences, {len(gold.entities)} entities, {len(gold.events)} events"
    return f"{path}: {gold.split}, {counts}"


@app.command("check")
def check_command(folder: Folder = Path("data/gold")) -> None:
    """List every problem of the gold by file and place; exit 1 if there is one."""
    from pipeline.actors.register import load_register
    from pipeline.files import Workspace
    from pipeline.gold.read import check, gold_files

    found = check(folder, Workspace.project(), load_register().actors)
    for problem in found:
        typer.echo(str(problem))
    typer.echo(f"{len(gold_files(folder))} gold files, {len(found)} problems")
    if found:
        raise typer.Exit(1)


@app.command("card")
def card_command(
    card: Annotated[Path, typer.Argument(help="The page that holds the counts.")] = Path("data/README.md"),
    folder: Folder = Path("data/gold"),
) -> None:
    """Write into data/README.md how much gold there is, by split; run it after labels were added."""
    from pipeline.gold.counts import write_card
    from pipeline.gold.read import read_gold

    seeds = {path.stem for path in Path("seeds").glob("*.txt")}
    changed = write_card(card, read_gold(folder), seeds)
    typer.echo(f"{card}: {'counts written' if changed else 'the counts stand as they are'}")


@app.command("agreement")
def agreement_command(
    a: Annotated[Path, typer.Argument(help="The first labeller's folder of gold files.")],
    b: Annotated[Path, typer.Argument(help="The second labeller's.")],
    only: Annotated[list[str] | None, typer.Option(help="Only articles of this name; * and ? allowed.")] = None,
    split: Annotated[Split | None, typer.Option(help="Only articles that A counts to this split.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write everything to this file.")] = None,
) -> None:
    """How far two labellers of the same articles agree (F1, Cohen's κ), and every place where they do not."""
    from pipeline.actors.register import load_register
    from pipeline.articles import article_texts
    from pipeline.files import Workspace, write_json
    from pipeline.gold.read import read_gold
    from pipeline.scoring.agreement import agreement

    texts = article_texts(Workspace.project())
    actors = load_register().actors
    first, second = (read_gold(folder, texts, actors) for folder in (a, b))
    if only or split:
        kept = [gold for gold in first if split in (None, gold.split)]
        first = [gold for gold in kept if any(fnmatchcase(gold.article, name) for name in only or ["*"])]
        names = {gold.article for gold in first}
        second = [gold for gold in second if gold.article in names]
        if not first:
            raise GoldError(a, "holds no article of this name and split", "Mend --only or --split")
    result = agreement(first, second, texts)
    typer.echo(result.as_text())
    if json_file:
        write_json(json_file, result.as_dict())


@app.command("export")
def export_command(
    articles: Annotated[list[str] | None, typer.Argument(help="Articles by name; all without gold if none.")] = None,
    to: Annotated[Format, typer.Option("--to", help="The tool.")] = Format.studio,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")] = Path("out/annotate"),
    folder: Folder = Path("data/gold"),
) -> None:
    """Write articles for an annotation tool: their gold or, where there is none yet, what the workflow found."""
    from pipeline.articles import article_texts
    from pipeline.files import Workspace
    from pipeline.gold.exchange import drafts, existing, export

    workspace = Workspace.project()
    texts = article_texts(workspace)
    gold, found = existing(folder), drafts(workspace, texts)
    names = articles or [name for name in found if name not in gold]
    for name in names:
        if name not in gold and name not in found:
            raise GoldError(name, "is no article of the workflow", "Put it into data/articles and run `dvc repro`")
    chosen = [gold.get(name) or found[name] for name in names]
    for path in export(to, chosen, texts, out):
        typer.echo(path)
    typer.echo(f"{len(chosen)} articles for {to.value}, {sum(name in gold for name in names)} of them with gold")


@app.command("import")
def import_command(
    path: Annotated[Path, typer.Argument(help="The tool's export: a file, or a folder of them.")],
    source: Annotated[Format, typer.Option("--from", help="The tool.")] = Format.studio,
    split: Annotated[Split | None, typer.Option(help="The split of all; else kept, or drawn for new articles.")] = None,
    annotator: Annotated[str, typer.Option(help="Who labelled, for tools whose files do not say.")] = "unnamed",
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of gold that is there.")] = False,
    draft_events: Annotated[
        bool, typer.Option("--draft-events", help="For CoNLL: events that nobody has read become gold, as found.")
    ] = False,
    folder: Folder = Path("data/gold"),
) -> None:
    """Read corrected labels back into gold, every span checked; all of them or, where one is wrong, none."""
    from pipeline.actors.register import load_register
    from pipeline.articles import article_texts
    from pipeline.files import Workspace
    from pipeline.gold.exchange import drafts, existing, read_back, take

    workspace = Workspace.project()
    texts = article_texts(workspace)
    base = existing(folder) if folder.is_dir() else {}
    if source is Format.brat or draft_events:
        base = drafts(workspace, texts) | base
    articles, passed_over = read_back(source, path, base, texts, annotator)
    chosen = split.value if split else None
    for file, gold in take(articles, texts, load_register().actors, folder, split=chosen, replace=replace):
        typer.echo(_told(file, gold))
    typer.echo(f"{len(articles)} articles read from {source.value}")
    if passed_over:
        typer.echo(f"{len(passed_over)} passed over, for nobody has submitted them: {', '.join(passed_over)}")


@app.command("dataset")
def dataset_command(
    out: Annotated[Path, typer.Argument(help="The folder to write.")],
    folder: Folder = Path("data/gold"),
) -> None:
    """Write the gold as Hugging Face data sets: OUT/articles and OUT/tokens, as Arrow and as Parquet."""
    from pipeline.actors.register import load_register
    from pipeline.articles import article_texts
    from pipeline.files import Workspace
    from pipeline.gold.dataset import write_datasets
    from pipeline.gold.read import read_gold

    texts = article_texts(Workspace.project())
    counts = write_datasets(out, read_gold(folder, texts, load_register().actors), texts)
    typer.echo(", ".join(f"{out / name}: {count} rows" for name, count in counts.items()))
