"""Gold and drafts to annotation tools and back, by files: what `gold export` and `gold import` do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pipeline.errors import GoldError, GoldErrors, raise_any
from pipeline.files import Workspace, read_records, write_json, write_text
from pipeline.gold import brat
from pipeline.gold.check import Problem, problems
from pipeline.gold.conll import read_conll, to_conll
from pipeline.gold.draft import draft, split_of
from pipeline.gold.formats import Format
from pipeline.gold.read import gold_files, read_article, write_gold
from pipeline.gold.splits import split_problems
from pipeline.gold.studio_export import configuration, task
from pipeline.gold.studio_import import read_export
from pipeline.publishing import publishing
from pipeline.records import Entity, Event, GoldArticle, Segments

# New articles that were pre-annotated are for training and development: a test set is labelled without a look at what
# the rules found, so it is asked for by name (`--split test`).
SHARES = {"train": 80, "dev": 20}


_ENDINGS = {Format.studio: "json", Format.brat: "ann", Format.conll: "conll", Format.conll2002: "conll"}
_NO_BASE = {
    "brat": ("there is no gold and no draft of this article", "Run `dvc repro` first"),
    "conll": (
        "holds entities alone, and there is no gold of this article to give the events",
        "Label its events in Label Studio or brat first, or say --draft-events to take them as they were found",
    ),
}
_SEPARATORS = {Format.conll: "\t", Format.conll2002: " "}


def drafts(workspace: Workspace, texts: Mapping[str, str]) -> dict[str, GoldArticle]:
    """What the workflow found in each article, as gold to correct. Raises RecordError where a stage has not run."""
    entities = list(read_records(workspace.entities, Entity))
    events = list(read_records(workspace.events, Event))
    return {
        name: draft(segments, entities, events, split_of(name, SHARES), texts[name])
        for segments in read_records(workspace.segments, Segments)
        if (name := segments.article) in texts
    }


def existing(folder: Path) -> dict[str, GoldArticle]:
    """The gold of a folder by article."""
    return {path.stem: read_article(path) for path in gold_files(folder)}


def export(form: Format, articles: Sequence[GoldArticle], texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the articles in a tool's format, with its configuration; returns the files in the order written."""
    for gold in articles:
        if gold.article not in texts:
            raise GoldError(gold.article, f"there is no text {gold.article}.txt in the sources", "Put it back")
    files: dict[str, str] = {}
    if form is Format.studio:
        write_json(folder / "tasks.json", [task(gold, texts[gold.article]) for gold in articles])
        files = {"config.xml": configuration()}
    elif form is Format.brat:
        files = {"annotation.conf": brat.configuration()}
        for gold in articles:
            files[f"{gold.article}.txt"] = texts[gold.article]
            files[f"{gold.article}.ann"] = brat.to_brat(gold, texts[gold.article])
    else:
        part = _SEPARATORS[form]
        files = {f"{gold.article}.conll": to_conll(gold, texts[gold.article], part) for gold in articles}
    for name, content in files.items():
        write_text(folder / name, content)
    return [folder / name for name in (["tasks.json"] if form is Format.studio else []) + list(files)]


def read_back(
    form: Format, path: Path, base: Mapping[str, GoldArticle], texts: Mapping[str, str], annotator: str
) -> tuple[list[GoldArticle], list[str]]:
    """The gold in a tool's file, or in every file of a folder, and the articles that nobody submitted.

    What brat and CoNLL do not hold comes from `base`. Raises GoldError for a file that does not fit, GoldErrors where
    more than one thing does not.
    """
    files = sorted(path.glob(f"*.{_ENDINGS[form]}")) if path.is_dir() else [path]
    if not files:
        raise GoldError(path, f"holds no *.{_ENDINGS[form]}", f"Name a {form.value} file or a folder of them")
    articles: list[GoldArticle] = []
    passed_over: list[str] = []
    faults: list[GoldError] = []
    for file in files:
        try:
            if form is Format.studio:
                done, missing = read_export(file, texts)
                articles += done
                passed_over += missing
            elif file.stem not in texts:
                what = f"there is no {file.stem}.txt in the sources"
                raise GoldError(file, what, "Name the file like its article, or put the article back")
            elif file.stem not in base:
                raise GoldError(file, *_NO_BASE["brat" if form is Format.brat else "conll"])
            elif form is Format.brat:
                articles.append(brat.read_brat(file, base[file.stem], texts[file.stem], annotator))
            else:
                gold = read_conll(file, base[file.stem], texts[file.stem])
                articles.append(gold.model_copy(update={"annotator": annotator}))
        except GoldError as error:
            faults += error.errors
    raise_any(path, faults)
    return articles, passed_over


def take(
    articles: Sequence[GoldArticle],
    texts: Mapping[str, str],
    actors: Collection[str],
    folder: Path,
    *,
    split: str | None,
    replace: bool,
) -> list[tuple[Path, GoldArticle]]:
    """Write imported articles to the gold folder: all of them or, where one is wrong, none. Returns what was written.

    split: for all; without it an article that has gold keeps its split. Raises GoldError for what `gold check` would
    find, for an article that is there twice, and for one that has gold already unless `replace`.
    """
    with publishing(folder) as beside:
        chosen = _chosen(articles, texts, actors, folder, split, replace)
        for gold in chosen.values():
            write_gold(beside, gold)
    return [(folder / f"{name}.json", gold) for name, gold in chosen.items()]


def _chosen(
    articles: Sequence[GoldArticle],
    texts: Mapping[str, str],
    actors: Collection[str],
    folder: Path,
    split: str | None,
    replace: bool,
) -> dict[str, GoldArticle]:
    """The imported articles by name with their splits, where they fit what is there; else GoldError."""
    have = existing(folder)
    chosen: dict[str, GoldArticle] = {}
    faults: list[GoldError] = []
    for gold in articles:
        if gold.article in chosen:
            faults.append(GoldError(gold.article, "is there twice", "Import one version of it"))
        if gold.article in have and not replace:
            what = f"has gold already in {folder}"
            faults.append(GoldError(gold.article, what, "Say --replace to put the new in its place"))
        kept = have[gold.article].split if gold.article in have else gold.split
        chosen[gold.article] = gold.model_copy(update={"split": split or kept})
    found: list[Problem] = [
        problem for name, gold in chosen.items() for problem in problems(f"{name}.json", gold, texts[name], actors)
    ]
    together = sorted((have | chosen).values(), key=lambda gold: gold.article)
    found += split_problems(together, texts)
    do = "Correct it in the tool"
    faults += [GoldError(f"{folder / problem.file}: {problem.place}", problem.what, do) for problem in found]
    if faults:
        raise GoldErrors(folder, faults)
    return chosen
