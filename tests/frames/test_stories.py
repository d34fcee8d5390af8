"""What sentences tell together: merging, anaphora, left-out subjects, modality, evidence."""

from __future__ import annotations

import pytest

from pipeline.frames.engine import Engine
from pipeline.frames.explain import explain
from tests.frames.reading import ALL, events, story, told

VETO_AND_VOTE = (
    "فيتو روسي ضد مشروع قرار ياباني في مجلس الأمن\n"
    "استخدمت روسيا، اليوم الاثنين، حق النقض في مجلس الأمن ضد مشروع قرار ياباني.\n"
    "وصوت 12 عضوا لصالح النص.\n"
    "وعارضته روسيا وامتنعت الصين والهند عن التصويت."
)


def test_headline_lede_and_body_tell_one_veto_and_one_vote():
    veto, vote = events(VETO_AND_VOTE, published="2024-03-05")
    assert told(veto)["vetoer"] == {"RUS"} and told(veto)["sponsor"] == {"JPN"}
    assert told(veto)["date"] == {"2024-03-04"}
    assert len(veto.mentions) >= 2
    tally = told(vote)
    assert (tally["in_favour"], tally["against"], tally["abstaining"]) == ({12}, {1}, {2})
    assert tally["abstaining_actors"] == {"CHN", "IND"} and tally["outcome"] == {"rejected"}
    assert {mention.sentence for mention in vote.mentions} >= {"x-1-3", "x-1-4"}


@pytest.mark.parametrize("text", [VETO_AND_VOTE, VETO_AND_VOTE.replace("ا", "ا\u0640"), "\ufeff" + VETO_AND_VOTE])
def test_every_claim_is_in_the_text(text):
    found = events(text)
    assert found
    for event in found:
        for filler in (filler for values in event.slots.values() for filler in values):
            assert text[filler.start : filler.end] == filler.text
        for mention in event.mentions:
            assert 0 <= mention.start <= mention.trigger[0] < mention.trigger[1] <= mention.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a definite noun takes up the body named before
        ("اجتمعت حركة طالبان في كابل. ودعت الحركة إلى وقف إطلاق النار.", [("ceasefire_call", "caller", {"TALIBAN"})]),
        # "his country" is the speaker's
        ("قال السفير الصيني إن بلاده تدعو إلى هدنة فورية.", [("ceasefire_call", "caller", {"CHN"})]),
        # a verb without a subject goes on with the sentence's
        ("أدانت تركيا القصف وطالبت بوقف إطلاق النار.", [("ceasefire_call", "caller", {"TUR"})]),
        # a call and a refusal stay apart, and so do two callers
        (
            "دعت مصر إلى هدنة إنسانية. ورفضت إسرائيل الهدنة.",
            [("ceasefire_call", "caller", {"EGY"}), ("ceasefire_call", "caller", {"ISR"})],
        ),
        # a month of the past is background to what is told without a date
        (
            "استخدمت روسيا الفيتو ضد مشروع قرار في مجلس الأمن. واستخدمت روسيا الفيتو في ديسمبر 1994 ضد مشروع قرار.",
            [("veto", "vetoer", {"RUS"}), ("veto", "vetoer", {"RUS"})],
        ),
        # two vetoes of different drafts
        (
            "استخدمت الصين الفيتو ضد مشروع قرار أميركي في مجلس الأمن. "
            "وكانت الولايات المتحدة استخدمت الفيتو ضد مشروع قرار روسي.",
            [("veto", "vetoer", {"CHN"}), ("veto", "vetoer", {"USA"})],
        ),
        # "the two capitals" are the last two that were named apart
        (
            "لجأت موسكو إلى الفيتو في مجلس الأمن عشر مرات، وشاركتها بكين. ثم أجهضت العاصمتان مشروع قرار نرويجيا.",
            [("veto", "vetoer", {"RUS"}), ("veto", "vetoer", {"RUS", "CHN"})],
        ),
        # "the Council" of a veto is the Security Council, though the story never names it in full
        ("عجز المجلس عن التحرك. فقد أسقطت روسيا بالفيتو مشروع قرار نرويجيا.", [("veto", "body", {"UNSC"})]),
        # one veto on a draft shows where the story's others were cast
        (
            "استخدمت واشنطن الفيتو ثمانين مرة. ثم أسقطت الولايات المتحدة بالفيتو مشروع قرار نرويجيا.",
            [("veto", "count", {80}), ("veto", "vetoer", {"USA"})],
        ),
    ],
)
def test_discourse(text, expected):
    assert [(e.type, slot, told(e)[slot]) for e, (_, slot, _) in zip(events(text), expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("استخدمت روسيا حق النقض ضد مشروع القرار", "actual"),
        ("هددت روسيا باستخدام حق النقض ضد مشروع القرار", "threatened"),
        ("قد تستخدم روسيا حق النقض ضد مشروع القرار", "hypothetical"),
        ("لم تستخدم روسيا حق النقض ضد مشروع القرار", "negated"),
    ],
)
def test_modality_of_a_veto(text, modality):
    assert [event.modality for event in events(text, ["veto"])] == [modality]


def test_a_president_and_his_parliament_are_no_council():
    text = "يلوح الرئيس الأميركي بالفيتو ضد قرار للكونغرس. وكان سلفه ترامب قد نقض قرارا ينهي دعم الحرب."
    assert not events(text, ["veto"])


def test_the_power_of_veto_is_no_event():
    text = "تتمتع روسيا والصين وفرنسا وبريطانيا والولايات المتحدة بحق النقض في مجلس الأمن."
    assert not events(text)


def test_explain_shows_what_fired_and_what_stopped_short():
    text = "استخدمت روسيا حق النقض ضد مشروع قرار ياباني. ثم تحدث المندوب عن الفيتو."
    report = "\n".join(explain(Engine(ALL), "x", text, story(text), [], window=40, long=True))
    assert "[actors:RUS روسيا]" in report
    assert "fired    veto.use.verb-subject" in report
    assert "stopped  veto.noun.adjective" in report
    assert "x-veto-" in report
    short = "\n".join(explain(Engine(ALL), "x", text, story(text), [], window=40))
    assert "stands   veto actual" in short and "x-veto-" in short
    assert "stopped" not in short and "fired" not in short
