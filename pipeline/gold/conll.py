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
from pipeline.errors import GoldError, raise_any
from pipeline.gold.spans import tokens
from pipeline.records import Entity, EntityLabel, GoldArticle, Sentence
from pipeline.sources import read_text

_SHOWN = 40  # characters of a line or text in a message
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

    Raises GoldError naming the line for a label that is unknown or an I- that continues nothing, GoldErrors where there
    are several; and for the first token that is not the text's, after which none can be placed.
    """
    faults: list[GoldError] = []
    rows = _rows(path, faults)
    raise_any(path, faults)
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
        for label, start, end in _entities(path, sentence, rows, text, faults)
    ]
    if rows:
        faults.append(GoldError(f"{path}:{rows[0].line}", f"«{rows[0].token}» is beyond the last sentence", _KEEP))
    raise_any(path, faults)
    return base.model_copy(update={"entities": sorted(entities, key=lambda entity: entity.start)})


def _rows(path: Path, faults: list[GoldError]) -> deque[_Row]:
    """The tokens of a file with their labels. A byte-order mark and `-DOCSTART-` are passed over; lines that are no
    token with a label come to `faults`."""
    rows: deque[_Row] = deque()
    for number, line in enumerate(read_text(path, GoldError).split("\n"), 1):
        columns = line.strip("\r").split("\t" if "\t" in line else " ")
        if not line.strip() or columns[0] == "-DOCSTART-":
            continue
        if columns[-1] not in LABELS or len(columns) < 2:
            what = f"{columns[-1][:_SHOWN]!r} is no label"
            faults.append(GoldError(f"{path}:{number}", what, "Use B-, I- with our labels, or O"))
        elif not columns[0].strip():
            faults.append(GoldError(f"{path}:{number}", "has a label but no token", _KEEP))
        else:
            rows.append(_Row(number, columns[0], columns[-1]))
    return rows


def _entities(
    path: Path, sentence: Sentence, rows: deque[_Row], text: str, faults: list[GoldError]
) -> list[tuple[EntityLabel, int, int]]:
    """The entities of one sentence, whose rows are taken off the front of `rows`; labels that cannot follow each other
    come to `faults`."""
    spans: list[tuple[EntityLabel, int, int]] = []
    at = sentence.start
    before = "O"
    while rest := text[at : sentence.end].strip():
        if not rows:
            raise_any(path, [*faults, GoldError(path, f"ends before «{rest[:_SHOWN]}»", _KEEP)])
        row = rows.popleft()
        while at < sentence.end and (text[at].isspace() or _lost(text[at], row.token)):
            at += 1
        if text[at : at + len(row.token)] != row.token or at + len(row.token) > sentence.end:
            there = text[at : min(sentence.end, at + max(10, len(row.token)))]
            what = f"the token «{row.token[:_SHOWN]}» is not the text's «{there[:_SHOWN]}»"
            raise_any(path, [*faults, GoldError(f"{path}:{row.line}", what, _KEEP)])
        end = at + len(row.token)
        prefix, _, label = row.label.partition("-")
        if prefix == "I" and before.partition("-")[2] != label:
            what = f"{row.label} follows {before}"
            faults.append(GoldError(f"{path}:{row.line}", what, "Begin every entity with B- (IOB2)"))
            prefix = "B"
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
