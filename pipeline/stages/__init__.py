"""What DVC runs, one module a stage: `run(workspace, params)` does the work, `main()` runs it on the project."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pipeline.errors import PipelineError
from pipeline.files import Workspace
from pipeline.params import Params, load_params


def stage_main(run: Callable[[Workspace, Params], str]) -> None:
    """Run a stage on the project in the current folder, print its line; a PipelineError is told without a traceback."""
    try:
        print(run(Workspace.project(), load_params()))
    except PipelineError as error:
        sys.exit(str(error))
