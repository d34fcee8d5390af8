"""The spaCy component: events on a document, spans to show, weights that travel, offsets that hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import DocBin

import pipeline.spacy_component  # registers the factory, as spaCy does by its entry point

assert pipeline.spacy_component
TEXT = "استخدمت روسيا، الأربعاء، حق النقض ضد مشروع قرار قدمته النرويج إلى مجلس الأمن. وامتنعت الصين عن التصويت."


def nlp(**config: object) -> Language:
    made = spacy.blank("ar")
    made.add_pipe("arabic_events", config={"model": None, **config})
    return made


def test_a_document_has_events_with_their_spans() -> None:
    doc = nlp()(TEXT)
    veto = next(event for event in doc._.events if event.type == "veto")
    assert veto.actors("vetoer") == ["RUS"]
    shown = {(span.label_, span.text, span.kb_id_) for span in doc.spans["events"] if span.id_ == veto.id}
    assert ("vetoer", "روسيا", "RUS") in shown
    assert {label for label, _, _ in shown} == {"veto", *veto.slots}


@pytest.mark.parametrize("tokens", [None, lambda made: Tokenizer(made.vocab, token_match=lambda text: True)])
def test_offsets_are_the_texts_whatever_the_tokens_are(tokens: object) -> None:
    made = nlp()
    if callable(tokens):
        made.tokenizer = tokens(made)
    doc = made(TEXT)
    fillers = [f for event in doc._.events for values in event.slots.values() for f in values]
    assert fillers and all(doc.text[f.start : f.end] == f.text for f in fillers)


def test_what_it_sets_is_declared() -> None:
    told = nlp().analyze_pipes()["summary"]["arabic_events"]["assigns"]
    assert set(told) == {"doc.ents", "doc.spans", "doc._.events"}


def test_displacy_shows_it_right_to_left_unasked() -> None:
    html = displacy.render(nlp()(TEXT), style="span", jupyter=False)
    assert "direction: rtl" in html and "vetoer" in html


def test_a_document_may_say_what_it_is() -> None:
    made = nlp()
    doc = made.make_doc(TEXT)
    doc._.published, doc._.article = "2024-02-21", "a1"
    veto = next(event for event in made(doc)._.events if event.type == "veto")
    assert veto.id.startswith("a1-") and veto.dates[0].value == "2024-02-21"


def test_parameters_are_held_to_params_yaml() -> None:
    doc = nlp(params={"frames": {"types": ["vote_tally"]}})(TEXT)
    assert not [event for event in doc._.events if event.type == "veto"]
    with pytest.raises(ValueError, match="frame"):
        nlp(params={"frame": {}})


def test_an_empty_document_stays_as_it_is() -> None:
    assert nlp()("  ")._.events == []


def test_documents_travel_with_their_events() -> None:
    made = nlp()
    kept = DocBin(store_user_data=True, docs=[made(TEXT)]).to_bytes()
    (doc,) = DocBin(store_user_data=True).from_bytes(kept).get_docs(made.vocab)
    assert [event.to_dict() for event in doc._.events] == [event.to_dict() for event in made(TEXT)._.events]


def test_weights_travel(tmp_path: Path) -> None:
    made = nlp(model="mini")
    doc = made(TEXT)
    assert {"روسيا،", "النرويج"} & {entity.text for entity in doc.ents} or doc.ents
    made.to_disk(tmp_path / "nlp")
    weights = tmp_path / "nlp" / "arabic_events" / "model" / "model.safetensors"
    assert weights.is_file()
    loaded = spacy.load(tmp_path / "nlp")
    assert Path(str(loaded.get_pipe("arabic_events").model)) == weights.parent  # type: ignore[attr-defined]
    assert [str(entity) for entity in loaded(TEXT).ents] == [str(entity) for entity in doc.ents]
    again = nlp().from_bytes(made.to_bytes())
    assert [str(entity) for entity in again(TEXT).ents] == [str(entity) for entity in doc.ents]
