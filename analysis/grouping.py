"""Cut the graph of ideas into themes, many times over, and keep what most runs agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.features import Matrix
from analysis.merging import LEAST_SIZE, Labels, by_size, fuse, gather, merge_down, settle
from analysis.neighbours import Links, evenly, graph

LEAST_KNOWN = 0.6
FEWEST_CUT = 8
SHARE_DRAWN = 0.8
HOLDS_AT = 0.5
RESOLUTION = 2.0
INERTIA = 1.33
NEARLY_AS_GOOD = 0.95
MOST_REDRAWINGS, FEWEST_REDRAWINGS = 40, 6
CUTS_SPENT = 14_000
"""Ideas cut in all: many redrawings of a small workshop, a few of a national debate."""

SPREAD = (0.8, 1.25)


@dataclass(frozen=True)
class Grouping:
    """Themes of the ideas, and how each withstood a redrawing of the ideas.

    `stability` is, theme by theme, the share of the redrawings in which it held: a theme found there shared
    more than half of its ideas (Jaccard index; Hennig, 2007, "Cluster-wise assessment of cluster stability").
    `agreement` is (e,), the share of redrawings in which the two ends of each link were together.
    """

    labels: Labels
    stability: tuple[float, ...]
    agreement: NDArray[np.float32]


def group(
    links: Links,
    rows: Matrix,
    *,
    seed: int = 0,
    k: int | None = None,
    redrawings: int | None = None,
    resolution: float = RESOLUTION,
    before: Sequence[int | None] = (),
) -> Grouping:
    """Themes by a consensus of modularity runs (Blondel et al., 2008, "Fast unfolding of communities").

    Each run sees 80 % of the ideas, other weights of the views and another resolution; it cuts finely, then merges
    the groups that are one (`fuse`). Links are weighted by how often their ends met, cut and merged once more, and
    each idea goes to the group it is most like (`gather`). `k` asks for that many themes. `rows` (n, d) serve to
    compare groups, and ideas with them. `before`, the last theme of each idea, makes links inside
    a theme a third stronger and links out of it a third weaker, and the last themes stay altogether, new ideas
    joining them, while they are nearly as good a cut: themes people have read do not move for little.
    Time: redrawings × links.
    """
    if links.size < FEWEST_CUT:
        labels = np.arange(links.size) if k is None else merge_down(np.arange(links.size), rows, k)
        return Grouping(by_size(labels), (1.0,) * len(set(labels.tolist())), np.zeros(0, np.float32))
    times = redrawings or max(FEWEST_REDRAWINGS, min(MOST_REDRAWINGS, CUTS_SPENT // links.size))
    runs = _redraw(links, rows, np.random.default_rng(seed), times, resolution)
    agreement = _agreement(links, runs)
    agreed = _weighted(evenly(links), links, agreement * _inertia(links, before))
    least = LEAST_SIZE if k is None else 1
    labels = fuse(_cut(agreed, resolution, seed), rows) if k is None else _cut_in(agreed, rows, k, seed)
    labels = by_size(gather(settle(labels, rows, least), rows, least))
    labels = _kept_or_new(agreed, rows, labels, before, k, resolution)
    return Grouping(labels, tuple(_held(labels, runs)), agreement)


def spread(grouping: Grouping, copy_of: Labels, rows: Matrix, least: int = LEAST_SIZE) -> Grouping:
    """The grouping of distinct texts told for all of them: copies share a group, sizes count them all.

    `rows` (n, d) are those of all the texts; groups still under `least` texts are settled (see `settle`).
    """
    labels = by_size(settle(grouping.labels[copy_of], rows, least))
    order = []
    for label in range(int(labels.max(initial=-1)) + 1):
        origins = grouping.labels[copy_of[labels == label]]
        order.append(int(np.bincount(origins[origins >= 0]).argmax()))
    return replace(grouping, labels=labels, stability=tuple(grouping.stability[old] for old in order))


def _redraw(
    links: Links, rows: Matrix, rng: np.random.Generator, times: int, resolution: float
) -> list[tuple[NDArray[np.int64], Labels]]:
    views = links.likeness.shape[1]
    runs = []
    for _ in range(times):
        drawn = np.sort(rng.choice(links.size, max(2, int(SHARE_DRAWN * links.size)), replace=False))
        weights = (rng.dirichlet([4.0] * views) * views).astype(np.float32)
        found = np.full(links.size, -1, np.int64)
        cut = _cut(graph(links, weights, drawn), resolution * rng.uniform(*SPREAD), int(rng.integers(2**31)))
        found[drawn] = fuse(cut[drawn], rows[drawn])
        runs.append((drawn, found))
    return runs


def _cut(adjacency: sparse.csr_matrix, resolution: float, seed: int) -> Labels:
    """One run of Louvain: scikit-network's Leiden draws from the C library's unseeded `rand`, so it never
    gives the same themes twice; within the consensus the two score alike."""
    from sknetwork.clustering import Louvain

    if adjacency.nnz == 0:
        return np.arange(adjacency.shape[0])
    only_labels = {"return_probs": False, "return_aggregate": False}
    louvain = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=True, **only_labels)
    found: Labels = louvain.fit_predict(adjacency)
    return found.astype(np.int64)


def _agreement(links: Links, runs: list[tuple[NDArray[np.int64], Labels]]) -> NDArray[np.float32]:
    together = np.zeros(len(links.low))
    met = np.zeros(len(links.low))
    for _, found in runs:
        low, high = found[links.low], found[links.high]
        both = (low >= 0) & (high >= 0)
        met += both
        together += both & (low == high)
    return (together / np.maximum(met, 1)).astype(np.float32)


def _kept_or_new(
    adjacency: sparse.csr_matrix,
    rows: Matrix,
    labels: Labels,
    before: Sequence[int | None],
    k: int | None,
    resolution: float,
) -> Labels:
    """The last themes with the new ideas in them, unless the new cut has a clearly better modularity or number."""
    from sknetwork.clustering import get_modularity

    known = sum(theme is not None for theme in before)
    if known < len(before) * LEAST_KNOWN or known == 0 or adjacency.nnz == 0:
        return labels
    _, numbers = np.unique([-1 if theme is None else theme for theme in before], return_inverse=True)
    old = numbers - (1 if known < len(before) else 0)
    kept = by_size(settle(old, rows, 1))
    count = int(kept.max(initial=-1)) + 1
    if k is not None and count != k:
        return labels

    def worth(cut: Labels) -> float:
        alone = np.where(cut < 0, np.arange(len(cut)) + len(cut), cut)
        return float(get_modularity(adjacency, np.unique(alone, return_inverse=True)[1], resolution=resolution))

    return kept if worth(kept) >= NEARLY_AS_GOOD * worth(labels) else labels


def _inertia(links: Links, before: Sequence[int | None]) -> NDArray[np.float32]:
    if not before:
        return np.ones(len(links.low), np.float32)
    old = np.array([-1 if theme is None else theme for theme in before])
    low, high = old[links.low], old[links.high]
    known = (low >= 0) & (high >= 0)
    return np.where(known, np.where(low == high, INERTIA, 1 / INERTIA), 1).astype(np.float32)


def _weighted(adjacency: sparse.csr_matrix, links: Links, agreement: NDArray[np.float32]) -> sparse.csr_matrix:
    half = sparse.coo_matrix((agreement + 1e-3, (links.low, links.high)), shape=adjacency.shape)
    return adjacency.multiply((half + half.T).tocsr()).tocsr()


def _cut_in(adjacency: sparse.csr_matrix, rows: Matrix, k: int, seed: int) -> Labels:
    """Exactly k groups: the coarsest cut that has at least k, its closest or smallest groups then merged."""
    wanted = min(k, adjacency.shape[0])
    for resolution in (0.3, 0.5, 0.7, 0.85, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 8.0, 15.0, 40.0):
        labels = _cut(adjacency, resolution, seed)
        solid = settle(labels, rows, LEAST_SIZE)
        if len(set(solid[solid >= 0].tolist())) >= wanted:
            return merge_down(solid, rows, wanted)
    return merge_down(labels, rows, wanted)


def _held(labels: Labels, runs: list[tuple[NDArray[np.int64], Labels]]) -> list[float]:
    """Share of the runs in which each theme held (see `Grouping`)."""
    themes = int(labels.max(initial=-1)) + 1
    held = np.zeros(themes)
    for drawn, found in runs:
        ours, theirs = labels[drawn], found[drawn]
        both = ours >= 0
        table = np.zeros((themes, int(theirs.max()) + 1))
        np.add.at(table, (ours[both], theirs[both]), 1)
        union = table.sum(axis=1, keepdims=True) + np.bincount(theirs, minlength=table.shape[1]) - table
        held += (table / np.maximum(union, 1)).max(axis=1) > HOLDS_AT
    return [round(float(share), 3) for share in held / len(runs)] if runs else [0.0] * themes
