"""A register that is broken is told once, not by every test that reads it."""

from __future__ import annotations

import pytest

from pipeline.actors.register import load_register


@pytest.fixture(scope="session", autouse=True)
def register() -> None:
    """Read the register before any test; where that fails, each test here says so at once."""
    load_register()
