"""Put each idea in a space where ideas of a same theme are close: meaning, words and civic French together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.civic import civic_vectors
from analysis.lemmas import stem
from analysis.terms import stop_keys
from analysis.text import fold, spoken, tokens
from analysis.words import Reading

Matrix = NDArray[np.float32]

LEXICAL_DIMENSIONS = 100
MOST_CHARACTER_GRAMS = 60_000
SPELLED_UP_TO = 50_000
"""Texts above which characters are left out: their millions of n-grams would not fit."""

REDUCED_FROM = 20_000
REDUCED_TO = 96
LEAST_OF_A_LANGUAGE, ONE_IN, ONE_IN_COMPARED = 5, 500, 20
LEAST_CIVIC_COVERAGE = 0.5


@dataclass(frozen=True)
class Space:
    """Ideas as unit rows of several views; a row of zeros in a view knows nothing there.

    `meaning` compares ideas of any language; `lexical` and `civic` only those of a same `tongue` (small integers,
    one per language with enough ideas; -1 for the others, which only meaning compares).
    """

    meaning: Matrix
    lexical: Matrix
    civic: Matrix
    tongue: NDArray[np.int64]

    @property
    def views(self) -> tuple[Matrix, ...]:
        """The views that know something, meaning first."""
        return tuple(view for view in (self.meaning, self.lexical, self.civic) if view.any())

    @property
    def several_languages(self) -> bool:
        """Whether words may not be compared all over: two languages at least have enough ideas."""
        return len(set(self.tongue.tolist()) - {-1}) > 1 or not (self.tongue >= 0).any()

    def only(self, rows: NDArray[np.int64]) -> Space:
        """The space of some of the ideas, each view centred again on them."""
        views = (centred(self.meaning[rows]), centred(self.lexical[rows]), centred(self.civic[rows]))
        return Space(*views, self.tongue[rows])

    def joined(self) -> Matrix:
        """(n, d) unit rows whose dot product compares any two ideas: the mean of the views in one language, meaning
        alone in several (words would bring the languages back)."""
        if self.several_languages and self.meaning.any():
            return self.meaning
        return self.stacked()

    def stacked(self) -> Matrix:
        """(n, d) unit rows whose dot product is the mean likeness of the views, for ideas of one language."""
        return self._stacked

    @cached_property
    def _stacked(self) -> Matrix:
        return unit(np.hstack(self.views)) if self.views else np.zeros((len(self.tongue), 1), np.float32)


def least_of_a_language(total: int) -> int:
    """Texts of a language from which it counts as one: of thousands, one in five hundred, since noise is often taken for
    Turkish; each language costs a dictionary, and opens the comparison across languages."""
    return max(LEAST_OF_A_LANGUAGE, total // ONE_IN)


def build_space(
    texts: Sequence[str],
    readings: Sequence[Reading],
    languages: Sequence[str],
    meaning: Matrix,
    *,
    question: str = "",
    seed: int = 0,
) -> Space:
    """Every view of the ideas; `meaning` is the encoder's output, (n, d) with d possibly 0.

    Time: linear in the words, plus a truncated SVD of 100 dimensions per language.
    """
    tongue = _tongues(languages)
    lexical = np.zeros((len(texts), LEXICAL_DIMENSIONS), np.float32)
    for code in sorted(set(tongue.tolist()) - {-1}):
        rows = np.flatnonzero(tongue == code).tolist()
        found = _lexical([texts[r] for r in rows], [readings[r] for r in rows], seed)
        lexical[rows, : found.shape[1]] = found
    civic = _civic(readings, languages, frozenset(stop_keys([question])), seed)
    return Space(levelled(meaning, tongue, seed), lexical, civic, tongue)


def unit(matrix: Matrix) -> Matrix:
    """Rows brought to length 1; rows of zeros stay."""
    found = np.empty(matrix.shape, np.float32)
    for rows in _blocks(len(matrix)):
        lengths = np.linalg.norm(matrix[rows], axis=1, keepdims=True)
        found[rows] = matrix[rows] / np.where(lengths > 0, lengths, 1)
    return found


def centred(matrix: Matrix) -> Matrix:
    """Unit rows after the mean of the known rows is removed: what everybody says distinguishes nobody."""
    return levelled(matrix, np.zeros(len(matrix), np.int64))


def levelled(matrix: Matrix, tongue: NDArray[np.int64], seed: int | None = None) -> Matrix:
    """Unit rows less the mean of those of their tongue (-1: of all), so that a language is no subject.

    With a seed and above 20 000 rows, their 96 main axes, found on a sample: block by block, so that no second copy of
    the matrix is ever held.
    """
    if matrix.shape[1] == 0 or not len(matrix):
        return matrix
    codes = np.unique(tongue)
    means = np.stack([_mean(matrix, np.flatnonzero((tongue == code) | (code < 0))) for code in codes])
    place = np.searchsorted(codes, tongue)

    def part(rows: slice | NDArray[np.int64]) -> Matrix:
        found = unit(matrix[rows])
        return unit(np.where(found.any(axis=1, keepdims=True), found - means[place[rows]], 0))

    if seed is None or len(matrix) <= REDUCED_FROM or matrix.shape[1] <= REDUCED_TO:
        return _by_blocks(part, len(matrix), matrix.shape[1])
    axes = _axes(part(np.random.default_rng(seed).choice(len(matrix), REDUCED_FROM, replace=False)), seed)
    return _by_blocks(lambda rows: unit(part(rows) @ axes), len(matrix), REDUCED_TO)


def _axes(sample: Matrix, seed: int) -> Matrix:
    """(d, 96) main axes of a sample."""
    from sklearn.utils.extmath import randomized_svd

    _, _, axes = randomized_svd(sample, REDUCED_TO, n_iter=3, random_state=seed)
    found: Matrix = axes.T
    return found


def _mean(matrix: Matrix, rows: NDArray[np.int64]) -> Matrix:
    """(d,) mean of the unit rows that know something."""
    total, count = np.zeros(matrix.shape[1], np.float32), 0
    for block in _blocks(len(rows)):
        found = unit(matrix[rows[block]])
        known = found.any(axis=1)
        total = total + found[known].sum(axis=0)
        count += int(known.sum())
    return total / np.float32(max(count, 1))


def _by_blocks(part: Callable[[slice], Matrix], size: int, width: int) -> Matrix:
    found = np.empty((size, width), np.float32)
    for rows in _blocks(size):
        found[rows] = part(rows)
    return found


def _blocks(size: int) -> list[slice]:
    return [slice(start, start + REDUCED_FROM) for start in range(0, size, REDUCED_FROM)]


def _tongues(languages: Sequence[str]) -> NDArray[np.int64]:
    """A number for each language of one idea in twenty, at least five; -1 for the others, known by meaning alone."""
    counts = Counter(languages)
    least = max(LEAST_OF_A_LANGUAGE, len(languages) // ONE_IN_COMPARED)
    large = [language for language in sorted(counts) if counts[language] >= least] or sorted(counts)[:1]
    return np.array([large.index(language) if language in large else -1 for language in languages], np.int64)


def _civic(readings: Sequence[Reading], languages: Sequence[str], faint: frozenset[str], seed: int) -> Matrix:
    """Civic view of the French ideas; empty when their words are not those of public debate."""
    vectors = civic_vectors()
    french = np.flatnonzero([language == "fr" for language in languages])
    chosen = [readings[row] for row in french.tolist()]
    if not chosen or vectors.coverage(chosen) < LEAST_CIVIC_COVERAGE:
        return np.zeros((len(readings), 1), np.float32)
    view = levelled(unit(vectors.encode(chosen, faint)), np.zeros(len(french), np.int64), seed)
    found = np.zeros((len(readings), view.shape[1]), np.float32)
    found[french] = view
    return found


def _lexical(texts: Sequence[str], readings: Sequence[Reading], seed: int) -> Matrix:
    """TF-IDF of stems and of character 3- to 5-grams, reduced by SVD; (n, at most 100) unit rows."""
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.utils.extmath import randomized_svd

    least = 2 if len(texts) > 50 else 1
    stems = [[stem(w.key) for clause in reading for w in clause if not w.function] for reading in readings]
    spelled = [" ".join(fold(spoken(token)) for token in tokens(text)) for text in texts]
    counted = []
    for settings, documents in (
        ({"analyzer": list, "min_df": least}, stems),
        ({"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 2, "max_features": MOST_CHARACTER_GRAMS}, spelled),
    ):
        if documents is spelled and len(texts) > SPELLED_UP_TO:
            continue
        try:
            counted.append(TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **settings).fit_transform(documents))
        except ValueError:  # no word, or none frequent enough: this view then knows nothing
            continue
    if not counted:
        return np.zeros((len(texts), 1), np.float32)
    table = sparse.hstack(counted).tocsr()
    dimensions = min(LEXICAL_DIMENSIONS, min(table.shape) - 1)
    if dimensions < 1:
        return np.zeros((len(texts), 1), np.float32)
    left, strength, _ = randomized_svd(table, dimensions, n_iter=2, random_state=seed)
    return unit(left * np.where(strength > 1e-5, strength, 0))
