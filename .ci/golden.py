"""The golden events: what the rules alone, without a tagger, tell of seeds, articles and challenges.

python .ci/golden.py          # what differs from tests/golden/, in the words of events; 1 where something does
python .ci/golden.py --write  # the events of today are the golden ones from now on

A line is an event: article, sentences, type, modality, slots with ids or words, and every rule that gave it something.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tests" / "golden"
TYPES = ROOT / "tests" / "frames" / "challenges"


def texts(part: str) -> Iterator[tuple[str, str, str | None]]:
    """Names, texts and, where it is given, days of publication of one part: seeds, articles or challenges."""
    if part == "challenges":
        for file in sorted(TYPES.glob("*.yaml")):
            for number, passage in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
                yield f"{file.stem}-{number}", passage["text"], passage.get("published")
        return
    folder = ROOT / "seeds" if part == "seeds" else ROOT / "data" / "articles"
    for file in sorted(folder.glob("*.txt")):
        yield file.stem, file.read_bytes().decode("utf-8-sig"), None


def line(event: dict[str, object]) -> str:
    """One event as a line that a person can read."""
    mentions = event["mentions"]
    assert isinstance(mentions, list)
    slots = event["slots"]
    assert isinstance(slots, dict)
    said = ",".join(re.sub(r"^.*-(\d+-\d+)$", r"\1", mention["sentence"]) for mention in mentions)
    rules = dict.fromkeys(rule for mention in mentions for rule in mention["rules"])
    told = "; ".join(f"{slot} {', '.join(map(_shown, fillers))}" for slot, fillers in sorted(slots.items()))
    return f"{event['article']} [{said}] {event['type']} {event['modality']}: {told} | {' '.join(rules)}"


def _shown(filler: dict[str, object]) -> str:
    value = filler.get("actor") or filler["value"]
    return value if isinstance(value, str) else json.dumps(value)


def events(part: str) -> list[str]:
    """The lines of one part, as the rules of today give them."""
    from pipeline.extractor import Extractor

    extractor = Extractor.load(None)
    return [
        line(event.to_dict())
        for name, text, published in texts(part)
        for event in extractor(text, id=name, published=published)
    ]


def differences(part: str) -> list[str]:
    """What differs from the golden events of a part: those gone with -, those new with +."""
    kept = (KEPT / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    changed = difflib.unified_diff(kept, events(part), "golden", "now", n=0, lineterm="")
    return [one for one in changed if not one.startswith(("---", "+++", "@@"))]


PARTS = ("seeds", "articles", "challenges")

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="take the events of today for the golden ones")
    if parser.parse_args().write:
        for part in PARTS:
            (KEPT / f"{part}.txt").write_text("\n".join(events(part)) + "\n", encoding="utf-8")
        sys.exit()
    found = [f"{part}: {one}" for part in PARTS for one in differences(part)]
    print("\n".join(found) or "the events are the golden ones")
    sys.exit(bool(found))
