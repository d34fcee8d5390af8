"""The command line: `python -m pipeline --help`."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.errors import ArticleError, ParamsError, PipelineError
from pipeline.gold.cli import app as gold
from pipeline.record.cli import app as record

# What a command needs is imported when its turn comes: help costs what the command line itself does. This is what
# pipeline/stages sets, for commands that load torch without a stage.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


class OnBadArticle(StrEnum):
    """What `ingest.on_bad_article` may be, for the command line."""

    stop = "stop"
    skip = "skip"


class _Sections(TyperGroup):
    """Commands under the headings of their panels."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a list a heading, that of commands without one last."""
        limit = formatter.width - 6 - max(map(len, self.commands))
        rows: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.commands[name]
            heading = getattr(command, "rich_help_panel", None)
            rows.setdefault(heading if isinstance(heading, str) else "Commands", []).append(
                (name, command.get_short_help_str(limit))
            )
        for heading, told in rows.items():
            with formatter.section(heading):
                formatter.write_dl(told)


app = typer.Typer(
    cls=_Sections,
    # Rich takes longer to import than all else that help needs.
    rich_markup_mode=None,
    context_settings={"max_content_width": 120},
    help=__doc__,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog="`dvc repro` runs the stages that something changed for, and no other.",
)
app.add_typer(gold, name="gold")
app.add_typer(record, name="record")
benchmarks = typer.Typer(help="Measure speed and accuracy on this machine.", no_args_is_help=True)
app.add_typer(benchmarks, name="benchmark")
STAGES = "Stages, in their order, each run on the project without asking DVC"


def _run_stage(name: str) -> None:
    """Run a stage on the project."""
    from pipeline.files import Workspace
    from pipeline.params import load_params

    params = load_params()  # before the stage's libraries load, so that bad parameters are told at once
    print(importlib.import_module(f"pipeline.stages.{name}").run(Workspace.project(), params))


@app.command("segment", rich_help_panel=STAGES)
def segment_stage() -> None:
    """seeds/ and data/articles/ into data/segments.jsonl: stories, sections, sentences, dates, outlets."""
    _run_stage("segment")


@app.command("examples", rich_help_panel=STAGES)
def examples_stage() -> None:
    """data/gold/ and the texts it labels into data/training.jsonl: the words that the tagger learns from."""
    _run_stage("examples")


@app.command("train", rich_help_panel=STAGES)
def train_stage() -> None:
    """The base model of params.yaml and data/training.jsonl into models/ner/."""
    _run_stage("train")


@app.command("ner", rich_help_panel=STAGES)
def ner_stage() -> None:
    """Sentences into data/entities.jsonl: people, places, organisations and the rest, by models/ner/."""
    _run_stage("ner")


@app.command("frames", rich_help_panel=STAGES)
def frames_stage() -> None:
    """Sentences and entities into data/frames.jsonl: a record for each place that tells of a frame."""
    _run_stage("frames")


@app.command("events", rich_help_panel=STAGES)
def events_stage() -> None:
    """Frame mentions into data/events.jsonl and data/events.csv: one event for each happening of a story."""
    _run_stage("events")


@app.command("happenings", rich_help_panel=STAGES)
def happenings_stage() -> None:
    """Events of all articles into data/happenings.jsonl, .csv and .parquet, held against data/reference/."""
    _run_stage("happenings")


@app.command("tables", rich_help_panel=STAGES)
def tables_stage() -> None:
    """Events into data/events.parquet, data/event_actors.* and, coded by CAMEO and PLOVER, data/events_plover.jsonl."""
    _run_stage("tables")


@app.command("evaluate", rich_help_panel=STAGES)
def evaluate_stage() -> None:
    """Everything against data/gold/ into data/evaluation/: scores, plots, the list of errors."""
    _run_stage("evaluate")


@app.command("report", rich_help_panel=STAGES)
def report_stage() -> None:
    """Events and scores into data/report/index.html, and a summary in a few lines."""
    _run_stage("report")


