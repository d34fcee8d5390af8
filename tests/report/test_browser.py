"""The page in a real browser: both languages, every tab, keys, hostile text, ten thousand events."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.records import Event
from pipeline.report.charts import charting_library
from pipeline.report.page import build_page
from pipeline.report.payload import payload
from tests.report.browser import CHROMIUM, Page
from tests.report.build import TEXT, at, call, entity, event, segments, veto
from tests.report.hostile import hostile_payload

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]
TABS = ("events", "plots", "articles", "scores")
EVALUATION = {
    "metrics": {"model": {"name": "mini"}, "dev": {"events_f1": 0.5}, "articles_set_aside": 0},
    "tables": {
        "events": [{"split": "dev", "type": "veto", "f1": 0.5, "f1_low": 0.4, "f1_high": 0.6, "gold": 2}],
        "ner_cost": [{"split": "dev", "type": "veto", "f1_gold_entities": 0.75, "f1_predicted_entities": 0.5,
                      "cost": 0.25, "cost_low": 0.1, "cost_high": 0.3}],
        "rules": [{"split": "dev", "rule": "veto.use.it", "found": 1, "predicted": 2, "precision": 0.5}],
    },
    "plots": {
        "entity_confusion": {"dev": [{"actual": "LOC", "predicted": "ORG", "n": 2}]},
        "training": {"f1": [{"epoch": 0, "f1": 0.8}, {"epoch": 1, "f1": 0.9}]},
        "threshold": {"dev": [{"threshold": 0.5, "precision": 0.9, "recall": 0.8, "f1": 0.85}]},
        "calibration": {"dev": [{"confidence": 0.7, "accuracy": 0.6, "entities": 5}]},
    },
    "errors": [
        {
            "split": "dev", "kind": "wrong slot", "article": "900", "story": 1, "start": 0, "gold": "veto · actual",
            "predicted": "veto · actual", "passages": [{"span": [0, 51], "text": TEXT[:51], "triggers": [[0, 8]]}],
            "slots": [["vetoer", ["USA"], ["RUS"]]], "rules": ["rule.one"],
        }
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    return charting_library(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with Page(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(browser: Page) -> Iterator[Page]:
    """The browser as a first visit finds it; nothing that must not happen may have happened in the end."""
    browser.problems.clear()
    browser.dark(False)
    browser.size(1400, 900)
    yield browser
    assert browser.problems == []


def some_events() -> list[Event]:
    """Five events of three types, one of them not of this project."""
    threat = event(
        "veto", {"vetoer": [at(TEXT, "غزة", "روسيا", "RUS")]}, (0, 8), modality="threatened", number=2, rule="veto.may"
    )
    dated = event("vote_tally", {"body": [at(TEXT, "مشروع", actor="UNSC")], "in_favour": [at(TEXT, "ضد", 13)],
                                 "date": [at(TEXT, "فورية", "2023-12")]}, (0, 30))  # fmt: skip
    refusal = call().model_copy(update={"id": "900-1-ceasefire_call-2"}, deep=True)
    refusal.slots["stance"] = [at(TEXT, "دعت", "reject")]
    return [veto(), threat, dated, call(), refusal]


@pytest.fixture
def file(tmp_path: Path, library: str) -> Path:
    """A page of two articles: one of them without events, and with characters beyond the first plane."""
    other = "🕊🕊 سطر.\nزار الوزير 🕊 عمان."
    told = [segments(published="2024-02-20", outlet="وكالة"), segments(other, "901", "articles/901.txt")]
    entities = [entity(TEXT, "واشنطن"), entity(other, "عمان", article="901", sentence="901-1-2")]
    data = payload(told, entities, some_events(), {"900": TEXT, "901": other}, EVALUATION)
    return write(tmp_path / "index.html", data, library)


def write(path: Path, data: dict, library: str) -> Path:
    path.write_text(build_page("Events", "أحداث", data, library), encoding="utf-8")
    return path


def speak(page: Page, file: Path, language: str, fragment: str = "") -> None:
    """Open the page in a language."""
    page.open(file)
    page.run(f"localStorage.clear(); localStorage.setItem('events-language', {json.dumps(language)})")
    page.open(file, fragment)


def texts(page: Page, selector: str) -> list[str]:
    return page.run(f"[...document.querySelectorAll({json.dumps(selector)})].map((node) => node.textContent)")


def choose(page: Page, name: str, value: str) -> None:
    """Set a filter as a person does."""
    page.run(
        f"(() => {{ const field = document.getElementById('filter-{name}'); field.value = {json.dumps(value)};"
        "field.dispatchEvent(new Event(field.type === 'search' ? 'input' : 'change')) })()"
    )


def shown(page: Page) -> list[int]:
    """The events of the table, by their place in the data, in the table's order."""
    return page.run("[...document.querySelectorAll('tbody tr[data-index]')].map((row) => Number(row.dataset.index))")


