"""The data contracts between stages, as JSON Lines records.

Every `start` and `end` is a half-open range of code points into the article's text as decoded from its file (UTF-8,
newlines and byte-order mark kept), and the text of a span is always `text[start:end]`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SectionKind = Literal[
    "headline", "dateline", "body", "source_credit", "keywords", "related_heading", "related_list", "boilerplate"
]
EntityLabel = Literal["PERS", "LOC", "ORG", "MISC"]
Modality = Literal["actual", "threatened", "hypothetical", "negated", "called_for", "general"]


class Record(BaseModel):
    """Base of all records: unknown keys are refused, so a misspelt field never passes silently.

    What checks a record is built when the first one is made: no stage needs all of them."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Article(Record):
    """One input: `article` is the file's stem or the row's id, `path` relative to the workspace, of a row with # and
    its number, `text` as decoded. What a row's columns say wins over what the page says: title, published, outlet;
    source: what is carried to every event, by column."""

    article: str
    path: str
    sha256: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    source: dict[str, str] | None = None


class Listed(Record):
    """One line of data/corpus.jsonl: an article of the corpus, its file and what was in it when it was segmented."""

    article: str
    path: str
    sha256: str


class SetAside(Record):
    """One line of data/set_aside.jsonl: what a stage could not take, and why. article: its name, of a file that is no
    article what would be; path: its file; where: the file or article and, if known, line."""

    stage: str = "segment"
    article: str | None = None
    path: str | None = None
    where: str
    reason: str


class Section(Record):
    """A run of text of one kind within a story."""

    kind: SectionKind
    start: int
    end: int


class Sentence(Record):
    """A sentence of a headline or a body; `id` is ARTICLE-STORY-N with N counted from 1 within the story."""

    id: str
    section: SectionKind
    start: int
    end: int


class Story(Record):
    """One story of a page, counted from 1. `published` is an ISO date, `outlet` the name as the page prints it and
    `outlet_id` the same for all names of one outlet, null for those no register knows."""

    story: int
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    outlet_id: str | None = None
    sections: list[Section]
    sentences: list[Sentence]


class Segments(Record):
    """One line of data/segments.jsonl: an article cut into stories. source: of a row, the columns carried to its
    events."""

    article: str
    path: str
    sha256: str
    stories: list[Story]
    source: dict[str, str] | None = None


class Entity(Record):
    """One line of data/entities.jsonl. `start`/`end` span whole whitespace tokens; `core` leaves out attached
    و ف ب ل ك; `score` is the tagger's probability, rounded to 4 places."""

    article: str
    sentence: str
    label: EntityLabel
    start: int
    end: int
    core: tuple[int, int]
    score: float = 1.0


class Filler(Record):
    """What fills a slot: the words, their place, the normalised value and, for those who act, the register id."""

    value: str | int | bool
    actor: str | None = None
    text: str
    start: int
    end: int


class Mention(Record):
    """A place in the story that tells of an event: its sentence, extent, trigger span, the rule that found its trigger
    and every rule that gave a slot there, that one first (none in gold)."""

    sentence: str
    start: int
    end: int
    trigger: tuple[int, int]
    rule: str
    rules: list[str] = []


class Event(Record):
    """One line of data/events.jsonl; a frame mention of data/frames.jsonl is the same with exactly one mention.
    source: of an article that was a table's row, the columns carried along (url)."""

    id: str
    type: str
    article: str
    story: int
    modality: Modality
    slots: dict[str, list[Filler]]
    mentions: list[Mention] = Field(min_length=1)
    source: dict[str, str] | None = None


class Example(Record):
    """One line of data/training.jsonl: a labelled story as the tagger learns it, each sentence as its words with their
    BIO labels. `split` is that of the story's article."""

    article: str
    story: int
    split: Literal["train", "dev", "test"]
    sentences: list[list[tuple[str, str]]]


class Dropped(Record):
    """One line of data/dropped.jsonl: a filler that is not of its slot's kind, and so is in no mention; `rule` is what
    found the mention, `reason` goes on from the slot's name."""

    article: str
    story: int
    sentence: str
    type: str
    slot: str
    rule: str
    value: str | int | bool
    actor: str | None = None
    text: str
    start: int
    end: int
    reason: str


class GoldArticle(Record):
    """One file of data/gold/: hand-made labels bound to their text by its sha256."""

    article: str
    sha256: str
    split: Literal["train", "dev", "test"]
    annotator: str
    stories: list[Story]
    entities: list[Entity]
    events: list[Event]

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences of all stories, in text order."""
        return [sentence for story in self.stories for sentence in story.sentences]