@benchmarks.command("ner")
def benchmark_ner(
    articles: Annotated[Path, typer.Option(help="A folder of articles to tag.")] = Path("seeds"),
    model: Annotated[Path, typer.Option(help="The tagger's folder.")] = Path("models/mini"),
    repeat: Annotated[int, typer.Option(help="How many times over the sentences are taken.")] = 10,
) -> None:
    """Our tagging against the transformers pipeline as its documentation shows it, on the same weights and input."""
    from pipeline.articles import read_articles
    from pipeline.params import load_params
    from pipeline.segmentation import segment
    from pipeline.tagger.benchmark import benchmark_ner as compare
    from pipeline.tagger.benchmark import report
    from pipeline.tagger.words import split_words

    settings = load_params()
    found, _ = read_articles((articles,), articles, settings.ingest)
    sentences = [
        [article.text[start:end] for start, end in split_words(article.text, sentence.start, sentence.end)]
        for article in found
        for story in segment(article, settings.segment).stories
        for sentence in story.sentences
    ]
    with tempfile.TemporaryDirectory() as work:
        print(report(compare(model, sentences * repeat, settings.ner.precision, Path(work))))


@benchmarks.command("segment")
def benchmark_segment(
    text: Annotated[Path, typer.Option(help="A UTF-8 file with one sentence a line.")],
) -> None:
    """Boundary F1 of the sentence splitter on a text whose sentences are known."""
    from pipeline.segmentation.benchmark import benchmark

    for name, value in benchmark(text).items():
        print(f"{name:12} {value}")


@benchmarks.command("clauses")
def benchmark_clauses(
    treebank: Annotated[Path, typer.Argument(help="A Universal Dependencies treebank of Arabic, a CoNLL-U file.")],
) -> None:
    """Finite verbs, their subjects and the beginnings of clauses against a treebank; time of a sentence of 40 words.

    What each row counts is told in pipeline/frames/sentence/benchmark.py.
    """
    from pipeline.frames.sentence.benchmark import benchmark, milliseconds

    print(f"{'':12}{'gold':>8}{'predicted':>11}{'found':>8}{'precision':>11}{'recall':>8}{'f1':>8}")
    for name, counts in benchmark(treebank).items():
        rates = "".join(
            f"{value or 0:>{width}.3f}"
            for value, width in zip((counts.precision, counts.recall, counts.f1), (11, 8, 8), strict=True)
        )
        print(f"{name:12}{counts.gold:>8}{counts.predicted:>11}{counts.found:>8}{rates}")
    print(f"{'ms / 40 words':24}{milliseconds(treebank):.2f}")


@benchmarks.command("growth")
def benchmark_growth(
    shapes: Annotated[list[str] | None, typer.Argument(help="Shapes by how their names begin; all if none.")] = None,
    kilobytes: Annotated[float, typer.Option(help="The largest size; then a half, a quarter, an eighth.")] = 100,
    limit: Annotated[float, typer.Option(help="Seconds of work after which a measurement is given up.")] = 60,
    model: Annotated[str | None, typer.Option(help="Also a tagger, by name or folder; with one thread.")] = None,
) -> None:
    """How time and memory of one article grow with its length, for shapes that make readers slow; without `--model`
    without a tagger, whose work on a word is the same whatever the text."""
    from pipeline.growth import SHAPES, benchmark, chosen
    from pipeline.params import load_params

    wanted = chosen(shapes or [])
    if not wanted:
        raise ParamsError("benchmark growth", "knows no such shape", f"It knows: {', '.join(SHAPES)}")
    params, tagger = load_params(), None
    if model:
        import torch

        from pipeline.tagger.load import load_tagger
        from pipeline.tagger.named import model_folder

        torch.set_num_threads(1)
        tagger = load_tagger(model_folder(model), params.ner.precision, params.ner.batch_tokens)
    for line in benchmark(wanted, int(kilobytes * 1000), params, limit, tagger):
        print(line, flush=True)


@benchmarks.command("corpus")
def benchmark_corpus(
    articles: Annotated[str, typer.Option(help="Sizes of the corpora, parted by commas.")] = "100,1000,10000",
    source: Annotated[Path, typer.Option(help="The articles that they are made from.")] = Path("data/articles"),
    model: Annotated[Path, typer.Option(help="The tagger's folder.")] = Path("models/mini"),
    work: Annotated[Path | None, typer.Option(help="Where they are made, for as long as it takes.")] = None,
) -> None:
    """What a corpus costs by stage, cold, unchanged and with one article more: time, memory, bytes written.

    The tables of docs/scale.md are its output; ARABIC_EVENTS_WORKERS says how many processes share the articles.
    """
    from pipeline.params import load_params
    from pipeline.scale import benchmark

    sizes = [int(size) for size in articles.split(",") if size.strip().isdecimal() and int(size)]
    if len(sizes) != articles.count(",") + 1:
        raise ParamsError(f"--articles {articles}", "is no list of sizes", "Write it as in --articles 100,1000")
    for line in benchmark(sizes, source, model, load_params(), work):
        print(line, flush=True)


