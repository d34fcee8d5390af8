"""Telling a page's furniture from its stories, by the patterns of furniture.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.arabic.normalise import Normalised, fold, normalise
from pipeline.errors import RuleError
from pipeline.records import SectionKind
from pipeline.segmentation.published import (
    date_pattern,
    hijri_pattern,
    iso_date,
    month_pattern,
    weekday_pattern,
)
from pipeline.segmentation.sentences import trim

Effect = Literal["none", "ends", "opens", "lists", "tags", "glued"]
When = Literal["top", "byline", "body", "tail"]

# Regular expression syntax, which folding must leave alone, and macros.
_SYNTAX = re.compile(r"\\.|\(\?P<\w+>|\{\w+\}")


class Pattern(BaseModel):
    """One entry of furniture.yaml."""

    model_config = ConfigDict(extra="forbid")

    id: str
    kind: SectionKind
    scope: Literal["line", "start", "end"] = "line"
    effect: Effect = "none"
    when: When | None = None
    pattern: str
    matches: list[dict[str, Any]]
    misses: list[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one at [start, end), trimmed. `kind` None is the text of a story.

    outlet, agency: where the piece names them; published, updated: ISO dates; rule: the pattern's id, '' for text.
    """

    start: int
    end: int
    kind: SectionKind | None = None
    effect: Effect = "none"
    outlet: tuple[int, int] | None = None
    agency: tuple[int, int] | None = None
    published: str | None = None
    updated: str | None = None
    rule: str = ""


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """The entries of furniture.yaml with their expressions compiled. Raises RuleError naming the entry at fault."""
    path = Path(__file__).with_name("furniture.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    macros = {name: _alternatives(words) for name, words in raw["macros"].items()}
    macros["date"] = date_pattern()
    macros["hijri"] = hijri_pattern()
    macros["weekday"], macros["month"] = weekday_pattern(), month_pattern()
    macros["colon"] = r"\s*[:|•-]?\s*"
    for name, shape in raw["shapes"].items():
        macros[name] = _expand(shape, macros)
    compiled = []
    for entry in raw["patterns"]:
        try:
            pattern = Pattern.model_validate(entry)
            compiled.append((pattern, re.compile(_expand(pattern.pattern, macros))))
        except (ValidationError, re.error, KeyError) as error:
            name = entry.get("id", "an entry without id")
            raise RuleError(f"{path.name}: {name}", str(error), "Compare with the entries beside it") from error
    return tuple(compiled)


def cut(text: str, start: int, end: int, *places: When | None) -> list[Piece]:
    """The pieces of one paragraph in order. `places` says where on the page it stands and lets the patterns of these
    places apply beside those that hold anywhere."""
    start, end = trim(text, start, end)
    if start == end:
        return []
    if not any(char.isalnum() for char in text[start:end]):
        return [Piece(start, end, "boilerplate", rule="ruler")]
    folded = normalise(text[start:end])
    first, last = re.match(r"\s*", folded.text).end(), len(folded.text.rstrip())  # type: ignore[union-attr]
    for pattern, expression in patterns():
        if pattern.when not in (None, *places):
            continue
        match = _match(pattern, expression, folded.text, first, last)
        if match is None or match.start() == match.end():
            continue
        if pattern.scope == "line":
            return [_piece(pattern, match, folded, start, start, end)]
        piece = _piece(pattern, match, folded, start, start, end)
        first_char, behind = (start + offset for offset in folded.to_source(match.start(), match.end()))
        if pattern.scope == "end":
            return [*cut(text, start, first_char, *places), replace(piece, start=trim(text, first_char, end)[0])]
        rest = cut(text, behind, end)
        return [replace(piece, kind=None, end=rest[0].end), *rest[1:]]
    return [Piece(start, end)]


def _match(pattern: Pattern, expression: re.Pattern[str], folded: str, first: int, last: int) -> re.Match[str] | None:
    if pattern.scope == "line":
        return expression.fullmatch(folded, first, last)
    if pattern.scope == "start":
        match = expression.match(folded, first, last)
        return match if match and any(char.isalnum() for char in folded[match.end() : last]) else None
    for match in expression.finditer(folded, first, last):
        if match.end() == last and match.start() > first:
            return match
    return None


def _piece(pattern: Pattern, match: re.Match[str], folded: Normalised, base: int, start: int, end: int) -> Piece:
    groups = {name: value for name, value in match.groupdict().items() if value}

    def span(name: str) -> tuple[int, int] | None:
        if name not in groups:
            return None
        first, last = folded.to_source(*match.span(name))
        return base + first, base + last

    return Piece(
        start,
        end,
        pattern.kind,
        pattern.effect,
        span("outlet"),
        span("agency"),
        iso_date(groups["date"]) if "date" in groups else None,
        iso_date(groups["update"]) if "update" in groups else None,
        pattern.id,
    )


def _alternatives(words: list[str]) -> str:
    """Any of the words; initials spelled apart (أ ف ب) also together or with full stops."""
    forms = []
    for word in sorted(map(fold, words), key=lambda word: (-len(word), word)):
        parts = word.split()
        apart = r"[\s.]*" if all(len(part) == 1 for part in parts) and len(parts) > 1 else r"\s+"
        forms.append(apart.join(map(re.escape, parts)))
    return rf"(?:{'|'.join(forms)})"


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """The pattern with its letters folded and its macros put in."""
    pieces, at = [], 0
    for syntax in _SYNTAX.finditer(pattern):
        pieces.append(fold(pattern[at : syntax.start()]))
        token = syntax.group()
        name = token[1:-1]
        pieces.append(macros[name] if token.startswith("{") and not name.isdigit() else token)
        at = syntax.end()
    return "".join([*pieces, fold(pattern[at:])])
