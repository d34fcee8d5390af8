"""A type that was written from docs/RULES.md alone reads sentences that its file does not give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frames.reading import events, told

FOLDER = Path(__file__).parent / "types"


@pytest.mark.parametrize(
    ("text", "modality", "act", "recognisers", "recognised"),
    [
        ("اعترفت أستراليا وكندا رسميا بدولة فلسطين", "actual", "recognise", {"AUS", "CAN"}, {"PSE"}),
        ("أعلنت كولومبيا، مساء الأربعاء، اعترافها بجمهورية كوسوفو", "actual", "recognise", {"COL"}, {"XKX"}),
        ("أعلنت إسبانيا والنرويج، الثلاثاء، اعترافها رسميا بفلسطين", "actual", "recognise", {"ESP", "NOR"}, {"PSE"}),
        ("وكانت تركيا اعترفت بكوسوفو عام 2008", "actual", "recognise", {"TUR"}, {"XKX"}),
        ("اعتراف النرويج بدولة فلسطين يدخل حيز التنفيذ", "actual", "recognise", {"NOR"}, {"PSE"}),
        ("وتوغو من الدول التي اعترفت بكوسوفو", "actual", "recognise", {"TGO"}, {"XKX"}),
        ("اعتراف إسرائيل بأرض الصومال يثير غضب مقديشو", "actual", "recognise", {"ISR"}, {"أرض الصومال"}),
        ("كانت أيرلندا أول دولة تعترف باستقلال ليتوانيا", "actual", "recognise", {"IRL"}, {"LTU"}),
        ("وسبق للبرازيل أن اعترفت بالدولة الفلسطينية عام 2010", "actual", "recognise", {"BRA"}, {"PSE"}),
        ("حصل جنوب السودان على اعتراف الأمم المتحدة", "actual", "recognise", {"UN"}, {"SSD"}),
        ("ترفض الجزائر الاعتراف بحكومة الدبيبة", "actual", "refuse", {"DZA"}, {"LBY"}),
        ("ورفضت الهند وباكستان الاعتراف بحكومة طالبان", "actual", "refuse", {"IND", "PAK"}, {"TALIBAN"}),
        ("أيدت مصر موقف السودان الرافض للاعتراف بإثيوبيا", "actual", "refuse", {"SDN"}, {"ETH"}),
        ("سحبت ناورو اعترافها بتايوان وأقامت علاقات مع الصين", "actual", "withdraw", {"NRU"}, {"TWN"}),
        ("ألغت هندوراس اعترافها بكوسوفو", "actual", "withdraw", {"HND"}, {"XKX"}),
        ("وعلقت بنما اعترافها بالجمهورية الصحراوية", "actual", "withdraw", {"PAN"}, {"POLISARIO"}),
        # What did not happen, may, is to come or is asked for.
        ("لم تعترف تركيا بقبرص", "negated", "recognise", {"TUR"}, {"CYP"}),
        ("أكد وزير الخارجية الإيراني أن طهران لن تعترف بإسرائيل", "negated", "recognise", {"IRN"}, {"ISR"}),
        ("نفت أنقرة أنها اعترفت بقبرص", "negated", "recognise", {"TUR"}, {"CYP"}),
        ("وأكدت لندن عدم اعترافها بكوسوفو", "negated", "recognise", {"GBR"}, {"XKX"}),
        ("لا يعترف الاتحاد الأوروبي بسيادة إسرائيل على الجولان", "negated", "recognise", {"EU"}, {"ISR"}),
        ("لم ترفض مصر الاعتراف بكوسوفو", "negated", "refuse", {"EGY"}, {"XKX"}),
        ("لن تسحب الإكوادور اعترافها بالجمهورية الصحراوية", "negated", "withdraw", {"ECU"}, {"POLISARIO"}),
        ("قد تعترف الهند بحكومة طالبان", "hypothetical", "recognise", {"IND"}, {"TALIBAN"}),
        ("إذا اعترفت مصر بأرض الصومال", "hypothetical", "recognise", {"EGY"}, {"أرض الصومال"}),
        ("قد تسحب كندا اعترافها بتايوان", "hypothetical", "withdraw", {"CAN"}, {"TWN"}),
        ("وتدرس نيوزيلندا الاعتراف بفلسطين", "hypothetical", "recognise", {"NZL"}, {"PSE"}),
        ("قال الرئيس الفرنسي إن بلاده ستعترف بدولة فلسطين", "threatened", "recognise", {"FRA"}, {"PSE"}),
        ("وتوقعت الصحيفة أن تعترف السعودية بإسرائيل", "threatened", "recognise", {"SAU"}, {"ISR"}),
        ("هددت ألمانيا بسحب اعترافها بفنزويلا", "threatened", "withdraw", {"DEU"}, {"VEN"}),
        ("دعا الرئيس المصري بريطانيا إلى الاعتراف بدولة فلسطين", "called_for", "recognise", {"GBR"}, {"PSE"}),
        ("إن على الاتحاد الأوروبي أن يعترف بكوسوفو", "called_for", "recognise", {"EU"}, {"XKX"}),
    ],
)  # fmt: skip
def test_who_recognises_whom(text, modality, act, recognisers, recognised):
    (event,) = events(text, ["recognition"], FOLDER)
    slots = told(event)
    assert (event.modality, slots["act"]) == (modality, {act})
    assert (slots["recogniser"], slots["recognised"]) == (recognisers, recognised)


def test_what_is_recognised_of_it_and_when():
    (event,) = events("اعترفت واشنطن عام 2017 بالقدس عاصمة لإسرائيل", ["recognition"], FOLDER)
    assert told(event)["status"] == {"القدس"}
    assert told(event)["recognised_on"] == {"2017"}


@pytest.mark.parametrize(
    "text",
    [
        "اعترف المتهم بجريمته أمام المحكمة",
        "اعترفت ألمانيا بأن السياسة الأوروبية فشلت",
        "اعترف رئيس الوزراء البريطاني بالخطأ في إدارة الأزمة",
        "اعترفت إسرائيل بقتل ثلاثة رهائن في غزة",
        "اعترفت روسيا بأهمية الدور التركي",
        "انتزعت الشرطة اعترافات من المشتبه به",
        "اعترف المرشح الخاسر بهزيمته في الانتخابات",
        "رفض دونالد ترامب الاعتراف بنتيجة الانتخابات الأمريكية",
        "اعترفت فرنسا بمسؤوليتها عن مقتل موريس أودان",
        "اعترفت شركة أمريكية بدفع رشى لمسؤولين في نيجيريا",
        "حظيت الجامعة الأردنية باعتراف دولي",
        "اعترفت ألمانيا بالإبادة الجماعية في ناميبيا",
        "اعترف وزير الدفاع الإسرائيلي بالفشل أمام حماس",
        "الاعتراف بفلسطين خطوة رمزية",
    ],
)
def test_confessions_and_the_like_are_no_recognition(text):
    assert events(text, ["recognition"], FOLDER) == []
