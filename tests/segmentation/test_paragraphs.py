"""Lines that a hard wrap broke are one paragraph; all others are paragraphs of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segmentation.paragraphs import paragraphs

# `|` marks where a paragraph ends, `/` a line break within one.
TABLE = {
    "lines with stops": "رفضت كينيا النص.|وأيدته تنزانيا.",
    "a headline and its text": "كينيا ترفض النص|رفضت كينيا أمس النص الذي قدمته تنزانيا.",
    "a line that ends in a preposition": "دعا قائد الفصيل جنوده إلى/وقف القتال.|ثم غادر.",
    "a line that ends in على": "حصل المشروع في نهاية المطاف على/تأييد عشر دول.",
    "a line that ends in the name علي": "وزير الخارجية سالم علي|رفض الوزير النص.",
    "a line that ends in «not yet»": "الهدنة لم تبدأ بعد|رفضت كينيا النص.",
    "a date in the midst": "صور من جلسة عقدت بتاريخ/20-02-2024/في القاعة الكبرى.|وقال الرئيس شيئا.",
    "a line that needs the one before": "وحضر الجلسة الوزراء/الذين وصلوا صباحا.",
    "كل من behind a verb": "وصوت ضد النص/كل من مالي والنيجر/في الجلسة الأولى.",
    "subheadings": "رفضت كينيا النص.|موقف الجيران|وأيدته تنزانيا.",
    "a list": "أعضاء اللجنة هم من:|• كينيا|• تنزانيا",
    "a short label": "في|كينيا",
    "a block as wide as the page": (
        "قالت الحكومة أمس إن المحادثات تستأنف الأسبوع القادم بحضور/الوسطاء. "
        "وأضافت أن الوفد سيصل مساء الأحد وأن المباحثات/"
        "تبدأ صباح الاثنين. ولم يعلق المتمردون على البيان حتى الآن/ولا على الدعوة التي وجهت إليهم."
    ),
    "headlines as wide as the page": (
        "كينيا ترفض النص الذي قدمته تنزانيا أمس|تنزانيا تؤكد أن نصها باق على الطاولة هنا|"
        "أوغندا تدعو الجارتين إلى العودة للحوار|رواندا تعرض استضافة جولة جديدة قريبا"
    ),
}


@pytest.mark.parametrize("marked", TABLE.values(), ids=TABLE.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\u2028"], ids=ascii)
def test_paragraphs(marked: str, newline: str) -> None:
    text = marked.replace("|", newline).replace("/", newline)
    found = [text[start:end] for start, end in paragraphs(text)]
    assert found == [part.replace("/", newline) for part in marked.split("|")]


def test_no_blank_line_is_crossed() -> None:
    text = "دعا قائد الفصيل جنوده إلى\n\nوقف القتال."
    assert len(paragraphs(text)) == 2


@given(st.text(st.sampled_from("وقف الى.،\n\r \u2028")))
def test_paragraphs_lie_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    kept = set().union(*(range(start, end) for start, end in spans)) if spans else set()
    assert all(char.isspace() for index, char in enumerate(text) if index not in kept)
    assert spans == sorted(spans)