@pytest.mark.parametrize(
    ("language", "direction", "tab", "value"),
    [("en", "ltr", "Events", "United States"), ("ar", "rtl", "الأحداث", "الولايات المتحدة")],
)
def test_both_languages(page: Page, file: Path, language: str, direction: str, tab: str, value: str) -> None:
    speak(page, file, language)
    assert page.run("[document.documentElement.lang, document.documentElement.dir]") == [language, direction]
    assert texts(page, "[role=tab]")[0] == tab
    assert value in "".join(texts(page, "tbody"))
    for name in TABS:
        page.run(f"document.getElementById('tab-{name}').click()")
        assert page.run(f"document.getElementById('panel-{name}').innerText.trim().length") > 20
    page.run("document.getElementById('language').click()")
    assert page.run("document.documentElement.lang") != language


def test_an_event_opens_on_its_words_its_slots_and_its_rule(page: Page, file: Path) -> None:
    speak(page, file, "en")
    page.run("document.querySelector('tr[data-index=\"0\"]').click()")
    assert texts(page, "#detail blockquote") == [TEXT.split("\n")[0]]
    assert texts(page, "#detail .rule") == ["rule.one"]
    assert texts(page, "#detail .trigger") == [TEXT[:4]]
    assert "واشنطن" in texts(page, "#detail blockquote .filler")
    assert "vetoed byUnited States USAواشنطن8–14" in texts(page, "#detail tbody tr")
    assert "tab=events" in page.run("location.hash") and "event=900-1-veto-1" in page.run("location.hash")
    page.run("document.querySelector('#detail button.wide').click()")
    assert page.run("document.getElementById('panel-articles').hidden") is False
    assert page.run("document.getElementById('article').querySelector('.trigger') !== null")


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"type": "veto"}, {0, 1}),
        ({"actor": "QAT"}, {3, 4}),
        ({"stance": "reject"}, {4}),
        ({"modality": "threatened"}, {1}),
        ({"article": "900"}, {0, 1, 2, 3, 4}),
        ({"from": "2024-01-01"}, {0, 1, 3, 4}),
        ({"to": "2023-12-15"}, {2}),
        ({"from": "2023-12-20", "to": "2023-12-25"}, {2}),
        ({"search": "الامريكيه"}, set()),
        ({"search": "هدنه فوريه"}, {3, 4}),
        ({"search": "united states"}, {0}),
        ({"type": "ceasefire_call", "stance": "call"}, {3}),
    ],
)
def test_filters(page: Page, file: Path, filters: dict[str, str], left: set[int]) -> None:
    speak(page, file, "en")
    for name, value in filters.items():
        choose(page, name, value)
    assert set(shown(page)) == left
    page.run("document.getElementById('clear').click()")
    assert len(shown(page)) == 5


