"""Whether a story is one in which a frame type can happen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.frames.rules import schema
from pipeline.frames.sentence.chunks import Chunk


class Setting:
    """The condition of a rule file on the whole story; without one it always holds."""

    def __init__(self, setting: schema.Setting | None) -> None:
        self.setting = setting

    def holds(self, rows: Sequence[Sequence[Chunk]], named: Collection[str | None], told: Collection[int]) -> bool:
        """rows: those of all sentences; named: every actor of the story; told: numbers of the sentences with a mention.

        The story names one of the setting's actors, or a mention stands beside one of its tags and nothing in the story
        is of the kind where the like of it happens too.
        """
        if self.setting is None or set(named) & set(self.setting.actors):
            return True
        tags = [{tag for chunk in row for tag in chunk.tags} for row in rows]
        elsewhere = bool(set(named) & set(self.setting.instead)) or any(
            here & set(self.setting.instead) for here in tags
        )
        return not elsewhere and any(tags[at] & set(self.setting.tags) for at in told)
