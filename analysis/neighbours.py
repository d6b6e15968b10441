"""Link each idea to those closest to it: the graph themes are read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.features import Matrix, Space
from analysis.parallel import processes

MOST_NEIGHBOURS = 15
FEWEST_NEIGHBOURS = 5
EXACT_UP_TO = 20_000
BLOCK, FEWEST_AT_ONCE, COMPARED_AT_ONCE = 2_048, 64, 2_048 * 4_096
"""Ideas compared with all the others at once: so many, fewer when the others are many, for memory."""

CELLS_SEARCHED = 10


@dataclass(frozen=True)
class Links:
    """Candidate pairs of ideas, (e,) each, every pair once with low < high, and their likeness in each view.

    `likeness` is (e, views); a view that cannot compare two ideas (two languages) is NaN there.
    `abroad` (e,) marks the pairs that join two languages, None when there is only one; `room` (n, 2) then says how
    many links each idea chooses at home and abroad.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    likeness: Matrix
    size: int
    reach: int
    abroad: NDArray[np.bool_] | None = None
    room: NDArray[np.int64] | None = None


def reach(size: int) -> int:
    """Neighbours an idea is linked to: a sixth of the ideas, between 5 and 15, fewer than the ideas."""
    return max(1, min(MOST_NEIGHBOURS, max(FEWEST_NEIGHBOURS, size // 6), size - 1))


def link(space: Space, seed: int = 0) -> Links:
    """Candidate neighbours of every idea, twice as many as will be kept.

    In several languages an idea also gets neighbours in the others, by meaning alone, so that themes do not
    follow the language. Exact and quadratic up to 20 000 ideas; above, only the ten nearest cells of a k-means
    partition are searched.
    """
    size = len(space.tongue)
    if size < 2:
        nobody = np.zeros(0, np.int64)
        return Links(nobody, nobody, np.zeros((0, max(1, len(space.views))), np.float32), size, 1)
    kept = reach(size)
    wide = min(2 * kept, size - 1)
    if not space.several_languages:
        pairs = [nearest(space.joined(), wide, seed)]
    else:
        pairs = [_within_languages(space, wide, seed), _across_languages(space, wide, seed)]
    low, high = _distinct_pairs(pairs)
    likeness = _likeness(space, low, high)
    if not space.several_languages:
        return Links(low, high, likeness, size, kept)
    return Links(low, high, likeness, size, kept, space.tongue[low] != space.tongue[high], _room(space.tongue, kept))


def _room(tongue: NDArray[np.int64], kept: int) -> NDArray[np.int64]:
    """(n, 2) links an idea chooses in its language and in the others: abroad, their share of the ideas, at most half.

    Were it always half, the few ideas of a small language would be neighbours of everybody.
    """
    _, own, counts = np.unique(tongue, return_inverse=True, return_counts=True)
    abroad = np.minimum(np.round(kept * (1 - counts[own] / len(tongue))), (kept + 1) // 2).astype(np.int64)
    return np.stack([kept + 1 - abroad, abroad], axis=1)


def nearest(rows: Matrix, count: int, seed: int = 0) -> NDArray[np.int64]:
    """(n, count) indices of the nearest other rows by dot product, nearest first; -1 where there are fewer."""
    if len(rows) > EXACT_UP_TO:
        return _nearest_by_cells(rows, count, seed)
    return _top(rows, rows, np.arange(len(rows)), np.arange(len(rows)), count)


def graph(links: Links, weights: NDArray[np.float32], rows: NDArray[np.int64] | None = None) -> sparse.csr_matrix:
    """Symmetric graph of the links that are among the `reach` best of either end; weight = likeness, halved
    when only one end chose the other.

    `weights` (views,) says how much each view counts; `rows` restricts to some ideas (others become isolated).
    """
    strength, kind = _levelled(combined(links.likeness, weights), links)
    usable = strength > 0
    if rows is not None:
        inside = np.zeros(links.size, bool)
        inside[rows] = True
        usable &= inside[links.low] & inside[links.high]
    low, high, strength, kind = links.low[usable], links.high[usable], strength[usable], kind[usable]
    owners = np.concatenate([2 * low + kind, 2 * high + kind])
    share = links.reach if links.room is None else links.room.ravel()[owners]
    chosen = _ranks(owners, np.concatenate([strength, strength])) < share
    votes = chosen[: len(low)].astype(np.float32) + chosen[len(low) :]
    kept = votes > 0
    value = strength[kept] * votes[kept] / 2
    half = sparse.coo_matrix((value, (low[kept], high[kept])), shape=(links.size, links.size))
    return (half + half.T).tocsr()


def _levelled(strength: NDArray[np.float32], links: Links) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Strengths in which links between languages weigh as much, on the mean, as those within; and their kind, 1 or 0.

    Up to half of the links of an idea then lead to other languages: themes follow the subject.
    """
    if links.abroad is None or not links.abroad.any() or links.abroad.all():
        return strength, np.zeros(len(strength), np.int64)
    home = strength[~links.abroad].clip(0).mean()
    scale = home / max(float(strength[links.abroad].clip(0).mean()), 1e-6)
    return np.where(links.abroad, strength * scale, strength).astype(np.float32), links.abroad.astype(np.int64)


def evenly(links: Links) -> sparse.csr_matrix:
    """The graph in which every view counts the same."""
    return graph(links, np.ones(links.likeness.shape[1], np.float32))


def combined(likeness: Matrix, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """(e,) weighted mean of the views that can compare each pair."""
    known = ~np.isnan(likeness)
    total = np.where(known, likeness, 0) @ weights
    return (total / np.maximum(known @ weights, 1e-9)).astype(np.float32)


def _top(
    queries: Matrix, rows: Matrix, own: NDArray[np.int64], names: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Names of the `count` best rows of each query, itself left out."""
    found = np.full((len(queries), count), -1, np.int64)
    take = min(count + 1, len(rows))
    step = max(FEWEST_AT_ONCE, min(BLOCK, COMPARED_AT_ONCE // max(len(rows), 1)))

    def search(start: int) -> None:
        block = queries[start : start + step] @ rows.T
        block[names[None, :] == own[start : start + step, None]] = -np.inf
        best = np.argpartition(-block, take - 1, axis=1)[:, :take] if take < len(rows) else _all(block)
        order = np.argsort(-np.take_along_axis(block, best, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, axis=1)[:, :count]
        valid = np.isfinite(np.take_along_axis(block, best, axis=1))
        found[start : start + step, : best.shape[1]] = np.where(valid, names[best], -1)

    _on_every_core(search, range(0, len(queries), step))
    return found


def _on_every_core(search: Callable[[int], None], places: Sequence[int]) -> None:
    """By threads: numpy multiplies and sorts outside the interpreter's lock."""
    if len(places) == 1:
        search(places[0])
        return
    with ThreadPoolExecutor(processes()) as threads:
        list(threads.map(search, places))


def _all(block: Matrix) -> NDArray[np.int64]:
    return np.tile(np.arange(block.shape[1]), (block.shape[0], 1))


def _nearest_by_cells(rows: Matrix, count: int, seed: int) -> NDArray[np.int64]:
    from sklearn.cluster import MiniBatchKMeans

    cells = int(np.sqrt(len(rows)))
    model = MiniBatchKMeans(cells, random_state=seed, batch_size=4_096, n_init=1, max_iter=10).fit(rows)
    home = model.labels_
    members = [np.flatnonzero(home == cell) for cell in range(cells)]
    close = np.argsort(-(model.cluster_centers_ @ model.cluster_centers_.T), axis=1)[:, :CELLS_SEARCHED]
    found = np.full((len(rows), count), -1, np.int64)

    def search(cell: int) -> None:
        own = members[cell]
        if len(own):
            pool = np.concatenate([members[other] for other in {cell, *close[cell].tolist()}])
            found[own] = _top(rows[own], rows[pool], own, pool, count)

    _on_every_core(search, range(cells))
    return found


def _within_languages(space: Space, count: int, seed: int) -> NDArray[np.int64]:
    joined = space.stacked()
    found = np.full((len(joined), count), -1, np.int64)
    for code in sorted(set(space.tongue.tolist())):
        own = np.flatnonzero(space.tongue == code)
        places = nearest(joined[own], min(count, max(len(own) - 1, 1)), seed)
        found[own, : places.shape[1]] = np.where(places >= 0, own[places], -1)
    return found


def _across_languages(space: Space, count: int, seed: int) -> NDArray[np.int64]:
    """Nearest ideas by meaning in the other languages; above 20 000, in any."""
    if space.meaning.shape[1] == 0:
        return np.full((len(space.tongue), 1), -1, np.int64)
    if len(space.tongue) > EXACT_UP_TO:
        return nearest(space.meaning, count, seed)
    found = np.full((len(space.tongue), count), -1, np.int64)
    for code in sorted(set(space.tongue.tolist())):
        own, others = np.flatnonzero(space.tongue == code), np.flatnonzero(space.tongue != code)
        places = _top(space.meaning[own], space.meaning[others], own, others, min(count, len(others)))
        found[own, : places.shape[1]] = places
    return found


def _distinct_pairs(found: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    one = np.concatenate([np.repeat(np.arange(len(f)), f.shape[1]) for f in found])
    other = np.concatenate([f.ravel() for f in found])
    one, other = one[other >= 0], other[other >= 0]
    size = len(found[0])
    codes = np.unique(np.minimum(one, other) * size + np.maximum(one, other))
    return codes // size, codes % size


def _likeness(space: Space, low: NDArray[np.int64], high: NDArray[np.int64]) -> Matrix:
    columns = []
    for view in space.views:
        column = np.empty(len(low), np.float32)
        for start in range(0, len(low), 65_536):
            piece = slice(start, start + 65_536)
            column[piece] = np.einsum("ij,ij->i", view[low[piece]], view[high[piece]])
        if view is not space.meaning:
            mute = (space.tongue[low] != space.tongue[high]) | (space.tongue[low] < 0)
            blank = ~np.any(view != 0, axis=1)
            column[mute | blank[low] | blank[high]] = np.nan
        columns.append(column)
    return np.stack(columns, axis=1) if columns else np.zeros((len(low), 1), np.float32)


def _ranks(owner: NDArray[np.int64], strength: NDArray[np.float32]) -> NDArray[np.int64]:
    """Rank of each entry among those of the same owner, 0 = strongest; ties by position. Strengths are positive.

    The bits of positive numbers sort as the numbers do: strength and position make one whole number, sorted once, then
    dealt to the owners as the rows of a sparse matrix are, in order.
    """
    if not len(owner):
        return np.zeros(0, np.int64)
    keys = (~strength.view(np.uint32)).astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(owner), dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ends = (owner[order], np.arange(len(owner)))
    dealt = sparse.coo_matrix((order, ends), shape=(int(owner.max()) + 1, len(owner))).tocsr()
    ranks = np.empty(len(owner), np.int64)
    ranks[dealt.data] = np.arange(len(owner)) - np.repeat(dealt.indptr[:-1], np.diff(dealt.indptr))
    return ranks
