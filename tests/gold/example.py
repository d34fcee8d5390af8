"""The worked example of data/gold/GUIDELINES.md, as a page, as compact labels and as gold."""

from __future__ import annotations

from pathlib import Path

from pipeline.gold.author import compile_labels
from pipeline.records import GoldArticle

NAME = "900_example"
TEXT = (
    "فيتو صيني يسقط مشروعا بنميا حول ميانمار\n"
    "تاريخ النشر: 3rd, March 2021 GMT\n"
    "أسقطت الصين يوم أمس بالفيتو مشروع قرار قدمته بنما إلى مجلس الأمن، يدعو طرفي النزاع في ميانمار إلى هدنة فورية "
    "مدتها شهر. وأيّد المشروع 12 عضوا، وامتنعت روسيا وحدها عن التصويت. وقال سفير بنما إن بلاده ستواصل جهودها من أجل "
    "السلام.\n"
    "المصدر: رويترز\n"
)
LABELS = """\
article: 900_example
split: dev
annotator: A
stories:
- published: 2021-03-03
  outlet: رويترز
  sections:
  - headline: فيتو صيني
    sentences:
    - s: فيتو صيني
      LOC: [ميانمار]
  - dateline: "تاريخ النشر"
  - body: أسقطت الصين >> السلام.
    sentences:
    - s: أسقطت الصين يوم أمس
      LOC: [الصين, بنما, ميانمار]
      ORG: [مجلس الأمن]
    - s: وأيّد المشروع
      LOC: [روسيا]
    - s: وقال سفير بنما
      LOC: [بنما]
  - source_credit: "المصدر: رويترز"
  events:
  - type: veto
    modality: actual
    slots:
      vetoer: {text: الصين, in: 2, actor: CHN}
      object: {text: مشروع قرار, in: 2}
      sponsor: {text: بنما, in: 2, actor: PAN}
      body: {text: مجلس الأمن, in: 2, actor: UNSC}
      topic: {text: هدنة فورية مدتها شهر, in: 2}
      date: {text: يوم أمس, in: 2, value: 2021-03-02}
    mentions:
    - {in: 1, trigger: فيتو, extent: فيتو >> ميانمار}
    - {in: 2, trigger: الفيتو}
  - type: vote_tally
    slots:
      in_favour: {text: "12", in: 3}
      abstaining: {text: روسيا, in: 3, value: 1}
      abstaining_actors: [{text: روسيا, in: 3, actor: RUS}]
      outcome: {text: أسقطت, in: 2, value: rejected}
    mentions:
    - {in: 3, trigger: أيّد}
  - type: ceasefire_call
    slots:
      caller: {text: مشروع قرار, in: 2, actor: PAN}
      addressee: {text: طرفي النزاع في ميانمار, in: 2}
      kind: {text: هدنة, in: 2, value: truce}
      qualifier: {text: فورية, in: 2, value: immediate}
      place: {text: ميانمار, in: 2}
      duration: {text: شهر, in: 2}
      stance: {text: يدعو, in: 2, value: call}
    mentions:
    - {in: 2, trigger: يدعو}
"""


def example(folder: Path, labels: str = LABELS, text: str = TEXT, name: str = NAME) -> GoldArticle:
    """The example compiled, or the labels and text given."""
    path = folder / f"{name}.yaml"
    path.write_text(labels, encoding="utf-8")
    return compile_labels(path, {name: text})
