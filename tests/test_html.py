"""Web pages as articles: the text without what stands around it, and what the page's metadata say."""

from pathlib import Path

import pytest

from pipeline.articles import read_articles
from pipeline.errors import ArticleError
from pipeline.html import WebPage, read_web_page
from pipeline.params import Columns, Ingest, Segment
from pipeline.segmentation import segment

LEDE = "دعت كينيا يوم الأحد إلى هدنة إنسانية في شرق الكونغو الديمقراطية تبدأ مطلع الشهر المقبل."
NEXT = "وأضاف المتحدث أن بلاده مستعدة لاستضافة المحادثات. ولم يصدر رد من المتمردين."
BODY = f"<article><p>{LEDE}</p><p>{NEXT}</p></article>"
AROUND = (
    "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/s'>سياسة</a></li></ul></nav>{}"
    "<aside><h3>الأكثر قراءة</h3><a href='/x'>رواندا تغلق معبرا حدوديا</a></aside>"
    "<footer>جميع الحقوق محفوظة 2019</footer>"
)
OPEN_GRAPH = (
    '<meta property="og:title" content="كينيا تدعو إلى هدنة"><meta property="og:site_name" content="مرصد الضفاف">'
    '<meta property="article:published_time" content="2024-02-20T10:15:00+03:00">'
    '<meta property="article:modified_time" content="2024-02-22T08:00:00+03:00">'
    '<link rel="canonical" href="https://dhifaf.example/a/1">'
)
LINKED_DATA = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    '"headline": "كينيا تدعو إلى هدنة", "datePublished": "2023-05-06T08:00:00Z", '
    '"publisher": {"@type": "Organization", "name": "صوت البحيرات"}}</script>'
)


def page(head: str = "", body: str = BODY, charset: str = "utf-8") -> bytes:
    html = f'<html dir="rtl"><head><meta charset="{charset}">{head}</head><body>{AROUND.format(body)}</body></html>'
    return html.encode(charset)


def test_the_article_and_nothing_around_it() -> None:
    assert read_web_page(page(), "a.html").text == f"{LEDE}\n\n{NEXT}\n"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_what_the_metadata_say(charset: str) -> None:
    assert read_web_page(page(OPEN_GRAPH, charset=charset), "a.html") == WebPage(
        text=f"كينيا تدعو إلى هدنة\n\n{LEDE}\n\n{NEXT}\n",
        title="كينيا تدعو إلى هدنة",
        published="2024-02-20",
        outlet="مرصد الضفاف",
        url="https://dhifaf.example/a/1",
    )


def test_linked_data() -> None:
    found = read_web_page(page(LINKED_DATA), "a.html")
    assert (found.title, found.published, found.outlet) == ("كينيا تدعو إلى هدنة", "2023-05-06", "صوت البحيرات")


def test_a_title_that_the_article_prints_stands_once() -> None:
    body = f"<article><h1>كينيا تدعو إلى هدنة</h1><p>{LEDE}</p><p>{NEXT}</p></article>"
    assert read_web_page(page(OPEN_GRAPH, body), "a.html").text.count("كينيا تدعو إلى هدنة") == 1


def test_a_day_that_only_the_text_names_is_not_the_day_of_publication() -> None:
    body = f"<article><p>وقعت كينيا الاتفاق في 3 مايو 2019. {LEDE}</p><p>{NEXT}</p></article>"
    assert read_web_page(page(body=body), "a.html").published is None


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\x00\xff\x01", b"<" * 5000], ids=ascii)
def test_what_holds_no_article_is_an_error_that_names_the_page(data: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.html"):
        read_web_page(data, "a.html")


def test_a_page_in_a_folder_is_an_article_with_what_its_metadata_say(tmp_path: Path) -> None:
    (tmp_path / "saved page.html").write_bytes(page(OPEN_GRAPH))
    (tmp_path / "empty.htm").write_bytes(b"<html></html>")
    columns = Columns(text="body", id="number")  # of the tables beside it
    articles, set_aside = read_articles([tmp_path], tmp_path, Ingest(on_bad_article="skip", columns=columns))
    (article,) = articles
    assert (article.article, article.title, article.published, article.outlet) == (
        "saved-page",
        "كينيا تدعو إلى هدنة",
        "2024-02-20",
        "مرصد الضفاف",
    )
    assert article.source == {"url": "https://dhifaf.example/a/1"}
    story = segment(article, Segment()).stories[0]
    assert [article.text[s.start : s.end] for s in story.sentences][:2] == ["كينيا تدعو إلى هدنة", LEDE]
    assert [aside.path for aside in set_aside] == ["empty.htm"]
    assert "without an article" in set_aside[0].reason
