"""Lay the ideas out on a plane, close ideas together, without moving what people already saw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.features import Matrix

Point = tuple[float, float]
Plane = NDArray[np.float64]
"""(n, 2)"""

MOST_LAID_OUT = 3_000
STEPS = 120
STEPS_FROM_PREVIOUS = 30
PACE_OF_KNOWN, PACE_OF_NEW = 0.03, 0.3
WIDTH = 10.0
NEGATIVES = 5
A, B = 1.58, 0.9
"""The curve 1 / (1 + A d^2B) that UMAP fits for points at least 0.1 apart."""


def lay_out(
    rows: Matrix,
    adjacency: sparse.csr_matrix | None,
    previous: Sequence[Point | None] | None = None,
    seed: int = 0,
) -> Plane:
    """(n, 2) places between 0 and 1; never to be grouped again: the plane loses too much.

    Linked ideas attract and random ones repel along UMAP's curve (McInnes, Healy and Melville, 2018,
    arXiv:1802.03426), all at once in numpy, from the first two principal axes, or from the previous places: new
    ideas then start beside the idea they are most like, and the old ones hardly move. Above 3 000 ideas as many
    landmarks are laid out, `adjacency` being of no use then, and the others put among those they are most like.
    """
    size = len(rows)
    if size < 3:
        return np.array([[0.4 + 0.1 * place] * 2 for place in range(size)]).reshape(-1, 2)
    if size <= MOST_LAID_OUT and adjacency is not None:
        return _framed(_laid_out(rows, adjacency, previous, seed), previous)
    landmarks = np.sort(np.random.default_rng(seed).choice(size, min(size, MOST_LAID_OUT), replace=False))
    seen = None if previous is None else [previous[i] for i in landmarks]
    from analysis.neighbours import nearest

    close = nearest(rows[landmarks], 12, seed)
    likeness = np.einsum("ij,ikj->ik", rows[landmarks], rows[landmarks][close]).clip(1e-3)
    ends = (np.repeat(np.arange(len(landmarks)), close.shape[1]), close.ravel())
    links = sparse.coo_matrix((likeness.ravel(), ends), shape=(len(landmarks), len(landmarks)))
    places = _laid_out(rows[landmarks], (links + links.T).tocsr(), seen, seed)
    return _framed(_among(rows, rows[landmarks], places), previous)


def _laid_out(rows: Matrix, adjacency: sparse.csr_matrix, previous: Sequence[Point | None] | None, seed: int) -> Plane:
    known = previous is not None and sum(point is not None for point in previous) >= len(rows) / 2
    if known and previous is not None:
        pace = np.array([PACE_OF_NEW if point is None else PACE_OF_KNOWN for point in previous])
        return _settled(_from_previous(rows, previous), adjacency, STEPS_FROM_PREVIOUS, pace, seed)
    axes = _axes(rows)
    return _settled(axes / max(float(np.abs(axes).max()), 1e-9) * WIDTH, adjacency, STEPS, np.ones(len(rows)), seed)


def _settled(places: Plane, adjacency: sparse.csr_matrix, steps: int, pace: NDArray[np.float64], seed: int) -> Plane:
    """Places after so many steps of attraction along the links and repulsion from random others."""
    links = adjacency.tocoo()
    head, tail = links.row, links.col
    if not len(head):
        return places
    weight = links.data / links.data.max()
    rng = np.random.default_rng(seed)
    size = len(places)
    others = np.repeat(np.arange(size), NEGATIVES)
    for step in range(steps):
        gap = places[head] - places[tail]
        near = (gap**2).sum(axis=1) + 1e-6
        pull = -2 * A * B * near ** (B - 1) / (1 + A * near**B) * weight
        far = places[others] - places[rng.integers(0, size, len(others))]
        apart = (far**2).sum(axis=1)
        push = 2 * B / ((0.05 + apart) * (1 + A * apart**B)) * (apart > 0)
        for axis in (0, 1):
            force = np.bincount(head, pull * gap[:, axis], size) + np.bincount(others, push * far[:, axis], size)
            places[:, axis] += pace * (1 - step / steps) * np.clip(0.3 * force, -1, 1)
    return places


def _axes(rows: Matrix) -> Plane:
    """First two principal axes, their signs fixed so that the same ideas always lie on the same side."""
    from sklearn.utils.extmath import randomized_svd

    left, strength, _ = randomized_svd(rows - rows.mean(axis=0), 2, random_state=0)
    places = np.zeros((len(rows), 2))
    places[:, : left.shape[1]] = left * strength
    largest = np.abs(places).argmax(axis=0)
    signs: Plane = places * np.where(places[largest, [0, 1]] < 0, -1, 1)
    return signs


def _from_previous(rows: Matrix, previous: Sequence[Point | None]) -> Plane:
    known = np.array([place for place, point in enumerate(previous) if point is not None])
    places = np.zeros((len(rows), 2))
    places[known] = (np.array([previous[place] for place in known]) - 0.5) * 2 * WIDTH
    new = np.setdiff1d(np.arange(len(rows)), known)
    if len(new):
        places[new] = places[known[(rows[new] @ rows[known].T).argmax(axis=1)]] + 0.05
    return places


def _among(rows: Matrix, landmarks: Matrix, places: Plane) -> Plane:
    found = np.empty((len(rows), 2))
    for start in range(0, len(rows), 4_096):
        likeness = rows[start : start + 4_096] @ landmarks.T
        best = np.argpartition(-likeness, 4, axis=1)[:, :5]
        weights = np.maximum(np.take_along_axis(likeness, best, axis=1), 1e-3) ** 4
        weights /= weights.sum(axis=1, keepdims=True)
        found[start : start + 4_096] = (places[best] * weights[:, :, None]).sum(axis=1)
    return found


def _framed(places: Plane, previous: Sequence[Point | None] | None) -> Plane:
    """Places between 0 and 1: laid over the previous ones when there are at least three, else filling the frame."""
    known = [place for place, point in enumerate(previous or ()) if point is not None]
    if previous is not None and len(known) >= 3:
        laid_over: Plane = _laid_over(places, known, np.array([previous[place] for place in known])).clip(0, 1)
        return laid_over
    low, high = places.min(axis=0), places.max(axis=0)
    framed: Plane = 0.02 + 0.96 * (places - low) / np.maximum(high - low, 1e-9)
    return framed


def _laid_over(places: Plane, known: list[int], targets: Plane) -> Plane:
    """Procrustes: the rotation, scale and shift that best bring the known places over their targets."""
    ours, theirs = places[known].mean(axis=0), targets.mean(axis=0)
    left, strength, right = np.linalg.svd((places[known] - ours).T @ (targets - theirs))
    scale = strength.sum() / max(((places[known] - ours) ** 2).sum(), 1e-12)
    moved: Plane = (places - ours) @ (left @ right) * scale + theirs
    return moved
