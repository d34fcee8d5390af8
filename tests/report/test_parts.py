"""The page's data put together of kept parts: to the byte what it is of all articles at once."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.cache import Cache
from pipeline.happenings.records import Happening
from pipeline.report.happenings import happening_rows
from pipeline.report.page import build_page
from pipeline.report.parts import article_parts, happening_part, joined, joined_happenings
from pipeline.report.payload import payload
from pipeline.report.summary import summary, summary_of, told
from tests.report.build import TEXT, call, entity, segments, veto

HOSTILE = TEXT + "\n</script><!-- & \u2028"


def happening(id_: str, *events: str) -> Happening:
    return Happening.model_validate(
        {
            "id": id_, "type": "veto", "modality": "actual", "day": {"granularity": "none", "basis": "none"},
            "articles": 1, "outlets": 0, "best": {"vetoer": 1}, "linked": ["</script>"],
            "slots": {"vetoer": [{"value": "الكنيست", "actor": "ISR", "support": 1, "outlets": 0, "articles": []}]},
            "reports": [{"event": event, "article": "900", "story": 1} for event in events],
        }
    )  # fmt: skip


def test_parts_make_the_same_page(tmp_path: Path) -> None:
    other = veto().model_copy(update={"article": "901_b", "id": "901-1-veto-1"})
    records = [segments(), segments(article="901_b"), segments(article="901_c")]
    texts = {"900": TEXT, "901_b": HOSTILE, "901_c": TEXT}
    tagged = {"900": [entity(TEXT, "واشنطن", "ORG")], "901_b": [], "901_c": []}
    events = {"900": [veto(), call()], "901_b": [other], "901_c": []}
    flat = [event for record in records for event in events[record.article]]
    happened = [happening("a", "901-1-veto-1", flat[0].id), happening("b", "none"), happening("c", "none", flat[1].id)]
    places = {event.id: place for place, event in enumerate(flat)}
    whole = payload(records, [one for each in tagged.values() for one in each], flat, texts, {"errors": ["<"]})
    whole["happenings"] = happening_rows(happened, places)
    for _ in range(2):
        with Cache(tmp_path / "x.sqlite", "parts") as cache:
            # As they come out of a cache.
            parts = [article_parts(one, tagged[one.article], events[one.article]) for one in records]
            parts = json.loads(json.dumps(parts))
            data = joined(parts, list(texts.values()), cache) | {"evaluation": {"errors": ["<"]}}
            data["happenings"] = joined_happenings(map(happening_part, happened), places)
            assert build_page("t", "ت", data, "") == build_page("t", "ت", whole, "")
    said = [one for part in parts for one in part["told"]]
    names = [record.article for record in records]
    types = list(whole["labels"]["types"])
    assert summary_of(said, names, 4, types) == summary(flat, names, 4) and said == [list(told(one)) for one in flat]
