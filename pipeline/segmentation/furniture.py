"""Telling a page's furniture from its stories, by the patterns of furniture.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.arabic.normalise import fold
from pipeline.errors import RuleError
from pipeline.records import SectionKind
from pipeline.segmentation.lines import DAY, OTHER_DAY, WEEKDAY, Line, read_line
from pipeline.segmentation.outlets import outlet_names
from pipeline.segmentation.published import month_pattern
from pipeline.segmentation.sentences import trim

Effect = Literal["none", "ends", "opens", "lists", "tags", "glued", "items", "comments", "post"]
When = Literal["top", "byline", "body", "tail"]

# How many parts may be taken off a paragraph before the rest is left as it is.
_MOST_PARTS = 12
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
    # A longer paragraph is never the furniture of a line; of a paragraph's start and end, no more is looked at.
    longest: int = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one at [start, end), trimmed. `kind` None is the text of a story.

    outlet, agency: where the piece names them; published, updated: ISO dates, converted from another calendar or not;
    rule: the pattern's id, '' for text.
    """

    start: int
    end: int
    kind: SectionKind | None = None
    effect: Effect = "none"
    outlet: tuple[int, int] | None = None
    agency: tuple[int, int] | None = None
    published: str | None = None
    updated: str | None = None
    converted: bool = False
    rule: str = ""


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """The entries of furniture.yaml with their expressions compiled. Raises RuleError naming the entry at fault."""
    path = Path(__file__).with_name("furniture.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    macros = {name: _alternatives(words) for name, words in raw["macros"].items()}
    macros["agency"] = _alternatives(outlet_names())
    macros["date"] = rf"(?:{WEEKDAY}\s*[،,-]?\s*(?:الموافق\s+)?)?{DAY}"
    macros |= {
        "other_date": OTHER_DAY,
        "weekday": WEEKDAY,
        "number": rf"[\d{DAY}{OTHER_DAY}{WEEKDAY}]",
        "month": month_pattern(),
    }
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
    ahead: list[Piece] = []
    behind: list[Piece] = []
    for _ in range(_MOST_PARTS):
        start, end = trim(text, start, end)
        found = _first_match(text[start:end], places) if start < end else None
        if found is None:
            break
        pattern, match, line = found
        piece = _piece(pattern, match, line, start, end)
        if pattern.scope == "line":
            return [*ahead, piece, *behind]
        first, last = (start + offset for offset in line.to_source(*match.span()))
        if pattern.scope == "end":
            behind.insert(0, replace(piece, start=trim(text, first, end)[0]))
            end = first
        elif pattern.kind == "body":
            # Part of the first sentence: only what stands behind it can be furniture.
            inner = cut(text, last, end)
            return [*ahead, replace(piece, kind=None, end=inner[0].end), *inner[1:], *behind]
        else:
            ahead.append(replace(piece, end=trim(text, start, last)[1]))
            start = last
    return [*ahead, *_rest(text, start, end), *behind]


def _rest(text: str, start: int, end: int) -> list[Piece]:
    """What no pattern took: text, or a row of marks."""
    if start == end:
        return []
    ruler = not any(char.isalnum() for char in text[start:end])
    return [Piece(start, end, "boilerplate", rule="ruler") if ruler else Piece(start, end)]


@lru_cache(maxsize=64)
def _holding(places: tuple[When | None, ...]) -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """The patterns that hold at some places of a page, and those that hold anywhere."""
    return tuple((pattern, expression) for pattern, expression in patterns() if pattern.when in (None, *places))


def _first_match(surface: str, places: tuple[When | None, ...]) -> tuple[Pattern, re.Match[str], Line] | None:
    """The first pattern of these places that stands in a paragraph, which has no space at its ends."""
    if not any(map(str.isalnum, surface)):
        return None
    line = read_line(surface)
    first, last = len(line.text) - len(line.text.lstrip()), len(line.text.rstrip())
    for pattern, expression in _holding(places):
        if pattern.scope != "line":
            match = _match_at_an_end(pattern, expression, line.text, first, last)
        elif last - first > pattern.longest:
            continue
        else:
            match = expression.fullmatch(line.text, first, last)
        if match is not None and match.start() < match.end():
            return pattern, match, line
    return None


def _match_at_an_end(
    pattern: Pattern, expression: re.Pattern[str], folded: str, first: int, last: int
) -> re.Match[str] | None:
    """Where the pattern stands at the start or the end of a paragraph [first, last), of which it never takes all. Only
    its first or last characters are looked at, so that the work stays in proportion to the text."""
    if pattern.scope == "start":
        match = expression.match(folded, first, min(last, first + pattern.longest))
        return match if match and any(map(str.isalnum, folded[match.end() : last])) else None
    for match in expression.finditer(folded, max(first, last - pattern.longest), last):
        if match.end() == last and match.start() > first:
            return match
    return None


def _piece(pattern: Pattern, match: re.Match[str], line: Line, start: int, end: int) -> Piece:
    groups = {name for name, value in match.groupdict().items() if value}

    def span(name: str) -> tuple[int, int] | None:
        if name not in groups:
            return None
        first, last = line.to_source(*match.span(name))
        return start + first, start + last

    return Piece(
        start,
        end,
        pattern.kind,
        pattern.effect,
        span("outlet"),
        span("agency"),
        line.day(*match.span("date")) if "date" in groups else None,
        line.day(*match.span("update")) if "update" in groups else None,
        line.converted,
        pattern.id,
    )


def _alternatives(words: list[str]) -> str:
    """Any of the words; initials spelled apart (أ ف ب) also together or with full stops."""
    forms = []
    for word in sorted(map(fold, words), key=lambda word: (-len(word), word)):
        parts = word.split()
        apart = r"[\s.]*" if all(len(part) <= 3 for part in parts) and len(parts) > 1 else r"\s+"
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
