"""Pages into stories and sections. Each page is written as its stories, each story as its lines with their kinds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .pages import Page, cut_page, kinds_found, text_of

LEDE = ("body", "دعت كينيا يوم الأحد إلى هدنة إنسانية في شرق الكونغو الديمقراطية تبدأ مطلع الشهر المقبل.")
NEXT = ("body", "وأضاف المتحدث أن بلاده مستعدة لاستضافة المحادثات. ولم يصدر رد من المتمردين.")
MORE = ("body", "من جهة أخرى، أعلنت الأمم المتحدة أن ألف أسرة نزحت خلال أسبوع واحد.")
HEAD = ("headline", "كينيا تدعو إلى هدنة إنسانية في شرق الكونغو")
MARK = ("related_heading", "اقرأ أيضاً:")
LINK = ("related_list", "بوروندي تسحب قواتها من بلدة حدودية")
OTHER_HEAD = ("headline", "مالي تعلن فتح حدودها مع السنغال")
OTHER_LEDE = ("body", "أعلنت مالي صباح الاثنين فتح حدودها البرية مع السنغال بعد إغلاق دام عامين.")
OTHER_NEXT = ("body", "ورحب التجار في البلدين بهذه الخطوة.")
CREDIT = ("source_credit", "المصدر: مرصد النيل")
TAGS = ("keywords", "كلمات دلالية: كينيا الكونغو هدنة")

PAGES: dict[str, Page] = {
    "headline and body": [[HEAD, LEDE, NEXT]],
    "body without headline": [[LEDE, NEXT]],
    "headline that asks": [[("headline", "هل تنهي الهدنة حرب الكونغو؟"), LEDE, NEXT]],
    "headline that asks and answers": [[("headline", "هل تنهي الهدنة الحرب؟ خبراء يجيبون"), LEDE, NEXT]],
    "headline with a full stop above its date": [
        [("headline", "كينيا تدعو إلى هدنة إنسانية."), ("dateline", "نُشر في: 5/4/2021"), LEDE, NEXT]
    ],
    "headline with a quotation": [[("headline", 'كينيا: "الهدنة واجبة"'), LEDE, NEXT]],
    "one line is a body": [[("body", "عاجل | كينيا تدعو إلى هدنة")]],
    "date line under the headline": [[HEAD, ("dateline", "تاريخ النشر: 3rd, March 2021 GMT"), LEDE, NEXT]],
    "date line above the headline": [[("dateline", "الأربعاء 3 آذار 2021"), HEAD, LEDE, NEXT]],
    "date line that begins with the place": [[HEAD, ("dateline", "نيروبي 3-3-2021"), LEDE, NEXT]],
    "navigation above the headline": [[("boilerplate", "الرئيسية > أفريقيا"), HEAD, LEDE]],
    "byline under the headline": [[HEAD, ("source_credit", "كتب: سالم الحربي"), LEDE, NEXT]],
    "name in a later line is no byline": [[HEAD, LEDE, ("body", "كتب سالم الحربي على حسابه")]],
    "caption within the body": [[HEAD, LEDE, ("body", "نازحون قرب بحيرة كيفو"), NEXT]],
    "link within the body": [[HEAD, LEDE, ("related_list", "اقرأ المزيد: بوروندي تسحب قواتها"), NEXT]],
    "video within the body": [[HEAD, LEDE, ("related_list", "شاهد.. قوافل الغذاء تعبر الجسر"), NEXT]],
    "marker and one headline, then the body goes on": [[HEAD, LEDE, MARK, LINK, NEXT, CREDIT]],
    "the same, going on without و": [[HEAD, LEDE, NEXT, MARK, LINK, MORE, CREDIT]],
    "marker and a headline taken up by what goes on": [
        [
            HEAD,
            LEDE,
            MARK,
            ("related_list", "رواندا تنشر جنودا على الحدود"),
            ("body", "من جانب آخر، نشرت رواندا جنودا على الحدود قبل أسبوع."),
        ]
    ],
    "marker and two headlines, then the body goes on": [
        [HEAD, LEDE, MARK, LINK, ("related_list", "أوغندا تغلق معبرا حدوديا"), NEXT]
    ],
    "marker and a headline on what the story is about": [
        [
            HEAD,
            LEDE,
            MARK,
            ("related_list", "هدنة الكونغو: كينيا ترسل وفدا إلى غوما"),
            ("body", "من جانبه، قال وزير الخارجية إن الهدنة في الكونغو سيراقبها جنود من كينيا."),
        ]
    ],
    "marker and a headline, then the body goes on with و": [
        [
            HEAD,
            LEDE,
            MARK,
            ("related_list", "أوغندا ترسل وفدا إلى كينيا"),
            ("body", "وقالت أوغندا إن وفدا منها سيصل إلى نيروبي."),
        ]
    ],
    "story appended that starts with a و of its own": [
        [HEAD, LEDE, NEXT, MARK],
        [("headline", "وفد من مالي يصل إلى داكار"), ("body", "وصل وفد من مالي إلى داكار صباح الاثنين.")],
    ],
    "marker and a headline at the end of the page": [[HEAD, LEDE, NEXT, MARK, LINK]],
    "marker and a headline before the credit": [[HEAD, LEDE, NEXT, MARK, LINK, CREDIT, TAGS]],
    "marker at the end of the page": [[HEAD, LEDE, NEXT, MARK]],
    "story appended behind the credit": [[HEAD, LEDE, CREDIT, MARK], [OTHER_HEAD, OTHER_LEDE, OTHER_NEXT]],
    "story appended behind the keywords": [[HEAD, LEDE, TAGS, MARK], [OTHER_HEAD, OTHER_LEDE, OTHER_NEXT]],
    "story appended behind the body": [[HEAD, LEDE, NEXT, MARK], [OTHER_HEAD, OTHER_LEDE, OTHER_NEXT]],
    "story appended with its date and byline": [
        [HEAD, LEDE, CREDIT, MARK],
        [OTHER_HEAD, ("dateline", "نُشر في: 5/4/2021"), ("source_credit", "مرصد24| علي البكري"), OTHER_LEDE],
    ],
    "story appended behind a button": [
        [HEAD, LEDE, TAGS, MARK],
        [OTHER_HEAD, ("boilerplate", "تابع أحدث الأخبار عبر تطبيق"), OTHER_LEDE],
    ],
    "story appended without a headline": [[HEAD, LEDE, TAGS, MARK], [OTHER_LEDE, OTHER_NEXT]],
    "two stories appended": [
        [HEAD, LEDE, CREDIT, MARK],
        [OTHER_HEAD, OTHER_LEDE, ("source_credit", "المصدر: صوت باماكو"), MARK],
        [("headline", "تشاد تؤجل انتخاباتها المحلية"), ("body", "قررت تشاد تأجيل انتخاباتها المحلية ستة أشهر.")],
    ],
    "story appended without a marker, with its date": [
        [HEAD, LEDE, NEXT],
        [OTHER_HEAD, ("dateline", "نُشر في: 5/4/2021"), OTHER_LEDE],
    ],
    "story appended without a marker, behind the keywords": [[HEAD, LEDE, TAGS], [OTHER_HEAD, OTHER_LEDE]],
    "link and then a story": [[HEAD, LEDE, MARK, LINK, NEXT, CREDIT, TAGS, MARK], [OTHER_HEAD, OTHER_LEDE]],
    "list of headlines": [
        [
            HEAD,
            LEDE,
            CREDIT,
            ("related_heading", "مواضيع ذات صلة"),
            ("related_list", "• بوروندي تسحب قواتها من بلدة حدودية"),
            ("related_list", "• أوغندا: المعبر مغلق (فيديو)"),
        ]
    ],
    "headlines behind the marker, none of them a story": [
        [HEAD, LEDE, CREDIT, MARK, LINK, ("related_list", "أوغندا تغلق معبرا حدوديا")]
    ],
    "prose behind an agency's name": [[HEAD, LEDE, ("source_credit", "(رويترز)"), NEXT, MARK, LINK, MORE]],
    "tags run together at the end": [[HEAD, LEDE, NEXT, ("keywords", "شرق الكونغوكيفو هدنةالاتحاد الأفريقي")]],
    "tags between commas at the end": [[HEAD, LEDE, NEXT, ("keywords", "كينيا، شرق الكونغو، هدنة إنسانية")]],
    "tags between bullets above the buttons": [
        [HEAD, LEDE, NEXT, ("keywords", "♦ كينيا ♦ الكونغو الديمقراطية"), ("boilerplate", "طباعة | إرسال")]
    ],
    "tags in a row below the credit": [[HEAD, LEDE, NEXT, CREDIT, ("keywords", "كينيا الكونغو هدنة إنسانية")]],
    "tags below their label": [
        [HEAD, LEDE, NEXT, ("keywords", "الوسوم"), ("keywords", "نيروبي"), ("keywords", "كينيا، هدنة"), MARK, LINK]
    ],
    "names in a row are a body's last line": [[HEAD, LEDE, ("body", "كينيا الكونغو هدنة إنسانية")]],
    "names joined by و are a body's last line": [[HEAD, LEDE, ("body", "حضرت كينيا، والكونغو، وأوغندا، هدنة")]],
    "rubric above the headline": [[("keywords", "عربي ودولي"), HEAD, LEDE, NEXT]],
    "rubric under the headline": [[HEAD, ("keywords", "السلم والأمن"), LEDE, NEXT]],
    "rubric's words as a subheading": [[HEAD, LEDE, ("body", "السلم والأمن"), NEXT]],
    "credit with a place": [[HEAD, ("source_credit", "نيروبي، غوما (وكالات)"), LEDE, NEXT]],
    "place and nobody": [[HEAD, ("dateline", "نيروبي – خاص"), LEDE, NEXT]],
    "subtitles that begin as furniture does": [
        [HEAD, ("headline", "متابعة دولية للوضع في غوما"), ("dateline", "نُشر في: 5/4/2021"), LEDE, NEXT],
    ],
    "captions with an agency, and with a date": [
        [HEAD, LEDE, ("boilerplate", "نازحون في مخيم (رويترز)"), ("body", "علم كينيا، 5 أبريل 2021"), NEXT]
    ],
    "subheadings of a rubric's words": [[HEAD, LEDE, ("body", "ردود فعل دولية"), NEXT, ("body", "الموقف الكيني")]],
    "report of an outlet": [[HEAD, LEDE, NEXT, ("source_credit", "تقرير: صدى النيل")]],
    "story appended behind a list's heading": [
        [HEAD, LEDE, NEXT, ("related_heading", "أخبار ذات صلة"), LINK],
        [OTHER_HEAD, OTHER_LEDE, OTHER_NEXT],
    ],
    "list's heading within the body": [
        [HEAD, LEDE, ("related_heading", "في نفس الملف"), LINK, NEXT],
    ],
    "rulers and buttons": [[HEAD, ("boilerplate", "* * *"), LEDE, NEXT, ("boilerplate", "المزيد لتتبع")]],
    "nothing but furniture": [[("dateline", "نُشر في: 5/4/2021"), CREDIT, TAGS]],
}


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", " \n \u00a0\n", "\u2028"], ids=ascii)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_cut_into_its_stories(page: Page, separator: str) -> None:
    text = text_of(page, separator)
    assert kinds_found(text, cut_page(text)) == page


def test_a_subtitle_stands_directly_under_the_headline() -> None:
    subtitle = ("headline", "نيروبي تعرض استضافة المحادثات")
    text = text_of([[HEAD, subtitle, LEDE, NEXT]])
    record = cut_page(text)
    assert kinds_found(text, record) == [[HEAD, subtitle, LEDE, NEXT]]
    assert record.stories[0].title == HEAD[1]
    spaced = text_of([[HEAD, subtitle, LEDE, NEXT]], "\n\n")
    assert kinds_found(spaced, cut_page(spaced)) == [[HEAD, ("body", subtitle[1]), LEDE, NEXT]]


def test_a_standfirst_is_a_sentence_that_the_body_says_again() -> None:
    standfirst = ("headline", "دعوة كينية إلى هدنة إنسانية في شرق الكونغو تقابلها شروط من المتمردين.")
    again = ("body", "وجاءت الدعوة الكينية إلى الهدنة الإنسانية في شرق الكونغو فيما تقابلها شروط من المتمردين الآن.")
    page: Page = [[HEAD, standfirst, LEDE, NEXT, again]]
    text = text_of(page)
    assert kinds_found(text, cut_page(text)) == page
    text = text_of([[HEAD, standfirst, LEDE, NEXT]])
    assert kinds_found(text, cut_page(text)) == [[HEAD, ("body", standfirst[1]), LEDE, NEXT]]


def test_headlines_run_together_end_where_the_body_goes_on() -> None:
    glued = "Related بوروندي تسحب قواتها من بلدة حدوديةأوغندا تغلق معبرا مع كينياوقالت المفوضية إن ألف أسرة نزحت."
    text = text_of([[HEAD, LEDE, ("body", "وقالت مصادر إن الطريق آمن."), ("", glued)]])
    story = cut_page(text).stories[0]
    last = story.sentences[-1]
    assert text[last.start : last.end] == "وقالت المفوضية إن ألف أسرة نزحت."
    assert [section.kind for section in story.sections] == ["headline", "body", "related_list", "body"]


def test_a_marker_run_together_with_the_paragraph_before_it() -> None:
    text = f"{HEAD[1]}\n{LEDE[1]}اقرأ أيضاً\n{LINK[1]}\n{NEXT[1]}"
    assert kinds_found(text, cut_page(text)) == [[HEAD, LEDE, ("related_heading", "اقرأ أيضاً"), LINK, NEXT]]


def test_headlines_run_together_without_a_body() -> None:
    text = text_of([[HEAD, LEDE, ("", "Related بوروندي تسحب قواتها من بلدة حدوديةأوغندا تغلق معبرا"), NEXT]])
    assert [section.kind for section in cut_page(text).stories[0].sections] == [
        "headline",
        "body",
        "related_list",
        "body",
    ]


def test_the_agency_of_a_dispatch_stands_in_its_first_sentence_and_credits_nobody() -> None:
    text = "كينيا تدعو إلى هدنة\n\nنيروبي - رويترز - دعت كينيا إلى هدنة. ورحب الاتحاد الأفريقي."
    story = cut_page(text).stories[0]
    assert [text[s.start : s.end] for s in story.sentences][1:] == [
        "نيروبي - رويترز - دعت كينيا إلى هدنة.",
        "ورحب الاتحاد الأفريقي.",
    ]
    assert [section.kind for section in story.sections] == ["headline", "body"]
    assert story.outlet is None


def test_a_dispatch_is_dated_by_its_opening_and_a_later_paragraph_is_not() -> None:
    dated = "نيروبي – 5 أبريل 2021: دعت كينيا إلى هدنة."
    first = cut_page(f"{HEAD[1]}\n{dated}\n{NEXT[1]}").stories[0]
    assert first.published == "2021-04-05"
    assert [section.kind for section in first.sections] == ["headline", "body"]
    assert cut_page(f"{HEAD[1]}\n{LEDE[1]}\n{dated}\n{NEXT[1]}").stories[0].published is None


def test_a_line_above_the_date_line_is_a_subtitle_in_spite_of_the_blank_line() -> None:
    page: Page = [[HEAD, ("headline", "نيروبي تعرض استضافة المحادثات"), ("dateline", "نُشر في: 5/4/2021"), LEDE, NEXT]]
    text = text_of(page, "\n\n")
    assert kinds_found(text, cut_page(text)) == page


def test_a_headline_is_one_sentence() -> None:
    text = text_of([[("headline", "هل تنهي الهدنة الحرب؟ خبراء يجيبون"), LEDE, NEXT]])
    story = cut_page(text).stories[0]
    assert [sentence.section for sentence in story.sentences] == ["headline", "body", "body", "body"]


def test_what_is_said_of_a_story_stays_with_it() -> None:
    page: Page = [
        [HEAD, ("dateline", "تاريخ النشر: 3rd, March 2021 GMT"), LEDE, ("source_credit", "*رويترز"), CREDIT, MARK],
        [OTHER_HEAD, ("dateline", "آخر تحديث: 9 نيسان 2021"), ("dateline", "نُشر في: ٥ نيسان ٢٠٢١"), OTHER_LEDE],
    ]
    first, second = cut_page(text_of(page)).stories
    assert (first.title, first.published, first.outlet) == (HEAD[1], "2021-03-03", "مرصد النيل")
    assert (second.title, second.published, second.outlet) == (OTHER_HEAD[1], "2021-04-05", None)
    assert [sentence.id for sentence in second.sentences] == ["صفحة-2-1", "صفحة-2-2"]


@pytest.mark.parametrize(
    ("lines", "published", "outlet"),
    [
        (["آخر تحديث: 9 نيسان 2021"], "2021-04-09", None),
        (["صدر القرار في 9 نيسان 2021."], None, None),
        (["المصدر: صوت باماكو", "المصدر: مرصد النيل"], None, "مرصد النيل"),
        (["المصدر: مرصد النيل", "(رويترز)"], None, "مرصد النيل"),
        (["(أ ف ب، رويترز)"], None, "رويترز"),
        (["قال مصدر لوكالة رويترز إن الطريق مغلق."], None, None),
    ],
)
def test_date_and_outlet_are_taken_from_their_lines_alone(lines: list[str], published: str, outlet: str) -> None:
    story = cut_page("\n".join([HEAD[1], LEDE[1], *lines])).stories[0]
    assert (story.published, story.outlet) == (published, outlet)


LINES = [line for page in PAGES.values() for story in page for _, line in story]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=60)), max_size=12).map("\n".join))
def test_sections_cover_the_text_and_sentences_lie_in_them(text: str) -> None:
    record = cut_page(text)
    at = 0
    covered = []
    for number, story in enumerate(record.stories, 1):
        assert story.story == number
        for section in story.sections:
            assert at <= section.start < section.end <= len(text)
            assert not text[at : section.start].strip().strip("\ufeff\u200b").strip()
            at = section.end
            covered.append(section)
        for count, sentence in enumerate(story.sentences, 1):
            assert sentence.id == f"صفحة-{number}-{count}"
            assert any(
                section.start <= sentence.start < sentence.end <= section.end and section.kind == sentence.section
                for section in story.sections
            )
    assert all(one.end <= other.start for one, other in pairwise(covered))
    assert not any(char.isalnum() for char in text[at:])
