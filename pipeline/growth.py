"""How time and memory grow with the length of one article: shapes that make readers slow, at several sizes.

Each measurement is a process of its own, so that memory is its own, and what takes too long or too much is stopped.
"""

from __future__ import annotations

import math
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from pipeline import segmentation
from pipeline.articles import blanked
from pipeline.files import sha256
from pipeline.frames.engine import Engine
from pipeline.frames.mentions.merging import merge
from pipeline.params import Params
from pipeline.reading import read_mentions
from pipeline.records import Article, Entity, Segments
from pipeline.tables.plover import plover_records
from pipeline.tables.spreadsheet import csv_text

if TYPE_CHECKING:
    from pipeline.tagger.tagger import Tagger

# Twice the size and less than 2^1.3 times the work; 100 kB of anything in so many seconds and megabytes.
EXPONENT, SECONDS, MEGABYTES = 1.3, 10.0, 500.0
STEPS = (1, 2, 4, 8)
# Below this a time says more about the machine than about the text.
_TELLING_SECONDS = 0.02
_MEMORY_LIMIT = 6_000_000_000
# A tagger takes addresses that it never fills.
_MEMORY_LIMIT_WITH_TAGGER = 16_000_000_000

_USE = "استخدمت روسيا الفيتو "
_STATES = "روسيا والصين وفرنسا وكينيا وغانا والأردن وتونس والنرويج والبرازيل وإيطاليا و"
_SENTENCES = (
    "وصوت ثلاثة عشر عضوا لصالح مشروع القرار الذي قدمته البرازيل فيما امتنعت بريطانيا عن التصويت وقال المندوب الروسي "
    "إن النص لا يلبي ما طلبته بلاده ودعا الأمين العام للأمم المتحدة أطراف النزاع في السودان إلى وقف فوري لإطلاق النار "
    "وإلى فتح الطرق أمام قوافل الغذاء والدواء قبل نهاية الأسبوع "
)


def _lines() -> Iterator[str]:
    """Short lines, no two of them alike, as menus have them."""
    for number in count(1):
        yield f"باب {number} من أخبار {number * 7 % 1009}\n"


def _resolutions() -> Iterator[str]:
    """Votes on as many texts."""
    for number in count(1):
        yield f"اعتمد مجلس الأمن القرار {1000 + number} بموافقة 13 عضوا. "


def _repeated(text: str) -> Callable[[], Iterator[str]]:
    return lambda: (text for _ in count())


# What an article of each shape is made of, over and over.
SHAPES: dict[str, Callable[[], Iterator[str]]] = {
    "vetoes in one sentence": _repeated(_USE),
    "vetoes, a sentence each": _repeated(_USE.strip() + ". "),
    "tallies in one sentence": _repeated("صوت 13 عضوا لصالح القرار وعارضه ثلاثة "),
    "tallies, a sentence each": _repeated("صوت 13 عضوا لصالح القرار وعارضه ثلاثة. "),
    "tallies of as many texts": _resolutions,
    "calls in one sentence": _repeated("دعت مصر إلى هدنة "),
    "calls, a sentence each": _repeated("دعت مصر إلى هدنة. "),
    "calls by nobody": _repeated("ودعا إلى هدنة. "),
    "drafts in one sentence": _repeated("قدمت غانا مشروع القرار رقم 12 "),
    "drafts, a sentence each": _repeated("قدمت غانا مشروع القرار رقم 12. "),
    "states taken up": _repeated("روسيا وبلاده "),
    "titles taken up": _repeated("قال الوزير للمندوب. "),
    "speech within speech": _repeated("قال إن وزير الدفاع أعلن أن "),
    "sentences without a stop": _repeated(_SENTENCES),
    "sentences": _repeated(_SENTENCES.strip() + ".\n"),
    "one list of states": _repeated(_STATES),
    "letters and dots": _repeated("ا."),
    "initials": _repeated("أ. "),
    "brackets": _repeated("("),
    "brackets of two kinds": _repeated("[("),
    "quotations within quotations": _repeated("«خبر "),
    "quotation marks": _repeated('" '),
    "commas": _repeated("،"),
    "dashes": _repeated("-"),
    "full stops": _repeated("."),
    "question marks": _repeated("؟ "),
    "short lines": _lines,
    "empty lines": _repeated("خبر\n\n"),
    "a letter a line": _repeated("خ\n"),
    "one word": _repeated("خبر"),
    "one letter with marks": _repeated("\u064e\u0651"),
    "tatweel": _repeated("ـ"),
    "numbers": _repeated("15,"),
    "number words": _repeated("مئة وعشرون ألفا و"),
    "dates": _repeated("يوم 3 مايو 2024 "),
    "ranks and names": _repeated("وزير الخارجية "),
    "tags": _repeated("<p>"),
    "hashtags": _repeated("#السودان_الآن "),
    "control characters": _repeated("خبر\x1a"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What one article cost. size: bytes; seconds: of the processor, by part; megabytes: over what was there before;
    failed: why there is no figure."""

    size: int
    seconds: dict[str, float]
    megabytes: float
    failed: str = ""

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def text_of(shape: str, size: int) -> str:
    """A text of about `size` bytes of UTF-8 in one of SHAPES."""
    parts: list[str] = []
    length = 0
    for part in SHAPES[shape]():
        length += len(part.encode())
        if length > size and parts:
            break
        parts.append(part)
    return "خبر " + "".join(parts)


def exponent(costs: Sequence[tuple[float, float]]) -> float | None:
    """The power of the size with which a cost grows, by least squares; None where fewer than two sizes are there."""
    points = [(math.log(size), math.log(cost)) for size, cost in costs]
    if len({size for size, _ in points}) < 2:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def measure(text: str, engine: Engine, params: Params, limit: float, tagger: Tagger | None = None) -> Measured:
    """Read one article in a process of its own, which the system ends after `limit` seconds of work or at some
    gigabytes. A tagger must have been used with one thread alone: a copy of this process has no other."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    read = multiprocessing.get_context("fork").Process
    child = read(target=_child, args=(theirs, text, engine, params, limit, tagger))
    child.start()
    theirs.close()
    size = len(text.encode())
    try:
        seconds, megabytes, failed = ours.recv()
    except EOFError:
        seconds, megabytes, failed = {}, 0.0, ""
    child.join()
    if child.exitcode:
        failed = f"over {limit:g} s" if child.exitcode == -signal.SIGXCPU else "killed"
    return Measured(size, seconds, megabytes, failed)


def _child(told: Connection, text: str, engine: Engine, params: Params, limit: float, tagger: Tagger | None) -> None:
    before = _resident()
    most = _MEMORY_LIMIT if tagger is None else _MEMORY_LIMIT_WITH_TAGGER
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # Not an alarm: a regular expression that runs away would not hear it.
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit) + 1))
    seconds: dict[str, float] = {}
    failed = ""
    try:
        _read(text, engine, params, seconds, tagger)
    except Exception as error:
        failed = type(error).__name__
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told.send((seconds, max(0.0, peak - before), failed))


