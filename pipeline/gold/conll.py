"""Entities as CoNLL columns, for INCEpTION, doccano and taggers: a token a line with its IOB2 label, a blank line after
each sentence, comments that name article and sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipeline.arabic.clitics import core_span
from pipeline.errors import GoldError
from pipeline.gold.spans import tokens
from pipeline.records import Entity, EntityLabel, GoldArticle, Sentence

LABELS = frozenset(f"{prefix}-{label}" for prefix in "BI" for label in get_args(EntityLabel)) | {"O"}


def to_conll(gold: GoldArticle, text: str) -> str:
    """The article's sentences as white-space tokens with punctuation at their edges split off, and their labels."""
    blocks = []
    for sentence in gold.sentences:
        inside = [entity for entity in gold.entities if entity.sentence == sentence.id]
        lines = [f"# sentence = {sentence.id}"]
        lines += [f"{text[start:end]}\t{_label(inside, start, end)}" for start, end in pieces(text, sentence)]
        blocks.append("\n".join(lines) + "\n")
    return f"# article = {gold.article}\n# sha256 = {gold.sha256}\n" + "\n".join(blocks)


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


def read_conll(path: Path, base: Mapping[str, GoldArticle], texts: Mapping[str, str]) -> Iterator[GoldArticle]:
    """The articles of a CoNLL file with its entities in place of those of `base`, which gives everything else.

    Raises GoldError naming the line for a token that is not the text's, a label that is unknown or an I- that continues
    nothing, and for articles and sentences that `base` does not hold.
    """
    for article, sentences in _blocks(path):
        gold = base.get(article)
        if gold is None or article not in texts:
            raise GoldError(path, f"there is no gold and no draft of the article {article!r}", "Export it first")
        known = {sentence.id: sentence for sentence in gold.sentences}
        if missing := sorted(known.keys() - sentences.keys()):
            raise GoldError(path, f"{article} lacks the sentence {missing[0]}", "Keep every sentence")
        cores = {(entity.start, entity.end): entity.core for entity in gold.entities}
        entities: list[Entity] = []
        for name, rows in sentences.items():
            if name not in known:
                raise GoldError(path, f"{article} has no sentence {name}", "Keep the comments as they were exported")
            entities += _entities(path, article, known[name], rows, texts[article], cores)
        yield gold.model_copy(update={"entities": sorted(entities, key=lambda entity: entity.start)})


def _blocks(path: Path) -> Iterator[tuple[str, dict[str, list[_Row]]]]:
    """Each article's rows by sentence."""
    article, sentence = "", ""
    sentences: dict[str, list[_Row]] = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(path, f"cannot be read: {error}", "Write it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        key, _, value = line.removeprefix("#").partition("=")
        if line.startswith("# ") and key.strip() == "article":
            if article:
                yield article, sentences
            article, sentence, sentences = value.strip(), "", {}
        elif line.startswith("# ") and key.strip() == "sentence":
            sentence = value.strip()
            sentences[sentence] = []
        elif line.strip() and not line.startswith("# "):
            if not sentence:
                raise GoldError(f"{path}:{number}", "a token before any `# sentence = …`", "Keep the comments")
            columns = line.split("\t") if "\t" in line else line.split(" ")
            if columns[-1] not in LABELS or len(columns) < 2:
                raise GoldError(f"{path}:{number}", f"{columns[-1]!r} is no label", "Use B-, I- with our labels, or O")
            sentences[sentence].append(_Row(number, columns[0], columns[-1]))
    if not article:
        raise GoldError(path, "names no article", "Keep the line `# article = …`")
    yield article, sentences


def _entities(
    path: Path,
    article: str,
    sentence: Sentence,
    rows: Sequence[_Row],
    text: str,
    cores: Mapping[tuple[int, int], tuple[int, int]],
) -> list[Entity]:
    """The entities that a sentence's rows label; the core is the known one, or what `core_span` leaves of the words."""
    spans: list[tuple[EntityLabel, int, int]] = []
    at = sentence.start
    before = "O"
    for row in rows:
        while at < sentence.end and text[at].isspace():
            at += 1
        if text[at : at + len(row.token)] != row.token or at + len(row.token) > sentence.end:
            there = text[at : min(sentence.end, at + max(10, len(row.token)))]
            what = f"the token «{row.token}» is not the text's «{there}»"
            raise GoldError(f"{path}:{row.line}", what, "Keep the tokens as they were exported")
        end = at + len(row.token)
        prefix, _, label = row.label.partition("-")
        if prefix == "I" and before.partition("-")[2] != label:
            raise GoldError(f"{path}:{row.line}", f"{row.label} follows {before}", "Begin every entity with B-")
        if prefix == "B":
            spans.append((_known(label), at, end))
        elif prefix == "I":
            spans[-1] = (spans[-1][0], spans[-1][1], end)
        at, before = end, row.label
    if text[at : sentence.end].strip():
        raise GoldError(path, f"{sentence.id} ends before «{text[at : sentence.end].strip()}»", "Keep all tokens")
    return [
        Entity(
            article=article,
            sentence=sentence.id,
            label=label,
            start=start,
            end=end,
            core=cores.get((start, end)) or core_span(text, start, end),
        )
        for label, start, end in spans
    ]


def _known(label: str) -> EntityLabel:
    return next(known for known in get_args(EntityLabel) if known == label)
