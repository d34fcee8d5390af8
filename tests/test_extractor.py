"""Texts in, events out, in Python: the same records as the stages write, and objects that say what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

import arabic_events
from pipeline.errors import ArticleError, ModelError, ParamsError
from pipeline.extraction import to_pandas
from pipeline.extractor import Extractor
from pipeline.files import Workspace
from pipeline.params import Params
from pipeline.stages import events, frames, ner, segment
from pipeline.tagger.named import model_folder, registry_file

ROOT = Path(__file__).parent.parent
COUNCIL = (ROOT / "examples" / "council.txt").read_text(encoding="utf-8")
VETO = "استخدمت روسيا في مجلس الأمن الثلاثاء حق النقض ضد مشروع القرار."


@pytest.fixture(scope="module")
def mini() -> Extractor:
    return Extractor.load()


@pytest.fixture(scope="module")
def rules() -> Extractor:
    """Without a tagger, which most of what is tested here has no need of."""
    return Extractor.load(model=None)


def test_the_same_bytes_as_the_stages_write(mini: Extractor, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "council.txt").write_text(COUNCIL, encoding="utf-8")
    out = tmp_path / "out"
    workspace = Workspace(folder, (folder,), out, ROOT / "models" / "mini", out / "gold", out / ".cache")
    for stage in (segment, ner, frames, events):
        stage.run(workspace, Params())
    made = mini(COUNCIL, id="council")
    assert made.to_jsonl() == (out / "events.jsonl").read_text(encoding="utf-8")
    assert made.to_csv() == (out / "events.csv").read_text(encoding="utf-8-sig")
    assert "".join(entity.model_dump_json() for entity in made.entities)
    assert len((out / "entities.jsonl").read_text(encoding="utf-8").splitlines()) == len(made.entities)


def test_an_event_says_who_when_and_by_which_words(rules: Extractor) -> None:
    (veto,) = [event for event in rules(VETO, published="2024-02-21") if event.type == "veto"]
    assert (veto.modality, veto.actors("vetoer"), veto.value("body")) == ("actual", ["RUS"], "مجلس الأمن")
    assert [(date.value, date.granularity, date.basis) for date in veto.dates] == [("2024-02-20", "day", "resolved")]
    (passage,) = veto.evidence
    assert passage.text == VETO[passage.start : passage.end] and "النقض" in passage.text
    assert all(VETO[f.start : f.end] == f.text for fillers in veto.slots.values() for f in fillers)
    assert str(veto).startswith("veto  RUS") and veto.value("resolution") is None


def test_what_is_given_goes_before_what_the_page_says(rules: Extractor) -> None:
    story = rules(COUNCIL, published="2020-01-01", outlet="صحيفة").segments.stories[0]  # type: ignore[union-attr]
    assert (story.published, story.outlet) == ("2020-01-01", "صحيفة")
    story = rules(COUNCIL).segments.stories[0]  # type: ignore[union-attr]
    assert (story.published, story.outlet) == ("2025-11-12", "وكالات")


@pytest.mark.parametrize(
    ("text", "given", "told"),
    [
        ("", {}, "is empty"),
        ("no Arabic here", {}, "holds no Arabic letter"),
        ("روسيا \ud800", {}, "surrogate"),
        (VETO, {"published": "yesterday"}, "which is no day"),
    ],
)
def test_what_is_no_article_is_refused_by_name(rules: Extractor, text: str, given: dict[str, str], told: str) -> None:
    with pytest.raises(ArticleError, match=told) as caught:
        rules(text, id="mine", **given)
    assert "mine" in str(caught.value)


def test_or_set_aside_where_params_say_so() -> None:
    extractor = Extractor.load(model=None, params=Params.model_validate({"ingest": {"on_bad_article": "skip"}}))
    made = list(extractor.pipe(["", VETO]))
    assert [len(found) for found in made] == [0, 1] and "is empty" in str(made[0].error)


def test_a_stream_keeps_its_order_and_names(rules: Extractor) -> None:
    made = list(rules.pipe([VETO, {"text": VETO, "id": "b", "published": "2024-02-21"}]))
    assert [found[0].id.split("-")[0] for found in made] == ["text", "b"]
    assert [found[0].dates[0].value for found in made] == ["الثلاثاء", "2024-02-20"]
    with pytest.raises(ArticleError, match="titel, which nothing reads"):
        list(rules.pipe([{"text": VETO, "titel": "x"}]))


@pytest.mark.slow
def test_processes_give_the_same_bytes(mini: Extractor) -> None:
    texts = [{"text": COUNCIL, "id": f"t{number}"} for number in range(20)]
    one, two = ([found.to_jsonl() for found in mini.pipe(texts, n_process=n)] for n in (1, 2))
    assert one == two and all(one)


def test_tables_have_types(rules: Extractor) -> None:
    pytest.importorskip("pandas")
    table = to_pandas([rules(COUNCIL, id="001"), rules(VETO, id="002")])
    assert list(table["article"].unique()) == ["001", "002"]
    tally = table[table["type"] == "vote_tally"].iloc[0]
    assert tally["in_favour"] == 13 and str(table["in_favour"].dtype) == "Int64"
    assert len(rules("لا شيء هنا", id="003").to_pandas()) == 0


def test_plain_values_hold_everything(rules: Extractor) -> None:
    made = rules(VETO, id="x").to_dict()
    assert made["events"][0]["slots"]["vetoer"][0]["actor"] == "RUS"
    assert made["segments"]["article"] == "x" and made["mentions"] and made["entities"] == []


@pytest.mark.parametrize(
    ("model", "told"),
    [("nonesuch", "knows no model"), ("camelbert-msa", "encoder without labels"), ("models/gone", "no trained tagger")],
)
def test_a_model_that_is_not_there_is_named(model: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        Extractor.load(model)


def test_a_model_is_found_by_name_wherever_one_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert model_folder("mini").samefile(ROOT / "models" / "mini")
    assert registry_file().samefile(ROOT / "models" / "registry.yaml")


def test_params_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "params.yaml"
    file.write_text("frames: {types: [vote_tally]}\n", encoding="utf-8")
    assert {event.type for event in Extractor.load(model=None, params=file)(COUNCIL)} == {"vote_tally"}
    with pytest.raises(ParamsError, match="is not there"):
        Extractor.load(model=None, params=tmp_path / "gone.yaml")


def test_the_name_that_programs_import() -> None:
    assert arabic_events.Extractor is Extractor
    assert all(getattr(arabic_events, name) for name in arabic_events.__all__)
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = arabic_events.nonesuch


def test_what_cannot_be_is_in_no_event_and_words_are_the_texts_own(rules: Extractor) -> None:
    """As the stages have it: numbers past belief are dropped, control characters stand in the words as in the text."""
    text = "صوت\x1aمجلس الأمن لصالح مشروع القرار بموافقة 888888888888888 عضوا ومعارضة ثلاثة\x1aأعضاء."
    events = rules(text)
    fillers = [filler for event in events for slot in event.slots.values() for filler in slot]
    assert fillers and all(text[filler.start : filler.end] == filler.text for filler in fillers)
    assert all(filler.value != 888888888888888 for filler in fillers)
