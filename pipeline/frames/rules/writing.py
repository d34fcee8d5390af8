"""What docs/RULES.md says to somebody who writes rules: the way from a sentence to a type, a whole file, the notation.

The file is read and its sentences are tried by a test, so that the page shows nothing that does not run.
"""

from __future__ import annotations

INTRODUCTION = """# The rule language

This page is written by `python -m pipeline rules`, from the schema, the tags and the rule files; a test keeps it
current. It is all that one needs to write a frame type; no Python is asked for, nor a look into the code.

A sentence is read in steps. Its words become **chunks**: who acts, how many, when, which documents, and the terms
that a frame type's file lists; what the chunks are is said by their **tags**. Its **clauses** are read beside that:
verb, subject, objects, complements, what embeds it, who speaks. A rule then matches a run of chunks (`pattern`), or
a head and the roles in its clause (`head`, `roles`). What it captures fills **slots**; where several rules match
one trigger, the best keeps it and the others fill what it leaves empty. Cues, and the verbs that govern the trigger
(`operators` of shared.yaml), say whether it happened. Mentions of one thing in a story become one event.

Contents: [a type, step by step](#a-type-step-by-step) · [a whole file](#a-whole-file) ·
[how it is written](#how-it-is-written) · [whether it happened](#whether-it-happened) · [keys](#keys) ·
[tags](#tags) · [shared terms](#shared-terms) · [slots](#slots) · [rules](#rules)
"""

STEPS = """## A type, step by step

1. **Write down sentences**: thirty that tell of it in different words and word orders, and ten that use its words for
   something else (for recognition: a crime, a mistake, a result that somebody «يعترف به»).
2. **Make the file** `pipeline/frames/types/NAME.yaml`, beginning from the one [below](#a-whole-file), and put `NAME`
   into `frames.types` of `params.yaml`. A slot that another type has too must have the same kind, order and labels
   ([slots](#slots)).
3. **Look at the chunks.** Put each sentence into a file of its own, `try/01.txt`, `try/02.txt` … (in one running text
   «الحكومة» and a subject left out take up somebody of the sentence before), and read them:

   ```sh
   python -m pipeline extract --text "اعترفت كندا بكوسوفو" --model mini      # one sentence: its events and their rules
   python -m pipeline extract try --out out --no-page --model mini           # all of them
   python -m pipeline explain 01 --results out --articles try --long         # chunks with tags, and what each rule did
   ```

   `--model mini` is the small tagger that comes with the project, for a checkout in which none is trained yet. A copy
   of `params.yaml` that names your type alone, given to all three with `--params`, keeps the others out of sight.
4. **Write a rule** for what most of them have in common, with a sentence that it must match (`matches`) and a near
   miss (`misses`). Both are read without the tagger: a rule on `place_name` or `unregistered`, tags that the tagger
   gives, has no example that matches; make the words a term instead.

   ```sh
   pytest tests/frames/test_rules.py -k NAME          # the examples of every rule of the type
   ```

   None of the commands up to here needs a trained model or a GPU, and each takes less than a minute.
5. **Go on** until what is left is not worth a rule, and say in `cues` what the defaults do not know.
6. `python -m pipeline codebook`, `dvc repro` and `python -m pipeline rules` bring the code book, the results and this
   page up to date.

A file that names a tag, a term, a slot or a key that nothing makes is refused with its line.
"""

FILE = """# pipeline/frames/types/recognition.yaml
frame: recognition
description: Who recognises a state or a government, or refuses to.
labels: {en: Recognition, ar: اعتراف}
page: {who: [recogniser], what: [recognised]}
slots:
  recogniser: {kind: actor, many: true, core: true, role: source, common: true, description: who recognises}
  recognised: {kind: actor, many: true, core: true, role: recipient, common: true, description: who is recognised}
  act: {kind: one_of, values: [recognise, refuse], splits: true, description: whether recognition is given}
needs: [[recogniser, recognised]]        # no event without both

terms:
  recognise:
    verbs: [[اعترف, عترف]]               # he did, he does without the prefix: all persons, tenses and clitics follow
    words: [اعتراف]                      # its noun, with any article, particle or pronoun
  refuse:
    verbs: [[رفض, رفض]]
    words: [رفض]
  study:
    verbs: [[درس, درس]]
  republic:
    words: [جمهورية]

chunks:                                  # «جمهورية دونيتسك», which no register knows, is somebody who acts
  - chunk: polity
    pattern: [republic, {all: word, op: "{1,2}"}]
    acts: true

rules:
  - id: recognition.verb                 # by the clause: word order and what stands between do not matter
    head: {all: recognise+verb}
    roles:
      - {role: subject, all: actors, slot: recogniser}
      - {role: ب, all: actors, none: [adjective], slot: recognised}
    set: {act: recognise}
    matches:
      - text: اعترفت كندا أمس رسميا بكوسوفو
        slots: {recogniser: [CAN], recognised: [XKX], act: [recognise]}
      - text: لم تعترف صربيا بجمهورية دونيتسك
        slots: {recogniser: [SRB], recognised: [جمهورية دونيتسك]}
        modality: negated                # by a default cue
    misses:
      - اعترفت كندا بخطأ في كوسوفو
  - id: recognition.noun                 # by the run of chunks
    pattern:
      - {all: recognise+noun, none: [opens], trigger: true}
      - {gap: 1}
      - {all: [actors, +ب], none: [adjective], slot: recognised}
    fill: {recogniser: subject}          # whose deed the noun tells
    set: {act: recognise}
    matches:
      - text: أعلنت كولومبيا، مساء الأربعاء، اعترافها بكوسوفو
        slots: {recogniser: [COL], recognised: [XKX], act: [recognise]}
      - text: تدرس نيوزيلندا الاعتراف بكوسوفو
        slots: {recogniser: [NZL], recognised: [XKX]}
        modality: hypothetical           # by the file's own cue
    misses:
      - أعلنت كولومبيا اعترافها بالخطأ
  - id: recognition.refuse
    pattern:
      - {all: refuse+verb}
      - {gap: 1}
      - {all: actors, none: [governed, adjective], slot: recogniser}
      - {gap: 1}
      - {all: recognise+noun, trigger: true}      # the trigger of the rule above, so that one of the two has it,
      - {gap: 1}
      - {all: [actors, +ب], none: [adjective], slot: recognised}
    set: {act: refuse}
    priority: 1                                   # and it is this one
    matches:
      - text: ترفض الجزائر الاعتراف بكوسوفو
        slots: {recogniser: [DZA], recognised: [XKX], act: [refuse]}
    misses:
      - ترفض الجزائر الاعتراف بالخطأ

cues:
  - {is: hypothetical, pattern: [study, {gap: 4}, trigger]}
  - {is: negated, pattern: [negation, refuse, {gap: 3}, trigger]}
own_verbs: [refuse]                      # «ترفض» tells of this type itself, so does not deny what it governs
"""

