"""Reading and writing gold. Gold that is wrong is never returned."""

from __future__ import annotations

import codecs
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from pipeline.articles import article_texts
from pipeline.errors import GoldError
from pipeline.files import Workspace, write_text
from pipeline.gold.check import Problem, problems
from pipeline.gold.splits import split_problems
from pipeline.publishing import recover
from pipeline.records import GoldArticle
from pipeline.sources import read_json


def gold_files(folder: Path) -> list[Path]:
    """The folder's gold files in the order of their names. Raises GoldError if the folder is missing."""
    if not folder.is_dir():
        raise GoldError(folder, "is no folder", "Name the folder that holds the gold files")
    recover(folder)
    return sorted(folder.glob("*.json"))


def read_article(path: Path) -> GoldArticle:
    """One gold file, checked against its schema only. Raises GoldError naming file and field."""
    found = _parse(path)
    if isinstance(found, GoldArticle):
        return found
    raise GoldError(path, f"{found[0].place}: {found[0].what}", "`python -m pipeline gold check` lists all problems")


def _parse(path: Path) -> GoldArticle | list[Problem]:
    """A gold file, or all that its schema has against it."""
    try:
        # First as JSON: pydantic lets the second of two equal keys win.
        read_json(path, GoldError)
        gold = GoldArticle.model_validate_json(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except GoldError as error:
        line = error.where.removeprefix(f"{path}").lstrip(":")
        return [Problem(path.name, f"line {line}" if line else "the file", error.what)]
    except ValidationError as error:
        return [Problem(path.name, way(row["loc"]) or "the file", row["msg"]) for row in error.errors()]
    if gold.article != path.stem:
        return [Problem(path.name, "article", f"is {gold.article!r}, not the file's name")]
    return gold


def way(steps: Iterable[str | int]) -> str:
    """A way through JSON as text: events[2].slots.vetoer[0]."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def read_gold(
    folder: Path,
    texts: Mapping[str, str] | None = None,
    actors: Collection[str] | None = None,
    *,
    only: Collection[str] | None = None,
) -> list[GoldArticle]:
    """All gold of a folder, in the order of the files' names; `only`: that of these articles.

    With `texts` (article → text) everything is checked against them as `gold check` does; `actors` are the ids that the
    register knows. Raises GoldError naming file and place of the first problem.
    """
    articles = []
    for path in gold_files(folder):
        if only is not None and path.stem not in only:
            continue
        gold = read_article(path)
        if texts is not None:
            for problem in _problems(path, gold, texts, actors):
                raise GoldError(
                    path, f"{problem.place}: {problem.what}", "`python -m pipeline gold check` lists all problems"
                )
        articles.append(gold)
    for problem in split_problems(articles, texts or {}):
        raise GoldError(
            folder / problem.file, f"{problem.place}: {problem.what}", "Move one of them to the other's split"
        )
    return articles


def check(folder: Path, workspace: Workspace, actors: Collection[str] | None = None) -> list[Problem]:
    """Every problem of every gold file of `folder` against the texts of the workspace, then what two splits share."""
    texts = article_texts(workspace)
    found: list[Problem] = []
    articles = []
    for path in gold_files(folder):
        gold = _parse(path)
        if isinstance(gold, GoldArticle):
            found += _problems(path, gold, texts, actors)
            articles.append(gold)
        else:
            found += gold
    return found + list(split_problems(articles, texts))


def _problems(
    path: Path, gold: GoldArticle, texts: Mapping[str, str], actors: Collection[str] | None
) -> Iterable[Problem]:
    if gold.article not in texts:
        return [Problem(path.name, "article", f"there is no text {gold.article}.txt in the sources")]
    return problems(path, gold, texts[gold.article], actors)


def write_gold(folder: Path, gold: GoldArticle) -> Path:
    """Write data/gold/ARTICLE.json, whole or not at all; returns its path."""
    path = folder / f"{gold.article}.json"
    # Arabic as Arabic, one value a line: gold is read and compared by people.
    write_text(path, json.dumps(gold.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=1) + "\n")
    return path