def test_sorting_turns_and_events_without_a_value_come_last(page: Page, file: Path) -> None:
    speak(page, file, "en")
    assert shown(page)[-1] == 2, "the newest stands first"
    page.run("document.querySelector('[data-column=stance]').click()")
    assert shown(page) == [3, 4, 0, 1, 2]
    page.run("document.querySelector('[data-column=stance]').click()")
    assert shown(page) == [4, 3, 0, 1, 2]
    assert page.run("document.querySelector('[data-column=stance]').closest('th').ariaSort") == "descending"


def test_the_keyboard_alone_is_enough(page: Page, file: Path) -> None:
    speak(page, file, "en")
    page.press("/")
    assert page.run("document.activeElement.id") == "filter-search"
    page.run("document.querySelector('.events tbody tr').focus()")
    page.press("ArrowDown")
    second = page.run("Number(document.activeElement.dataset.index)")
    assert second == shown(page)[1]
    page.press("Enter")
    assert page.run("document.getElementById('detail').contains(document.activeElement)")
    page.press("Escape")
    assert page.run("document.getElementById('detail').hidden")
    assert page.run("Number(document.activeElement.dataset.index)") == second
    page.run("document.getElementById('tab-events').focus()")
    page.press("ArrowRight")
    assert page.run("document.activeElement.id") == "tab-plots"
    page.run("document.getElementById('language').click(); document.getElementById('tab-plots').focus()")
    page.press("ArrowRight")
    assert page.run("document.activeElement.id") == "tab-events"


def test_plots_are_drawn_for_the_filters_and_lead_to_events(page: Page, file: Path) -> None:
    speak(page, file, "en", "#tab=plots")
    page.wait("document.querySelectorAll('#panel-plots svg .mark-rect path').length >= 5")
    assert texts(page, "#plot-vetoes tbody tr") == ["United StatesAlgeria1"]
    assert texts(page, "#plot-calls tbody tr") == ["Qatarcall1", "Qatarreject1"]
    choose(page, "modality", "threatened")
    assert texts(page, "#plot-vetoes tbody tr") == ["Russia(not named)1"]
    page.run("document.querySelector('#plot-vetoes tbody button').click()")
    assert shown(page) == [1]


def test_articles_keep_every_character_and_mark_entities_at_their_place(page: Page, file: Path) -> None:
    for name, text in (("900", TEXT), ("901", "🕊🕊 سطر.\nزار الوزير 🕊 عمان.")):
        speak(page, file, "ar", f"#tab=articles&article={name}")
        assert "".join(texts(page, "#article .section")) == text
    assert texts(page, "#article .section .entity") == ["عمان"]
    page.run("document.querySelector('.layers input:nth-of-type(1)').click()")
    assert "".join(texts(page, "#article .section")) == "🕊🕊 سطر.\nزار الوزير 🕊 عمان."


def test_where_events_meet_the_words_of_each_open_it(page: Page, tmp_path: Path, library: str) -> None:
    """A veto over a whole sentence, and a tally whose trigger lies within it."""
    tally = event("vote_tally", {}, (16, 30), number=2)
    data = payload([segments()], [], [veto(), tally], {"900": TEXT}, {})
    speak(page, write(tmp_path / "meet.html", data, library), "en", "#tab=articles")
    assert texts(page, "#article .trigger") == [TEXT[:4], TEXT[16:20]]
    page.run("document.querySelectorAll('#article .trigger')[1].focus()")
    page.press("Enter")
    assert texts(page, "#detail .id code") == ["900-1-vote_tally-2"]
    page.run("document.querySelector('#article .section .mention:not(.trigger)').click()")
    assert texts(page, "#detail .id code") == ["900-1-veto-1"]
    page.run("document.querySelector('#detail figure button.link').click()")
    assert texts(page, "#detail .id code") == ["900-1-vote_tally-2"]


