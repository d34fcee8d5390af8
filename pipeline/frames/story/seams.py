"""Sentences too long to be read at once. They were cut for their length, wherever that fell; what stands across a cut
is read in a window of its own around it, so that it is told as a sentence of ordinary length would tell it."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.records import Sentence, Story

# Nothing shorter is cut for its length, whatever `segment.max_sentence_chars` says.
_LONG = 1000
# How much a window has on each side of its cut, in characters: more than most sentences have in all.
_SIDE = 500
_ENDED = re.compile(r"[.!?؟…۔\n]\W*$")


def goes_on(text: str, sentence: Sentence, following: Sentence) -> bool:
    """Whether two sentences are one that was cut for its length: the first is long, of the same section, and nothing
    that ends a sentence stands between them."""
    if sentence.end - sentence.start < _LONG or sentence.section != following.section:
        return False
    return not _ENDED.search(text, max(sentence.start, sentence.end - 20), following.start)


def cuts(text: str, story: Story) -> int:
    """How often the sentences of a story were cut for their length."""
    return sum(goes_on(text, *two) for two in pairwise(story.sentences))


def window(text: str, sentence: Sentence, following: Sentence) -> Sentence:
    """The words around the cut between two sentences, as a sentence."""
    start, end = max(sentence.start, sentence.end - _SIDE), min(following.end, following.start + _SIDE)
    if start > sentence.start:
        start = next((at + 1 for at in range(start, sentence.end) if text[at].isspace()), start)
    if end < following.end:
        end = next((at for at in range(end, following.start, -1) if text[at].isspace()), end)
    return Sentence(id=f"{sentence.id}+", section=sentence.section, start=start, end=end)
