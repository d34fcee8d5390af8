"""What one frame type makes of one sentence: candidates, which of them stand, and how they are meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.frames.mentions.candidates import Candidate, Rules
from pipeline.frames.mentions.context import Context
from pipeline.frames.mentions.modality import Modalities
from pipeline.frames.mentions.resolution import resolve
from pipeline.frames.rules.schema import FrameType, Shared
from pipeline.frames.sentence.fillers import whole
from pipeline.frames.sentence.layers import FrameLayers
from pipeline.frames.story import documents


@dataclass(slots=True)
class Telling:
    """shut: why no rule was tried, if none was; candidates: all matches; mentions: those that stand, each with its
    modality; asides: what is said here of mentions elsewhere."""

    shut: str | None = None
    candidates: list[Candidate] = field(default_factory=list)
    mentions: list[tuple[Candidate, str]] = field(default_factory=list)
    asides: list[Candidate] = field(default_factory=list)


class CompiledType:
    """A frame type ready to run."""

    def __init__(self, frame: FrameType, shared: Shared) -> None:
        self.frame = frame
        self.layers = FrameLayers(shared, frame)
        self.rules = Rules(frame, self.layers.sets)
        self.modalities = Modalities(frame, shared)

    def tell(self, context: Context, told: bool) -> Telling:
        """Read a row; `told`: whether one of the two sentences before told of this frame type. Writes nothing."""
        shut = self.rules.shut(context.tags, told)
        if shut is not None:
            return Telling(shut)
        candidates = self.rules.candidates(context)
        stand, asides = resolve(
            self.frame,
            candidates,
            lambda candidate: self.modalities.modality(context.tags, context.syntax, candidate) != "none",
        )
        mentions = []
        for candidate in stand:
            modality = self.modality(context, candidate)
            if modality == "none":
                continue
            if modality in self.frame.resumed and "object" not in candidate.slots:
                documents.resume(candidate.slots, context.memory.document, self.frame.resumes)
            if "_another" in self.frame.slots and documents.another(context.base.words, context.row, candidate.trigger):
                candidate.slots["_another"] = [
                    whole(context.text, context.base.words, context.row[candidate.trigger], True)
                ]
            mentions.append((candidate, modality))
        return Telling(None, candidates, mentions, asides)

    def modality(self, context: Context, candidate: Candidate) -> str:
        """How a candidate is meant; `none` where it tells of no event."""
        return self.modalities.modality(context.tags, context.syntax, candidate)
