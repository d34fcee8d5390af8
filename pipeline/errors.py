"""One family of errors. Every message names the file, line or article, says what is wrong there and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def shown(text: str) -> str:
    """The text as one line that any terminal can print: what files and their names hold of controls, line ends, marks
    of direction and half characters, written as escapes. Joiners within words stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else c.encode("unicode_escape").decode() for c in text)


class PipelineError(Exception):
    """Something the person running the workflow can mend.

    where: the file, `file:line`, article or parameter at fault; what: what is wrong with it; do: what to do about it.
    The command line prints the message without a traceback and exits with status 1.
    """

    code = "E000"

    def __init__(self, where: str | Path, what: str, do: str) -> None:
        self.where, self.what, self.do = shown(str(where)), shown(what), do
        super().__init__(f"[{self.code}] {self.where}: {self.what}. {do}")


class ArticleError(PipelineError):
    """An article that cannot be read as Arabic text."""

    code = "E101"


class StageError(PipelineError):
    """A stage could not get through one article; the message names both and the place in the code."""

    code = "E102"


class ParamsError(PipelineError):
    """params.yaml holds an unknown key or a value of the wrong type."""

    code = "E201"


class RecordError(PipelineError):
    """A JSON Lines file does not hold the records its contract promises."""

    code = "E301"


class GoldError(PipelineError):
    """Gold that does not fit its text or its own schema."""

    code = "E401"

    @property
    def errors(self) -> tuple[GoldError, ...]:
        """The single faults that this stands for."""
        return (self,)


class GoldErrors(GoldError):
    """Several at once, so that a labeller can mend them all before the next try."""

    def __init__(self, where: str | Path, errors: Sequence[GoldError]) -> None:
        self._errors = tuple(errors)
        listed = "".join(f"\n  {error.where}: {error.what}. {error.do}." for error in errors)
        problems = "1 problem" if len(errors) == 1 else f"{len(errors)} problems"
        super().__init__(where, f"{problems}, so nothing was written", f"Correct:{listed}")

    @property
    def errors(self) -> tuple[GoldError, ...]:
        return self._errors


def raise_any(where: str | Path, faults: Sequence[GoldError]) -> None:
    """Raise the fault collected, or all of them at once; nothing where there is none."""
    if faults:
        raise faults[0] if len(faults) == 1 else GoldErrors(where, faults)


class ModelError(PipelineError):
    """A model is missing, unknown, tampered with or of the wrong kind."""

    code = "E501"


class RuleError(PipelineError):
    """A rule file or the actor register is malformed."""

    code = "E601"


class OutputError(PipelineError):
    """A file or folder cannot be written, or another run is writing there."""

    code = "E701"
