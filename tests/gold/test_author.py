from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.files import sha256
from pipeline.gold.check import problems
from tests.gold.example import LABELS, NAME, TEXT, example


def test_the_worked_example_of_the_guidelines(tmp_path: Path) -> None:
    gold = example(tmp_path)
    assert list(problems("x.json", gold, TEXT)) == []
    assert (gold.article, gold.sha256, gold.split, gold.annotator) == (NAME, sha256(TEXT), "dev", "A")
    (story,) = gold.stories
    assert (story.title, story.published, story.outlet) == (TEXT.splitlines()[0], "2021-03-03", "رويترز")
    assert [section.kind for section in story.sections] == ["headline", "dateline", "body", "source_credit"]
    assert [sentence.id for sentence in gold.sentences] == [f"{NAME}-1-{n}" for n in (1, 2, 3, 4)]
    assert TEXT[gold.sentences[3].start : gold.sentences[3].end].startswith("وقال سفير بنما")
    names = [(TEXT[e.start : e.end], e.label) for e in gold.entities]
    assert names == [
        ("ميانمار", "LOC"),
        ("الصين", "LOC"),
        ("بنما", "LOC"),
        ("مجلس الأمن", "ORG"),
        ("ميانمار", "LOC"),
        ("روسيا", "LOC"),
        ("بنما", "LOC"),
    ]
    assert [event.id for event in gold.events] == [
        f"{NAME}-1-veto-1",
        f"{NAME}-1-ceasefire_call-1",
        f"{NAME}-1-vote_tally-1",
    ]
    veto, call, tally = gold.events
    assert [(m.sentence, TEXT[m.start : m.end].split()[0], TEXT[slice(*m.trigger)]) for m in veto.mentions] == [
        (f"{NAME}-1-1", "فيتو", "فيتو"),
        (f"{NAME}-1-2", "الصين", "الفيتو"),
    ]
    assert TEXT[veto.mentions[1].start : veto.mentions[1].end].endswith("مدتها شهر")
    assert tally.slots["in_favour"][0].value == 12
    assert tally.slots["abstaining"][0].value == 1
    assert tally.slots["outcome"][0].value == "rejected"
    assert (call.slots["stance"][0].value, call.slots["caller"][0].actor) == ("call", "PAN")
    assert veto.slots["date"][0].value == "2021-03-02"


CLITICS = """\
article: c
split: train
annotator: B
stories:
- sections:
  - body: ناشدت
    sentences:
    - s: ناشدت
      LOC: [كوبا]
      ORG: [الأمم المتحدة]
  events:
  - type: ceasefire_call
    slots:
      caller: {text: كوبا, in: 1, actor: CUB}
      addressee: {text: الأمم المتحدة, in: 1, actor: UN}
      stance: {text: ناشدت, in: 1, value: call}
    mentions: [{in: 1, trigger: ناشدت}]
"""


def test_entities_are_whole_tokens_with_a_core_and_fillers_are_without_clitics(tmp_path: Path) -> None:
    text = "ناشدت تشاد (وكوبا) وللأمم المتحدة، وقف القتال."
    gold = example(tmp_path, CLITICS, text, "c")
    assert list(problems("c.json", gold, text)) == []
    assert [(text[e.start : e.end], text[slice(*e.core)]) for e in gold.entities] == [
        ("وكوبا", "كوبا"),
        ("وللأمم المتحدة", "لأمم المتحدة"),
    ]
    fillers = gold.events[0].slots
    assert (fillers["caller"][0].text, fillers["caller"][0].value) == ("كوبا", "كوبا")
    assert (fillers["addressee"][0].text, fillers["addressee"][0].value) == ("لأمم المتحدة", "الأمم المتحدة")


def line_of(part: str) -> int:
    return LABELS[: LABELS.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        pytest.param("article: 900", "article: 901", "article:", "no text of the article", id="unknown article"),
        pytest.param("split: dev", "split: devel", "split:", "split is 'devel'", id="split"),
        pytest.param("split: dev\n", "", "article:", "lacks split", id="missing key"),
        pytest.param("annotator: A", "annotator: A\nnote: x", "article:", "unknown key note", id="unknown key"),
        pytest.param("annotator: A", "split: test", "annotator", "split stands here twice", id="key twice"),
        pytest.param("- dateline:", "- date_line:", "- dateline", "unknown key date_line", id="section kind"),
        pytest.param(
            "  - dateline: ", "  - dateline: x\n    body: ", "- dateline", "a section should be", id="two kinds"
        ),
        pytest.param("- headline: فيتو", "- headline: قرار", "- headline", "goes on with", id="section words"),
        pytest.param("- s: وأيّد", "- s: وعارض", "- s: أسقطت", "0 times", id="sentence words"),
        pytest.param("LOC: [روسيا]", "LOC: [بنما]", "LOC: [روسيا]", "sentence 3: «بنما» is not there", id="entity"),
        pytest.param("LOC: [روسيا]", "GPE: [روسيا]", "- s: وأيّد", "unknown key GPE", id="label"),
        pytest.param("type: vote_tally", "type: vote", "type: vote_tally", "no event type", id="type"),
        pytest.param("modality: actual", "modality: real", "modality", "no modality", id="modality"),
        pytest.param("      vetoer:", "      caller:", "vetoer:", "unknown key caller", id="slot of another type"),
        pytest.param(
            "      stance: {text: يدعو, in: 2, value: call}\n", "", "ceasefire_call", "lacks stance", id="need"
        ),
        pytest.param("in: 3, actor: RUS", "in: 7, actor: RUS", "in: 3, actor: RUS", "no sentence 7", id="sentence"),
        pytest.param('text: "12"', "text: عضوا", 'text: "12"', "needs a value, a whole number", id="number in words"),
        pytest.param("value: rejected", "value: failed", "value: rejected", "none of adopted", id="value"),
        pytest.param("in: 2, value: truce", "in: 2", "in: 2, value: truce", "none of ceasefire", id="value not given"),
        pytest.param("value: truce}", "value: truce, actor: X}", "value: truce", "takes no actor", id="actor"),
        pytest.param("trigger: أيّد", "trigger: أيّدت", "trigger: أيّد", "«أيّدت» is not there", id="trigger"),
        pytest.param("    - {in: 3, trigger: أيّد}", "      []", "vote_tally", "no mention", id="no mention"),
        pytest.param("extent: فيتو >> ميانمار", "extent: فيتو >> بورما", "extent", "«بورما» is not there", id="extent"),
        pytest.param("LOC: [بنما]", "LOC: [بنما", "  - source_credit", "expected", id="broken YAML"),
    ],
)
def test_what_does_not_fit_names_its_line(tmp_path: Path, old: str, new: str, at: str, message: str) -> None:
    assert LABELS.count(old) >= 1
    with pytest.raises(GoldError, match=message) as caught:
        example(tmp_path, LABELS.replace(old, new, 1))
    file, _, line = caught.value.where.rpartition(":")
    assert file.endswith(f"{NAME}.yaml")
    assert int(line) == line_of(at), caught.value


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    from pipeline.gold.author import compile_labels

    path = tmp_path / "x.yaml"
    path.write_bytes(LABELS.encode("cp1256", errors="ignore"))
    with pytest.raises(GoldError, match=r"x\.yaml:6: is not UTF-8"):
        compile_labels(path, {})
