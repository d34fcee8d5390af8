"""No result that cannot be: whatever a rule makes, what is written is of the text and of its slots' kinds, and every
writer of tables can write it."""

from __future__ import annotations

import functools
import io
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.checking import by_slot, checked
from pipeline.frames.engine import Engine
from pipeline.frames.mentions.merging import merge
from pipeline.frames.rules.heads import frame_types
from pipeline.params import Params
from pipeline.reading import read_mentions
from pipeline.records import Article, Dropped, Event, Filler
from pipeline.segmentation import segment
from pipeline.tables.parquet import write_parquet
from pipeline.tables.plover import plover_records
from pipeline.tables.spreadsheet import csv_text
from tests.report.build import TEXT, at, event

PARAMS = Params()


@functools.cache
def engine() -> Engine:
    return Engine.configured(PARAMS.frames)


def read(text: str) -> tuple[list[Event], list[Dropped]]:
    """The events of a text as the stages would write them, and what was dropped."""
    record = segment(Article(article="a", path="a", sha256="0", text=text), PARAMS.segment)
    dropped: list[Dropped] = []
    mentions = read_mentions(engine(), record, text, (), dropped)
    events = merge(mentions, engine().types, PARAMS.events.window, PARAMS.events.modalities)
    return checked(events, text, frame_types(), dropped), dropped


# A slot of a type, a value, what is said of it; None where it can be.
VALUES: list[tuple[str, str, str | int | bool, str | None]] = [
    ("veto", "date", "2024-02-29", None),
    ("veto", "date", "2024-02-30", "no date like"),
    ("veto", "date", "2023-02-29", "no date like"),
    ("veto", "date", "2024-13", "no date like"),
    ("veto", "date", "2024-00-10", "no date like"),
    ("veto", "date", "0000", "no date like"),
    ("veto", "date", "9999-12-31", "no date like"),
    ("veto", "date", "الثلاثاء", None),
    ("veto", "date", "", "not words"),
    ("veto", "count", 18, None),
    ("veto", "count", 9999, "cannot be"),
    ("veto", "count", 0, "less than 1 cannot be"),
    ("veto", "ordinal", 1, None),
    ("veto", "ordinal", 0, "less than 1 cannot be"),
    ("veto", "count", -1, "not a whole number"),
    ("veto", "count", "روسيا", "not a whole number"),
    ("veto", "count", True, "not a whole number"),
    ("vote_tally", "in_favour", 193, None),
    ("vote_tally", "in_favour", 0, None),
    ("vote_tally", "in_favour", 999_999_999_999_999, "cannot be"),
    ("vote_tally", "unanimous", True, None),
    ("vote_tally", "unanimous", False, "not true"),
    ("vote_tally", "outcome", "adopted", None),
    ("vote_tally", "outcome", "postponed", "none of"),
    ("ceasefire_call", "stance", "praise", "none of"),
    ("vote_tally", "resolution", "ES-11/1", None),
    ("vote_tally", "resolution", " ", "not words"),
]


@pytest.mark.parametrize(("kind", "slot", "value", "said"), VALUES)
def test_a_filler_that_cannot_be_is_dropped_and_the_event_stays(
    kind: str, slot: str, value: str | int | bool, said: str | None
) -> None:
    made = event(kind, {slot: [at(TEXT, "قطر", value)], "body": [at(TEXT, "غزة", actor="PSE")]})
    dropped: list[Dropped] = []
    (kept,) = checked([made], TEXT, frame_types(), dropped)
    if said is None:
        assert kept == made and dropped == []
    else:
        assert slot not in kept.slots and kept.mentions == made.mentions
        assert [(one.slot, said in one.reason, one.text) for one in dropped] == [(slot, True, "قطر")]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (5, 5), (-3, 2), (0, 9999), (9998, 9999)])
def test_a_filler_whose_words_are_not_the_texts_is_dropped(start: int, end: int) -> None:
    made = event("veto", {"object": [Filler(value="نص", text="نص", start=start, end=end)]})
    dropped: list[Dropped] = []
    assert checked([made], TEXT, frame_types(), dropped)[0].slots == {}
    assert by_slot(Counter(f"{one.type}.{one.slot}" for one in dropped)) == "veto.object 1"


