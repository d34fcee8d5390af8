"""The command line, under the name of the wheel's package; in the wheel this is pipeline/__main__.py itself."""

from __future__ import annotations

from pipeline.__main__ import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
