"""Where spaCy finds the component by its entry point; in the wheel this is pipeline/spacy_component.py itself."""

from __future__ import annotations

from pipeline.spacy_component import make

__all__ = ["make"]
