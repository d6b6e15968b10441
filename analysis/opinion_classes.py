"""Latent classes: kinds of people, each with its chance of being for each statement, learned from partial votes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans

from analysis.opinion_map import map_opinions
from analysis.opinion_votes import Floats, VoteTable

PRIOR_VOTES = 4.0
"""Imaginary votes, shared as the whole room voted, that every class starts with: they keep small classes modest."""

_ROUNDS = 200
_ENOUGH = 1e-5
_RANDOM_STARTS = 2


@dataclass(frozen=True)
class Classes:
    """`belonging`, shape (people, classes), rows sum to 1; `support`, (statements, classes), the chance of a vote for
    among votes for and against; `weights`, (classes,), sum to 1; `likelihood`, the log posterior reached."""

    belonging: Floats
    support: Floats
    weights: Floats
    likelihood: float


@dataclass(frozen=True)
class _Votes:
    """Votes for, and votes for or against, as people x statements matrices of ones, and their transposes."""

    agreed: sparse.csr_array
    decided: sparse.csr_array
    agreed_by: sparse.csr_array
    decided_by: sparse.csr_array
    base: Floats


def find_classes(table: VoteTable, number: int, seed: int, *, random_starts: int = _RANDOM_STARTS) -> Classes:
    """The best of several climbs by expectation-maximisation, from k-means on the map and from chance.

    Lazarsfeld and Henry (1968), « Latent Structure Analysis »; EM after Dempster, Laird and Rubin (1977). A pass and a
    missing vote say nothing here: groups are made of opinions, not of the habit of passing. Complexity: O(votes x
    classes) a round, 200 rounds at most. Deterministic in its arguments.
    """
    votes = _prepared(table)
    climbs = [_climb(votes, start) for start in _starts(table, number, seed, random_starts)]
    return max(climbs, key=lambda classes: classes.likelihood)


def base_support(table: VoteTable) -> Floats:
    """The chance of a vote for, of each statement, in the whole room (Laplace); shape (statements,)."""
    statements = len(table.statements)
    agreed = np.bincount(table.columns[table.values == 1], minlength=statements)
    decided = np.bincount(table.columns[table.values != 0], minlength=statements)
    return np.asarray((agreed + 1) / (decided + 2))


def belonging_of(agreed: sparse.csr_array, decided: sparse.csr_array, support: Floats, weights: Floats) -> Floats:
    """Posterior chance of each class for people given as rows of ones; shape (people, classes)."""
    return _expect(agreed, decided, support, weights)[0]


def _prepared(table: VoteTable) -> _Votes:
    ones = np.ones(len(table.values))
    agreed, decided = table.matrix(ones, table.values == 1), table.matrix(ones, table.values != 0)
    return _Votes(agreed, decided, agreed.T.tocsr(), decided.T.tocsr(), base_support(table))


def _starts(table: VoteTable, number: int, seed: int, random_starts: int) -> Iterator[Floats]:
    positions = map_opinions(table, dimensions=4).positions
    rng = np.random.default_rng(seed)
    for dimensions in sorted({min(2, positions.shape[1]), positions.shape[1]}):
        points = positions[:, :dimensions]
        if len(np.unique(points.round(9), axis=0)) < number:  # a room that votes as one has no places to start from
            yield rng.dirichlet(np.ones(number), len(points))
            continue
        drawn = KMeans(number, n_init=3, random_state=seed).fit_predict(points)
        yield 0.8 * np.eye(number)[drawn] + 0.2 / number
    for _ in range(random_starts):
        yield rng.dirichlet(np.ones(number), len(table.people))


def _climb(votes: _Votes, belonging: Floats) -> Classes:
    reached = -np.inf
    for _ in range(_ROUNDS):
        support, weights = _maximise(votes, belonging)
        belonging, likelihood = _expect(votes.agreed, votes.decided, support, weights)
        likelihood += _prior(votes.base, support)
        if likelihood - reached <= _ENOUGH * (1 + votes.decided.nnz):
            break
        reached = likelihood
    return Classes(belonging, support, weights, likelihood)


def _maximise(votes: _Votes, belonging: Floats) -> tuple[Floats, Floats]:
    agreed = votes.agreed_by @ belonging + PRIOR_VOTES * votes.base[:, None]
    support = agreed / (votes.decided_by @ belonging + PRIOR_VOTES)
    people, classes = belonging.shape
    return support, (belonging.sum(axis=0) + 1) / (people + classes)


def _expect(
    agreed: sparse.csr_array, decided: sparse.csr_array, support: Floats, weights: Floats
) -> tuple[Floats, float]:
    against = np.log1p(-support)
    logs = agreed @ (np.log(support) - against) + decided @ against + np.log(weights)
    top = logs.max(axis=1, keepdims=True)
    chances = np.exp(logs - top)
    totals = chances.sum(axis=1, keepdims=True)
    return chances / totals, float((top + np.log(totals)).sum())


def _prior(base: Floats, support: Floats) -> float:
    wished = base[:, None] * np.log(support) + (1 - base[:, None]) * np.log1p(-support)
    return float(PRIOR_VOTES * wished.sum())
