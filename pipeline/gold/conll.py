"""Entities as CoNLL columns, for INCEpTION, doccano and taggers: a token a line with its IOB2 label, a blank line after
each sentence, and nothing else, since those tools take comments for tokens or refuse them. The file is named like its
article; the tokens are compared with its text."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipeline.arabic.clitics import core_span
from pipeline.errors import GoldError
from pipeline.gold.spans import tokens
from pipeline.records import Entity, EntityLabel, GoldArticle, Sentence

_KEEP = "Keep the tokens as they were exported"
LABELS = frozenset(f"{prefix}-{label}" for prefix in "BI" for label in get_args(EntityLabel)) | {"O"}


def to_conll(gold: GoldArticle, text: str, separator: str = "\t") -> str:
    """The article's sentences as white-space tokens with punctuation at their edges split off, and their labels.

    separator: what parts the columns; a tab for doccano, a space for INCEpTION's "CoNLL 2002".
    """
    blocks = []
    for sentence in gold.sentences:
        inside = [entity for entity in gold.entities if entity.sentence == sentence.id]
        rows = ((text[start:end], _label(inside, start, end)) for start, end in pieces(text, sentence))
        blocks.append("".join(f"{token}{separator}{label}\n" for token, label in rows))
    return "\n".join(blocks)


def pieces(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """The sentence's tokens in order, with the punctuation that was split off before and after them."""
    found = []
    at = sentence.start
    for start, end in tokens(text, sentence.start, sentence.end):
        found += [*_between(text, at, start), (start, end)]
        at = end
    return [*found, *_between(text, at, sentence.end)]


def _between(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(at, at + 1) for at in range(start, end) if not text[at].isspace()]


def _label(entities: Sequence[Entity], start: int, end: int) -> str:
    for entity in entities:
        if entity.start <= start and end <= entity.end:
            return f"{'B' if start == entity.start else 'I'}-{entity.label}"
    return "O"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    token: str
    label: str


def read_conll(path: Path, base: GoldArticle, text: str) -> GoldArticle:
    """The article that the file is named after, with the file's entities in place of those of `base`, which gives
    everything else. Columns may be parted by tabs or spaces; the first is the token, the last the label; blank lines
    may stand anywhere.

    Raises GoldError naming the line for a token that is not the text's, a label that is unknown or an I- that continues
    nothing.
    """
    rows = _rows(path)
    cores = {(entity.start, entity.end): entity.core for entity in base.entities}
    entities = [
        Entity(
            article=base.article,
            sentence=sentence.id,
            label=label,
            start=start,
            end=end,
            core=cores.get((start, end)) or core_span(text, start, end),
        )
        for sentence in base.sentences
        for label, start, end in _entities(path, sentence, rows, text)
    ]
    if rows:
        raise GoldError(f"{path}:{rows[0].line}", f"«{rows[0].token}» is beyond the last sentence", _KEEP)
    return base.model_copy(update={"entities": sorted(entities, key=lambda entity: entity.start)})


def _rows(path: Path) -> deque[_Row]:
    """The tokens of a file with their labels. A byte-order mark and `-DOCSTART-` are passed over."""
    rows: deque[_Row] = deque()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(path, f"cannot be read: {error}", "Write it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        columns = line.strip("\r").split("\t" if "\t" in line else " ")
        if not line.strip() or columns[0] == "-DOCSTART-":
            continue
        if columns[-1] not in LABELS or len(columns) < 2:
            raise GoldError(f"{path}:{number}", f"{columns[-1]!r} is no label", "Use B-, I- with our labels, or O")
        rows.append(_Row(number, columns[0], columns[-1]))
    return rows


def _entities(path: Path, sentence: Sentence, rows: deque[_Row], text: str) -> list[tuple[EntityLabel, int, int]]:
    """The entities of one sentence, whose rows are taken off the front of `rows`."""
    spans: list[tuple[EntityLabel, int, int]] = []
    at = sentence.start
    before = "O"
    while rest := text[at : sentence.end].strip():
        if not rows:
            raise GoldError(path, f"ends before «{rest}»", _KEEP)
        row = rows.popleft()
        while at < sentence.end and (text[at].isspace() or _lost(text[at], row.token)):
            at += 1
        if text[at : at + len(row.token)] != row.token or at + len(row.token) > sentence.end:
            there = text[at : min(sentence.end, at + max(10, len(row.token)))]
            raise GoldError(f"{path}:{row.line}", f"the token «{row.token}» is not the text's «{there}»", _KEEP)
        end = at + len(row.token)
        prefix, _, label = row.label.partition("-")
        if prefix == "I" and before.partition("-")[2] != label:
            raise GoldError(f"{path}:{row.line}", f"{row.label} follows {before}", "Begin every entity with B- (IOB2)")
        if prefix == "B":
            spans.append((_known(label), at, end))
        elif prefix == "I":
            spans[-1] = (spans[-1][0], spans[-1][1], end)
        at, before = end, row.label
    return spans


def _lost(char: str, token: str) -> bool:
    """Whether it is a mark of direction or of joining between tokens, which tools drop as they show nothing of it."""
    return unicodedata.category(char) == "Cf" and not token.startswith(char)


def _known(label: str) -> EntityLabel:
    return next(known for known in get_args(EntityLabel) if known == label)