def _resident() -> float:
    """The memory of this process now, in megabytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1_048_576


def _read(text: str, engine: Engine, params: Params, seconds: dict[str, float], tagger: Tagger | None) -> None:
    """All that the stages do to one article, the tagger's part where there is one; notes the seconds of each part."""
    laps = [time.process_time()]

    def lap(part: str) -> None:
        laps.append(time.process_time())
        seconds[part] = laps[-1] - laps[-2]

    article = Article(article="x", path="x", sha256=sha256(text), text=blanked(text))
    record = segmentation.segment(article, params.segment)
    lap("segment")
    entities: list[Entity] = []
    if tagger:
        entities = _tagged(tagger, article, record)
        lap("ner")
    frames = read_mentions(engine, record, text, entities, [])
    lap("frames")
    events = merge(frames, engine.types, params.events.window, params.events.modalities)
    csv_text(events, {"x": text}, [record])
    lap("events")
    list(plover_records(events, {"x": text}, [record], params.tables.undated))
    lap("tables")


def _tagged(tagger: Tagger, article: Article, record: Segments) -> list[Entity]:
    from pipeline.tagger.entities import rounded, story_entities, story_words

    found: list[Entity] = []
    for story in record.stories:
        tags = rounded(tagger.tag_document(story_words(article.text, story)))
        found += [entity for _, entity in story_entities(record.article, article.text, story, tags)]
    return found


def benchmark(
    shapes: Sequence[str], size: int, params: Params, limit: float, tagger: Tagger | None = None
) -> Iterator[str]:
    """Measure each shape at an eighth, a quarter, a half and the whole of `size` bytes; yields a line each, and what
    came of it. A size above one that failed is not tried."""
    engine = Engine.configured(params.frames)
    _read(text_of("sentences", 2000), engine, params, {}, tagger)  # what is loaded once is no article's cost
    width = max(map(len, shapes))
    heads = " ".join(f"{size * step / STEPS[-1] / 1000:>7.1f} kB" for step in STEPS)
    yield f"{'seconds at':<{width}} {heads} {'memory':>9} {'exponent':>9}  most of it in"
    held = 0
    for shape in shapes:
        found: list[Measured] = []
        for step in STEPS:
            found.append(measure(text_of(shape, size * step // STEPS[-1]), engine, params, limit, tagger))
            if found[-1].failed:
                break
        line, within = _line(found)
        held += within
        yield f"{shape:<{width}} {line}"
    bounds = f"exponent below {EXPONENT}, {SECONDS:g} s and {MEGABYTES:g} MB at {size / 1000:g} kB"
    yield f"{held} of {len(shapes)} shapes within bounds: {bounds}"


def _line(found: Sequence[Measured]) -> tuple[str, bool]:
    """A shape's figures, and whether they are within bounds."""
    cells = [f"{one.failed or format(one.total, '.2f'):>10}" for one in found]
    cells += [f"{'':>10}"] * (len(STEPS) - len(found))
    power = exponent([(one.size, one.total) for one in found if not one.failed and one.total >= _TELLING_SECONDS])
    last = found[-1]
    told = "–" if power is None else f"{power:.2f}"
    slowest = max(last.seconds, key=lambda part: last.seconds[part]) if last.seconds else ""
    within = not last.failed and (power or 0) < EXPONENT and last.total < SECONDS and last.megabytes < MEGABYTES
    return f"{' '.join(cells)} {last.megabytes:>6.0f} MB {told:>9}  {slowest}", within


def chosen(names: Sequence[str]) -> list[str]:
    """The shapes of these names, or of names that begin so; all of them where none is given."""
    return [shape for shape in SHAPES if not names or any(shape.startswith(name) for name in names)]
