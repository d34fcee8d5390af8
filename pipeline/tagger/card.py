"""The model card of a folder that `train` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingface_hub import ModelCard, ModelCardData

from pipeline.tagger.registry import Entry

_TEMPLATE = """---
{{ card_data }}
---

# Entities in Arabic news, from {{ base }}

Persons (PERS), places (LOC), organisations (ORG) and others (MISC) in BIO, over whole whitespace words. {{ told }}

| | |
| --- | --- |
| base | `{{ base }}`, {{ source }} |
| base weights, SHA-256 | `{{ base_sha256 }}` |
| training data, SHA-256 of its words and labels | {{ data }} |
{% for name, value in settings.items() %}| {{ name }} | {{ value }} |
{% endfor %}
{{ scores }}

{{ about }} Licence of the base: {{ licence }}. {{ citation }}.

Load it with `pipeline.tagger.load.load_tagger`, which reads `tagger.json` for how sub-words speak for words and how
much running text the model sees at once.
"""


def model_card(entry: Entry, summary: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """The card's text. summary: as the train stage's summary.json; settings: the train section of params.yaml."""
    data = ModelCardData(
        language="ar",
        library_name="transformers",
        pipeline_tag="token-classification",
        base_model=entry.hub,
        tags=["named-entity-recognition", "arabic"],
    )
    trained = summary["trained"]
    card = ModelCard.from_template(
        data,
        template_str=_TEMPLATE,
        base=summary["base"],
        source=f"{entry.hub} at {summary['revision']}" if entry.hub else "from this repository",
        base_sha256=summary["base_sha256"],
        told=(
            f"Fine-tuned on {summary['train_sentences']} sentences."
            if trained
            else f"The base as it is, not fine-tuned: {summary['reason']}."
        ),
        data=f"`{summary['data_sha256']}`" if trained else "none",
        settings=settings,
        scores=(
            f"Strict micro F1 on the dev split ({summary['dev_sentences']} sentences), which chose the epoch: "
            f"{summary['dev_f1']} after epoch {summary['best_epoch']} of {summary['epochs']}; "
            f"the base alone: {summary['base_dev_f1']}."
            if trained and summary["dev_f1"] is not None
            else "No dev split to score on."
        ),
        about=entry.about,
        licence=entry.licence,
        citation=entry.citation,
    )
    return str(card)
