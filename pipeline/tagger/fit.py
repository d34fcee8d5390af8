"""Fine-tuning: one loop for the recipe of models/mini and for the train stage.

Why not transformers' Trainer: on a processor its dropout alone takes a third of a step and its batches pad to the
longest of sixteen sentences. Here windows of running text are packed by length, dropout masks are shared along a
sentence (Gal & Ghahramani, "A Theoretically Grounded Application of Dropout in Recurrent Neural Networks", 2016),
which costs nothing to draw, and the weights kept are a running mean (Polyak & Juditsky 1992). The same seed on the
same machine gives the same weights.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from nervaluate import Evaluator
from nervaluate.entities import EvaluationResult
from torch import nn
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from pipeline.tagger.augment import Document
from pipeline.tagger.encode import Batch, Pieces, Window, by_budget, by_word, collate, pack, window
from pipeline.tagger.identity import Identity
from pipeline.tagger.labels import INDEX, LABELS, TYPES
from pipeline.tagger.machine import choose_device, choose_precision
from pipeline.tagger.tagger import Tagger

_SKIP = -100
_CLIP = 1.0


@dataclass(frozen=True)
class Settings:
    """How to train. learning_rate: of the top layer; each layer below has `layer_decay` times the one above, the
    classifier `head_factor` times as much. batch_tokens: sub-words a step, padding included. context, words,
    consistency: as registry.Entry. mask: chance that a word is hidden from the model. split: chance that it is cut
    into other sub-words, at a random letter (after Kudo, "Subword Regularization", ACL 2018). average: decay of the
    running mean of weights a step, 0 for none. patience: epochs without a better dev F1 before stopping. device: where
    it computes; the model ends on the processor."""

    epochs: int
    learning_rate: float = 2e-4
    head_factor: float = 10.0
    layer_decay: float = 0.95
    weight_decay: float = 0.01
    warm_up: float = 0.1
    dropout: float = 0.1
    batch_tokens: int = 1024
    context: int = 0
    words: str = "first"
    consistency: float = 0.0
    mask: float = 0.05
    split: float = 0.0
    average: float = 0.99
    patience: int = 3
    seed: int = 13
    device: str = "cpu"


@dataclass(frozen=True)
class Epoch:
    """What an epoch came to: mean loss over steps and strict micro F1 on dev (None without dev data). Epoch 0 is the
    model as it came, which has no loss."""

    number: int
    loss: float | None
    f1: float | None


class SharedDropout(nn.Module):
    """Dropout with one mask for all positions of a sequence; x: [sequences, positions, features]."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or not self.p:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[-1], device=x.device) >= self.p
        return x * (kept.to(x.dtype) / (1 - self.p))


