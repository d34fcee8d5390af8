"""Lists of actors: روسيا والصين، كل من أنغولا وفنزويلا، روسي - صيني."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.arabic.words import Word
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.verb_forms import verb_lexicon

_EACH = re.compile("(و?[بلك]?)كلا?")
_SEPARATORS = frozenset("،,-/")
# إسرائيل وحليفتها الولايات المتحدة: what the next one is to the last joins the two
_AND_HIS = re.compile("و(حليف|جار|شريك|صديق)ت?(ها|هما|هم|ه)")


def coordinate(singles: Sequence[Chunk], ws: Sequence[Word]) -> list[Chunk]:
    """Join neighbouring actors to one chunk where only separators stand between them and an attached و shows a list.

    A comma alone joins in the middle of a list that a و closes (أ، ب، وج), two adjectives also join side by side
    (روسي صيني). An apposition after a comma without و stays apart.
    """
    lists: list[Chunk] = []
    pending: list[Chunk] = []  # comma-joined actors that a later و may turn into members

    def flush() -> None:
        if len(pending) > 1 and _is_list(pending, ws):
            lists.append(_join(pending))
        else:
            lists.extend(pending)
        pending.clear()

    for chunk in singles:
        last = pending[-1] if pending else (lists[-1] if lists else None)
        between = [word.norm for word in ws[last.end : chunk.start]] if last is not None else ["."]
        near = all(norm in _SEPARATORS or norm in {"و", "او"} for norm in between)
        comma = any(norm in _SEPARATORS for norm in between)
        ally = len(between) == 1 and _AND_HIS.fullmatch(between[0]) is not None
        if last is not None and comma and _new_clause(last, chunk):
            near = False
        linked = ally or "+و" in chunk.tags or bool({"و", "او"} & set(between))
        twin = (
            last is not None
            and _form(last) == _form(chunk) == "adjective"
            and (not comma or "-" in between or "/" in between)
        )
        if last is None or not (near or ally) or len(between) > 2:
            flush()
            pending.append(chunk)
        elif linked or twin:
            whole = [*pending, chunk] if pending else [lists.pop(), chunk]
            pending.clear()
            lists.append(_join(whole))
        elif comma:
            if not pending:
                pending.append(lists.pop())
            pending.append(chunk)
        else:
            flush()
            pending.append(chunk)
    flush()
    for chunk in lists:
        _take_each_of(chunk, ws)
    return lists


def _is_list(chunks: Sequence[Chunk], ws: Sequence[Word]) -> bool:
    """Whether names that commas or slashes alone part are one list: announced by a colon or dash (كل من: غانا، كينيا),
    parted by slashes, at least three, or two right behind a verb whose clause goes on (استخدمت روسيا، الصين حق …)."""
    if not all(_form(chunk) in {"name", "capital"} for chunk in chunks):
        return False
    start, end = chunks[0].start, chunks[-1].end
    between = [ws[chunk.start - 1].norm for chunk in chunks[1:]]
    announced = start > 0 and ws[start - 1].norm in {":", "-"}
    if announced or len(chunks) > 2 or all(mark == "/" for mark in between):
        return True
    behind_verb = start > 0 and any(reading.proclitics == () for reading in verb_lexicon().finite(ws[start - 1].norm))
    goes_on = end < len(ws) and ws[end].kind == "word" and ws[end].norm[0] not in "يتسوف"
    return behind_verb and goes_on


def _take_each_of(chunk: Chunk, ws: Sequence[Word]) -> None:
    """كل من روسيا والصين: the list begins with its quantifier, which then governs nothing."""
    first = chunk.start - 1 if chunk.start and ws[chunk.start - 1].norm == ":" else chunk.start
    if first >= 2 and ws[first - 1].norm == "من" and (quantifier := _EACH.fullmatch(ws[first - 2].norm)):
        chunk.start = first - 2
        chunk.tags |= {"+" + clitic for clitic in quantifier.group(1)}


def _new_clause(last: Chunk, chunk: Chunk) -> bool:
    """في مجلس الأمن، والصين …: behind a comma a state goes on with no list that begins with a body alone."""
    return len(last.members) == 1 and _form(last) == "body" and _form(chunk) in {"name", "capital"}


def _form(chunk: Chunk) -> str:
    return chunk.members[-1].form


def _join(chunks: Sequence[Chunk]) -> Chunk:
    tags = {tag for tag in chunks[0].tags if tag.startswith("+")} | set.intersection(*(chunk.tags for chunk in chunks))
    members = [member for chunk in chunks for member in chunk.members]
    return Chunk("actors", chunks[0].start, chunks[-1].end, tags, members=members)
