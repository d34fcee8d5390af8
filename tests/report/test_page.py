"""The file: one, whole, inert where it holds data, the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources

import pytest

from pipeline.report.page import SCRIPTS, build_page, script_json
from pipeline.report.payload import load_labels, payload
from tests.report.build import TEXT, call, entity, segments, veto
from tests.report.hostile import hostile, hostile_payload

LIBRARY = "window.vegaEmbed = () => '</script><!-- {{data}}';"


class Reader(HTMLParser):
    """Collects the elements of a page, and the text of each script, style and title."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.inside:
            self.inside[tag].append("")
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open][-1] += data


def small_page() -> str:
    data = payload([segments()], [entity(TEXT, "واشنطن")], [veto(), call()], {"900": TEXT}, {})
    return build_page("Events", "أحداث", data, LIBRARY)


def test_the_data_are_read_back_as_they_were() -> None:
    data = payload([segments()], [entity(TEXT, "واشنطن")], [veto(), call()], {"900": TEXT}, {})
    read = json.loads(Reader(build_page("Events", "أحداث", data, LIBRARY)).inside["script"][0])
    assert read == {"title": "Events", "title_ar": "أحداث", **data}
    assert read["articles"][0]["text"] == TEXT


def test_hostile_text_in_every_field_changes_no_element() -> None:
    data = hostile_payload()
    hurt = Reader(build_page(hostile("page"), hostile("page ar"), data, LIBRARY))
    plain = Reader(small_page())
    assert hurt.elements == plain.elements
    assert hurt.inside["title"] == [hostile("page")]
    assert json.loads(hurt.inside["script"][0]) == {"title": hostile("page"), "title_ar": hostile("page ar"), **data}
    assert hurt.inside["script"][1:] == plain.inside["script"][1:]


@pytest.mark.parametrize("unsafe", ["</script>", "<!--", "<script", "]]>", "&lt;", "\u2028", "\u2029"])
def test_json_in_a_script_holds_nothing_that_ends_it(unsafe: str) -> None:
    written = script_json({"text": unsafe, unsafe: 1})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"text": unsafe, unsafe: 1}


def test_arabic_stands_as_it_is_so_that_the_file_stays_small() -> None:
    assert script_json("هدنة 🕊") == '"هدنة 🕊"'


def test_nothing_is_loaded_and_only_the_scripts_of_the_file_may_run() -> None:
    reader = Reader(small_page())
    assert not [attrs for _, attrs in reader.elements if "src" in attrs]
    assert [attrs["href"] for _, attrs in reader.elements if "href" in attrs] == ["data:,"]
    style = reader.inside["style"][0]
    assert not re.search(r'url\((?!"data:font/woff2;base64,)', style) and "@import" not in style
    policy = next(attrs["content"] or "" for _, attrs in reader.elements if "http-equiv" in attrs)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in reader.inside["script"]]
    assert policy.startswith("default-src 'none'; script-src ")
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes[1:]
    assert "unsafe-eval" not in policy and not re.search(r"script-src[^;]*unsafe-inline", policy)


def test_two_builds_are_the_same_to_the_byte() -> None:
    assert small_page() == small_page()


def test_the_scripts_parse_no_markup_and_compile_no_text() -> None:
    ours = "\n".join(resources.files("pipeline.report").joinpath("page", name).read_text() for name in SCRIPTS)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser"):
        assert way not in ours


def test_every_phrase_is_there_in_both_languages_and_used() -> None:
    labels = load_labels()
    ours = "\n".join(resources.files("pipeline.report").joinpath("page", name).read_text() for name in SCRIPTS)
    for part in labels.keys() - {"actors"}:
        for name, entry in labels[part].items():
            assert entry["en"] and entry["ar"], (part, name)
            assert sorted(re.findall(r"\{\w+\}", entry["en"])) == sorted(re.findall(r"\{\w+\}", entry["ar"])), name
    said = set(re.findall(r'say\("(\w*[^\W_])"', ours)) - {"title"}
    assert said <= labels["page"].keys()
    # Those named by what they are about: tabs, filters, columns, themes, tables and plots of the scores.
    spoken = {name for name in labels["page"] if re.search(rf'\b{name}\b["]?[:,\]]', ours) or f'"{name}"' in ours}
    spoken |= {name for name in labels["page"] if name.startswith(("theme_", "table_", "plot_", "help_", "save_"))}
    spoken |= {name for name in labels["page"] if name.removesuffix("_one") in said | spoken}
    assert labels["page"].keys() == said | spoken
