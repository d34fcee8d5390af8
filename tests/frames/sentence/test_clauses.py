"""Clauses of sentences: subjects, objects, complements, governors, speakers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.words import Word, words
from pipeline.frames.sentence.clauses import Clauses, Phrase, read_clauses


def read(text: str) -> tuple[list[Word], Clauses]:
    found = words(text)
    return found, read_clauses(found)


def at(ws: list[Word], text: str) -> int:
    return next(i for i, word in enumerate(ws) if word.text == text)


def said(ws: list[Word], phrase: Phrase | None) -> str | None:
    return None if phrase is None else " ".join(word.text for word in ws[phrase.start : phrase.end])


# Sentence, a head in it, its subject.
SUBJECTS = [
    ("أدانت مصر قصف إسرائيل لرفح ودعت إلى وقف إطلاق النار", "ودعت", "مصر"),
    ("أدانت مصر قصف إسرائيل لرفح ودعت إلى وقف إطلاق النار", "قصف", "إسرائيل"),
    ("القرار الذي اعتمده المجلس أمس يدعو إلى هدنة", "يدعو", "القرار"),
    ("القرار الذي اعتمده المجلس أمس يدعو إلى هدنة", "اعتمده", "المجلس"),
    ("النواب الذين رفضوا النص غادروا", "رفضوا", "النواب"),
    ("كانت روسيا قد استخدمت الفيتو", "استخدمت", "روسيا"),
    ("قدمت النرويج مشروع قرار يطالب بهدنة", "يطالب", "مشروع قرار"),
    ("قدمت النرويج مشروع قرار يطالب بهدنة", "قدمت", "النرويج"),
    ("قالت الوزيرة إنها تدعم النص", "تدعم", "الوزيرة"),
    ("أكد الوزير أن القوات انسحبت ودعا المجتمع الدولي إلى التدخل", "ودعا", "الوزير"),
    ("أكد الوزير أن القوات انسحبت", "انسحبت", "القوات"),
    ("«لن ندعم النص»، قال المندوب الروسي", "قال", "المندوب الروسي"),
    ("دعا الوزير الطرفين إلى التهدئة، مضيفا أن الحرب طالت", "مضيفا", "الوزير"),
    ("في بيان نشرته الخارجية، دعت باريس إلى هدنة", "نشرته", "الخارجية"),
    ("في بيان نشرته الخارجية، دعت باريس إلى هدنة", "دعت", "باريس"),
    ("طالب المندوب إسرائيل بأن توقف القصف", "توقف", "إسرائيل"),
    ("على الطرفين أن يوقفا القتال", "يوقفا", "الطرفين"),
    ("يمكن للمجلس أن يعتمد النص", "يعتمد", "للمجلس"),
    ("الدولة التي قالت سفيرتها إن النص ناقص", "قالت", "سفيرتها"),
    ("صدر البيان في اليوم الذي انعقد فيه المجلس", "انعقد", "المجلس"),
    ("رئيس الحكومة التي رفضت الخطة غائب", "رفضت", "الحكومة"),
    ("وزير في الحكومة قال إن الخطة جاهزة", "قال", "وزير"),
    ("هناك دول كثيرة ترفض النص", "ترفض", "دول كثيرة"),
    ("اعتبرت حماس، التي خاضت الحرب، القرار نصرا", "خاضت", "حماس"),
    ("استقبل الوزير الوفد وهو يغادر القاعة", "يغادر", "الوزير"),
    ("وكان الوزير أعلن الهدنة", "أعلن", "الوزير"),
    ("كان على المجلس أن يصوت", "يصوت", "المجلس"),
    ("قضى المفاوض خمس سنوات في جنيف", "قضى", "المفاوض"),
    ("استخدمت روسيا، الأربعاء، حق النقض", "استخدمت", "روسيا"),
    ("واشنطن ترفض النص، لكن باريس تدعمه", "تدعمه", "باريس"),
    ("لم يصوت الأعضاء، والسفير غادر القاعة", "غادر", "والسفير"),
    ("اختلفت المواقف، فقد دعت أوسلو إلى هدنة", "دعت", "أوسلو"),
    ("نفت الوزارة أن تكون الحكومة دعت إلى هدنة", "دعت", "الحكومة"),
    ("جدد السفير في لقاء مع الوفد، دعوته إلى هدنة", "دعوته", "السفير"),
]


@pytest.mark.parametrize(("text", "head", "subject"), SUBJECTS)
def test_subjects(text: str, head: str, subject: str) -> None:
    ws, clauses = read(text)
    assert said(ws, clauses.subject_of(at(ws, head))) == subject


# Sentence, those known to act as word ranges, a head, its subject.
KNOWN = [
    ("ناشد علي كمارا، منسق الأمم المتحدة، الحكومة وقف القتال", [(1, 7)], "ناشد", "علي كمارا ، منسق الأمم المتحدة"),
    ("أدان القادة القصف في كمبالا وطالب رئيس غانا بهدنة", [(4, 5), (6, 8)], "وطالب", "رئيس غانا"),
]


@pytest.mark.parametrize(("text", "known", "head", "subject"), KNOWN)
def test_subjects_that_are_known_to_act(text: str, known: list[tuple[int, int]], head: str, subject: str) -> None:
    ws = words(text)
    assert said(ws, read_clauses(ws, known).subject_of(at(ws, head))) == subject


# Sentence, head, preposition, what it governs by it.
COMPLEMENTS = [
    ("أدانت مصر القصف ودعت إلى وقف إطلاق النار", "ودعت", "إلى", "إلى وقف إطلاق النار"),
    ("طالب المندوب المجلس بالتحرك", "طالب", "ب", "بالتحرك"),
    ("صوتت الصين ضد النص في المجلس", "صوتت", "ضد", "ضد النص"),
    ("امتنعت دولتان عن التصويت", "امتنعت", "عن", "عن التصويت"),
]


@pytest.mark.parametrize(("text", "head", "prep", "expected"), COMPLEMENTS)
def test_complements(text: str, head: str, prep: str, expected: str) -> None:
    ws, clauses = read(text)
    assert [said(ws, phrase) for phrase in clauses.complements(at(ws, head), prep)] == [expected]


# Sentence, head, its objects.
OBJECTS = [
    ("أدانت مصر قصف إسرائيل لرفح", "أدانت", ["قصف إسرائيل"]),
    ("استخدمت روسيا، الأربعاء، حق النقض", "استخدمت", ["حق النقض"]),
    ("قال الوزير، رئيس الوفد، إن الخطة جاهزة", "قال", []),
    ("أدانت باريس القصف ودعت المجتمع الدولي إلى التحرك", "ودعت", ["المجتمع الدولي"]),
    ("امتنعت ثلاث دول هي الصين والهند والبرازيل", "امتنعت", []),
    ("اعتبرت حماس، التي خاضت الحرب، القرار نصرا", "اعتبرت", ["القرار", "نصرا"]),
    ("رحبت باريس بالقرار، ما أثار غضب موسكو", "أثار", ["غضب موسكو"]),
    ("قدم الوفد مشروع قرار جديدا", "قدم", ["مشروع قرار", "جديدا"]),
]


@pytest.mark.parametrize(("text", "head", "expected"), OBJECTS)
def test_objects(text: str, head: str, expected: list[str]) -> None:
    ws, clauses = read(text)
    assert [said(ws, phrase) for phrase in clauses.objects(at(ws, head))] == expected


# Sentence, head, how its clause hangs on another.
RELATIONS = [
    ("دعا المجلس إلى وقف الحرب وإطلاق الأسرى", "وإطلاق", "argument"),
    ("غادر الوفد بعد أن رفض النص", "رفض", "adverbial"),
    ("أشار الوفد إلى أن النص ناقص", "ناقص", "that"),
    ("سأل الوفد كيف يصوت المجلس", "يصوت", "that"),
    ("غادر الوفد عندما صوت المجلس", "صوت", "adverbial"),
    ("رفض الوفد النص، فيما امتنعت الصين", "امتنعت", "adverbial"),
    ("رفض الوفد النص، كما دعا إلى هدنة", "دعا", "coordinate"),
    ("أيدت بكين النص غير أن موسكو رفضته", "رفضته", "coordinate"),
    ("انسحب الوفد ليعبر عن رفضه", "ليعبر", "adverbial"),
    ("في الوقت نفسه، فإن الوفد يرفض النص", "يرفض", "main"),
]


@pytest.mark.parametrize(("text", "head", "relation"), RELATIONS)
def test_relations(text: str, head: str, relation: str) -> None:
    ws, clauses = read(text)
    clause = clauses.clause_of(at(ws, head))
    assert clause is not None
    assert clause.relation == relation


def test_verbal_nouns_joined_by_and_have_one_governor() -> None:
    ws, clauses = read("دعا المجلس إلى وقف الحرب وإطلاق الأسرى")
    nouns = [clause for clause in clauses if clause.kind == "noun"]
    assert [(ws[c.head].text, c.role, c.governor) for c in nouns[:2]] == [("وقف", "الي", 0), ("وإطلاق", "الي", 0)]


def test_known_nominals_and_times() -> None:
    ws = words("زار وفد كبير يوم 3 مارس القاهرة")
    clauses = read_clauses(ws, nominals=[(1, 3), (6, 7)], times=[(3, 6)])
    assert said(ws, clauses.subject_of(0)) == "وفد كبير"
    assert [said(ws, phrase) for phrase in clauses.objects(0)] == ["القاهرة"]


def test_genders_that_are_known() -> None:
    ws = words("أعلنت فتح غانا موافقتها")
    assert said(ws, read_clauses(ws, [(1, 2), (2, 3)], {1: "m", 2: "f"}).subject_of(0)) == "غانا"


def test_content_and_what_may_be_asked() -> None:
    ws, clauses = read("قالت واشنطن إن النص لا يدعو إلى هدنة")
    assert [ws[clause.head].text for clause in clauses.content(0)] == ["يدعو"]
    assert clauses.headed(1) is None
    assert clauses.complements(1) == ()
    assert clauses.clause_of(4) is clauses.headed(5)


# Sentence, a word, the heads above it from the nearest to the outermost.
GOVERNORS = [
    ("أكد الوزير أن القوات انسحبت", "انسحبت", "أكد"),
    ("رفضت بكين أن تدين موسكو وتطالب بهدنة", "وتطالب", "رفضت"),
    ("قالت واشنطن إن النص لا يدعو إلى وقف القتال", "القتال", "وقف يدعو قالت"),
    ("كاد المجلس يعتمد النص", "يعتمد", "كاد"),
    ("قال: لن نرفض النص", "نرفض", "قال"),
]


@pytest.mark.parametrize(("text", "word", "heads"), GOVERNORS)
def test_governors(text: str, word: str, heads: str) -> None:
    ws, clauses = read(text)
    assert [ws[clause.head].text for clause in clauses.governors(at(ws, word))] == heads.split()


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("«لن ندعم النص»، قال المندوب الروسي", "ندعم", "المندوب الروسي"),
        ("قال غوتيريش: «يجب أن تتوقف الحرب»", "تتوقف", "غوتيريش"),
        ("قالت واشنطن إن النص ناقص", "ناقص", "واشنطن"),
        ("رفضت بكين أن تدين موسكو", "تدين", None),
    ],
)
def test_speakers(text: str, word: str, speaker: str | None) -> None:
    ws, clauses = read(text)
    assert said(ws, clauses.speaker_of(at(ws, word))) == speaker


def test_negation() -> None:
    ws, clauses = read("لم تستخدم الصين الفيتو لكنها انتقدت النص")
    assert [(ws[clause.head].text, clause.negated) for clause in clauses if clause.kind == "finite"] == [
        ("تستخدم", True),
        ("انتقدت", False),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "و",
                "ثم",
                "أن",
                "إن",
                "الذي",
                "التي",
                "قال",
                "دعت",
                "يدعو",
                "وقالت",
                "رفض",
                "المجلس",
                "مصر",
                "في",
                "إلى",
                "لم",
                "قد",
                "كان",
                "،",
                ".",
                ":",
                "«",
                "»",
                "(",
                ")",
                "12",
            ]
        )
    )
)
def test_any_row_of_words_is_read(row: list[str]) -> None:
    ws, clauses = read(" ".join(row))
    for clause in clauses:
        assert 0 <= clause.start <= clause.head < clause.end <= len(ws)
        assert clauses[clause.id] is clause
        assert clause.governor != clause.id
    for index in range(len(ws)):
        clauses.governors(index)
        clauses.speaker_of(index)
