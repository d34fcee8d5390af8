"""What the words around a mention say of it: that it happened, may, did not, is asked for."""

from __future__ import annotations

from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.rules.schema import FrameType
from pipeline.frames.sentence.matching import Pattern, Patterns, Tags
from pipeline.records import Modality


class Cues:
    """The cues of a frame type, compiled."""

    def __init__(self, frame: FrameType) -> None:
        self._cues = frame.cues
        self._patterns = Patterns([Pattern(cue.pattern) for cue in frame.cues])

    def modality(self, tags: Tags, candidate: Candidate) -> Modality | str:
        """The modality of a candidate, `none` where it tells of no event: the rule's own word goes first, then the
        first cue that matches; `actual` is the default."""
        if candidate.rule.modality:
            return candidate.rule.modality
        marked = tags.marked(trigger=candidate.trigger, start=candidate.match.start)
        for number, pattern in self._patterns.possible(marked):
            if marked.present.isdisjoint(self._cues[number].unless) and pattern.find(marked):
                return self._cues[number].is_
        return "actual"
