"""Bring groups of ideas together: number them, settle the small ones, merge the close ones, gather the edges."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.features import Matrix

Labels = NDArray[np.int64]
"""(n,) theme of each idea, 0, 1, 2… by decreasing size; -1 for an orphan."""

Floats = NDArray[np.float64]

LEAST_SIZE = 3
ALIKE = 0.5
ORPHAN_BELOW = 0.05
ALONE_BELOW = 0.3
GATHERINGS = 3


def by_size(labels: Labels) -> Labels:
    """The same groups numbered from 0 by decreasing size; ties keep the group met first. -1 stays -1."""
    names, first, counts = np.unique(labels[labels >= 0], return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rename = {int(names[old]): new for new, old in enumerate(order)}
    return np.array([rename.get(int(label), -1) for label in labels], np.int64)


def settle(labels: Labels, rows: Matrix, least: int) -> Labels:
    """Ideas of groups smaller than `least` go to the nearest larger group, or become orphans when far from all."""
    counts = np.bincount(labels[labels >= 0], minlength=1)
    large = np.flatnonzero(counts >= least)
    settled = np.where(np.isin(labels, large), labels, -1)
    adrift = np.flatnonzero(settled < 0)
    if not len(large) or not len(adrift):
        return settled
    likeness = rows[adrift] @ centres(rows, settled, large).T
    best = likeness.argmax(axis=1)
    near = likeness[np.arange(len(adrift)), best] >= ORPHAN_BELOW
    settled[adrift[near]] = large[best[near]]
    return settled


def gather(labels: Labels, rows: Matrix, least: int = LEAST_SIZE) -> Labels:
    """Each idea in the group it is most like on the mean, three times over; orphans stay.

    Links know only near neighbours: an idea at the edge of two groups goes to the tighter one here. Groups left
    with fewer than `least` ideas are settled; when that would lose a group asked for (`least` of 1), nothing moves.
    """
    found = labels
    for _ in range(GATHERINGS):
        groups = np.unique(found[found >= 0])
        if len(groups) < 2:
            return labels
        best = groups[(rows @ centres(rows, found, groups).T).argmax(axis=1)]
        found = settle(np.where(found >= 0, best, -1), rows, least)
    return found if least > 1 or len(np.unique(found)) == len(np.unique(labels)) else labels


def loosen(labels: Labels, rows: Matrix, least: int = LEAST_SIZE) -> Labels:
    """Ideas much less like the others of their group than those are like each other stay alone (-1).

    « Much less »: under `ALONE_BELOW` times the likeness usual in the group (mean over its ideas of the likeness to the
    others). The least alike go first, and a group is never left with fewer than `least`.
    """
    found = labels.copy()
    for group in np.unique(labels[labels >= 0]):
        members = np.flatnonzero(labels == group)
        if len(members) <= least:
            continue
        inside = rows[members]
        own = (inside @ inside.sum(axis=0) - (inside * inside).sum(axis=1)) / (len(members) - 1)
        order = np.argsort(own, kind="stable")[: len(members) - least]
        found[members[order[own[order] < ALONE_BELOW * own.mean()]]] = -1
    return found


def centres(rows: Matrix, labels: Labels, groups: Labels) -> Matrix:
    """(g, d) mean row of each of `groups`: a dot product with it is the mean likeness to the group."""
    found, sums, sizes = _summed(np.where(np.isin(labels, groups), labels, -1), rows)
    ordered: Matrix = (sums / sizes[:, None]).astype(np.float32)[np.searchsorted(found, groups)]
    return ordered


def merge_down(labels: Labels, rows: Matrix, k: int) -> Labels:
    """Merge groups two by two until k are left: the pair with the best mean likeness (average linkage)."""
    return _merged(labels, rows, _mean_likeness, lambda groups, _best: groups > k)


def fuse(labels: Labels, rows: Matrix, alike: float = ALIKE) -> Labels:
    """Merge groups that are one: at least half as like each other, on the mean, as within.

    Modularity cuts even a single dense group when it is large; two by two, the most alike pair first. Groups too
    small to be a theme stay as they are.
    """
    return _merged(labels, rows, _relative_likeness, lambda _groups, best: best >= alike)


def _mean_likeness(squares: Floats, sizes: Floats) -> Floats:
    return squares / np.outer(sizes, sizes)


def _relative_likeness(squares: Floats, sizes: Floats) -> Floats:
    """Between two groups over within them (geometric mean); a loose group would swallow all with the smaller."""
    within = ((np.diag(squares) - sizes) / np.maximum(sizes * (sizes - 1), 1)).clip(0)
    found = _mean_likeness(squares, sizes) / np.maximum(np.sqrt(np.outer(within, within)), 1e-6)
    found[(sizes < LEAST_SIZE)[:, None] | (sizes < LEAST_SIZE)[None, :]] = -np.inf
    return found


def _merged(
    labels: Labels, rows: Matrix, worth: Callable[[Floats, Floats], Floats], goes_on: Callable[[int, float], bool]
) -> Labels:
    """Groups merged two by two, the pair most worth it first, while `goes_on` with (groups left, worth of the pair).

    `worth` is told the (g, g) sums of likeness between the groups and their (g,) sizes.
    """
    groups, sums, sizes = _summed(labels, rows)
    squares = sums @ sums.T
    names, heir = groups.tolist(), {int(group): int(group) for group in groups}
    while len(names) > 1:
        found = worth(squares, sizes)
        np.fill_diagonal(found, -np.inf)
        into, gone = sorted(divmod(int(found.argmax()), len(names)))
        if not goes_on(len(names), float(found[into, gone])):
            break
        heir = {old: names[into] if new == names[gone] else new for old, new in heir.items()}
        squares[into] += squares[gone]
        squares[:, into] += squares[:, gone]
        squares = np.delete(np.delete(squares, gone, axis=0), gone, axis=1)
        sizes[into] += sizes[gone]
        sizes = np.delete(sizes, gone)
        del names[gone]
    return np.array([heir.get(int(label), -1) for label in labels], np.int64)


def _summed(labels: Labels, rows: Matrix) -> tuple[Labels, Floats, Floats]:
    """The groups in order, the sum of the rows of each, and its size; in one pass over the rows."""
    order = np.argsort(labels, kind="stable")
    order = order[labels[order] >= 0]
    groups, first, sizes = np.unique(labels[order], return_index=True, return_counts=True)
    if not len(groups):
        return groups, np.zeros((0, rows.shape[1])), sizes.astype(float)
    return groups, np.add.reduceat(rows[order], first, axis=0).astype(float), sizes.astype(float)
