"""Building pages from lines whose kind is known, and reading back how they were cut."""

from pipeline.files import sha256
from pipeline.params import Segment
from pipeline.records import Article, Segments
from pipeline.segmentation import segment

Line = tuple[str, str]
Page = list[list[Line]]


def cut_page(text: str, name: str = "صفحة") -> Segments:
    return segment(Article(article=name, path=f"{name}.txt", sha256=sha256(text), text=text), Segment())


def text_of(page: Page, separator: str = "\n") -> str:
    return separator.join(line for story in page for _, line in story)


def kinds_found(text: str, record: Segments) -> list[list[Line]]:
    """For each story the (kind, line) of every line of its sections, as in the page it was built from."""
    return [
        [
            (section.kind, line.strip())
            for section in story.sections
            for line in text[section.start : section.end].splitlines()
            if line.strip()
        ]
        for story in record.stories
    ]