def test_scores_and_errors_are_shown(page: Page, file: Path) -> None:
    speak(page, file, "en", "#tab=scores")
    told = page.run("document.getElementById('panel-scores').innerText")
    assert "0.500 (0.40–0.60)" in told and "wrong slot" in told and "rule.one" in told and "RUS" in told
    assert texts(page, "#errors blockquote .trigger") == [TEXT[:8]]
    page.wait("document.querySelectorAll('#panel-scores svg').length === 4")
    tables = "".join(texts(page, "#panel-scores details"))
    assert "0.7500.5000.250 (0.10–0.30)" in tables and "veto.use.it120.500" in tables


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_every_cell_is_in_view_with_its_head_and_nothing_overflows(
    page: Page, file: Path, language: str
) -> None:
    page.size(390, 844)
    for tab in TABS:
        speak(page, file, language, f"#tab={tab}")
        assert page.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), tab
    speak(page, file, language)
    outside = page.run(
        "[...document.querySelectorAll('.events tbody td > *')].filter((node) => {"
        "const box = node.getBoundingClientRect(); return box.left < 0 || box.right > 390 }).length"
    )
    heads = page.run(
        "[...document.querySelectorAll('.events tbody tr:first-child td')].map((cell) => cell.dataset.label)"
    )
    assert outside == 0
    assert heads == [head.rstrip(" ▲▼") for head in texts(page, ".events th")]
    page.run("document.querySelector('[data-column=stance]').click()")
    assert shown(page)[:2] == [3, 4]


def test_light_and_dark(page: Page, file: Path) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    speak(page, file, "en")
    light = page.run(colour)
    page.dark(True)
    dark = page.run(colour)
    assert dark != light
    page.run(
        "(() => { const theme = document.getElementById('theme'); theme.value = 'light';"
        "theme.dispatchEvent(new Event('change')) })()"
    )
    assert page.run(colour) == light


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_text_harms_nothing(page: Page, tmp_path: Path, library: str, language: str) -> None:
    file = write(tmp_path / "hostile.html", hostile_payload(), library)
    speak(page, file, language)
    drawn = "document.querySelectorAll('main img, main svg [onload], main script, #detail img, [onerror]').length"
    for name in TABS:
        page.run(f"document.getElementById('tab-{name}').click()")
        if name in ("plots", "scores"):
            page.wait(f"document.querySelectorAll('#panel-{name} svg').length > 0")
        if name == "plots":
            page.hover("#plot-calls .mark-rect path")
            page.wait("document.querySelector('#vg-tooltip-element.visible')?.textContent.includes('<img src=x')")
        if name in ("events", "articles"):
            page.run("document.querySelector('tr[data-index=\"0\"], #article .trigger').click()")
        assert page.run(drawn) == 0
    assert page.run("window.harmed") is None
    assert page.run("document.querySelectorAll('#vg-tooltip-element img, #vg-tooltip-element svg').length") == 0
    page.run("document.getElementById('tab-events').click()")
    assert "<img src=x onerror='window.harmed=2'>" in "".join(texts(page, "tbody"))


def test_ten_thousand_events(page: Page, tmp_path: Path, library: str) -> None:
    base = [veto(), call()]
    told = [segments(article=f"{n:04}", published=f"20{10 + n % 10}-0{1 + n % 9}-15") for n in range(1000)]
    events = [
        base[i % 2].model_copy(update={"article": f"{n:04}", "id": f"{n:04}-1-{i}"})
        for n in range(1000)
        for i in range(10)
    ]
    entities = [entity(TEXT, "واشنطن", article=f"{n:04}") for n in range(1000)]
    data = payload(told, entities, events, {record.article: TEXT for record in told}, {})
    speak(page, write(tmp_path / "big.html", data, library), "en")
    assert texts(page, "#count") == ["10,000 of 10,000 events"]
    assert len(shown(page)) == 50
    # Whatever a person looks at, few elements are drawn, so that nothing stalls for the number of events.
    for act in ("page-last", "tab-articles", "tab-plots", "language", "tab-events"):
        page.run(f"document.getElementById('{act}').click()")
        assert page.run("document.querySelectorAll('body *').length") < 5000, act
    page.run("document.getElementById('language').click()")
    page.run("document.getElementById('page-last').click()")
    assert len(shown(page)) == 50 and texts(page, ".pager span") == ["Page 200 of 200"]
    choose(page, "search", "0777-1-3")
    assert shown(page) == [7773]
    page.run("document.getElementById('clear').click(); document.getElementById('tab-articles').click()")
    assert page.run("document.querySelectorAll('#article-list li').length") <= 60
    page.run("document.getElementById('tab-plots').click()")
    page.wait("document.querySelectorAll('#plot-timeline svg .mark-rect path').length > 10")


