"""The measure on treebanks, on one that is written here."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.errors import ArticleError
from pipeline.frames.sentence.benchmark import benchmark
from pipeline.frames.sentence.treebank import read_trees

MASC = "Aspect=Perf|Gender=Masc|Number=Sing|Person=3"
FEM = "Aspect=Perf|Gender=Fem|Number=Sing|Person=3"
# form, part of speech, features, head, relation: the clitic of ودعت is a token of its own, as treebanks have it.
SENTENCES = [
    (
        "أدانت مصر القصف ودعت إلى هدنة.",
        [
            ("أدانت", "VERB", FEM, 0, "root"),
            ("مصر", "PROPN", "_", 1, "nsubj"),
            ("القصف", "NOUN", "_", 1, "obj"),
            ("و", "CCONJ", "_", 5, "cc"),
            ("دعت", "VERB", FEM, 1, "conj"),
            ("إلى", "ADP", "_", 7, "case"),
            ("هدنة", "NOUN", "_", 5, "obl"),
            (".", "PUNCT", "_", 1, "punct"),
        ],
    ),
    (
        "سقط النص الذي قدمه الوفد.",
        [
            ("سقط", "VERB", MASC, 0, "root"),
            ("النص", "NOUN", "_", 1, "nsubj"),
            ("الذي", "PRON", "_", 4, "obj"),
            ("قدم", "VERB", MASC, 2, "acl:relcl"),
            ("ه", "PRON", "Person=3", 4, "obj"),
            ("الوفد", "NOUN", "_", 4, "nsubj"),
            (".", "PUNCT", "_", 1, "punct"),
        ],
    ),
    (
        "غادر النواب الذين رفضوا النص.",
        [
            ("غادر", "VERB", MASC, 0, "root"),
            ("النواب", "NOUN", "_", 1, "nsubj"),
            ("الذين", "PRON", "_", 4, "nsubj"),
            ("رفضوا", "VERB", MASC, 2, "acl:relcl"),
            ("النص", "NOUN", "_", 4, "obj"),
            (".", "PUNCT", "_", 1, "punct"),
        ],
    ),
]


def conllu(text: str, rows: list[tuple[str, str, str, int, str]]) -> str:
    lines = [f"# text = {text}"]
    for number, (form, pos, feats, head, relation) in enumerate(rows, 1):
        lines.append(f"{number}\t{form}\t_\t{pos}\t_\t{feats}\t{head}\t{relation}\t_\t_")
    return "\n".join(lines)


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "own.conllu"
    path.write_text("\n\n".join(conllu(text, rows) for text, rows in SENTENCES) + "\n\n", encoding="utf-8")
    return path


def test_all_is_found(treebank: Path) -> None:
    found = benchmark(treebank)
    # Verbs: 2 + 2 + 2. Subjects: مصر; النص and الوفد; النواب of both its verbs. Shared: مصر of ودعت.
    # Beginnings beside those of sentences: ودعت, الذي, الذين.
    assert {name: (c.found, c.predicted, c.gold) for name, c in found.items()} == {
        "verbs": (6, 6, 6),
        "subjects": (5, 5, 5),
        "shared": (1, 1, 1),
        "boundaries": (3, 3, 3),
    }


def test_tokens_are_laid_over_words(treebank: Path) -> None:
    first = next(iter(read_trees(treebank)))
    assert [(token.form, token.word) for token in first.tokens[3:5]] == [("و", 3), ("دعت", 3)]


def test_multi_word_tokens(tmp_path: Path) -> None:
    path = tmp_path / "joined.conllu"
    rows = "1-2\tودعت\t_\t_\t_\t_\t_\t_\t_\t_\n1\tو\t_\tCCONJ\t_\t_\t2\tcc\t_\t_\n2\tدعت\t_\tVERB\t_\t" + FEM
    path.write_text(f"# text = ودعت\n{rows}\t0\troot\t_\t_\n", encoding="utf-8")
    (tree,) = read_trees(path)
    assert [token.word for token in tree.tokens] == [0, 0]


@pytest.mark.parametrize(
    ("content", "part"),
    [("# text = نص\n1\tنص\n", ":2: has 2 fields"), ("", "holds no sentence"), (None, "cannot be read")],
)
def test_what_is_no_treebank(tmp_path: Path, content: str | None, part: str) -> None:
    path = tmp_path / "bad.conllu"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ArticleError, match=part):
        benchmark(path)


def test_the_command(treebank: Path) -> None:
    result = CliRunner().invoke(app, ["benchmark", "clauses", str(treebank)])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()[1:5]] == [
        "verbs",
        "subjects",
        "shared",
        "boundaries",
    ]
