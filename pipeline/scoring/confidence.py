"""What the tagger's score is worth: precision against recall as a threshold rises, and calibration."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.scoring.entities import TaggedArticle
from pipeline.scoring.measures import Counts, Row, rounded

STEPS = 100
BINS = 10
# A predicted entity's score, and whether it is exactly a gold entity.
Judged = tuple[float, bool]


def judged(articles: Sequence[TaggedArticle]) -> tuple[list[Judged], int]:
    """Every predicted entity's score and whether label and tokens are a gold entity's, and how many gold ones there
    are."""
    found: list[Judged] = []
    for tagged in articles:
        gold = {(e.label, tagged.token_span(e)) for e in tagged.gold}
        found += [(e.score, (e.label, tagged.token_span(e)) in gold) for e in tagged.predicted]
    return found, sum(len(tagged.gold) for tagged in articles)


def threshold_rows(scores: Sequence[Judged], gold: int) -> list[Row]:
    """Precision, recall and F1 if only entities of at least each threshold 0, 0.01 … 1 were kept; thresholds at which
    nothing changes are left out, as are those that leave nothing."""
    rows: list[Row] = []
    before = None
    for step in range(STEPS + 1):
        kept = [right for score, right in scores if score >= step / STEPS]
        if not kept or len(kept) == before:
            continue
        before = len(kept)
        counts = Counts(sum(kept), len(kept), gold)
        rows.append(
            {
                "threshold": step / STEPS,
                "predicted": counts.predicted,
                "precision": rounded(counts.precision),
                "recall": rounded(counts.recall),
                "f1": rounded(counts.f1),
            }
        )
    return rows


def calibration_rows(scores: Sequence[Judged]) -> list[Row]:
    """Predicted entities in ten bins of equal width by score (the last takes in 1.0): mean score beside the share that
    is right (a reliability diagram: Niculescu-Mizil & Caruana 2005). Empty bins are left out."""
    return [
        {
            "bin": f"{index / BINS:.1f}-{(index + 1) / BINS:.1f}",
            "entities": len(members),
            "confidence": rounded(sum(score for score, _ in members) / len(members)),
            "accuracy": rounded(sum(right for _, right in members) / len(members)),
        }
        for index, members in _binned(scores).items()
    ]


def calibration_error(scores: Sequence[Judged]) -> float | None:
    """Expected calibration error over the same bins (Naeini et al. 2015): the mean gap between score and share right,
    weighted by how many entities a bin holds; None without any."""
    gaps = (abs(sum(score - right for score, right in members)) for members in _binned(scores).values())
    return sum(gaps) / len(scores) if scores else None


def _binned(scores: Sequence[Judged]) -> dict[int, list[Judged]]:
    bins: dict[int, list[Judged]] = {}
    for score, right in scores:
        bins.setdefault(min(int(score * BINS), BINS - 1), []).append((score, right))
    return dict(sorted(bins.items()))