@benchmarks.command("pages")
def benchmark_pages(
    pages: Annotated[Path, typer.Option(help="A folder of pages whose cut is known.")] = Path("data/pages"),
) -> None:
    """How pages of each kind, seeds/ and data/articles/ are cut: sentences, stories, days, outlets, furniture."""
    from pipeline.files import Workspace
    from pipeline.params import load_params
    from pipeline.segmentation.pages import read_labelled, read_pages, score_pages, table

    print(table(score_pages([*read_pages(pages), *read_labelled(Workspace.project(), load_params())])))


@app.command()
def extract(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="A folder of UTF-8 .txt files, one article or page each, or of tables with a row an article; or one "
            "such table (JSON Lines, CSV, Parquet, plain or gzipped, a saved data set); - for standard input.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="For a folder: where the records go; made if it is not there.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="One article, given here instead of a folder.")] = None,
    model: Annotated[
        str | None,
        typer.Option(help="A tagger by name or folder. Without it models/ner in a checkout, elsewhere mini."),
    ] = None,
    params: Annotated[
        Path | None,
        typer.Option(help="A file of parameters. Without it params.yaml of the current folder, else the defaults."),
    ] = None,
    published: Annotated[str | None, typer.Option(help="For one article: its day, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="For one article: who published it.")] = None,
    name: Annotated[str, typer.Option("--id", help="For one article: its name, with which event ids begin.")] = "text",
    as_json: Annotated[
        bool, typer.Option("--json", help="Events as JSON Lines on standard output, all else on standard error.")
    ] = False,
    page: Annotated[bool, typer.Option(help="For a folder: also write report/index.html.")] = True,
    on_bad_article: Annotated[
        OnBadArticle, typer.Option(help="For a folder: whether a bad article stops the run or is set aside.")
    ] = OnBadArticle.skip,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1024,
            help="For a folder: processes that share the articles, each with a tagger of its own; the results are the "
            "same. Without it the environment's ARABIC_EVENTS_WORKERS, which the stages go by too, else 1.",
        ),
    ] = None,
    partitions: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="For a folder: also write events.parquet in so many parts, events-in-N/."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            help="What the columns of a table are called, as in id=number,text=body,published=day; those of "
            "ingest.columns in the parameters are the default. carry=a+b sends columns a and b along to every event."
        ),
    ] = None,
) -> None:
    """Events of a folder of articles, of a text, or of standard input: without DVC, from anywhere.

    A folder: writes corpus.jsonl, set_aside.jsonl, segments.jsonl, entities.jsonl, frames.jsonl, events.jsonl,
    events.csv, happenings.*, the tables and the page report/index.html to OUT, all of them or none. One article: prints
    its events. Exit status: 0 done, 1 an error of input, model or parameters (told on standard error), 2 a command line
    that is none.
    """
    from pipeline import anywhere
    from pipeline.extract import extract_folder
    from pipeline.params import named_columns

    single = text is not None or source == anywhere.STANDARD_INPUT
    if (text is None) == (source is None):
        raise typer.BadParameter("give a folder, - for standard input, or --text")
    if not single and out is None:
        raise typer.BadParameter("a folder's records need a place: --out OUT")
    if single and out is not None:
        raise typer.BadParameter("one article's events are printed; --out is for a folder")
    if not single and (published or outlet):
        raise typer.BadParameter("--published and --outlet are for one article")
    with anywhere.told_as(as_json):
        chosen, tagger, registry = anywhere.settings(params), anywhere.model_of(model), anywhere.registry()
        if single or source is None or out is None:
            given = anywhere.read_standard_input() if text is None else text
            facts = anywhere.Facts(name, published, outlet)
            anywhere.extract_text(given, facts, tagger, registry, chosen, as_json=as_json)
            return
        named = named_columns(columns or "", chosen.ingest.columns)
        ingest = chosen.ingest.model_copy(update={"on_bad_article": on_bad_article.value, "columns": named})
        chosen = chosen.model_copy(update={"ingest": ingest})
        done = extract_folder(
            Path(source), out, tagger, chosen, registry=registry, page=page, workers=workers, partitions=partitions
        )
        for line in done:
            print(line, file=sys.stderr if as_json else sys.stdout, flush=True)
        if as_json:
            sys.stdout.write((out / "events.jsonl").read_text(encoding="utf-8"))


