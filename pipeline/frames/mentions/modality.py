"""What the words around a mention say of it: that it happened, may, did not, is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.rules.schema import FrameType
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.matching import Pattern, as_doc
from pipeline.records import Modality


class Cues:
    """The cues of a frame type, compiled."""

    def __init__(self, frame: FrameType, negatable: frozenset[str]) -> None:
        self.cues = [(cue, Pattern(cue.pattern)) for cue in frame.cues]
        self.negatable = negatable

    def modality(self, row: Sequence[Chunk], candidate: Candidate) -> Modality | str:
        """The modality of a candidate, `none` where it tells of no event: the rule's own word goes first, then the
        first cue that matches; `actual` is the default."""
        if candidate.rule.modality:
            return candidate.rule.modality
        marks = {candidate.trigger: {"trigger"}}
        marks.setdefault(candidate.match.start, set()).add("start")
        marked = [chunk.marked(marks.get(place, set())) for place, chunk in enumerate(row)]
        present = {tag for chunk in marked for tag in chunk.tags} | {"!" + tag for tag in self.negatable}
        cues = [(cue, pattern) for cue, pattern in self.cues if not present & set(cue.unless)]
        possible = [(cue, pattern) for cue, pattern in cues if pattern.possible(present)]
        if not possible:
            return "actual"
        doc = as_doc(marked, self.negatable)
        return next((cue.is_ for cue, pattern in possible if pattern.find(doc, present)), "actual")