NOTATION = """## How it is written

**Tags in items.** `all`, `any` and `none` take a list; a text stands for its tags, parted by +: `recognise+verb` is
`[recognise, verb]`. A clitic has a + of its own and therefore stands in a list: `[actors, +ب]`, `[recognise, +ال]`; by
itself it may be a text (`all: +ب`). An item that is a text is its `all`: `trigger` is `{all: trigger}`. A term's name
is a tag, and so is a term in a form, `recognise:verb`, which keeps two terms on one word apart.

**Terms.** Words are written without harakat; hamza and final ya match in any spelling. A verb is a
pair of stems, past and present, as one says them of him, the present without its prefix: `[أعلن, علن]`, `[دعا, دعو]`,
`[ألغى, لغي]`, `[وعد, عد]`, `[حض, حض]`. Verbal nouns and participles are `words`. In phrases `a|b` are alternatives, and
what stands in brackets may be left out: `(من) لا أساس`, `مؤقت(ة)`. One word may be of several terms and has the tags of
all; a phrase goes before a shorter one inside it. A name that no register knows, but that acts in your type, is a chunk
with `acts: true`.

**Distance.** A `gap` ends before a chunk tagged `boundary` (لكن، فيما، حيث، قال …: [shared terms](#shared-terms));
commas and other marks are chunks that it counts. A `reach` goes over boundaries, too.

**Pattern or head?** A pattern says what stands where. A head with roles says what is what: it finds subject and
complement in any order, however far apart, but only where the clause was read for sure; where that is not so,
`explain --long` says it. Most types want both: the head rule, and pattern rules with `priority: -1` for the usual
orders beside it. A subject in a pattern is `{all: actors, none: [governed, adjective], role: subject}`.

**Which rule has it.** Rules compete for a trigger: higher `priority`, then more that is captured, then the shorter
match, then the earlier rule. The others give the winner what it leaves empty; a slot cannot be kept empty, but a cue
`is: none` lets a match tell of nothing. Rules with triggers on different words do not compete, and each makes a
mention: two rules of which only one shall stand have their trigger on the same word (above, «الاعتراف», behind «ترفض»
too).

**What a filler is.** A slot of kind `actor` takes a chunk that names somebody who acts, others by their words. In an
item, `text: true` and `words: true` leave an attached preposition where it is; a chunk with `joined: true` in its item
and `bare: true` leaves it out («بالقدس»: القدس). An item's chunk brings the slots that it was made with.

**Families.** Rules that differ in their words alone, as for and against do, may be one. An entry of the file's
`families` has `camps`, a name and its variables each, and `rules`, in which `{variable}` is the camp's value and
`{camp}` its name; `matches` and `misses` are given by camp, and `priority`, `set` and `fill` may be; `for` names the
camps that a rule is for. A list is spliced into the list that it stands in. Left out, the `misses` of one camp are
what the others match.

```yaml
families:
  - camps:
      favour: {verb: [approve], slot: in_favour}
      against: {verb: [oppose, reject], slot: against}
    rules:
      - id: vote.{camp}.verb-count
        pattern: [{any: ["{verb}"], trigger: true}, {gap: 2}, {all: count, slot: "{slot}"}]
        matches:
          favour: [{text: أيدت 10 دول القرار, slots: {in_favour: [10]}}]
          against: [{text: رفضت 10 دول القرار, slots: {against: [10]}}]
```
"""

MEANT = """## Whether it happened

A mention is `actual` (it happened), `threatened` (announced, awaited), `hypothetical` (may, if), `negated` (did not),
`called_for` (asked of somebody) or `general` (of the thing as such, no happening: the power of veto). Only `actual`
counts as having happened. The first of these to say something has the word, but for a threat that a governing verb
denies:

1. the rule's own `modality`,
2. the file's own `cues`, in their order,
3. the default cues, unless the file says `cues_alone: true`,
4. the cues of every type,
5. the verbs that govern the trigger, from the nearest outward and with their negation, where their clauses were read
   for sure (`operators`),
6. `actual`.

A cue is a pattern in the same sentence in which `trigger` is the mention's trigger and `start` the first chunk of its
match. `is: none` takes the mention away. `own_verbs` are no operators over the type's own tellings: where a rule has
its trigger on the noun behind such a verb (ترفض الاعتراف), a negation or قد before the verb needs a cue of the file's.
"""
