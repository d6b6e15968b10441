"""Learn from what people corrected: ideas like those they moved follow them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.features import Matrix
from analysis.merging import Labels, gather

FEWEST_PINS = 3
PIN_WEIGHT = 2.0
"""What an idea placed by a person weighs in learning its theme, beside one nobody placed."""

CAUTION = 3.0
"""Penalty of the regression: the higher, the more each theme is told by the mean of its ideas."""


def followed(rows: Matrix, labels: Labels, pinned: Mapping[int, int]) -> Labels:
    """Groups after the ideas nobody pinned have followed: (n,) from (n, d) unit rows and (n,) groups.

    `pinned` (row → group) are already in place in `labels`, and stay. Ideas are gathered around the groups as people
    left them, then a ridge regression learns each group from its ideas, pinned ones twice, and every idea goes where
    the others, itself left out, say it belongs. Unchanged under three pins. Time: n × d².
    """
    if len(pinned) < FEWEST_PINS:
        return labels
    spots = sorted(pinned)
    near = _held(gather(labels, rows, 1), labels, spots)
    return _held(_learned(rows, near, spots), labels, spots)


def _learned(rows: Matrix, labels: Labels, spots: list[int]) -> Labels:
    """The group each idea is given by the others (closed form of leaving one out: Allen, 1974)."""
    weights = np.ones(len(rows), np.float32)
    weights[spots] = PIN_WEIGHT
    weights[labels < 0] = 0
    groups = np.unique(labels[labels >= 0])
    told = (labels[:, None] == groups).astype(np.float32)
    weighed = rows * weights[:, None]
    penalised = rows.T @ weighed + CAUTION * np.eye(rows.shape[1], dtype=np.float32)
    solved = np.linalg.solve(penalised, np.hstack([weighed.T @ told, weighed.T]))
    own = np.einsum("ij,ji->i", rows, solved[:, len(groups) :])[:, None]
    found = (rows @ solved[:, : len(groups)] - own * told) / np.maximum(1 - own, 1e-6)
    best: Labels = groups[found.argmax(axis=1)]
    return best


def _held(found: Labels, labels: Labels, spots: list[int]) -> Labels:
    """The groups found, save that pinned ideas and orphans stay."""
    stays = labels < 0
    stays[spots] = True
    held: Labels = np.where(stays, labels, found)
    return held