@app.command("codebook")
def codebook_command(
    page: Annotated[Path, typer.Argument(help="The page that holds the tables.")] = Path("data/CODEBOOK.md"),
) -> None:
    """Write into data/CODEBOOK.md what the frame types' files say of types and slots; run it after one was edited."""
    from pipeline.frames.rules.heads import frame_types
    from pipeline.tables.codebook import write_code_book

    print(f"{page}: {'tables written' if write_code_book(page, frame_types()) else 'the tables stand as they are'}")


@app.command()
def plots(
    revisions: Annotated[
        list[str] | None, typer.Argument(help="Commits, branches or experiments to compare; none: the workspace.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the images go; made if it is not there.")] = Path(
        "out/plots"
    ),
) -> None:
    """The plots of dvc.yaml as PNG images; prints Markdown that shows them, with paths from the current folder.

    `dvc plots` writes a page that loads its script from the web; these need no network.
    """
    from pipeline.plots import markdown, render_plots

    print(markdown(render_plots(out, revisions or ())))


@app.command()
def rules(
    lost: Annotated[
        bool, typer.Option("--lost", help="Also count anew what is lost without each rule; takes some minutes.")
    ] = False,
) -> None:
    """Write docs/RULES.md: keys, tags and rules of the rule language; data/frames.jsonl says how often each fired.

    Where that file is not there, as before the first `dvc repro`, the counts stay as the page has them; so does what is
    lost without each rule, unless it is asked for.
    """
    from collections import Counter

    from pipeline.files import Workspace, read_records
    from pipeline.frames.rules.guide import PAGE, counts, guide
    from pipeline.records import Event

    workspace = Workspace.project()
    page = workspace.root / PAGE
    fired, without = counts(page.read_text(encoding="utf-8"))
    if workspace.frames.exists():
        told = [mention for event in read_records(workspace.frames, Event) for mention in event.mentions]
        fired = Counter(rule for mention in told for rule in mention.rules)
    if lost:
        from pipeline import without as measured
        from pipeline.articles import article_texts
        from pipeline.params import load_params

        without = measured.lost(article_texts(workspace), load_params())
    page.write_text(guide(fired, without), encoding="utf-8")
    print(f"{PAGE}: {len(fired)} rules gave something to a mention")


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="The article's name: its file without .txt, or the beginning of it.")],
    results: Annotated[
        Path | None, typer.Option(help="What `extract` wrote with --out. Without it the project's own, in data/.")
    ] = None,
    articles: Annotated[Path | None, typer.Option(help="With --results: the folder or table that was read.")] = None,
    params: Annotated[
        Path | None, typer.Option(help="The file of parameters that it was read with, where `extract` was given one.")
    ] = None,
    long: Annotated[
        bool, typer.Option("--long", help="Also chunks with their tags, rules that lost or stopped short, and why.")
    ] = False,
) -> None:
    """How the rules read one article: which sentences tell of something, by which rules, and how they became events."""
    from pipeline import anywhere
    from pipeline.articles import load_texts
    from pipeline.extract import layout_of
    from pipeline.files import Workspace, read_records
    from pipeline.frames.engine import Engine
    from pipeline.frames.explain import explain as lines
    from pipeline.records import Entity, Segments

    if (results is None) != (articles is None):
        raise typer.BadParameter("--results and --articles go together: what was written, and from what")
    workspace = layout_of(articles, results) if results and articles else Workspace.project()
    settings = anywhere.settings(params)
    records = list(read_records(workspace.segments, Segments))
    chosen = [record for record in records if record.article.startswith(article)]
    if len(chosen) != 1:
        names = ", ".join(record.article for record in chosen or records)
        raise ArticleError(article, f"{len(chosen)} articles begin so", f"Name one of: {names}")
    record = chosen[0]
    entities = [e for e in read_records(workspace.entities, Entity) if e.article == record.article]
    engine = Engine.configured(settings.frames)
    for story in record.stories:
        texts = load_texts([record], workspace)
        text = texts[record.article]
        for line in lines(engine, record.article, text, story, entities, settings.events.window, long):
            print(line)


def main() -> None:
    """Run the command line; an error of ours is told without a traceback and exits with status 1."""
    try:
        app()
    except (PipelineError, OSError) as error:
        _tell(error)


def _tell(error: Exception) -> None:
    from pipeline.stages import told_in_a_line

    def again() -> None:
        raise error

    told_in_a_line(again)


if __name__ == "__main__":
    main()
