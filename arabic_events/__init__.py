"""Arabic news in, structured political events out.

    from arabic_events import Extractor

    for event in Extractor.load()("استخدمت روسيا حق النقض ضد مشروع القرار …", published="2024-03-22"):
        print(event.type, event.modality, event.actors("vetoer"))

The name that programs import. In a checkout the code lies in the folder `pipeline`; in the wheel it lies here, for
`pipeline` is what others call modules of their own (docs/install.md).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.errors import PipelineError
    from pipeline.extraction import Extraction, FoundEvent, to_pandas
    from pipeline.extractor import Extractor
    from pipeline.params import Params

__all__ = ["Extraction", "Extractor", "FoundEvent", "Params", "PipelineError", "to_pandas"]

# Imported when they are asked for: the tagger's libraries take seconds.
_HOMES = {
    "Extraction": "pipeline.extraction",
    "Extractor": "pipeline.extractor",
    "FoundEvent": "pipeline.extraction",
    "Params": "pipeline.params",
    "PipelineError": "pipeline.errors",
    "to_pandas": "pipeline.extraction",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
