"""What DVC runs, one module a stage: `run(workspace, params)` does the work, `main()` runs it on the project."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.files import Workspace
from pipeline.params import Params, load_params
from pipeline.publishing import cannot_write

# Read when torch is first loaded. Its threads meet after every step; by default the one that is first spins until the
# others come, which beside other work is most of the time that it burns (measured: 13.6 s of CPU for work of 3.6 s).
# Asleep it burns nothing, and the loss is the same to its last digit.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


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
