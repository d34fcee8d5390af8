"""Properties of mentions over any text: ranges that hold, order, no overlap, and spans that are the words' own."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.actors.matcher import actors, learn_persons
from pipeline.arabic.normalise import fold
from pipeline.arabic.words import words

PIECES = (
    "وزير الخارجية الأميركي روسيا والصين للولايات المتحدة مجلس الأمن الدولي باسم في لدى إلى ل ، ( ) « » - _ # رئيس مالي"
    " أنتوني بلينكن حماس بحماس كل من مندوب الدائم عمّان عُمـان سورية نائب الرئيس حكومة البرلمان على إن 13 ً"
)
PIECE = st.sampled_from(PIECES.split())
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.one_of(PIECE, st.text(max_size=4)), max_size=14).map(" ".join))
SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 4)), max_size=3)


@settings(max_examples=300)
@given(TEXTS, SPANS)
def test_mentions_of_any_text(text: str, taken: list[tuple[int, int]]) -> None:
    ws = words(text)
    spans = [(start, min(start + length, len(ws))) for start, length in taken if start < len(ws)]
    mentions = actors(ws, {"بلينكن": "USA"}, spans)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert 0 <= mention.start <= mention.head[0] < mention.head[1] <= mention.end <= len(ws)
        start, end = mention.span(ws)
        assert ws[mention.start].start <= start < end == ws[mention.end - 1].end
        attached = fold(text[ws[mention.start].start : start])
        assert attached == "".join(mention.proclitics)
        assert mention.actor is not None or mention.form in ("pronoun_like", "parliament")
    assert set(learn_persons(ws, mentions).values()) <= {mention.actor for mention in mentions}
