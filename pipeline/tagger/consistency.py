"""A name is mostly one and the same thing all through a text: what the model thinks of a word's other occurrences
speaks for it here too.

After Krishnan & Manning, "An Effective Two-Stage Model for Exploiting Non-Local Dependencies in Named Entity
Recognition" (ACL 2006), whose second model is replaced by a mean: it needs no training and works with any classifier.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from pipeline.arabic.normalise import fold

# Shorter words are particles, initials and figures, which are different things in different places.
_SHORTEST = 3
# Occurrences count by the square of how sure the model is of them: a name is clear in one place, not in all.
_SHARPNESS = 2


def agree(words: Sequence[Sequence[str]], rows: Sequence[np.ndarray], weight: float) -> list[np.ndarray]:
    """Probabilities of one text's words, moved towards those of the same word elsewhere in it.

    words: the sentences' words; rows: for each sentence [its words, labels], rows summing to 1; weight: how much the
    mean over all occurrences counts against the word's own place, 0 (not at all) to 1. Rows still sum to 1.
    """
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, sentence in enumerate(words):
        for index, word in enumerate(sentence):
            places[bare(word)].append((number, index))
    out = [row.copy() for row in rows]
    for word, where in places.items():
        if len(where) < 2 or len(word) < _SHORTEST:
            continue
        found = np.array([rows[number][index] for number, index in where])
        sure = found.max(1, keepdims=True) ** _SHARPNESS
        mean = (found * sure).sum(0) / sure.sum()
        for (number, index), own in zip(where, found, strict=True):
            out[number][index] = (1 - weight) * own + weight * mean
    return out


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """A word's folded letters without و ف before four letters or more, and without ب ل ك before the article."""
    word = re.sub("^[وف](?=.{4})", "", fold(word))
    return re.sub("^[بلك](?=ال..)", "", re.sub("^لل(?=..)", "ال", word))