def test_the_address_holds_all_that_was_chosen(page: Page, file: Path) -> None:
    """A reload, and somebody else who opens the address, see the same; Back goes a step back."""
    speak(page, file, "en")
    choose(page, "type", "ceasefire_call")
    choose(page, "search", "هدنة")
    page.run("document.querySelector('[data-column=stance]').click()")
    wanted, address = shown(page), page.run("location.hash")
    assert "f.type=ceasefire_call" in address and "sort=stance" in address
    page.open(file, address)
    assert shown(page) == wanted == [3, 4]
    assert page.run("document.getElementById('filter-type').value") == "ceasefire_call"
    choose(page, "stance", "reject")
    assert shown(page) == [4]
    page.run("history.back()")
    page.wait("document.querySelectorAll('tbody tr[data-index]').length === 2")


def test_an_events_address_opens_it_on_its_page_of_the_table(page: Page, tmp_path: Path, library: str) -> None:
    many = [veto().model_copy(update={"id": f"900-1-veto-{n}"}) for n in range(120)]
    data = payload([segments(published="2024-02-20")], [], many, {"900": TEXT}, {})
    speak(page, write(tmp_path / "many.html", data, library), "en", "#event=900-1-veto-77")
    assert texts(page, "#detail .id code") == ["900-1-veto-77"]
    assert texts(page, ".pager span") == ["Page 2 of 3"]
    assert page.run("document.querySelector('tr.open').dataset.index") == "77"
    page.run("document.querySelector('#copy-event').click()")
    page.wait("document.getElementById('announce').textContent === 'Copied.'")


def test_the_rows_left_are_saved_as_csv(page: Page, file: Path) -> None:
    speak(page, file, "en")
    choose(page, "type", "veto")
    page.run(
        "(() => { const real = URL.createObjectURL; window.saved = [];"
        "URL.createObjectURL = (blob) => { window.saved.push(blob); return real(blob) } })()"
    )
    page.run("document.getElementById('save-rows').click()")
    text = page.run("window.saved[0].text()")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == ["900-1-veto-1", "900-1-veto-2"]
    assert rows[0]["vetoer_id"] == "USA" and rows[0]["outlet"] == "وكالة" and rows[1]["modality"] == "threatened"


