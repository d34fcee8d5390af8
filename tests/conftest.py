"""For all tests: property tests never fail for being slow, since machines are noisy, and torch's threads rest while
they wait for one another."""

from __future__ import annotations

import os

from hypothesis import settings

# As pipeline/stages/__init__.py has it for DVC, before any test module loads torch: a thread that spins until the
# others come holds up whatever else the machine does (tests of training beside other work: 27 s of CPU, not 165).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

settings.register_profile("project", deadline=None)
settings.load_profile("project")
