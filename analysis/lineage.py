"""Carry themes from one grouping to the next, and keep what people did to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.map import Point
from analysis.merging import Labels

LEAST_OVERLAP = 0.2


@dataclass(frozen=True)
class Previous:
    """The last grouping, told in the rows of today's texts.

    `assignments`: theme id of each row, None for a new idea or one without theme. `labels`: label by theme id,
    whether found or given by people. `places`: where each idea was on the map. `last_id`: highest id ever used
    (ids of vanished themes are not given again).
    """

    assignments: Sequence[int | None]
    labels: Mapping[int, str] = field(default_factory=dict)
    places: Sequence[Point | None] | None = None
    last_id: int = 0


@dataclass(frozen=True)
class Constraints:
    """What people decided, in rows of today's texts.

    `pinned`: row → theme id where a person put it; the theme exists even if nothing else joins it. `together` and
    `apart`: pairs of rows that must, or must not, share a theme (merges and splits). `named`: theme id → label
    given by people, never overwritten.
    """

    pinned: Mapping[int, int] = field(default_factory=dict)
    together: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[int, int]] = ()
    named: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pinned or self.together or self.apart or self.named)


def inherit_ids(labels: Labels, previous: Sequence[int | None], last_id: int = 0) -> dict[int, int]:
    """Group number → theme id: that of the previous theme it mostly continues, or a new one.

    One-to-one, maximising the ideas in common (Kuhn–Munkres), each match holding at least a fifth of either
    theme's known ideas (Jaccard). `labels` (n,) and `previous` (n,) speak of the same rows.
    """
    from scipy.optimize import linear_sum_assignment

    groups = sorted(set(labels[labels >= 0].tolist()))
    olds = sorted({old for old in previous if old is not None})
    ids: dict[int, int] = {}
    if groups and olds:
        table = _overlaps(labels, previous, groups, olds)
        for row, column in zip(*linear_sum_assignment(-table), strict=True):
            if table[row, column] >= LEAST_OVERLAP:
                ids[groups[row]] = olds[column]
    fresh = max([last_id, *olds, 0])
    for name in groups:
        if name not in ids:
            fresh += 1
            ids[name] = fresh
    return ids


def _overlaps(
    labels: Labels, previous: Sequence[int | None], groups: list[int], olds: list[int]
) -> NDArray[np.float64]:
    """(groups, olds) Jaccard index over the rows that had a theme before."""
    before = np.array([-1 if old is None else old for old in previous])
    known = (before >= 0) & (labels >= 0)
    table = np.zeros((len(groups), len(olds)))
    for row, name in enumerate(groups):
        for column, old in enumerate(olds):
            ours, theirs = known & (labels == name), known & (before == old)
            table[row, column] = (ours & theirs).sum() / max((ours | theirs).sum(), 1)
    return table