def fit(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    epoch_documents: Callable[[random.Random], Sequence[Document]],
    dev: Sequence[Document],
    settings: Settings,
    report: Callable[[Epoch], None] = lambda epoch: None,
) -> list[Epoch]:
    """Train a token classifier whose outputs are LABELS in order; `model` ends with the best epoch's weights, those it
    came with among them, or without dev with the last epoch's. epoch_documents gives each epoch's documents, rewritten
    or not; `report` sees each epoch; the answer begins with epoch 0 where there is dev data."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    place = choose_device(settings.device)
    model.to(place)  # type: ignore[arg-type]
    pieces = Pieces(tokenizer)
    _prepare(model, settings.dropout)
    optimizer, rates = _optimizer(model, settings)
    average = [value.detach().clone() for value in model.state_dict().values()]
    steps = total = 0
    epochs = [Epoch(0, None, score(model, tokenizer, dev, settings))] if dev else []
    best = [value.clone() for value in average]
    bf16 = choose_precision("auto", device=place) == "bf16"
    for number in range(1, settings.epochs + 1):
        windows, targets = _windows(epoch_documents(rng), pieces, tokenizer, settings, rng)
        batches = by_budget([len(item.ids) for item in windows], settings.batch_tokens)
        rng.shuffle(batches)
        # The schedule is laid out on the first epoch's steps; later epochs differ by a few windows only.
        total = total or len(batches) * settings.epochs
        model.train()
        losses = 0.0
        for batch in batches:
            steps += 1
            _set_rates(optimizer, rates, steps, total, settings.warm_up)
            loss = _loss(
                model, [windows[i] for i in batch], [targets[i] for i in batch], tokenizer, settings.words, bf16
            )
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses += float(loss.detach())
            # Young averages forget faster, so that the untrained start does not linger in them.
            kept = min(settings.average, (1 + steps) / (10 + steps)) if settings.average else 0.0
            torch._foreach_lerp_(average, list(model.state_dict().values()), 1 - kept)
        current = [value.clone() for value in model.state_dict().values()]
        _set(model, average)
        f1 = score(model, tokenizer, dev, settings) if dev else None
        epochs.append(Epoch(number, losses / len(batches), f1))
        report(epochs[-1])
        kept_epoch = best_of(epochs).number
        if kept_epoch == number:
            best = [value.clone() for value in average]
        elif number - kept_epoch >= settings.patience:
            break
        _set(model, current)
    _set(model, best)
    model.set_attn_implementation("sdpa")
    model.to("cpu").eval()  # type: ignore[arg-type]
    return epochs


def best_of(epochs: Sequence[Epoch]) -> Epoch:
    """The first epoch with the highest dev F1; without dev data the last."""
    return max(epochs, key=lambda epoch: (0.0, epoch.number) if epoch.f1 is None else (epoch.f1, -epoch.number))


def score(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, documents: Sequence[Document], settings: Settings
) -> float:
    """Strict micro F1 (IOB2) of a model on labelled documents, by the tagger's own path."""
    gold, found = compare(as_tagger(model, tokenizer, settings), documents)
    return float(strict(gold, found)["all"].f1)


def as_tagger(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, settings: Settings) -> Tagger:
    """A tagger over the weights as they stand."""
    identity = Identity(
        name="in training",
        revision="local",
        sha256="",
        precision=choose_precision("auto", device=model.device),
        context=settings.context,
        words=settings.words,
        consistency=settings.consistency,
    )
    return Tagger(model.eval(), tokenizer, range(len(LABELS)), identity)


def compare(tagger: Tagger, documents: Sequence[Document]) -> tuple[list[list[str]], list[list[str]]]:
    """Gold and predicted labels, sentence by sentence. What gold leaves unlabelled (IGNORE) counts as O in it."""
    gold, found = [], []
    for document in documents:
        gold += [[tag if tag in INDEX else "O" for _, tag in sentence] for sentence in document]
        tagged = tagger.tag_document([[word for word, _ in sentence] for sentence in document])
        found += [[label for label, _ in sentence] for sentence in tagged]
    return gold, found


def strict(gold: list[list[str]], found: list[list[str]]) -> dict[str, EvaluationResult]:
    """Strict results by label and over `all`, from IOB2: an entity is right when its label and both its ends are."""
    results = Evaluator(gold, found, tags=list(TYPES), loader="list").evaluate()
    by_label = {**dict(sorted(results["entities"].items())), "all": results["overall"]}
    return {label: schemes["strict"] for label, schemes in by_label.items()}


def _prepare(model: PreTrainedModel, dropout: float) -> None:
    """Put shared-mask dropout in place, and attention whose backward pass is the fastest a processor has: with fused
    attention a bf16 step takes 1.7 times as long."""
    model.set_attn_implementation("eager")
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout | SharedDropout):
                # Dropout on attention probabilities has no features to share a mask over; it is left out.
                setattr(
                    module,
                    name,
                    SharedDropout(
                        0.0 if "Attention" in type(module).__name__ and "Self" in type(module).__name__ else dropout
                    ),
                )


