"""Tell whether two ideas are the same one typed twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.text import fold, spoken, tokens

Copies = tuple[int, int, float]
"""Row, later row, likeness."""

SAME_FROM = 0.86
"""Token-sorted edit likeness above which two texts are copies: precision .99 at recall .91 on edited answers."""

CANDIDATES = 6
LEAST_CANDIDATE = 0.5
LONGEST_COMPARED = 400


def spelling(text: str) -> str:
    """What two copies share: unaccented lower-case words in order, cut at 400 characters."""
    return " ".join(fold(spoken(token)) for token in tokens(text))[:LONGEST_COMPARED]


@dataclass(frozen=True)
class Spellings:
    """Texts ready to be compared with one more by the characters they are made of."""

    spelled: tuple[str, ...]
    vectorizer: Any
    counted: Any
    """TF-IDF of characters of each text, None when all are too short."""

    @classmethod
    def of(cls, spelled: Iterable[str]) -> Spellings:
        """The spellings (see `spelling`) of the texts already given."""
        known = tuple(spelled)
        vectorizer = _characters()
        try:
            return cls(known, vectorizer, vectorizer.fit_transform(known))
        except ValueError:  # nothing but words too short for three characters
            return cls(known, vectorizer, None)

    def near(self, text: str, count: int = CANDIDATES) -> list[int]:
        """Rows of the texts whose characters are nearest, nearest first. 3 ms among 5 000."""
        if self.counted is None:
            return []
        likeness = (self.counted @ self.vectorizer.transform([spelling(text)]).T).toarray().ravel()
        return [int(row) for row in np.argsort(-likeness, kind="stable")[:count] if likeness[row] > LEAST_CANDIDATE]

    def likeness(self, text: str, row: int) -> float:
        """Token-sorted edit likeness of a text with the one at `row`, 0 to 1."""
        from rapidfuzz.fuzz import token_sort_ratio

        return token_sort_ratio(spelling(text), self.spelled[row]) / 100


def find_duplicates(texts: Sequence[str], least: float = SAME_FROM) -> tuple[Copies, ...]:
    """Pairs (row, later row, likeness 0 to 1) of texts that are copies of each other up to typing, by row.

    Candidates are the nearest by TF-IDF of characters (all of the edited copies are among them; the sentence
    encoder finds .79). About 4 s for 10 000 short texts.
    """
    spelled = [spelling(text) for text in texts]
    first = _first_of(spelled)
    distinct = sorted(first.values())
    pairs = [(distinct[a], distinct[b]) for a, b in _candidates([spelled[row] for row in distinct])]
    return judge_copies(spelled, pairs, least)


def judge_copies(
    spelled: Sequence[str], pairs: Iterable[tuple[int, int]], least: float = SAME_FROM
) -> tuple[Copies, ...]:
    """The candidate pairs that are copies by RapidFuzz's token-sorted ratio, and every text given word for word.

    `spelled` holds the `spelling` of each text. Of a text given m times, each copy is paired with the first only.
    """
    from rapidfuzz.fuzz import ratio

    first = _first_of(spelled)
    found = {(first[plain], row): 1.0 for row, plain in enumerate(spelled) if plain and first[plain] != row}
    ordered = {row: " ".join(sorted(spelled[row].split())) for row in first.values()}
    for low, high in pairs:
        score = ratio(ordered[low], ordered[high], score_cutoff=100 * least) / 100
        if score > 0:
            found[low, high] = round(score, 3)
    return tuple((low, high, score) for (low, high), score in sorted(found.items()))


def _first_of(spelled: Sequence[str]) -> dict[str, int]:
    first: dict[str, int] = {}
    for row, plain in enumerate(spelled):
        if plain:
            first.setdefault(plain, row)
    return first


def _characters() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, max_features=30_000, dtype=np.float32
    )


def _candidates(spelled: Sequence[str]) -> set[tuple[int, int]]:
    if len(spelled) < 2:
        return set()
    try:
        counted = _characters().fit_transform(spelled)
    except ValueError:  # nothing but words too short for three characters
        return set()
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(spelled), 1_000):
        block = (counted[start : start + 1_000] @ counted.T).tocsr()
        for place in range(block.shape[0]):
            low, high = block.indptr[place], block.indptr[place + 1]
            close, likeness = block.indices[low:high], block.data[low:high]
            keep = likeness > LEAST_CANDIDATE
            best = close[keep][np.argsort(-likeness[keep], kind="stable")[: CANDIDATES + 1]]
            row = start + place
            pairs.update((min(row, int(c)), max(row, int(c))) for c in best if c != row)
    return pairs