@pytest.mark.parametrize(("kind", "form"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_a_plot_is_saved(page: Page, file: Path, kind: str, form: str) -> None:
    speak(page, file, "ar", "#tab=plots")
    page.wait("document.querySelector('#plot-timeline svg')")
    page.run(
        "(() => { const real = URL.createObjectURL; window.saved = [];"
        "URL.createObjectURL = (blob) => { window.saved.push(blob); return real(blob) } })()"
    )
    page.run(f"document.querySelector('#plot-timeline [data-kind={kind}]').click()")
    page.wait("window.saved.length === 1")
    assert page.run("[window.saved[0].type, window.saved[0].size > 500]") == [form, True]


def test_counts_of_a_filter_are_of_what_the_others_leave(page: Page, file: Path) -> None:
    speak(page, file, "en")
    choose(page, "type", "veto")
    assert "Qatar" not in "".join(texts(page, "#filter-actor option"))
    choose(page, "type", "")
    choose(page, "role", "sponsor")
    assert texts(page, "#filter-actor option") == ["any", "Algeria (1)"]
    assert shown(page) == [0]


def test_vetoes_are_counted_by_country_and_year_at_first_sight(page: Page, file: Path) -> None:
    speak(page, file, "en")
    assert texts(page, ".by-year thead th") == ["vetoed by", "in all", "2024"]
    assert texts(page, ".by-year tbody tr") == ["United States11"]
    assert texts(page, ".card") == ["1 Veto of 2 told", "1 Vote tally", "2 Ceasefire call"]


def test_a_vote_is_told_in_three_numbers_and_background_is_marked(page: Page, tmp_path: Path, library: str) -> None:
    slots = {
        "body": [at(TEXT, "مشروع", "الكنيست", "ISR")], "in_favour": [at(TEXT, "ضد", 33)],
        "against": [at(TEXT, "ضد", 13)], "abstaining": [at(TEXT, "ضد", 10)], "outcome": [at(TEXT, "ضد", "adopted")],
        "resolution": [at(TEXT, "ضد", "181")], "object": [at(TEXT, "قرار")], "date": [at(TEXT, "فورية", "1947-11-29")],
    }  # fmt: skip
    data = payload([segments(published="2024-02-20")], [], [event("vote_tally", slots, (0, 30))], {"900": TEXT}, {})
    speak(page, write(tmp_path / "vote.html", data, library), "en")
    assert texts(page, ".events tbody td:nth-child(4)") == ["33–13–10 · adopted · resolution 181"]
    assert texts(page, ".events tbody td:nth-child(3)") == ["body الكنيست (Israel)"]
    assert "background" in texts(page, ".events tbody td:first-child")[0]


def test_dates_and_numerals_are_in_the_language_of_the_page(page: Page, file: Path) -> None:
    speak(page, file, "ar")
    assert "20 فبراير 2024" in texts(page, ".events tbody time")[0]
    assert page.run("document.querySelector('.events tbody time').dateTime") == "2024-02-20"


def test_arabic_is_set_in_the_face_that_the_page_carries(page: Page, file: Path) -> None:
    speak(page, file, "ar", "#tab=articles")
    page.run("document.fonts.ready")
    assert page.run("document.fonts.check('16px \"Events Naskh\"', 'سلام')")
    assert page.run("[...document.fonts].filter((face) => face.status === 'loaded').length") >= 1


def test_an_open_event_leaves_the_table_in_view(page: Page, file: Path) -> None:
    for width in (1400, 1000, 390):
        page.size(width, 844)
        speak(page, file, "en")
        page.run("document.querySelector('tr[data-index=\"0\"]').click()")
        clear = page.run(
            "(() => { const panel = document.getElementById('detail').getBoundingClientRect();"
            "const table = document.querySelector('.events').closest('.scroll').getBoundingClientRect();"
            "return panel.left >= table.right - 1 || panel.top > 0 })()"
        )
        assert clear, width


def test_without_an_evaluation_there_is_no_tab_for_it(page: Page, tmp_path: Path, library: str) -> None:
    data = payload([segments()], [], [veto()], {"900": TEXT}, {})
    speak(page, write(tmp_path / "plain.html", data, library), "en", "#tab=scores")
    assert texts(page, "[role=tab]") == ["Events", "Plots", "Articles"]
    assert not page.run("document.getElementById('panel-events').hidden")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_that_shuts_readers_out(page: Page, file: Path, language: str, width: int) -> None:
    axe = pytest.importorskip("axe_core_python")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.size(width, 844)
    for tab in TABS:
        speak(page, file, language, f"#tab={tab}")
        if tab == "events":
            page.run("document.querySelector('tr[data-index=\"0\"]').click()")
        page.run(script + "; true")
        found = page.run(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
            ".then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')))"
        )
        assert found == [], tab
