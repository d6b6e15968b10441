"""The map keeps close ideas close, and does not move what people already saw."""

import numpy as np
from scipy import sparse

from analysis.map import Plane, lay_out


def two_clouds(size: int) -> tuple[np.ndarray, sparse.csr_matrix]:
    rng = np.random.default_rng(1)
    rows = np.vstack([rng.normal([3, 0, 0], 0.3, (size, 3)), rng.normal([0, 3, 0], 0.3, (size, 3))])
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    likeness = rows @ rows.T
    likeness[likeness < 0.9] = 0
    np.fill_diagonal(likeness, 0)
    return rows, sparse.csr_matrix(likeness)


def laid_out(size: int) -> tuple[np.ndarray, sparse.csr_matrix, Plane]:
    rows, links = two_clouds(size)
    return rows, links, lay_out(rows, links)


def test_two_subjects_lie_apart() -> None:
    _, _, places = laid_out(30)
    gap = np.linalg.norm(places[:30].mean(axis=0) - places[30:].mean(axis=0))
    spread = places[:30].std() + places[30:].std()
    assert gap > spread


def test_every_place_is_inside_the_frame_and_the_same_each_time() -> None:
    rows, links, places = laid_out(30)
    assert places.min() >= 0
    assert places.max() <= 1
    assert np.array_equal(places, lay_out(rows, links))


def test_ideas_already_seen_hardly_move_when_others_come() -> None:
    rows, links, places = laid_out(30)
    known = [(float(x), float(y)) if place % 10 else None for place, (x, y) in enumerate(places)]
    again = lay_out(rows, links, known)
    moved = [np.linalg.norm(again[i] - places[i]) for i, point in enumerate(known) if point]
    assert np.median(moved) < 0.05


def test_one_or_two_ideas_have_a_place() -> None:
    rows, links = two_clouds(1)
    assert lay_out(rows, links).shape == (2, 2)
    assert lay_out(rows[:0], links).shape == (0, 2)
