"""The command line: `python -m pipeline --help`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import ArticleError, PipelineError
from pipeline.files import Workspace, read_records
from pipeline.params import load_params
from pipeline.records import Entity, Segments

app = typer.Typer(
    help=__doc__,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog="The stages in order: segment, train, ner, frames, events, evaluate, report. `dvc repro` runs those that "
    "something changed for; `python -m pipeline.stages.NAME` runs one.",
)


@app.command()
def extract(
    folder: Annotated[Path, typer.Argument(help="A folder of UTF-8 .txt files, one article or page each.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the records go; made if it is not there.")],
    model: Annotated[Path, typer.Option(help="The tagger's folder.")] = Path("models/ner"),
    params: Annotated[Path, typer.Option(help="The parameters to use.")] = Path("params.yaml"),
) -> None:
    """Events of any folder of articles, without DVC: segment, ner, frames and events, by the same functions.

    Writes segments.jsonl, entities.jsonl, frames.jsonl, events.jsonl and events.csv, as DESIGN's records define them.
    """
    from pipeline.stages import events, frames, ner, segment

    if not folder.is_dir():
        raise ArticleError(folder, "is not a folder", "Name the folder that holds the .txt files")
    settings = load_params(params)
    workspace = Workspace(
        root=folder, sources=(folder,), out=out, model=model, gold=out / "gold", cache=out / ".cache"
    )
    for stage in (segment, ner, frames, events):
        print(stage.run(workspace, settings))


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="The article's name: its file without .txt, or the beginning of it.")],
) -> None:
    """How the rules read one article: layers, rules that fired or stopped short, and how mentions became events."""
    from pipeline.articles import load_texts
    from pipeline.frames.engine import Engine
    from pipeline.frames.explain import explain as lines

    workspace, settings = Workspace.project(), load_params()
    records = list(read_records(workspace.segments, Segments))
    chosen = [record for record in records if record.article.startswith(article)]
    if len(chosen) != 1:
        names = ", ".join(record.article for record in chosen or records)
        raise ArticleError(article, f"{len(chosen)} articles begin so", f"Name one of: {names}")
    record = chosen[0]
    entities = [e for e in read_records(workspace.entities, Entity) if e.article == record.article]
    engine = Engine(settings.frames.types)
    for story in record.stories:
        texts = load_texts([record], workspace)
        for line in lines(engine, record.article, texts[record.article], story, entities, settings.events.window):
            print(line)


def main() -> None:
    """Run the command line; an error of ours is told without a traceback and exits with status 1."""
    try:
        app()
    except PipelineError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
