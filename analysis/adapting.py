"""Learn from what people corrected: the ideas they moved teach where similar ones belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.features import Matrix, Space, unit
from analysis.lineage import Constraints

TRUST = 8.0
"""How much more one idea placed by a person weighs than one placed by the machine."""

RIDGE = 2.0
SHARPNESS = 6.0
FEWEST_PINS = 3
FOLLOWS_FROM = 0.5


@dataclass(frozen=True)
class Lesson:
    """What corrections teach: (n, themes) how likely each idea belongs to each theme, rows summing to 1."""

    themes: tuple[int, ...]
    chances: NDArray[np.float64]

    def applied(self, space: Space) -> Space:
        """The space with one more view, « decided »: ideas people would put together are alike there."""
        return replace(space, decided=unit(self.chances.astype(np.float32)))

    def followers(self, constraints: Constraints) -> dict[int, int]:
        """Ideas nobody pinned → the theme with pinned ideas they most likely follow, when it is more likely than not."""
        taught = [place for place, theme in enumerate(self.themes) if theme in set(constraints.pinned.values())]
        best = self.chances.argmax(axis=1)
        sure = self.chances.max(axis=1) >= FOLLOWS_FROM
        found = {int(row): self.themes[best[row]] for row in np.flatnonzero(sure & np.isin(best, taught))}
        return {row: theme for row, theme in found.items() if row not in constraints.pinned}


def learn(space: Space, constraints: Constraints, before: Sequence[int | None]) -> Lesson | None:
    """Where people would put each idea, from where they put some; None under three pins or with a single theme.

    A weighted kernel ridge regression (Saunders, Gammerman and Vovk, 1998) of the theme on the joined views, from
    the ideas people pinned and, more lightly, those the last grouping placed, then sharpened. Time: cubic in the
    ideas learned from, at most 1 500 of them.
    """
    if len(constraints.pinned) < FEWEST_PINS:
        return None
    rows = space.joined()
    taught = _taught(constraints, before)
    themes = sorted(set(taught.values()))
    if len(themes) < 2:
        return None
    learned = sorted(taught)
    weights = np.array([TRUST if row in constraints.pinned else 1.0 for row in learned])
    targets = np.array([[taught[row] == theme for theme in themes] for row in learned], float)
    scores = _regressed(rows, learned, weights, targets - targets.mean(axis=0))
    chances = np.exp(SHARPNESS * (scores - scores.max(axis=1, keepdims=True)))
    return Lesson(tuple(themes), chances / chances.sum(axis=1, keepdims=True))


def _taught(constraints: Constraints, before: Sequence[int | None]) -> dict[int, int]:
    """Theme of each idea to learn from: every pinned one, and up to 1 500 of the others, evenly spread."""
    placed = [row for row, theme in enumerate(before) if theme is not None and row not in constraints.pinned]
    step = max(1, len(placed) // 1_500)
    known = {row: theme for row in placed[::step] if (theme := before[row]) is not None}
    return known | dict(constraints.pinned)


def _regressed(rows: Matrix, learned: list[int], weights: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """(n, themes) scores: (K + ridge / weight)⁻¹ y, then K of every idea with those learned from."""
    kernel = (rows[learned] @ rows[learned].T).astype(float)
    inverse = np.linalg.solve(kernel + np.diag(RIDGE / weights), targets)
    found: np.ndarray = rows.astype(float) @ (rows[learned].T.astype(float) @ inverse)
    return found
