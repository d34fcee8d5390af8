"""README.md of the gold as a data set: what `load_dataset` goes by, and what a reader should know."""

from __future__ import annotations

from collections.abc import Mapping

from huggingface_hub import DatasetCard, DatasetCardData

_TEMPLATE = """---
{{ card_data }}
---

# Political events in Arabic news: hand-made labels

Vetoes, vote tallies and calls for a ceasefire with their slots and evidence, and entities (PERS, LOC, ORG, MISC), in
news in Modern Standard Arabic. Labelled by language models after written guidelines, not by people; how far two of them
agree is told with the project.

| rows | {{ splits | join(" | ") }} |
| --- |{{ " ---: |" * splits | length }}
{% for name, counts in rows.items() %}| `{{ name }}` | {{ counts | join(" | ") }} |
{% endfor %}

```python
from datasets import load_dataset

articles = load_dataset("PATH")            # a row an article: text, sentences, entities, events
tokens = load_dataset("PATH", "tokens")    # a row a sentence: white-space tokens and IOB2 labels
```

Starts and ends are half-open ranges of code points of `text`; `text[start:end]` is what the row says. `load_from_disk`
reads `PATH/articles` and `PATH/tokens`, the same as Arrow.

The articles written for the project and the labels are under the MIT licence. The pages scraped from the web, which the
dev split holds five of, belong to their publishers and are for research. Splits share no text, no sentence of ten words
and no happening.
"""


def dataset_card(rows: Mapping[str, Mapping[str, int]]) -> str:
    """The card's text. rows: configuration → split → how many rows it has; the first configuration is the default.

    A split without rows has no file, so none is named: `load_dataset` would look for it."""
    configs = [
        {
            "config_name": name,
            "default": number == 0,
            "data_files": [
                {"split": split, "path": f"{name}/parquet/{split}.parquet"} for split, count in counts.items() if count
            ],
        }
        for number, (name, counts) in enumerate(rows.items())
    ]
    data = DatasetCardData(
        language="ar",
        license="other",
        license_name="mit-and-publishers",
        annotations_creators="machine-generated",
        task_categories=["token-classification", "text-classification"],
        pretty_name="Political events in Arabic news",
        size_categories="n<1K",
        tags=["event-extraction", "named-entity-recognition", "arabic", "news", "united-nations"],
        configs=configs,
    )
    splits = list(next(iter(rows.values())))
    counted = {name: list(counts.values()) for name, counts in rows.items()}
    return str(DatasetCard.from_template(data, template_str=_TEMPLATE, splits=splits, rows=counted))
