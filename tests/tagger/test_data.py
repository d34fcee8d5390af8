from __future__ import annotations

from pipeline.records import Entity, GoldArticle, Section, Sentence, Story
from pipeline.tagger.data import documents, examples

TEXT = 'وصل لـ"سليم مراد"، ثم بيروت.\nغاب (سليم)'


def _entity(words: str, label: str, sentence: int, after: int = 0) -> Entity:
    start = TEXT.index(words, after)
    span = (start, start + len(words))
    return Entity(article="a", sentence=f"a-1-{sentence}", label=label, start=span[0], end=span[1], core=span)  # type: ignore[arg-type]


def test_gold_becomes_labelled_words_one_document_a_story() -> None:
    line = TEXT.index("\n")
    sentences = [
        Sentence(id="a-1-1", section="body", start=0, end=line),
        Sentence(id="a-1-2", section="body", start=line + 1, end=len(TEXT)),
    ]
    story = Story(story=1, sections=[Section(kind="body", start=0, end=len(TEXT))], sentences=sentences)
    empty = Story(story=2, sections=[], sentences=[])
    entities = [
        _entity('لـ"سليم مراد', "PERS", 1),
        _entity("بيروت", "LOC", 1),
        _entity("سليم", "PERS", 2, after=line),
    ]
    gold = GoldArticle(
        article="a", sha256="-", split="train", annotator="t", stories=[story, empty], entities=entities, events=[]
    )
    (example,) = examples([gold], {"a": TEXT})
    assert (example.article, example.story, example.split) == ("a", 1, "train")
    assert documents([example], ["dev"]) == []
    (document,) = documents([example], ["train"])
    assert document[0] == [
        ("وصل", "O"),
        ("لـ", "B-PERS"),
        ('"', "I-PERS"),
        ("سليم", "I-PERS"),
        ("مراد", "I-PERS"),
        ('"', "O"),
        ("،", "O"),
        ("ثم", "O"),
        ("بيروت", "B-LOC"),
        (".", "O"),
    ]
    assert document[1] == [("غاب", "O"), ("(", "O"), ("سليم", "B-PERS"), (")", "O")]
