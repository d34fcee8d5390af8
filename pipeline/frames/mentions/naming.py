"""Ids that stay: an event is called by the words that tell of it first, not by how many others there are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from pipeline.files import sha256
from pipeline.records import Event, Story

# Of the hash, which has to tell apart the events of one type in one article.
_DIGITS = 8


def named(events: Sequence[Event], text: str, stories: Sequence[Story]) -> list[Event]:
    """The events of one article with their ids, ARTICLE-TYPE-HASH; their order stays.

    text: the article's; stories: its own, as segmented. The hash is of the story's title and the words of the sentence
    that tells of the event first, with the place of the trigger in it, white space apart. No place in the file and no
    count of other things is in it, so that nothing that comes, goes or moves elsewhere changes it. Where the same words
    tell twice in stories of one title, or one trigger of two events, the second ends in -2, and so on.
    """
    titles = {story.story: story.title or "" for story in stories}
    spans = {s.id: (s.start, s.end) for story in stories for s in story.sentences}
    found: Counter[str] = Counter()
    made = []
    for event in events:
        first = event.mentions[0]
        start, end = spans.get(first.sentence, (first.start, first.end))
        (from_, to), title = first.trigger, titles.get(event.story, "")
        parts = [title, text[start:from_], text[from_:to], text[to:end]]
        told = json.dumps([" ".join(part.split()) for part in parts], ensure_ascii=False)
        name = f"{event.article}-{event.type}-{sha256(told)[:_DIGITS]}"
        found[name] += 1
        made.append(event.model_copy(update={"id": name if found[name] == 1 else f"{name}-{found[name]}"}))
    return made
