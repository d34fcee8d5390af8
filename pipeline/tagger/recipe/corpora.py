"""Public Arabic entity corpora, read, mended and split.

ANERcorp (Benajiba et al. 2007) in CAMeL Lab's split (Obeid et al. 2020); AQMAR (Mohit et al. 2012). Both are columns:
a word and its label a line, a blank line after each sentence. Sentences stand in the order of their documents, whose
bounds are not marked, so a block of consecutive sentences serves as a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.tagger.augment import IGNORE, Document, Labelled
from pipeline.tagger.labels import repair

ANERCORP_TRAIN = "anercorp-camel/ANERCorp_CamelLab_train.txt"
ANERCORP_TEST = "anercorp-camel/ANERCorp_CamelLab_test.txt"
AQMAR = ("aqmar-ntu/ar.train.iob2", "aqmar-ntu/ar.testa.iob2", "aqmar-ntu/ar.testb.iob2")
_BLOCK = 40
_DEV_EVERY = 10
_LONG = 120
_PAUSES = frozenset("،,؛-")
# AQMAR labels peoples and creeds as persons; ANERcorp leaves them out.
_PEOPLES = re.compile(
    r"[وبلفك]?ا?ل?.{2,}(ين|ون)|[وفبل]?(العرب|اليهود|الشيعة|السنة|السلاجقة|المغول|الروم|الفرس|البربر|الأتراك|الفراعنة"
    r"|الأكراد|النصارى|المماليك)"
)
_DEFINITE = re.compile(r"[وبفك]?(ال|لل)")


@dataclass(frozen=True)
class Corpora:
    """train: ANERcorp's train split without dev, mended; dev: every tenth block of 40 of its sentences, as labelled
    except that stray I- become B-; extra: AQMAR; test: ANERcorp's test split, likewise as labelled."""

    train: list[Document]
    dev: list[Document]
    extra: list[Document]
    test: list[Document]


def read_columns(path: Path) -> list[Labelled]:
    """The sentences of a column file, PER read as PERS and the labels made valid BIO. Raises ModelError on a line that
    is no word and label."""
    if not path.is_file():
        raise ModelError(path, "is not there", "Name the folder that holds anercorp-camel/ and aqmar-ntu/")
    sentences: list[Labelled] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split()
        if not columns:
            sentences.append([])
        elif len(columns) == 2:
            sentences[-1].append((columns[0], re.sub("-PER$", "-PERS", columns[1])))
        else:
            raise ModelError(f"{path}:{number}", "is not a word and its label", "Compare with the corpus as published")
    return [_with_labels(s, repair([tag for _, tag in s])) for s in sentences if s]


def read_corpora(folder: Path) -> Corpora:
    """Both corpora out of `folder`, mended for training: duplicates and what occurs in dev dropped, long sentences cut
    at a pause, the Council always an ORG, peoples no persons; AQMAR's MISC (elements, programs, theories), which
    ANERcorp does not label, takes no part in the loss."""
    blocks = _blocks(read_columns(folder / ANERCORP_TRAIN))
    dev = [block for index, block in enumerate(blocks) if index % _DEV_EVERY == _DEV_EVERY - 1]
    seen = {_words(sentence) for block in dev for sentence in block}
    train = []
    for index, block in enumerate(blocks):
        if index % _DEV_EVERY != _DEV_EVERY - 1:
            train.append([part for s in _unseen(block, seen) for part in _cut(_council(s))])
    extra = [
        [part for sentence in block for part in _cut(_like_anercorp(sentence))]
        for file in AQMAR
        for block in _blocks(read_columns(folder / file))
    ]
    return Corpora(train, dev, extra, _blocks(read_columns(folder / ANERCORP_TEST)))


def _blocks(sentences: Sequence[Labelled]) -> list[Document]:
    return [list(sentences[start : start + _BLOCK]) for start in range(0, len(sentences), _BLOCK)]


def _words(sentence: Labelled) -> str:
    return " ".join(word for word, _ in sentence)


def _with_labels(sentence: Labelled, labels: Iterable[str]) -> Labelled:
    return [(word, label) for (word, _), label in zip(sentence, labels, strict=True)]


def _unseen(block: Document, seen: set[str]) -> Iterable[Labelled]:
    """The block's sentences that did not occur before; very short ones ("قال .") may recur."""
    for sentence in block:
        words = _words(sentence)
        if len(sentence) <= 4 or words not in seen:
            seen.add(words)
            yield sentence


def _cut(sentence: Labelled) -> list[Labelled]:
    """A sentence of over 120 words cut after a pause, never inside an entity."""
    if len(sentence) <= _LONG:
        return [sentence]
    parts: list[Labelled] = [[]]
    for index, (word, tag) in enumerate(sentence):
        parts[-1].append((word, tag))
        last = index + 1 == len(sentence)
        may = not last and not sentence[index + 1][1].startswith("I-")
        if may and (len(parts[-1]) >= _LONG or (len(parts[-1]) >= _LONG // 2 and word in _PAUSES)):
            parts.append([])
    return parts


def _council(sentence: Labelled) -> Labelled:
    """مجلس الأمن labelled as one ORG where it is labelled at all (the corpus calls it a person at times)."""
    out = list(sentence)
    for index, ((word, tag), (after, _)) in enumerate(pairwise(out)):
        if word.endswith("مجلس") and after in ("الأمن", "الامن") and tag != "O":
            out[index], out[index + 1] = (word, "B-ORG"), (after, "I-ORG")
            if index + 2 < len(out) and out[index + 2][1].startswith("I-"):
                out[index + 2] = (out[index + 2][0], "I-ORG")
    return _with_labels(out, repair([tag for _, tag in out]))


def _like_anercorp(sentence: Labelled) -> Labelled:
    """An AQMAR sentence by ANERcorp's conventions, as far as they can be told apart by word."""
    out: Labelled = []
    people = False
    for word, tag in sentence:
        if tag == "B-PERS":
            people = bool(_DEFINITE.match(word) and _PEOPLES.fullmatch(word))
        elif tag != "I-PERS":
            people = False
        out.append((word, "O" if people else IGNORE if tag.endswith("MISC") else tag))
    return out
