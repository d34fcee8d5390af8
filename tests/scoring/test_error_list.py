import re

import pytest

from pipeline.scoring.error_list import errors_markdown, escaped, faults
from pipeline.scoring.events import match

from .build import actor, event, filler, story

TEXT = "لجأت قبرص إلى حق النقض\nضد نص <b>الصيد</b>. وصوت تسعة أعضاء معه، وعارضته مالطا. ولم يحدث شيء بعد ذلك."
FIRST, SECOND, THIRD = (0, 40), (41, 76), (77, 99)
STORIES = [story(FIRST, SECOND, THIRD)]


def placed(events, stories):
    """The events with each mention in the sentence it starts in."""
    sentences = [sentence for found in stories for sentence in found.sentences]
    return [
        found.model_copy(
            update={
                "mentions": [
                    mention.model_copy(update={"sentence": sentence.id})
                    for mention in found.mentions
                    for sentence in sentences
                    if sentence.start <= mention.start < sentence.end
                ]
            }
        )
        for found in events
    ]


def listed(gold, predicted, predicted_stories=STORIES):
    matched = match("a", placed(gold, STORIES), placed(predicted, predicted_stories))
    return faults(matched, TEXT, STORIES, predicted_stories)


def test_every_event_that_is_not_wholly_right_is_listed_once_in_text_order():
    gold = [
        event("veto", (0, 22), vetoer=actor("CYP"), name="right"),
        event("vote_tally", (41, 60), in_favour=[filler(9)], name="g slot"),
        event("veto", (61, 75), name="g class"),
        event("ceasefire_call", (77, 90), name="g missed"),
    ]
    predicted = [
        event("veto", (0, 22), vetoer=actor("CYP"), name="p right"),
        event("veto", (0, 9), vetoer=actor("CYP"), name="p repeated"),
        event("vote_tally", (41, 60), in_favour=[filler(8)], name="p slot"),
        event("veto", (61, 75), modality="general", name="p class"),
        event("vote_tally", (91, 99), name="p false"),
    ]
    found = [(fault.kind, fault.gold, fault.predicted) for fault in listed(gold, predicted)]
    assert found == [
        ("repeated", None, "veto · actual"),
        ("wrong slot", "vote_tally · actual", "vote_tally · actual"),
        ("wrong class", "veto · actual", "veto · not actual"),
        ("missed", "ceasefire_call · call", None),
        ("false alarm", None, "vote_tally · actual"),
    ]


def test_a_wrong_slot_shows_only_what_differs_and_the_rules():
    gold = event("veto", (0, 22), vetoer=actor("CYP", "MLT"), ordinal=[filler(2)])
    predicted = event("veto", (0, 22), modality="actual", vetoer=actor("CYP"), ordinal=[filler(2)], rule="veto.resort")
    (fault,) = listed([gold], [predicted])
    assert fault.slots == (("vetoer", ("CYP (cyp)", "MLT (mlt)"), ("CYP (cyp)",)),)
    assert fault.rules == ("veto.resort",)


def test_a_wrong_modality_within_the_class_is_listed():
    gold, predicted = event("veto", (0, 22), modality="negated"), event("veto", (0, 22), modality="general")
    (fault,) = listed([gold], [predicted])
    assert (fault.kind, fault.slots) == ("wrong slot", (("modality", ("negated",), ("general",)),))


def test_sentences_of_both_sides_are_shown_once():
    # The predicted segmentation took the first two sentences for one.
    joined = [story((0, 76), THIRD)]
    gold = event("vote_tally", (41, 60), in_favour=[filler(9)])
    (fault,) = listed([gold], [event("vote_tally", (50, 65))], joined)
    (passage,) = fault.passages
    assert passage.span == (0, 76)
    assert passage.text == TEXT[0:76]
    assert passage.triggers == ((41, 65),)


def test_a_mention_in_no_known_sentence_is_shown_by_itself():
    stray = event("veto", (0, 9), article="elsewhere")
    (fault,) = faults(match("a", [], [stray]), TEXT, STORIES, STORIES)
    assert fault.passages[0].text == TEXT[0:9]


def test_the_page_holds_the_sentence_gold_prediction_and_rule():
    gold = event("veto", (0, 40), vetoer=actor("CYP"), object=[filler("نص <b>الصيد</b>", at=26)])
    predicted = event("veto", (0, 22), vetoer=actor("MLT"), rule="veto.use_1")
    page = errors_markdown({"dev": listed([gold], [predicted]), "test": []})
    assert "## dev: 1 wrong slot" in page
    assert "## test: none" in page
    assert '<p dir="rtl" lang="ar">' in page
    assert "&lt;b&gt;الصيد&lt;/b&gt;" in page  # the article's markup shows as text
    assert "| vetoer | CYP (cyp) | MLT (mlt) |" in page
    assert "Rule: veto.use_1" in page
    (paragraph,) = re.findall(r"<p .*</p>", page)
    assert "\n" not in paragraph
    assert paragraph.count("<b>") == paragraph.count("</b>") == 1


def test_without_gold_the_page_says_so():
    assert "nothing was compared" in errors_markdown({})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"),
        ("ceasefire_call", "ceasefire_call"),
        ("__x__ y_", r"\_\_x\_\_ y\_"),
        ("<script>", "&lt;script&gt;"),
        ("a\n\n# b", "a # b"),
        ("[x](y)", r"\[x\](y)"),
        ("مجلس الأمن", "مجلس الأمن"),
    ],
)
def test_markup_in_cells_is_escaped(text, shown):
    assert escaped(text) == shown
