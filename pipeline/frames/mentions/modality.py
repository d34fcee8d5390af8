"""What the words around a mention say of it: that it happened, may, did not, is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.rules.schema import FrameType
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.matching import Pattern, Tags
from pipeline.records import Modality


class Cues:
    """The cues of a frame type, compiled."""

    def __init__(self, frame: FrameType) -> None:
        self.cues = [(cue, Pattern(cue.pattern)) for cue in frame.cues]

    def modality(self, row: Sequence[Chunk], candidate: Candidate) -> Modality | str:
        """The modality of a candidate, `none` where it tells of no event: the rule's own word goes first, then the
        first cue that matches; `actual` is the default."""
        if candidate.rule.modality:
            return candidate.rule.modality
        tags = Tags(row, [("trigger", candidate.trigger), ("start", candidate.match.start)])
        cues = ((cue, pattern) for cue, pattern in self.cues if tags.present.isdisjoint(cue.unless))
        return next((cue.is_ for cue, pattern in cues if pattern.find(tags)), "actual")
