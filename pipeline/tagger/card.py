"""The model card of a folder that `train` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingface_hub import EvalResult, ModelCard, ModelCardData

from pipeline.tagger.registry import Entry

# Licences that the hub knows by an identifier; any other is `other`, in words in the card.
_LICENCES = {"Apache-2.0": "apache-2.0", "MIT": "mit", "CC-BY-4.0": "cc-by-4.0", "CC-BY-SA-4.0": "cc-by-sa-4.0"}
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

## Use

As the workflow reads text: every sentence in words with the punctuation set apart, neighbouring sentences as context,
{{ words }}, and labels that can follow each other:

```python
from pathlib import Path
from pipeline.tagger.load import load_tagger

tagger = load_tagger(Path("models/ner"))
tagger.tag_document([["زار", "الوزير", "بيروت", "."]])    # a text: its sentences, each as its words
```

With transformers alone, words set apart by spaces:

```python
from transformers import pipeline

tag = pipeline("token-classification", model="models/ner", aggregation_strategy="{{ strategy }}")
tag("زار الوزير بيروت .")
```

The model labels whole words, so the strategy must be one that keeps them whole: `{{ strategy }}`{{ others }}.
`simple` cuts names apart within words, and is wrong for this model. Every strategy loses something against the loader
above, which reads several sentences at once and allows no label that cannot follow the one before it.
"""
_WORDS = {
    "first": "a word's first sub-word speaking for it",
    "mean": "the mean of all of a word's sub-words speaking for it",
}


def model_card(entry: Entry, summary: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """The card's text. summary: as the train stage's summary.json; settings: the train section of params.yaml."""
    trained = summary["trained"]
    known = _LICENCES.get(entry.licence)
    data = ModelCardData(
        language="ar",
        license=known or "other",
        license_name=None if known else "see-the-card",
        library_name="transformers",
        pipeline_tag="token-classification",
        base_model=entry.hub or entry.base_model,
        datasets=[*entry.trained_on, *(["arabic-political-events"] if trained else [])] or None,
        metrics=["f1"],
        tags=["named-entity-recognition", "arabic"],
        model_name=f"{summary['base']} fine-tuned" if trained else summary["base"],
        eval_results=_results(summary),
    )
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
        scores=_scores(summary),
        about=entry.about,
        licence=entry.licence,
        citation=entry.citation,
        words=_WORDS[entry.words],
        strategy="average" if entry.words == "mean" else "first",
        others=" is how it was trained; `first` and `max` keep words whole too" if entry.words == "mean" else "",
    )
    return str(card)


def _results(summary: Mapping[str, Any]) -> list[EvalResult] | None:
    """The model-index: strict F1 on the split that chose the epoch, where there is one."""
    if not summary["trained"] or summary["dev_f1"] is None:
        return None
    return [
        EvalResult(
            task_type="token-classification",
            task_name="Named entities, strict, over whole words",
            dataset_type="arabic-political-events",
            dataset_name="Political events in Arabic news, the split that chose the epoch",
            dataset_split="dev",
            metric_type="f1",
            metric_name="strict micro F1 (IOB2)",
            metric_value=summary["dev_f1"],
        )
    ]


def _scores(summary: Mapping[str, Any]) -> str:
    if not summary["trained"] or summary["dev_f1"] is None:
        return "No dev split to score on."
    return (
        f"Strict micro F1 on the dev split ({summary['dev_sentences']} sentences), which chose the epoch: "
        f"{summary['dev_f1']} after epoch {summary['best_epoch']} of {summary['epochs']}; "
        f"the base alone: {summary['base_dev_f1']}."
    )
