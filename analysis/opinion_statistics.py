"""What each group says that others do not, what all agree on, what divides and what puzzles, tested for chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, false_discovery_control, hypergeom

from analysis.opinion_votes import Floats, Ints

AGAINST, PASS, FOR = 0, 1, 2
"""Places of the three votes in the last axis of a table of counts."""

FALSE_DISCOVERIES = 0.05
"""Share of false statements accepted among those told (Benjamini and Hochberg 1995)."""

LEAST_VOTES = 10
"""Votes of a group, or of the room, on a statement, under which nothing is said of it."""

MAJORITY = 0.5
SPLIT = 0.35
"""A statement divides when at least this share is for, and this share against."""

PUZZLING = 0.25
"""A statement puzzles when at least this share passes, and more than the room's habit."""

Counts = NDArray[np.int64]
"""Votes against, pass, for; shape (groups, statements, 3)."""


@dataclass(frozen=True)
class Contrast:
    """One group on one statement, for (direction 1) or against (-1): share in the group and elsewhere (passes count as
    votes), `ratio` of the two smoothed shares and `z` of their difference as Polis computes them, `q_value` of a
    one-sided Fisher test on labels learned apart, corrected for every group, statement and direction."""

    group: int
    statement: int
    direction: int
    share: float
    elsewhere: float
    ratio: float
    z: float
    q_value: float


@dataclass(frozen=True)
class Shared:
    """A statement on which every group leans the same way: `weakest` is its share where it is least shared, and
    `score` the product over groups of smoothed shares (« group-aware consensus » of Polis)."""

    statement: int
    direction: int
    weakest: float
    score: float


def smoothed_share(successes: Counts, votes: Counts) -> Floats:
    """(successes + 1) / (votes + 2): Laplace's rule."""
    return np.asarray((successes + 1) / (votes + 2))


def share_z(successes: Counts, votes: Counts) -> Floats:
    """Standard score of a share against one half, one success and one vote added, as Polis computes it."""
    return np.asarray(2 * np.sqrt(votes + 1) * ((successes + 1) / (votes + 1) - 0.5))


def difference_z(inside: Counts, outside: Counts, votes_inside: Counts, votes_outside: Counts) -> Floats:
    """Standard score of the difference of two shares, one success and one vote added to each, as Polis computes it."""
    first, second = (inside + 1) / (votes_inside + 1), (outside + 1) / (votes_outside + 1)
    pooled = (inside + outside + 2) / (votes_inside + votes_outside + 2)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / (votes_inside + 1) + 1 / (votes_outside + 1)))
    return np.where(pooled >= 1, 0.0, (first - second) / np.where(spread > 0, spread, 1))


def group_aware_consensus(counts: Counts, direction: int) -> Floats:
    """Product over groups of the smoothed share for (1) or against (-1); shape (statements,). Small et al. (2021)."""
    return np.asarray(smoothed_share(counts[..., _place(direction)], counts.sum(axis=2)).prod(axis=0))


def contrasts(counts: Counts, apart: Counts) -> list[Contrast]:
    """Positions held by the majority of a group and more than elsewhere, surely; widest difference first.

    `counts` are of everybody's group and are shown; `apart` are of votes whose owner's group was learned without that
    vote, and are tested. Complexity: O(groups x statements).
    """
    found = [c for direction in (1, -1) for c in _contrasts_of(counts, apart, direction)]
    if not found:
        return []
    corrected = false_discovery_control([contrast.q_value for contrast in found])
    sure = [
        Contrast(c.group, c.statement, c.direction, c.share, c.elsewhere, c.ratio, c.z, float(q))
        for c, q in zip(found, corrected, strict=True)
        if q <= FALSE_DISCOVERIES and c.share > MAJORITY and c.share > c.elsewhere
    ]
    return sorted(sure, key=lambda c: (c.group, c.elsewhere - c.share, c.statement))


def shared(counts: Counts) -> list[Shared]:
    """Statements that most people of every group surely support, or surely reject; most shared first.

    A binomial test against one half in each group, the weakest group deciding, corrected for statements and directions.
    """
    votes = counts.sum(axis=2)
    tested = np.flatnonzero((votes >= LEAST_VOTES).all(axis=0))
    found, chances = [], []
    for direction in (1, -1):
        successes, score = counts[..., _place(direction)], group_aware_consensus(counts, direction)
        weakest = (successes / np.maximum(votes, 1)).min(axis=0)
        doubt = binom.sf(successes - 1, votes, MAJORITY).max(axis=0)
        found += [Shared(int(s), direction, float(weakest[s]), float(score[s])) for s in tested]
        chances += [float(doubt[s]) for s in tested]
    if not found:
        return []
    sure = false_discovery_control(chances) <= FALSE_DISCOVERIES
    return sorted((item for item, kept in zip(found, sure, strict=True) if kept), key=lambda i: (-i.score, i.statement))


def divisive(counts: Counts) -> Ints:
    """Statements with many for and many against in the whole room, most evenly split first."""
    room = counts.sum(axis=0)
    votes = room.sum(axis=1)
    smaller = np.minimum(room[:, FOR], room[:, AGAINST]) / np.maximum(votes, 1)
    kept: Ints = np.flatnonzero((votes >= LEAST_VOTES) & (smaller >= SPLIT))
    return kept[np.argsort(-smaller[kept], kind="stable")]


def puzzling(counts: Counts) -> Ints:
    """Statements on which more people pass than is the room's habit, surely; most passed first."""
    room = counts.sum(axis=0)
    votes = room.sum(axis=1)
    tested: Ints = np.flatnonzero(votes >= LEAST_VOTES)
    if not len(tested):
        return tested
    share = room[:, PASS] / np.maximum(votes, 1)
    habit = room[:, PASS].sum() / max(1, votes.sum())
    doubt = binom.sf(room[tested, PASS] - 1, votes[tested], habit)
    kept: Ints = tested[(false_discovery_control(doubt) <= FALSE_DISCOVERIES) & (share[tested] >= PUZZLING)]
    return kept[np.argsort(-share[kept], kind="stable")]


def _place(direction: int) -> int:
    return FOR if direction > 0 else AGAINST


def _contrasts_of(counts: Counts, apart: Counts, direction: int) -> list[Contrast]:
    """Every group and statement with votes enough; `q_value` is not corrected yet."""
    successes, votes = counts[..., _place(direction)], counts.sum(axis=2)
    other, others = successes.sum(axis=0) - successes, votes.sum(axis=0) - votes
    ratio = smoothed_share(successes, votes) / smoothed_share(other, others)
    z = difference_z(successes, other, votes, others)
    doubt = _fisher(apart[..., _place(direction)], apart.sum(axis=2))
    groups, statements = np.nonzero((votes >= LEAST_VOTES) & (others >= LEAST_VOTES))
    return [
        Contrast(
            group=int(g),
            statement=int(s),
            direction=direction,
            share=float(successes[g, s] / votes[g, s]),
            elsewhere=float(other[g, s] / others[g, s]),
            ratio=float(ratio[g, s]),
            z=float(z[g, s]),
            q_value=float(doubt[g, s]),
        )
        for g, s in zip(groups, statements, strict=True)
    ]


def _fisher(successes: Counts, votes: Counts) -> Floats:
    """Chance of that many successes or more in a group if groups had nothing to do with it; (groups, statements)."""
    return np.asarray(hypergeom.sf(successes - 1, votes.sum(axis=0)[None, :], successes.sum(axis=0)[None, :], votes))
