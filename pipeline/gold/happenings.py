"""data/happenings_gold.yaml: which events of all articles are one happening, and which row of the record it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import GoldError
from pipeline.records import GoldArticle

Span = tuple[int, int]
# The record has no row for it.
NO_ROW = "none"


@dataclass(frozen=True, slots=True)
class GoldTelling:
    """Where one article tells of a happening: the event's gold mentions, or the words quoted."""

    article: str
    type: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldHappening:
    """What is one happening. record: the row's id, `none` where the record has no row, None where it holds no such
    thing."""

    type: str
    record: str | None
    tellings: tuple[GoldTelling, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    type: str
    record: str | None = None
    told: dict[str, int | str]


def read_happenings(
    path: Path, gold: Sequence[GoldArticle], texts: Mapping[str, str], rows: Mapping[str, object]
) -> list[GoldHappening]:
    """The file's happenings, every telling found in its article. rows: the record's, by id.

    Raises GoldError naming the entry: not YAML, an unknown key, article or row, an event that the gold has not, words
    that do not stand in the text once, or one telling in two happenings.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        entries = [_Entry.model_validate(entry) for entry in raw]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        raise GoldError(path, f"cannot be read: {error}", "Restore it with git checkout") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise GoldError(
            path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", "See the head of the file"
        ) from error
    labels = {article.article: article for article in gold}
    found = []
    taken: set[GoldTelling] = set()
    for number, entry in enumerate(entries, 1):
        where = f"{path}: happening {number}"
        if entry.record not in (None, NO_ROW) and entry.record not in rows:
            raise GoldError(where, f"record {entry.record} is in no file of the record", "Correct it, or write none")
        tellings = tuple(
            _telling(where, entry.type, article, which, labels, texts) for article, which in entry.told.items()
        )
        for telling in tellings:
            if telling in taken:
                raise GoldError(where, f"its telling in {telling.article} is another happening's too", "Take one out")
            taken.add(telling)
        found.append(GoldHappening(entry.type, entry.record, tellings))
    return found


def _telling(
    where: str, kind: str, article: str, which: int | str, gold: Mapping[str, GoldArticle], texts: Mapping[str, str]
) -> GoldTelling:
    if isinstance(which, str):
        text = texts.get(article)
        if text is None or text.count(which) != 1:
            what = (
                f"«{which}» does not stand once in {article}" if text is not None else f"there is no article {article}"
            )
            raise GoldError(where, what, "Quote words that do")
        start = text.index(which)
        return GoldTelling(article, kind, ((start, start + len(which)),))
    events = [event for event in gold[article].events if event.type == kind] if article in gold else []
    if not 1 <= which <= len(events):
        raise GoldError(
            where, f"{article} has no {kind} {which} in its gold", "Count its gold events of the type from 1"
        )
    return GoldTelling(article, kind, tuple((m.start, m.end) for m in events[which - 1].mentions))
