"""The pages of data/pages are cut as they say, and the benchmark counts what is not."""

from pathlib import Path

import pytest

from pipeline.errors import ArticleError
from pipeline.segmentation.pages import PageScore, cut, read_pages, score_pages, table

PAGES = read_pages(Path("data/pages"))
ONE = """
- name: a page
  stories:
    - published: 2024-02-20
      outlet: وام
      lines:
        - headline: كينيا تدعو إلى هدنة
          blank: true
        - dateline: 20 فبراير 2024
        - boilerplate: 'إعلان'
          body: [وقالت كينيا إنها تدعو إلى هدنة., وأيدتها أوغندا.]
        - source_credit: (وام)
"""


def write(folder: Path, text: str) -> Path:
    (folder / "kind.yaml").write_text(text, encoding="utf-8")
    return folder


def test_there_are_pages_of_every_kind() -> None:
    assert len(PAGES) >= 30
    assert {page.kind for page in PAGES} >= {"dates", "outlets", "furniture", "stories", "text"}
    names = [(page.kind, page.name) for page in PAGES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.kind}: {page.name}")
def test_a_page_is_cut_as_it_says(page) -> None:
    def told(stories):
        return [
            (story.published, story.outlet, [(s.section, page.text[s.start : s.end]) for s in story.sentences])
            for story in stories
        ]

    assert told(cut(page).stories) == told(page.stories)


def test_a_page_is_built_from_its_lines(tmp_path: Path) -> None:
    (page,) = read_pages(write(tmp_path, ONE))
    assert page.text.split("\n") == [
        "كينيا تدعو إلى هدنة",
        "",
        "20 فبراير 2024",
        "إعلان وقالت كينيا إنها تدعو إلى هدنة. وأيدتها أوغندا.",
        "(وام)",
    ]
    (story,) = page.stories
    assert [(s.kind, page.text[s.start : s.end]) for s in story.sections][2:4] == [
        ("boilerplate", "إعلان"),
        ("body", "وقالت كينيا إنها تدعو إلى هدنة. وأيدتها أوغندا."),
    ]
    assert [page.text[s.start : s.end] for s in story.sentences][1:] == [
        "وقالت كينيا إنها تدعو إلى هدنة.",
        "وأيدتها أوغندا.",
    ]


def test_what_is_wrong_is_counted(tmp_path: Path) -> None:
    (page,) = read_pages(write(tmp_path, ONE))
    (story,) = page.stories
    score = PageScore()
    stray = story.sentences[1].model_copy(update={"start": 0, "end": 10})
    wrong = story.model_copy(update={"published": None, "sentences": [*story.sentences[:1], stray]})
    wrong.sentences[1].start, wrong.sentences[1].end = page.text.index("(وام)"), len(page.text)
    score.add([story], [wrong])
    assert score.row() == {
        "pages": 1,
        "stories": 1,
        "boundary_f1": 0.4,
        "story_f1": 0.0,
        "day": 0.0,
        "outlet": 1.0,
        "furniture": 1.0,
    }
    assert "0.400" in table({"kind": score})


def test_the_table_has_a_line_a_kind_and_one_of_all_pages() -> None:
    scores = score_pages(PAGES[:3])
    assert list(scores) == [PAGES[0].kind, "all pages"]
    assert scores["all pages"].pages == 3


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- name: x\n  stories: [{lines: [{prose: نص}]}]", "page x: prose is no kind of section"),
        ("- name: x", "page x: 'stories'"),
        ("- {", "cannot be read"),
        ("[]", "holds no page"),
    ],
)
def test_a_file_that_is_no_list_of_pages_is_an_error(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ArticleError, match=what):
        read_pages(write(tmp_path, text))
