"""The record brought up to date from the UN Digital Library's own export of voting data.

The Library publishes two CSV files, one row a member state and resolution: Security Council voting data
(digitallibrary.un.org/record/4055387) and General Assembly voting data (digitallibrary.un.org/record/4060887). They
hold adopted resolutions only; drafts that were vetoed or found too few votes are not in them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import RecordError
from pipeline.files import write_text
from pipeline.record.reference import Vote, read_votes, votes_csv

# Columns of both exports that are read; the subject is the Council's `description` and the Assembly's `title`.
NEEDED = (
    "undl_id", "ms_code", "ms_vote", "date", "resolution", "draft", "meeting", "total_yes", "total_no",
    "total_abstentions", "total_non_voting", "undl_link",
)  # fmt: skip
SUBJECTS = ("description", "title", "subjects", "agenda")
_LICENCE = "United Nations: non-commercial use with attribution"
# Codes of the Library that are none of today's in ISO 3166-1, by today's.
_CODES = {"SUN": "RUS", "YUG": "SRB", "DDR": "DEU", "CSK": "CZE", "ZAR": "COD", "BUR": "MMR", "YMD": "YEM"}
_FILES = {"S/RES/": ("council.csv", "UNSC"), "A/RES/": ("assembly.csv", "UNGA")}


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: rows new, rows replaced, and rows kept although the export gives other numbers."""

    file: Path
    new: int
    replaced: int
    kept: tuple[str, ...]


def refresh(export: Path, folder: Path) -> Refreshed:
    """Take an export over into its file of `folder`.

    A row that was checked against two sources is kept where the export has other numbers, and named: the Assembly's
    export gives votes as the machine had them, before corrections. Every other row with the export's id is replaced,
    its subject, sponsor and note kept. Raises RecordError naming the file, and column or line at fault.
    """
    votes = list(read_export(export))
    if not votes:
        raise RecordError(export, "has no resolution in it", "Export voting data of the Council or the Assembly as CSV")
    name, _ = _file(votes[0].resolution, str(export))
    path = folder / name
    rows = {vote.id: vote for vote in read_votes(path)}
    new, replaced, kept = 0, 0, []
    for vote in votes:
        old = rows.get(vote.id)
        if old is None:
            new += 1
            rows[vote.id] = vote
        elif old.confidence == "two sources" and old.votes != vote.votes:
            kept.append(f"{vote.id}: {_tally(old)}, export {_tally(vote)}")
        else:
            replaced += 1
            rows[vote.id] = replace(
                vote,
                subject=old.subject or vote.subject,
                sponsor=old.sponsor,
                note=old.note,
                draft=vote.draft or old.draft,
            )
    write_text(path, votes_csv(rows.values()))
    return Refreshed(path, new, replaced, tuple(kept))


def read_export(path: Path) -> Iterator[Vote]:
    """The votes of an export, its states gathered; read as a stream, one resolution's rows together or not."""
    votes: dict[str, Vote] = {}
    sides: dict[str, dict[str, list[str]]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise RecordError(
                    f"{path}:1", f"has no column {missing[0]}", "Take the CSV file of the UN Digital Library as it is"
                )
            for row in reader:
                key = row["undl_id"]
                if key not in votes:
                    votes[key] = _vote(row, f"{path}:{reader.line_num}")
                    sides[key] = {"Y": [], "N": [], "A": []}
                if row["ms_vote"] in sides[key]:
                    sides[key][row["ms_vote"]].append(_CODES.get(row["ms_code"], row["ms_code"]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RecordError(path, f"cannot be read: {error}", "Name a CSV file in UTF-8") from error
    for key, vote in votes.items():
        yield _with_members(vote, sides[key])


def _with_members(vote: Vote, sides: dict[str, list[str]]) -> Vote:
    """A vote with who voted how; of the Assembly only those against and abstaining: the rest is most states."""
    favour = tuple(sorted(sides["Y"])) if vote.body == "UNSC" else ()
    return replace(
        vote,
        members_in_favour=favour,
        members_against=tuple(sorted(sides["N"])),
        members_abstaining=tuple(sorted(sides["A"])),
    )


def _vote(row: dict[str, str], where: str) -> Vote:
    _, body = _file(row["resolution"], where)
    return Vote(
        id=row["resolution"],
        body=body,
        date=row["date"][:10],
        draft=row["draft"],
        resolution=row["resolution"],
        meeting=row["meeting"],
        outcome="adopted",
        vetoed_by=(),
        vetoed_by_then="",
        in_favour=_number(row, "total_yes", where),
        against=_number(row, "total_no", where),
        abstaining=_number(row, "total_abstentions", where),
        not_voting=_number(row, "total_non_voting", where),
        members_in_favour=(),
        members_against=(),
        members_abstaining=(),
        subject=next((row[name] for name in SUBJECTS if row.get(name)), ""),
        sponsor=(),
        source=row["undl_link"] or "UN Digital Library",
        confidence="UN Digital Library",
        licence=_LICENCE,
        note="",
    )


def _file(resolution: str, where: str) -> tuple[str, str]:
    """The file and the body of a resolution's symbol. Raises RecordError where it is neither body's."""
    for start, file in _FILES.items():
        if resolution.startswith(start):
            return file
    raise RecordError(
        where, f"resolution is «{resolution}», neither S/RES/ nor A/RES/", "Take the Library's export as it is"
    )


def _number(row: dict[str, str], name: str, where: str) -> int | None:
    """A count; the export writes some as 14.0. Adopted without a vote, it leaves them empty."""
    text = row[name].strip()
    if not text:
        return None
    try:
        return int(float(text))
    except ValueError as error:
        raise RecordError(where, f"{name} is «{text}», which is no number", "Correct the line") from error


def _tally(vote: Vote) -> str:
    return "–".join("?" if number is None else str(number) for number in vote.votes)


def report(done: Refreshed) -> Iterable[str]:
    """Lines for reading."""
    yield f"{done.file}: {done.new} rows new, {done.replaced} replaced, {len(done.kept)} kept as they were checked"
    yield from (f"  {line}" for line in done.kept)