def _optimizer(model: PreTrainedModel, settings: Settings) -> tuple[torch.optim.Optimizer, list[float]]:
    """AdamW with layer-wise learning rates (Howard & Ruder 2018); embeddings, biases and norms without weight decay."""
    layers = int(model.config.num_hidden_layers)
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        match = re.search(r"\.layer\.(\d+)\.", name)
        depth = layers - 1 - int(match[1]) if match else layers
        rate = settings.learning_rate * settings.layer_decay**depth
        if "classifier" in name:
            rate = settings.learning_rate * settings.head_factor
        decay = 0.0 if re.search(r"bias|LayerNorm|embeddings", name) else settings.weight_decay
        groups.setdefault((rate, decay), []).append(parameter)
    rates = [rate for rate, _ in groups]
    return torch.optim.AdamW(
        [{"params": p, "lr": r, "weight_decay": d} for (r, d), p in groups.items()], fused=True
    ), rates


def _set_rates(optimizer: torch.optim.Optimizer, rates: Sequence[float], step: int, total: int, warm_up: float) -> None:
    """Linear rise over the first `warm_up` of the steps, linear fall to a hundredth after."""
    rise = max(1, round(total * warm_up))
    factor = step / rise if step <= rise else max(0.01, (total - step) / max(1, total - rise))
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate * factor


def _windows(
    documents: Sequence[Document],
    pieces: Pieces,
    tokenizer: PreTrainedTokenizerBase,
    settings: Settings,
    rng: random.Random,
) -> tuple[list[Window], list[list[int]]]:
    """An epoch's windows and for each the target of its words. With context, windows begin at a random sentence and are
    a quarter to the whole of the context long, so that a lone sentence is nothing new to the model either."""
    windows: list[Window] = []
    targets: list[list[int]] = []
    hidden = tokenizer.mask_token_id
    for document in documents:
        spelt = [[(_spell(word, pieces, settings.split, rng), tag) for word, tag in s] for s in document]
        lengths = [sum(len(ids) for ids, _ in sentence) for sentence in spelt]
        first = rng.randrange(min(3, len(document))) if settings.context and document else 0
        parts = [range(first)] if first else []
        limit = rng.randint(1, 4) * settings.context // 4
        parts += [range(part.start + first, part.stop + first) for part in pack(lengths[first:], limit)]
        for part in parts:
            chosen = [[(ids, tag) for ids, tag in spelt[index] if ids] for index in part]
            if not any(chosen) or sum(len(ids) for s in chosen for ids, _ in s) + len(chosen) > 511:
                continue
            shown = [[[hidden] * len(ids) if rng.random() < settings.mask else ids for ids, _ in s] for s in chosen]
            windows.append(window(shown, tokenizer.cls_token_id, tokenizer.sep_token_id))
            targets.append([INDEX.get(tag, _SKIP) for s in chosen for _, tag in s])
    return windows, targets


def _spell(word: str, pieces: Pieces, split: float, rng: random.Random) -> list[int]:
    """A word's sub-words, by chance others than its own."""
    if split and len(word) > 2 and rng.random() < split:
        return pieces.cut(word, rng.randrange(1, len(word)))
    return pieces(word)


def _loss(
    model: PreTrainedModel,
    windows: Sequence[Window],
    targets: Sequence[Sequence[int]],
    tokenizer: PreTrainedTokenizerBase,
    words: str,
    bf16: bool,
) -> torch.Tensor:
    """Mean cross-entropy over the labelled words of a batch."""
    batch: Batch = collate(windows, tokenizer.pad_token_id)
    wanted = torch.full((len(windows), batch.words), _SKIP)
    for row, target in enumerate(targets):
        wanted[row, : len(target)] = torch.tensor(target)
    place = model.device
    with torch.autocast(place.type, torch.bfloat16, enabled=bf16):
        logits = model(input_ids=batch.ids.to(place), attention_mask=batch.mask.to(place)).logits
    # What is left is small; it is done on the processor, wherever the model is.
    logits = by_word(logits.float().cpu(), batch, words)
    return nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=_SKIP)


def _set(model: PreTrainedModel, values: Sequence[torch.Tensor]) -> None:
    """Copy a list of tensors into the model's weights, in the order of its state."""
    with torch.no_grad():
        torch._foreach_copy_(list(model.state_dict().values()), list(values))
