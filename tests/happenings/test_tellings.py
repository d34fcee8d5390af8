"""From a story's events to tellings: what is read off, and which tally goes with which veto."""

from __future__ import annotations

from pipeline.happenings.tellings import Telling, pack, tellings, unpack
from pipeline.records import Event, Filler, Mention, Section, Segments, Sentence, Story

LINES = (
    "واشنطن تسقط مشروعا برازيليا بشأن غزة",
    "استخدمت الولايات المتحدة حق النقض ضد مشروع قرار برازيلي يدعو إلى هدنة إنسانية في غزة",
    "وأيد 12 عضوا مشروع قرار برازيلي وامتنعت بريطانيا وروسيا",
    "ودعا غوتيريش إلى وقف القتال",
)
TEXT = "\n".join(LINES)


def filler(words: str, actor: str | None = None, value: str | int | bool | None = None, nth: int = 0) -> Filler:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Filler(value=words if value is None else value, actor=actor, text=words, start=start, end=start + len(words))


def event(type_: str, sentence: int, modality: str = "actual", **slots: list[Filler]) -> Event:
    start = TEXT.index(LINES[sentence - 1])
    end = start + len(LINES[sentence - 1])
    mention = Mention(sentence=f"x-1-{sentence}", start=start, end=end, trigger=(start, start + 1), rule="r")
    return Event(
        id=f"x-1-{type_}-{sentence}",
        type=type_,
        article="x",
        story=1,
        modality=modality,
        slots=slots,
        mentions=[mention],
    )  # type: ignore[arg-type]


def segments(published: str | None = "2023-10-19") -> Segments:
    sentences, place = [], 0
    for number, line in enumerate(LINES, 1):
        kind = "headline" if number == 1 else "body"
        sentences.append(Sentence(id=f"x-1-{number}", section=kind, start=place, end=place + len(line)))  # type: ignore[arg-type]
        place += len(line) + 1
    sections = [Section(kind="body", start=0, end=len(TEXT))]
    story = Story(story=1, published=published, outlet="وكالة", sections=sections, sentences=sentences)
    return Segments(article="x", path="x.txt", sha256="0", stories=[story])


VETO = event(
    "veto", 2,
    vetoer=[filler("الولايات المتحدة", "USA")],
    object=[filler("مشروع قرار برازيلي")], sponsor=[filler("برازيلي", "BRA")],
    topic=[filler("هدنة إنسانية في غزة")],
)  # fmt: skip
TALLY = event(
    "vote_tally", 3,
    in_favour=[filler("12", value=12)], object=[filler("مشروع قرار برازيلي", nth=1)],
    abstaining_actors=[filler("بريطانيا", "GBR"), filler("روسيا", "RUS")], date=[filler("12", value="2023-10-18")],
)  # fmt: skip
CALL = event("ceasefire_call", 4, caller=[filler("غوتيريش", "UN")], stance=[filler("دعا", value="call")])


def told(*events: Event) -> list[Telling]:
    return tellings(segments(), events, TEXT, 4)


def test_a_veto_takes_numbers_and_day_from_the_tally_of_its_text() -> None:
    veto, tally = told(VETO, TALLY)
    assert veto.votes == (12, -1, -1) and veto.abstainers == {"GBR", "RUS"}
    assert (veto.when.value, veto.when.basis) == ("2023-10-18", "linked")
    assert (veto.linked, tally.linked) == (TALLY.id, VETO.id)
    assert tally.vetoers == {"USA"} and tally.outcome == "rejected" and tally.sponsors == {"BRA"}


def test_what_a_text_is_about_is_not_whose_it_is() -> None:
    veto, _ = told(VETO, TALLY)
    assert veto.about.places == {"PSE"} and veto.about.matters == {"halt"}


def test_a_call_that_names_no_place_has_that_of_its_story() -> None:
    (call,) = told(CALL)
    assert (call.about.places, call.setting) == (frozenset(), {"PSE", "USA", "BRA", "GBR", "RUS"})
    *_, call = told(VETO, TALLY, CALL)
    assert call.setting == {"PSE"}


def test_a_tally_of_another_text_is_not_linked() -> None:
    other = TALLY.model_copy(update={"slots": TALLY.slots | {"sponsor": [filler("روسيا", "RUS")]}})
    adopted = TALLY.model_copy(update={"slots": TALLY.slots | {"outcome": [filler("أيد", value="adopted")]}})
    assembly = TALLY.model_copy(update={"slots": TALLY.slots | {"body": [filler("غزة", "UNGA")]}})
    for tally in (other, adopted, assembly):
        assert [telling.linked for telling in told(VETO, tally)] == ["", ""]


def test_a_veto_that_did_not_happen_is_not_linked() -> None:
    threat = VETO.model_copy(update={"modality": "threatened"})
    assert [telling.linked for telling in told(threat, TALLY)] == ["", ""]


def test_a_number_of_vetoes_or_texts_is_no_single_happening() -> None:
    counted = VETO.model_copy(update={"slots": VETO.slots | {"count": [filler("12", value=50)]}})
    plural = VETO.model_copy(update={"slots": VETO.slots | {"object": [filler("غزة", value="قرارات عدة")]}})
    assert [told(veto)[0].aggregate for veto in (VETO, counted, plural)] == [False, True, True]


def test_names_of_one_outlet_are_one_house() -> None:
    record = segments()
    record.stories[0].outlet_id = "agency"
    (named,) = tellings(record, [CALL], TEXT, 4)
    assert (named.outlet, named.house) == ("وكالة", "agency")
    assert told(CALL)[0].house == "وكالة"


def test_a_telling_kept_as_json_is_the_same() -> None:
    for telling in told(VETO, TALLY, CALL):
        assert unpack(pack(telling)) == telling
