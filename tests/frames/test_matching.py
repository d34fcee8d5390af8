"""Our matching is spaCy's: the same patterns over the same chunks find the same, and no row makes it slow."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.frames.rules.schema import Item
from pipeline.frames.sentence.chunks import Chunk
from pipeline.frames.sentence.matching import Match, Pattern, Tags, leftmost_longest

TAGS = ["a", "b", "c", "boundary"]
OPERATORS = [None, None, "?", "*", "+", "{0,2}", "{1,2}", "{2}", "{2,3}"]


def row_of(*tags: str) -> list[Chunk]:
    """A chunk for each string, with the tags that its letters are; | is a boundary."""
    named = [{"boundary" if letter == "|" else letter for letter in word if letter != "."} for word in tags]
    return [Chunk("x", at, at + 1, found) for at, found in enumerate(named)]


def by_spacy(items: Sequence[Item], row: Sequence[Chunk]) -> list[Match]:
    """The pattern's matches by spaCy's Matcher. It has no predicate for a tag that is not there, so absence is a tag
    itself; a bounded repetition is an unbounded one whose bounds are checked on the match."""
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

    if not Token.has_extension("tags"):
        Token.set_extension("tags", default=None)
    vocab = Vocab()
    doc = Doc(vocab, words=["x"] * len(row))
    for token, chunk in zip(doc, row, strict=True):
        token._.tags = [*chunk.tags, *("!" + tag for tag in {*TAGS} - chunk.tags)]
    matcher = Matcher(vocab, validate=True)
    matcher.add("pattern", [list(map(_as_token, items))])
    found = []
    for _, start, end, alignment in matcher(doc, with_alignments=True):
        taken = [
            tuple(start + at for at, item in enumerate(alignment) if item == number) for number in range(len(items))
        ]
        counts = [(len(places), *item.bounds) for places, item in zip(taken, items, strict=True)]
        if all(low <= count and (high is None or count <= high) for count, low, high in counts):
            found.append(Match(start, end, tuple(taken)))
    return found


def _as_token(item: Item) -> dict[str, object]:
    absent = [*(["boundary"] if item.gap is not None else []), *item.none]
    asked: dict[str, list[str]] = {"IS_SUPERSET": [*item.all, *("!" + tag for tag in absent)]}
    if item.any:
        asked["INTERSECTS"] = item.any
    low, high = item.bounds
    operator = {(0, 1): {"OP": "?"}, (1, 1): {}}.get((low, high), {"OP": "+" if low else "*"})
    return {"_": {"tags": asked}, **operator}


several = st.lists(st.sampled_from(TAGS), max_size=2, unique=True)
places = st.builds(Item, all=several, any=several, none=several, op=st.sampled_from(OPERATORS))
gaps = st.builds(Item, gap=st.integers(0, 3)) | st.builds(Item, reach=st.integers(0, 3))
chunks = st.sets(st.sampled_from(TAGS)).map(lambda tags: Chunk("x", 0, 1, set(tags)))


@settings(max_examples=600, deadline=None)
@given(items=st.lists(places | gaps, min_size=1, max_size=6), row=st.lists(chunks, max_size=14))
@example(
    items=[Item(all=["a"], op="+"), Item(gap=2), Item(all=["b"], op="?")], row=row_of("a", "ab", ".", "b", "|", "ab")
)
def test_our_matcher_is_spacys(items, row):
    # The same matches in the same order, and of several ways to take the same chunks the same one.
    assert Pattern(items).find(Tags(row)) == by_spacy(items, row)


@pytest.mark.parametrize(
    ("items", "row", "found"),
    [
        (["a", "b"], ["a", "b", "a", "b"], [(0, 2), (2, 4)]),
        (["a", {"gap": 1}, "b"], ["a", ".", "b"], [(0, 3)]),
        (["a", {"gap": 1}, "b"], ["a", ".", ".", "b"], []),
        (["a", {"gap": 1}, "b"], ["a", "|", "b"], []),
        (["a", {"reach": 1}, "b"], ["a", "|", "b"], [(0, 3)]),
        ([{"all": "a", "none": ["b"]}], ["a", "ab"], [(0, 1)]),
        ([{"any": ["a", "b"]}, {"all": "c", "op": "?"}], ["a", "c", "b"], [(0, 1), (0, 2), (2, 3)]),
        ([{"all": "a", "op": "{2,3}"}], ["a", "a", "a"], [(0, 2), (1, 3), (0, 3)]),
    ],
)
def test_what_matches(items, row, found):
    spans = [(m.start, m.end) for m in Pattern(list(map(Item.model_validate, items))).find(Tags(row_of(*row)))]
    assert sorted(spans) == sorted(found)


def test_tags_that_a_row_has_for_the_moment():
    row = row_of("a", "a")
    pattern = Pattern([Item(all=["a", "trigger"])])
    assert [m.start for m in pattern.find(Tags(row).marked(trigger=1))] == [1]
    assert pattern.find(Tags(row)) == []


def test_work_grows_with_the_row():
    """Gaps upon gaps over a long row: the ways to lay them grow with a power of its length, our looks at it do not."""
    looked_at = []

    class Counting(Tags):
        def fitting(self, test):
            looked_at[-1] += 1
            return super().fitting(test)

    pattern = Pattern([Item(all=["a"]), *[Item(gap=3), Item(all=["b"], op="?"), Item(reach=2)] * 2, Item(all=["a"])])
    for length in (100, 200, 400):
        looked_at.append(0)
        assert pattern.find(Counting(row_of(*["ab"] * length)))
    assert looked_at[2] < 2.2 * looked_at[1] < 5 * looked_at[0]


def test_leftmost_longest():
    found = leftmost_longest([Match(1, 3, ()), Match(0, 2, ()), Match(0, 1, ()), Match(2, 4, ())])
    assert [(match.start, match.end) for match in found] == [(0, 2), (2, 4)]
