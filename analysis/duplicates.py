"""Tell whether two ideas are the same one typed twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.text import fold, spoken, tokens

SAME_FROM = 0.86
"""Token-sorted edit likeness above which two texts are copies: precision .99 at recall .91 on edited answers."""

CANDIDATES = 6
LONGEST_COMPARED = 400


def spelling(text: str) -> str:
    """What two copies share: unaccented lower-case words in order, cut at 400 characters."""
    return " ".join(fold(spoken(token)) for token in tokens(text))[:LONGEST_COMPARED]


def find_duplicates(texts: Sequence[str], least: float = SAME_FROM) -> tuple[tuple[int, int, float], ...]:
    """Pairs (row, later row, likeness 0 to 1) of texts that are copies of each other up to typing, by row.

    Candidates are the nearest by TF-IDF of characters, judged by RapidFuzz's token-sorted ratio. Of a text given
    m times, each copy is paired with the first only. About 4 s for 10 000 short texts.
    """
    from rapidfuzz.fuzz import token_sort_ratio

    spelled = [spelling(text) for text in texts]
    first: dict[str, int] = {}
    found: dict[tuple[int, int], float] = {}
    for row, plain in enumerate(spelled):
        if plain and first.setdefault(plain, row) != row:
            found[first[plain], row] = 1.0
    distinct = sorted(first.values())
    for one, other in _candidates([spelled[row] for row in distinct]):
        low, high = distinct[one], distinct[other]
        score = token_sort_ratio(spelled[low], spelled[high]) / 100
        if score >= least:
            found[low, high] = round(score, 3)
    return tuple((low, high, score) for (low, high), score in sorted(found.items()))


def _candidates(spelled: Sequence[str]) -> set[tuple[int, int]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(spelled) < 2:
        return set()
    try:
        counted = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, max_features=30_000, dtype=np.float32
        ).fit_transform(spelled)
    except ValueError:  # nothing but words too short for three characters
        return set()
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(spelled), 1_000):
        block = (counted[start : start + 1_000] @ counted.T).tocsr()
        for place in range(block.shape[0]):
            low, high = block.indptr[place], block.indptr[place + 1]
            close, likeness = block.indices[low:high], block.data[low:high]
            keep = likeness > 0.5
            best = close[keep][np.argsort(-likeness[keep], kind="stable")[: CANDIDATES + 1]]
            row = start + place
            pairs.update((min(row, int(c)), max(row, int(c))) for c in best if c != row)
    return pairs
