"""What DVC runs, one module a stage: `run(workspace, params)` does the work, `main()` runs it on the project."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.files import Workspace
from pipeline.params import Params, load_params
from pipeline.publishing import cannot_write


def stage_main(run: Callable[[Workspace, Params], str]) -> None:
    """Run a stage on the project in the current folder, print its line; an error is told as `told_in_a_line` does."""
    told_in_a_line(lambda: print(run(Workspace.project(), load_params())))


def told_in_a_line(work: Callable[[], object]) -> None:
    """Do the work; an error of ours, or of the system about a file, is told without a traceback and exits with 1."""
    try:
        work()
    except PipelineError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(str(cannot_write(Path(), error)))
