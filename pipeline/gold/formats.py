"""The tools that labels go to and come from."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The tools that gold is exchanged with."""

    studio = "label-studio"
    brat = "brat"
    conll = "conll"
    conll2002 = "conll-2002"
