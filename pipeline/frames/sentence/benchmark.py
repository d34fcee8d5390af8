"""How well finite verbs, their subjects and the beginnings of clauses are found on a treebank.

Any Universal Dependencies treebank of Arabic in CoNLL-U will do. What is compared stands in words as written
(`pipeline.arabic.words`), for a treebank parts the clitics that we leave on:

- verbs: words that are conjugated verbs. Gold: tokens with a person and an aspect or mood. Ours: the finite verbs.
- subjects: pairs of a finite verb and its subject. Gold: its nsubj or nsubj:pass, of a copula (كان) that of its
  predicate; where that is a relative pronoun, the noun that the relative clause belongs to stands for it. Ours:
  subjects behind the verb, topics before it, antecedents of relative pronouns, pronouns behind أن; subjects that a
  treebank leaves unsaid (shared, an indefinite antecedent) are not counted. A pair is right when the gold subject's
  head lies in our phrase and our phrase's head in the gold subject's subtree; of a pronoun, when we give the
  verb what that pronoun means.
- shared: of the coordinated verbs without a subject of their own whose first conjunct has one, the share for which we
  give that one.
- boundaries: words at which a clause with a finite verb begins, the first word of the sentence left out. Gold: the
  leftmost word of the subtree of a finite verb, or of what a finite copula belongs to, that is the root or hangs on its
  head as a clause (acl, advcl, ccomp, csubj, xcomp, parataxis, conj). Ours: the first word of each such clause.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

from pipeline.frames.sentence.clauses import Clauses, Phrase, read_clauses
from pipeline.frames.sentence.treebank import Tree, read_trees
from pipeline.frames.sentence.verbs import find_verbs
from pipeline.scoring.measures import Counts, compare

_CLAUSAL = frozenset({"root", "acl", "advcl", "ccomp", "csubj", "xcomp", "parataxis", "conj"})
_RELATIVES = ("الذي", "التي", "الذين", "اللذان", "اللذين", "اللتان", "اللتين", "اللواتي", "اللاتي")
_SAID = frozenset({"behind", "topic", "antecedent", "pronoun"})


def benchmark(path: Path) -> dict[str, Counts]:
    """Counts of verbs, subjects, shared subjects and boundaries over a CoNLL-U file; see above for what they mean.

    Raises ArticleError where the file is none.
    """
    found = {"verbs": Counts(), "subjects": Counts(), "shared": Counts(), "boundaries": Counts()}
    for tree in read_trees(path):
        clauses = read_clauses(tree.words)
        ours: set[int | None] = {verb.index for verb in find_verbs(tree.words)}
        found["verbs"] += compare({token.word for token in tree.tokens if token.finite}, ours)
        found["subjects"] += subjects(tree, clauses)
        found["shared"] += shared(tree, clauses)
        found["boundaries"] += compare(gold_boundaries(tree), our_boundaries(tree, clauses))
    return found


def milliseconds(path: Path, words: int = 40) -> float:
    """The processor time that reading the clauses of so many words takes, once the forms of verbs are known. Raises
    ArticleError where the file is no treebank."""
    trees = list(read_trees(path))
    for tree in trees:
        read_clauses(tree.words)
    began = process_time()
    for tree in trees:
        read_clauses(tree.words)
    return 1000 * (process_time() - began) * words / sum(len(tree.words) for tree in trees)


def subtree(tree: Tree, head: int) -> set[int]:
    """The words of the tokens under token `head`, itself among them, signs left out."""
    children: dict[int, list[int]] = {}
    for index, token in enumerate(tree.tokens):
        children.setdefault(token.head, []).append(index)
    found, todo = set(), [head]
    while todo:
        index = todo.pop()
        todo += children.get(index, ())
        word = tree.tokens[index].word
        if word is not None and tree.words[word].kind != "punct":
            found.add(word)
    return found


def gold_subjects(tree: Tree) -> dict[int, int]:
    """Token of each finite verb with a subject → token of the subject."""
    found = {}
    copulas = {token.head: index for index, token in enumerate(tree.tokens) if token.finite and token.deprel == "cop"}
    for index, token in enumerate(tree.tokens):
        if token.deprel not in ("nsubj", "nsubj:pass"):
            continue
        head = token.head if tree.tokens[token.head].finite else copulas.get(token.head)
        if head is None:
            continue
        clause = tree.tokens[token.head]
        relative = token.form in _RELATIVES and clause.deprel.startswith("acl")
        found[head] = clause.head if relative else index
    return found


def _right(tree: Tree, subject: int, phrase: Phrase) -> bool:
    word = tree.tokens[subject].word
    return word is not None and phrase.start <= word < phrase.end and phrase.head in subtree(tree, subject)


def right_subject(tree: Tree, clauses: Clauses, verb: int, subject: int) -> bool:
    """Whether we give the verb of a gold pair (tokens) its subject."""
    word, told = tree.tokens[verb].word, tree.tokens[subject]
    clause = None if word is None else clauses.headed(word)
    if clause is None:
        return False
    if told.upos == "PRON" and (told.word == clause.marker or clause.subject_from == "pronoun"):
        return clause.subject_from in ("pronoun", "antecedent")
    return clause.subject is not None and _right(tree, subject, clause.subject)


def subjects(tree: Tree, clauses: Clauses) -> Counts:
    """Pairs of a verb and its subject in one sentence."""
    pairs = gold_subjects(tree)
    found = sum(right_subject(tree, clauses, verb, subject) for verb, subject in pairs.items())
    predicted = sum(
        clause.kind == "finite"
        and clause.subject_from in _SAID
        and (clause.subject_from != "antecedent" or clause.marker is not None)
        for clause in clauses
    )
    return Counts(found, predicted, len(pairs))


def shared(tree: Tree, clauses: Clauses) -> Counts:
    """Coordinated verbs of one sentence that share their subject."""
    pairs = gold_subjects(tree)
    sharing = [
        index
        for index, token in enumerate(tree.tokens)
        if token.deprel == "conj" and token.finite and index not in pairs and token.head in pairs
    ]
    found = sum(right_subject(tree, clauses, index, pairs[tree.tokens[index].head]) for index in sharing)
    return Counts(found, len(sharing), len(sharing))


def gold_boundaries(tree: Tree) -> set[int]:
    """The words at which the treebank's clauses with a finite verb begin, the sentence's first left out."""
    finite = {index for index, token in enumerate(tree.tokens) if token.finite}
    finite |= {tree.tokens[index].head for index in finite if tree.tokens[index].deprel.split(":")[0] in ("cop", "aux")}
    starts = {
        min(words)
        for index in finite
        if index >= 0 and tree.tokens[index].deprel.split(":")[0] in _CLAUSAL and (words := subtree(tree, index))
    }
    return starts - {_first(tree)}


def our_boundaries(tree: Tree, clauses: Clauses) -> set[int]:
    """The words at which our clauses with a finite verb begin, the sentence's first left out."""
    starts = {clause.start for clause in clauses if clause.kind == "finite"}
    return starts - {_first(tree)}


def _first(tree: Tree) -> int:
    return next((index for index, word in enumerate(tree.words) if word.kind != "punct"), 0)
