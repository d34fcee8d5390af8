"""Pages whose cut is known, data/pages/*.yaml, and how well the workflow cuts them.

The form of the files: data/pages/README.md. The pages are built from their parts, so that the gold lies where it must.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from pipeline.articles import read_articles
from pipeline.errors import ArticleError
from pipeline.files import Workspace, sha256
from pipeline.gold.read import gold_files, read_article
from pipeline.params import Params, Segment
from pipeline.records import Article, Section, SectionKind, Segments, Sentence, Story
from pipeline.scoring.measures import Counts, compare, rounded
from pipeline.scoring.sentences import boundaries
from pipeline.segmentation import segment

_KINDS = frozenset(get_args(SectionKind))
_ALL = "all pages"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one kind: its text and its stories as they are to be cut."""

    kind: str
    name: str
    text: str
    stories: list[Story]
    # Of the corpus, with labels of its own in data/gold/.
    labelled: bool = False


@dataclass(slots=True)
class PageScore:
    """Counts over some pages; days and outlets are of gold stories, furniture of sentences read as body."""

    pages: int = 0
    stories_in_gold: int = 0
    boundary: Counts = field(default_factory=Counts)
    stories: Counts = field(default_factory=Counts)
    days: int = 0
    outlets: int = 0
    body: int = 0
    furniture: int = 0

    def add(self, gold: Sequence[Story], predicted: Sequence[Story]) -> None:
        """Count one page."""
        sentences = [[s for story in stories for s in story.sentences] for stories in (gold, predicted)]
        self.pages += 1
        self.stories_in_gold += len(gold)
        self.boundary += compare(*map(boundaries, sentences))
        self.stories += compare(*({_extent(story) for story in stories} for stories in (gold, predicted)))
        for story in gold:
            here = _holding(predicted, _extent(story)[0])
            self.days += here is not None and here.published == story.published
            self.outlets += here is not None and here.outlet == story.outlet
        told = {at for sentence in sentences[0] for at in range(sentence.start, sentence.end)}
        for sentence in sentences[1]:
            if sentence.section == "body":
                self.body += 1
                inside = sum(1 for at in range(sentence.start, sentence.end) if at in told)
                self.furniture += 2 * inside < sentence.end - sentence.start

    def row(self) -> dict[str, int | float | None]:
        """The figures of a line of the table."""
        return {
            "pages": self.pages,
            "stories": self.stories_in_gold,
            "boundary_f1": rounded(self.boundary.f1),
            "story_f1": rounded(self.stories.f1),
            "day": rounded(self.days / self.stories_in_gold if self.stories_in_gold else None),
            "outlet": rounded(self.outlets / self.stories_in_gold if self.stories_in_gold else None),
            "furniture": rounded(self.furniture / self.body if self.body else None),
        }


def read_pages(folder: Path) -> list[Page]:
    """The pages of all files of a folder, in order. Raises ArticleError naming the file and the page at fault."""
    pages = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise ArticleError(path, f"cannot be read: {error}", "Mend the file, or take it out") from error
        for number, page in enumerate(raw, 1):
            try:
                pages.append(_build(path.stem, page))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                where = page.get("name", number) if isinstance(page, dict) else number
                raise ArticleError(path, f"page {where}: {error}", "Compare with data/pages/README.md") from error
    if not pages:
        raise ArticleError(folder, "holds no page", "Name a folder of files as data/pages/README.md describes")
    return pages


def read_labelled(workspace: Workspace, params: Params) -> list[Page]:
    """The labelled articles of the corpus as pages, of the kind of their folder (seeds, articles).

    Raises the errors of reading articles and of reading gold.
    """
    articles, _ = read_articles(workspace.sources, workspace.root, params.ingest)
    gold = {path.stem: read_article(path) for path in gold_files(workspace.root / "data" / "gold")}
    return [
        Page(Path(article.path).parts[-2], article.article, article.text, gold[article.article].stories, labelled=True)
        for article in articles
        if article.article in gold
    ]


def score_pages(pages: Sequence[Page]) -> dict[str, PageScore]:
    """The score of each kind, in the order of the pages, and behind the last kind of data/pages that of all of them."""
    scores: dict[str, PageScore] = {}
    for page in pages:
        predicted = cut(page).stories
        for name in (page.kind, *([] if page.labelled else [_ALL])):
            scores.setdefault(name, PageScore()).add(page.stories, predicted)
    kinds = dict.fromkeys(page.kind for page in pages if not page.labelled)
    order = [*kinds, *([_ALL] if kinds else []), *(name for name in scores if name not in kinds and name != _ALL)]
    return {name: scores[name] for name in order}


def cut(page: Page) -> Segments:
    """The page as the workflow cuts it."""
    article = Article(article=page.name, path=f"{page.name}.txt", sha256=sha256(page.text), text=page.text)
    return segment(article, Segment())


def table(scores: dict[str, PageScore]) -> str:
    """The scores as lines of a table in plain text."""
    rows = {name: score.row() for name, score in scores.items()}
    columns = list(next(iter(rows.values())))
    lines = [f"{'':16}" + "".join(f"{column:>13}" for column in columns)]
    for name, row in rows.items():
        lines.append(f"{name:16}" + "".join(f"{_cell(value):>13}" for value in row.values()))
    return "\n".join(lines)


def _cell(value: int | float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _build(kind: str, raw: dict[str, Any]) -> Page:
    builder = _Builder()
    for number, story in enumerate(raw["stories"], 1):
        builder.story(number, story)
    return Page(kind, str(raw["name"]), builder.text, builder.stories)


class _Builder:
    """A page's text, grown part by part, and the stories that lie in it."""

    def __init__(self) -> None:
        self.text = ""
        self.stories: list[Story] = []

    def story(self, number: int, raw: dict[str, Any]) -> None:
        published, outlet = raw.get("published"), raw.get("outlet")
        story = Story(
            story=number,
            published=published and str(published),
            outlet=outlet,
            sections=[],
            sentences=[],
        )
        for line in raw["lines"]:
            self._line(story, dict(line))
        self.stories.append(story)

    def _line(self, story: Story, line: dict[str, Any]) -> None:
        blank, inner = line.pop("blank", False), line.pop("inner", " ")
        self.text += "\n" if self.text else ""
        for place, (kind, value) in enumerate(line.items()):
            if kind not in _KINDS:
                raise ValueError(f"{kind} is no kind of section")
            self.text += " " if place else ""
            start = len(self.text)
            for at, words in enumerate(value if isinstance(value, list) else [value]):
                self.text += inner if at else ""
                first = len(self.text)
                self.text += str(words)
                if kind in ("headline", "body"):
                    name = f"{story.story}-{len(story.sentences) + 1}"
                    story.sentences.append(Sentence(id=name, section=kind, start=first, end=len(self.text)))
            story.sections.append(Section(kind=kind, start=start, end=len(self.text)))
        self.text += "\n" if blank else ""


def _extent(story: Story) -> tuple[int, int]:
    """From the story's first sentence to its last; of a story without any, what its sections cover."""
    spans = [(s.start, s.end) for s in story.sentences] or [(s.start, s.end) for s in story.sections] or [(0, 0)]
    return spans[0][0], spans[-1][1]


def _holding(stories: Sequence[Story], offset: int) -> Story | None:
    return next((s for s in stories if any(x.start <= offset < x.end for x in s.sections)), None)
