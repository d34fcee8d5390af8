"""Sentences of a Universal Dependencies treebank (CoNLL-U), laid over our words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.arabic.words import Word, words
from pipeline.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word. head: index of its head in the sentence, -1 for the root; word: index of the written word
    (of `pipeline.arabic.words`) that it is or is part of, None where there is none."""

    form: str
    upos: str
    feats: frozenset[str]
    head: int
    deprel: str
    word: int | None

    @property
    def finite(self) -> bool:
        """A conjugated verb: it has an aspect or a mood, and a person. The part of speech is not asked, for a treebank
        that was tagged by machine gives some verbs the tag of the noun that is written alike."""
        names = {feat.partition("=")[0] for feat in self.feats}
        return "Person" in names and bool({"Aspect", "Mood"} & names)


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence: its text, our words of it, and the treebank's tokens."""

    name: str
    text: str
    words: tuple[Word, ...]
    tokens: tuple[Token, ...]


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a CoNLL-U file that say their text (`# text = …`).

    Raises ArticleError, with the line, for a file that cannot be read, is not CoNLL-U, or holds no such sentence.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(path, f"cannot be read: {error}", "Name a CoNLL-U file in UTF-8") from error
    none = True
    line = 1
    for block in raw.split("\n\n"):
        tree = _tree(block, path, line)
        line += block.count("\n") + 2
        if tree:
            none = False
            yield tree
    if none:
        raise ArticleError(path, "holds no sentence with its text", "Name a CoNLL-U file with «# text = …» lines")


def _tree(block: str, path: Path, line: int) -> Tree | None:
    text, name, rows, surfaces = "", "", [], {}
    for number, content in enumerate(block.split("\n"), line):
        if content.startswith("# text ="):
            text = content.partition("=")[2].strip()
        elif content.startswith("# sent_id"):
            name = content.partition("=")[2].strip()
        elif content and not content.startswith("#"):
            fields = content.split("\t")
            if len(fields) != 10:
                raise ArticleError(f"{path}:{number}", f"has {len(fields)} fields", "A line of CoNLL-U has ten")
            if "-" in fields[0]:
                first, last = map(int, fields[0].split("-"))
                surfaces.update({at: fields[1] for at in range(first, last + 1)})
            elif fields[0].isdigit():
                rows.append(fields)
    if not text or not rows:
        return None
    found = tuple(words(text))
    spans = _spans(text, rows, surfaces)
    return Tree(name, text, found, tuple(_token(fields, span, found) for fields, span in zip(rows, spans, strict=True)))


def _spans(text: str, rows: list[list[str]], surfaces: dict[int, str]) -> list[tuple[int, int] | None]:
    """Where each token stands in the text; the parts of a multi-word token all have the whole one's place."""
    spans: list[tuple[int, int] | None] = []
    at = 0
    held: tuple[str, tuple[int, int]] | None = None
    for fields in rows:
        surface = surfaces.get(int(fields[0]))
        if surface is not None and held and held[0] == surface and surfaces.get(int(fields[0]) - 1) == surface:
            spans.append(held[1])
            continue
        start = text.find(surface or fields[1], at)
        if start < 0:
            spans.append(None)
            continue
        at = start + len(surface or fields[1])
        spans.append((start, at))
        held = (surface, (start, at)) if surface is not None else None
    return spans


def _token(fields: list[str], span: tuple[int, int] | None, found: tuple[Word, ...]) -> Token:
    word = None
    if span:
        word = next((i for i, word in enumerate(found) if word.start < span[1] and span[0] < word.end), None)
    feats = frozenset(fields[5].split("|")) - {"_"}
    head = int(fields[6]) - 1 if fields[6].isdigit() else -1
    return Token(fields[1], fields[3], feats, head, fields[7], word)
