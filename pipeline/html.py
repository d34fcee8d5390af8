"""A saved web page as an article: its text, and what its own metadata say of it.

The extractor is trafilatura, the extra `html`. The text is what it takes for the article, its headline first; spans are
into that text, not into the markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.arabic.normalise import fold
from pipeline.errors import ArticleError


@dataclass(frozen=True, slots=True)
class WebPage:
    """text: headline and article, a paragraph a line; title, published (an ISO date), outlet and url: as the page's
    metadata have them, None where they do not."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    url: str | None


def read_web_page(data: bytes, name: str) -> WebPage:
    """The article of a page's bytes, in whatever encoding the page declares.

    Raises ArticleError, naming the page `name`, where the extra is not installed and where the page holds no article.
    """
    document = _extracted(data, name)
    body = _lines(document.text if document else None)
    if not body:
        raise ArticleError(name, "is a web page without an article", "Save the article's own page, or take it out")
    title = _words(document.title)
    if title and not any(fold(title) == fold(line) for line in body[:3]):
        body.insert(0, title)
    return WebPage(
        # With an empty line between them, no two are taken for one that was wrapped.
        text="\n\n".join(body) + "\n",
        title=title,
        published=_words(document.date),
        outlet=_words(document.sitename),
        url=_words(document.url),
    )


def _extracted(data: bytes, name: str) -> Any:
    try:
        # Heavy, and wanted for web pages only.
        from trafilatura import bare_extraction
    except ImportError as error:
        what = "is a web page, and the extra that reads them is not installed"
        raise ArticleError(name, what, "pip install 'arabic-political-events[html]'") from error
    try:
        return bare_extraction(
            data,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            # Only what the page declares: a day found anywhere in its text may be anybody's.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # of several parsers, none of which says what it raises on bytes that are no page
        raise ArticleError(name, f"cannot be read as a web page: {error}", "Save it again, or take it out") from error


def _lines(text: str | None) -> list[str]:
    return [line for raw in (text or "").splitlines() if (line := raw.strip())]


def _words(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
