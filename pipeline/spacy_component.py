"""A spaCy component: `nlp.add_pipe("arabic_events")` on `spacy.blank("ar")`.

It sets `doc.ents`, `doc.spans["events"]` (the passages that tell of an event, by its type, and within them the words of
its slots, by the slot's name) and `doc._.events`. spaCy's spans are of whole tokens, so an attached particle may be in
them; the offsets in `doc._.events` are exact and count in `doc.text`, whatever the tokens are.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.extraction import Extraction, FoundEvent
from pipeline.extractor import Extractor
from pipeline.params import Params
from pipeline.records import Event, Segments
from pipeline.tagger.named import model_folder

NAME = "arabic_events"
# Where a document keeps its records, as plain values, so that documents travel between processes and to disk.
_KEPT = "arabic_events"
_MODEL, _PARAMS = "model", "params.json"


@Language.factory(
    NAME,
    default_config={"model": "mini", "params": {}, "spans_keys": ["events", "sc"]},
    assigns=["doc.ents", "doc.spans", "doc._.events"],
)
def make(nlp: Language, name: str, model: str | None, params: dict[str, Any], spans_keys: list[str]) -> EventComponent:
    """model: as for Extractor.load; params: what differs from the defaults, in the sections of params.yaml; spans_keys:
    the groups of `doc.spans` to fill, of which "sc" is the one that `displacy` shows unasked."""
    return EventComponent(model, Params.model_validate(params), spans_keys)


class EventComponent:
    """Events of a document. The model is loaded with the first document, or from disk."""

    def __init__(self, model: str | Path | None, params: Params, spans_keys: Iterable[str] = ("events",)) -> None:
        _register()
        self.model, self.params, self.spans_keys = model, params, list(spans_keys)
        self._extractor: Extractor | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    @property
    def extractor(self) -> Extractor:
        if self._extractor is None:
            self._extractor = Extractor.load(self.model, self.params)
        return self._extractor

    def __call__(self, doc: Doc) -> Doc:
        """Add what the text tells. The document may say what it is: `doc._.article`, `doc._.published`, `doc._.outlet`
        are used where they are set. Raises ArticleError for a text without Arabic; an empty document stays as it is."""
        if not doc.text.strip():
            return doc
        made = self.extractor(
            doc.text, id=doc._.article or "doc", published=doc._.published or None, outlet=doc._.outlet or None
        )
        doc.user_data[_KEPT] = made.to_dict()
        entities = [
            doc.char_span(*entity.core, label=entity.label, alignment_mode="expand") for entity in made.entities
        ]
        doc.ents = filter_spans([span for span in (*doc.ents, *entities) if span])
        spans = list(_spans(doc, made))
        for key in self.spans_keys:
            doc.spans[key] = spans
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the parameters and the model itself, so that the folder is all that another machine needs."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_json(folder / _PARAMS, self.params.model_dump(mode="json"))
        if self.model is not None:
            shutil.copytree(self._folder(), folder / _MODEL, dirs_exist_ok=True, ignore=_not_weights)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EventComponent:
        folder = Path(path)
        self.params = Params.model_validate(srsly.read_json(folder / _PARAMS))
        self.model = folder / _MODEL if (folder / _MODEL).is_dir() else None
        self._extractor = Extractor.load(self.model, self.params)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        files = [] if self.model is None else [file for file in self._folder().iterdir() if file.is_file()]
        weights = {file.name: file.read_bytes() for file in files if file.name not in _not_weights("", [file.name])}
        return srsly.msgpack_dumps({"params": self.params.model_dump(mode="json"), "model": weights})

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> EventComponent:
        value = srsly.msgpack_loads(data)
        self.params = Params.model_validate(value["params"])
        self.model = None
        if value["model"]:
            self._home = tempfile.TemporaryDirectory(prefix="arabic-events-")
            self.model = Path(self._home.name)
            for name, content in value["model"].items():
                (self.model / name).write_bytes(content)
        self._extractor = Extractor.load(self.model, self.params)
        return self

    def _folder(self) -> Path:
        assert self.model is not None
        return model_folder(self.model)


def _not_weights(folder: str, names: list[str]) -> set[str]:
    """What of a model's folder the tagger does without: recipes and notes."""
    return {name for name in names if not name.endswith((".json", ".txt", ".safetensors"))}


def _spans(doc: Doc, made: Extraction) -> Iterable[Span]:
    """The passages and slots of all events, of whole tokens; the span's id is the event's, its kb_id the actor's."""
    for event in made:
        places = [(m.start, m.end, event.type, "") for m in event.record.mentions]
        places += [(f.start, f.end, slot, f.actor or "") for slot, fillers in event.slots.items() for f in fillers]
        for start, end, label, actor in places:
            span = doc.char_span(start, end, label=label, kb_id=actor, span_id=event.id, alignment_mode="expand")
            if span:
                yield span


def _register() -> None:
    """Declare what documents can be asked and told."""
    if not Doc.has_extension("events"):
        Doc.set_extension("events", getter=_events)
    for name in ("article", "published", "outlet"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def _events(doc: Doc) -> list[FoundEvent]:
    """The events of a document, from what it keeps."""
    kept = doc.user_data.get(_KEPT)
    if not kept:
        return []
    stories = {story.story: story for story in Segments.model_validate(kept["segments"]).stories}
    records = [Event.model_validate(event) for event in kept["events"]]
    return [FoundEvent(record, doc.text, stories.get(record.story)) for record in records]
