"""Where sentences end. `|` marks each end inside the paragraph; white space around it belongs to no sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segmentation.sentences import split, trim

TABLE = {
    # The marks that end a sentence, and those that do not.
    "full stop": "رفضت كينيا النص. | وأيدته تنزانيا.",
    "question marks": "هل انتهى القتال؟ | لا أحد يعرف? | ربما",
    "exclamation": "كفى حربا! | هكذا هتف المتظاهرون",
    "several marks": "من يصدق هذا؟! | لا أحد!! | ولا نحن...",
    "ellipsis": "ثم ساد الصمت… | وغادر الوفد القاعة",
    "three dots": "ثم ساد الصمت... | وغادر الوفد القاعة",
    "urdu stop": "انتهت الجلسة۔ | وغادر الوفد",
    "two dots are a dash": "بعد شهر من القتال.. هدنة في الخرطوم",
    "comma, semicolon, colon": "قال الوزير: نرفض النص؛ فهو ناقص، ولن نصوت له.",
    "space before the stop": "سقط صاروخ قرب المدينة . | وأصيب اثنان .",
    "no-break space after": "انتهت الجلسة.\u00a0| وغادر الوفد",
    "no stop at all": "بلا نقطة في آخر الفقرة",
    # Numbers.
    "decimal": "نزح 2.3 مليون شخص. | وبقي الآخرون.",
    "eastern decimal": "نزح ٢.٣ مليون شخص. | وبقي الآخرون.",
    "year at the end": "صدر النص عام 2019. | ثم عُدّل.",
    "numbered date": "اجتمعوا في 3.5.2021 بجنيف. | ثم تفرقوا.",
    "document symbol": "الوثيقة S/2021/577. | وأيدها الجميع.",
    "document symbol with a dot": "محضر الجلسة S/PV.8990 منشور. | وهو قصير.",
    "item number at the start": "1. وقف القتال في المدن.",
    "item numbers at two starts": "1. وقف القتال. | 2. فتح المعابر.",
    # Abbreviations and names with dots.
    "title": "قال د. سامر الحلبي إن الوضع خطير. | ثم صمت.",
    "title with و": "حضر أ. فهد ود. سامر ولم يتكلما. | ثم غادرا.",
    "initial": "وصل ج. مارتن إلى بيروت. | واستقبله نظيره.",
    "two initials": "وصل ج. ر. مارتن إلى بيروت. | واستقبله نظيره.",
    "latin initial": "وصل J. Martin إلى بيروت. | واستقبله نظيره.",
    "dotted agency": "نقلت وكالة أ.ف.ب. عن مصدر قوله. | ولم تسمه.",
    "dotted latin": "خبراء U.N. في المدينة. | ولم يصرحوا.",
    "latin title": "كتب Dr. Martin على حسابه. | ثم حذفه.",
    "radio name": "قالت إذاعة شمس أف.أم إن الطريق مغلق. | ولم تزد.",
    "masked word": "منعوا كلمة حـ.ـرب في المنشور. | ثم سمحوا بها.",
    "letter of a class": "انتهت مباريات المجموعة ب. | وبدأت الأدوار التالية.",
    "era of a year": "هاجر سنة 622 م. | وبدأ التقويم.",
    "hijri era": "صدر سنة 1443 هـ. | ثم نُسخ.",
    # Addresses.
    "web address": "نشره موقع www.example.org أمس. | وحذفه اليوم.",
    "arabic web address": "نشره موقع المرصد.نت أمس. | وحذفه اليوم.",
    "arabic web address of a company": "نشره موقع صباح.كوم أمس. | وحذفه اليوم.",
    # A missing space after the stop.
    "glued": "انتهت الجلسة.|وقال الرئيس إنها مثمرة.",
    "glued short opener": "انتهت الجلسة.|وقد أيدها الجميع.",
    "glued behind a short word": "يعود الوفد بعد غد.|ثم يسافر.",
    "glued behind a percentage": "بلغت المشاركة 41%.|وفاز الحزب.",
    "glued behind a year": "صدر النص عام 2019.|وعُدل لاحقا.",
    "glued with the space before the stop": "رفض المجلس النص .|وقال الرئيس إنه ناقص .|ثم غادر.",
    "initials with the space before the stop": "نقلت (أ .ف .ب) عن مصدر قوله إن الهدنة قائمة.",
    "per cent is no stop": "بلغت المشاركة 41% من الناخبين.",
    "glued question": "من سيصوت؟|لا أحد يعلم.",
    "glued behind a quotation": 'قال: "نرفض النص".|وأضاف أنه ناقص.',
    # Quotations and brackets.
    "stop after the quotation": 'قال: "نرفض النص". | وأضاف أنه ناقص.',
    "stop inside the quotation": 'قال: "نرفض النص." | وأضاف أنه ناقص.',
    "angle marks": "قال: «نرفض النص.» | وأضاف أنه ناقص.",
    "curly marks": "قال: “نرفض النص.” | وأضاف أنه ناقص.",
    "curly marks the wrong way round": "قال: ”نرفض النص. وهو ناقص“. | وأضاف أنه باق.",
    "double apostrophes": "قال: ''نرفض النص. وهو ناقص''. | ثم صمت.",
    "quotation goes on": 'قال: "نرفض النص. هو ناقص". | ثم غادر القاعة.',
    "long quotation goes on": "قال: «نرفض النص. هو ناقص. ولن يمر؟ بلى!» | وغادر القاعة.",
    "quoted word within a quotation": 'قال: "حركة "النهار" رفضت. ولن تقبل". | ثم غادر.',
    "quotation after a clitic": 'وصفه بـ"الخطأ. الفادح" أمس. | ثم اعتذر.',
    "mark never closed": 'قال: "نرفض النص. | وأضاف أنه ناقص.',
    "mark never closed before a quotation": 'قال "نرفض النص. | وأضاف: "لن نصوت". | ثم غادر.',
    "mark never opened": 'نرفض النص". | وأضاف أنه ناقص.',
    "quoted question in the midst": 'سأل "إلى متى؟" مضيفا أن الصبر نفد. | ثم غادر.',
    "quoted question at the end": 'سأل: "إلى متى؟" | وأجاب الوزير.',
    "exclamation before its speaker": '"لن نقبل!" قالها الوزير وهو يغادر. | ثم صمت.',
    "brackets": "المرصد (تأسس عام 2011. مقره بيروت) أكد النبأ. | ولم يزد.",
    "quoted exclamation in the midst": "صاح: «بلى!» ثم غادر. | وصمت الآخرون.",
    "elision in brackets": "قال إن النص (...) ناقص. | ثم غادر.",
    "stop within closing bracket": "أكد النبأ (وكان قد نفاه.) | ثم صمت.",
    "alternative behind a question mark": "هل وافق المجلس؟ أم رفض",
    "new quotation behind a stop": 'رفض النص. | "لن نصوت" قال الوزير.',
    "agency slash": "امتنعت عن التصويت./ | وأيدت تونس النص.",
    # What is left over.
    "fragment of a broken page": "توصلنا إلى اتفاق”. | جمعة.",
    "marks without words": "انتهت الجلسة. ***",
    "bidi marks stay": "\u200fانتهت الجلسة.\u200f | وغادر الوفد.",
}


@pytest.mark.parametrize("marked", TABLE.values(), ids=TABLE.keys())
def test_sentences_end_where_marked(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace(" | ", " ").replace("\u00a0| ", "\u00a0").replace("|", "")
    assert [text[start:end] for start, end in split(text, 0, len(text))] == expected


def test_spans_count_from_the_article_not_the_paragraph() -> None:
    text = "عنوان\nانتهت الجلسة. وغادر الوفد."
    assert split(text, 6, len(text)) == [(6, 19), (20, 32)]


def test_a_text_without_stops_is_cut_at_spaces() -> None:
    text = "كلمة " * 100
    spans = split(text, 0, len(text), max_chars=120)
    assert all(end - start <= 120 for start, end in spans)
    assert " ".join(text[start:end] for start, end in spans) == text.strip()


def test_a_word_longer_than_the_limit_is_cut_anywhere() -> None:
    assert split("ط" * 250, 0, 250, max_chars=100) == [(0, 100), (100, 200), (200, 250)]


@pytest.mark.parametrize("text", ["", "   ", "\ufeff", "***", "\u200b \u00a0"])
def test_nothing_to_say_is_no_sentence(text: str) -> None:
    assert split(text, 0, len(text)) == []


def test_byte_order_mark_belongs_to_no_sentence() -> None:
    assert trim("\ufeff خبر ", 0, 6) == (2, 5)


ARABIC = st.text(st.sampled_from("ابوفدم ة1٢.!؟?…\"“”«»()'،؛:ـ\u00a0\u200f-/A\u064b"), max_size=80)


@given(st.one_of(ARABIC, st.text(max_size=80)), st.integers(min_value=10, max_value=100))
def test_spans_are_ordered_trimmed_and_lose_no_letter(text: str, max_chars: int) -> None:
    spans = split(text, 0, len(text), max_chars)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert trim(text, start, end) == (start, end)
        assert not any(char.isalnum() for char in text[at:start])
        at = end
    assert not any(char.isalnum() for char in text[at:])
