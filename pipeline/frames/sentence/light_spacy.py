"""spaCy's Matcher without its neural side.

thinc, which spaCy imports, imports torch wherever torch is installed: seconds and hundreds of megabytes that matching
patterns has no use for. While spaCy loads, a torch that is not loaded yet passes for one that is not there; a torch
loaded before stays as it is, and one imported later is untouched.
"""

from __future__ import annotations

import sys
from unittest.mock import patch

_ABSENT = {name: None for name in ("torch", "tensorflow", "mxnet") if name not in sys.modules}

with patch.dict(sys.modules, _ABSENT):
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

    _LOADED = {name: module for name, module in sys.modules.items() if module is not None}

# patch.dict puts the table back as it was: spaCy's own modules have to stay.
sys.modules.update(_LOADED)

__all__ = ["Doc", "Matcher", "Token", "Vocab"]