def test_one_slot_of_one_number_holds_one() -> None:
    made = event("veto", {"count": [at(TEXT, "قطر", 3), at(TEXT, "غزة", 4)]})
    dropped: list[Dropped] = []
    assert [f.value for f in checked([made], TEXT, frame_types(), dropped)[0].slots["count"]] == [3]
    assert dropped[0].value == 4


# Texts of the kinds that once gave what cannot be; what must not come out of them.
TEXTS = [
    "لجأت بريطانيا 12 مرة إلى الفيتو ثلاث مرات في مجلس الأمن.",
    "حضرت روسيا والصين جلسة مجلس الأمن. واستخدمت الدولتان حق النقض ضد مشروع القرار.",
    "صوت مجلس الأمن لصالح مشروع القرار بموافقة 888888888888888 عضوا ومعارضة ثلاثة أعضاء.",
    "استخدمت الصين يوم 31/11/9998 حق النقض ضد مشروع قرار كيني في مجلس الأمن.",
    "استخدمت الصين عام 0000 حق النقض في مجلس الأمن.",
    "خبر\n20 مارس 2023\nاستخدمت الصين يوم 31 من الشهر الماضي حق النقض في مجلس الأمن.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_that_cannot_be_comes_out_of_a_text(text: str, tmp_path: Path) -> None:
    events, _ = read(text)
    assert events
    writable(events, text, tmp_path)


def writable(events: list[Event], text: str, folder: Path) -> None:
    """Every event is of its type's schema and of the text, and every table takes it."""
    types = frame_types()
    for made in events:
        for name, fillers in made.slots.items():
            slot = types[made.type].slots[name]
            assert all(slot.fault(filler.value, filler.actor) is None for filler in fillers)
            assert all(text[filler.start : filler.end] == filler.text for filler in fillers)
            assert len(fillers) == 1 or slot.kind not in ("integer", "flag")
            for filler in fillers:
                if slot.kind == "date" and str(filler.value)[:4].isdigit() and len(str(filler.value)) == 10:
                    assert 1800 <= date.fromisoformat(str(filler.value)).year < 2200
    texts = {"a": text}
    assert csv_text(events, texts).count("\na-") == len(events)
    write_parquet(folder / "t.parquet", events, texts)
    assert pq.read_table(io.BytesIO((folder / "t.parquet").read_bytes())).num_rows == len(events)
    assert len(list(plover_records(events, texts, [], "leave"))) == len(events)


def test_words_with_control_characters_stand_in_the_records_as_in_the_text() -> None:
    text = "استخدمت\x1aالولايات\x01المتحدة حق النقض في مجلس\x1aالأمن ضد مشروع\x7fقرار جزائري."
    events, dropped = read(text)
    plain, _ = read(text.translate(dict.fromkeys((0x1A, 0x01, 0x7F), " ")))
    assert [{n: [f.value for f in fs] for n, fs in e.slots.items()} for e in events] == [
        {n: [f.value for f in fs] for n, fs in e.slots.items()} for e in plain
    ]
    (made,) = [e for e in events if e.type == "veto"]
    assert made.slots["vetoer"][0].text == "الولايات\x01المتحدة" and made.slots["vetoer"][0].actor == "USA"
    assert not dropped


WORDS = """
استخدمت لجأت الفيتو النقض حق واحد ثلاثة 15 999999999999 31/02/2024 عام 0000 مرة مرات صوت صوتت أعضاء عضوا لصالح ضد
بالإجماع امتنعت عن التصويت مشروع قرار القرار رقم 10/12 في مجلس الأمن روسيا والصين الدولتان الأمريكية دعت إلى هدنة
وقف إطلاق النار فورية لمدة شهر اعتمد رفض ، . « » ( ) ; = @ -
"""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([*WORDS.split(), "\n", "\x1a", "\u200f"]), min_size=3, max_size=25))
def test_whatever_the_engine_makes_can_be_written(words: list[str]) -> None:
    text = "مجلس الأمن " + " ".join(words)
    with tempfile.TemporaryDirectory() as folder:
        writable(read(text)[0], text, Path(folder))
