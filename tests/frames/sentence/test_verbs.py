"""Finite verbs of sentences, and the noun that is written alike."""

import pytest

from pipeline.arabic.normalise import fold
from pipeline.arabic.words import words
from pipeline.errors import RuleError
from pipeline.frames.sentence.verb_forms import read_verbs, verb_lexicon
from pipeline.frames.sentence.verbs import find_verbs

# Sentence, its finite verbs as «word:past», in order.
SENTENCES = [
    ("أدانت مصر القصف ودعت إلى هدنة", "أدانت:أدان ودعت:دعا"),
    ("رفض المجلس النص", "رفض:رفض"),
    ("أثار رفض المجلس غضب الوفود", "أثار:أثار"),
    ("الوزير رفض الرد", "رفض:رفض"),
    ("بعد رفض النص انسحب الوفد", "انسحب:انسحب"),
    ("لم تستخدم الصين الفيتو ولن تدعم المشروع", "تستخدم:استخدم تدعم:دعم"),
    ("قد تقدم الدولة نصا جديدا", "تقدم:قدّم"),
    ("أعلن المندوب تقدم المفاوضات", "أعلن:أعلن"),
    ("القرار الذي تقدم به الوفد سقط", "تقدم:تقدّم سقط:سقط"),
    ("سيصوت المجلس غدا", "سيصوت:صوّت"),
    ("النواب الذين اعتمدوه غادروا", "اعتمدوه:اعتمد غادروا:غادر"),
    ("اتهم المتحدث الوفد بعرقلة النص", "اتهم:اتّهم"),
    ("هذا القرار يعني الكثير", "يعني:عنى"),
    ("لم يحظ النص بالتأييد", "يحظ:حظي"),
    ("في يوم الجمعة وصل يوسف إلى يافا", "وصل:وصل"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_finite_verbs(text: str, expected: str) -> None:
    ws = words(text)
    found = [f"{ws[verb.index].text}:{verb.verb.past if verb.verb else '?'}" for verb in find_verbs(ws)]
    assert " ".join(found) == expected


# A written form, the past of a verb it is a form of, and its inflection as aspect, person, gender, number, voice.
FORMS = [
    ("قلن", "قال", ("perfect", 3, "f", "p")),
    ("يقل", "قال", ("imperfect", 3, "m", "s")),
    ("قيل", "قال", ("perfect", 3, "m", "s")),
    ("أدينت", "أدان", ("perfect", 3, "f", "s")),
    ("يدعون", "دعا", ("imperfect", 3, "m", "p")),
    ("يتلقون", "تلقّى", ("imperfect", 3, "m", "p")),
    ("سئل", "سأل", ("perfect", 3, "m", "s")),
    ("لجأوا", "لجأ", ("perfect", 3, "m", "p")),
    ("يستعاد", "استعاد", ("imperfect", 3, "m", "s")),
    ("اختير", "اختار", ("perfect", 3, "m", "s")),
    ("يوجد", "وجد", ("imperfect", 3, "m", "s")),
    ("تبناه", "تبنّى", ("perfect", 3, "m", "s")),
    ("وسيتفقان", "اتّفق", ("imperfect", 3, "m", "d")),
    ("جاؤوا", "جاء", ("perfect", 3, "m", "p")),
    ("هوجمت", "هاجم", ("perfect", 3, "f", "s")),
    ("رددنا", "ردّ", ("perfect", 1, None, "p")),
]


@pytest.mark.parametrize(("form", "past", "told"), FORMS)
def test_forms(form: str, past: str, told: tuple[object, ...]) -> None:
    found = [r.inflection[:4] for r in verb_lexicon().finite(fold(form)) if r.verb.past == past]
    assert told in found


@pytest.mark.parametrize(
    ("form", "past", "role"),
    [
        ("بإدانته", "أدان", "noun"),
        ("للدعوة", "دعا", "noun"),
        ("داعيا", "دعا", "doer"),
        ("المدعوين", "دعا", "done"),
        ("مستقلة", "استقلّ", "doer"),
        ("مؤكدين", "أكّد", "doer"),
        ("لاجئون", "لجأ", "doer"),
    ],
)
def test_what_is_made_of_verbs(form: str, past: str, role: str) -> None:
    assert (past, role) in {(r.verb.past, r.form) for r in verb_lexicon().nominal(fold(form))}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("say: |\n  قال | ه | قول\n", "«قال» is weak"),
        ("say: |\n  كتب ه كتابة\n", "is no verb"),
        ("say: [كتب]\n", "is not a table"),
    ],
)
def test_a_wrong_line_is_named(text: str, part: str) -> None:
    with pytest.raises(RuleError, match=part):
        read_verbs(text)


def test_no_verb_stands_twice() -> None:
    pasts = [(verb.past, verb.present) for verb in verb_lexicon().verbs]
    assert len(pasts) == len(set(pasts))
