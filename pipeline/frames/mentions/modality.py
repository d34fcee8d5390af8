"""What the words around a mention say of it: that it happened, may, did not, is asked for."""

from __future__ import annotations

from pipeline.frames.mentions.candidates import Candidate
from pipeline.frames.mentions.operators import Operators
from pipeline.frames.rules.schema import FrameType, Shared
from pipeline.frames.sentence.matching import Pattern, Patterns, Tags
from pipeline.frames.sentence.syntax import Syntax
from pipeline.records import Modality


class Modalities:
    """The cues and operators of a frame type, compiled."""

    def __init__(self, frame: FrameType, shared: Shared) -> None:
        self.frame = frame
        self.cues = [*frame.cues, *([] if frame.cues_alone else shared.default_cues), *shared.cues]
        self.patterns = Patterns([Pattern(cue.pattern) for cue in self.cues])
        self.operators = Operators(shared.operators, frame.own_verbs)

    def modality(self, tags: Tags, syntax: Syntax, candidate: Candidate) -> Modality | str:
        """The modality of a candidate, `none` where it tells of no event.

        The rule's own word goes first, but for a threat that a governor denies; then the first cue that matches, then
        what governs the trigger; `actual` is the default. Where the frame type tells of what happened alone, anything
        else is no event.
        """
        found = self._found(tags, syntax, candidate)
        return "none" if self.frame.happens and found != "actual" else found

    def _found(self, tags: Tags, syntax: Syntax, candidate: Candidate) -> Modality | str:
        said = candidate.rule.modality or self._cued(tags, candidate)
        if said is None:
            return self.operators.scope(syntax, candidate.trigger, not self.frame.happens) or "actual"
        # A threat may be denied; what else words beside it say holds under any governor.
        denied = said == "threatened" and self.operators.scope(syntax, candidate.trigger, False) == "negated"
        return "negated" if denied else said

    def _cued(self, tags: Tags, candidate: Candidate) -> Modality | str | None:
        """What the first cue that matches says."""
        marked = tags.marked(trigger=candidate.trigger, start=candidate.match.start)
        for number, pattern in self.patterns.possible(marked):
            if marked.present.isdisjoint(self.cues[number].unless) and pattern.find(marked):
                return self.cues[number].is_
        return None
