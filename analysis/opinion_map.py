"""A map of people by their votes: principal components where a missing vote counts as the statement's mean."""

from dataclasses import dataclass

import numpy as np

from analysis.opinion_votes import Floats, VoteTable


@dataclass(frozen=True)
class OpinionMap:
    """Positions of people, shape (people, dimensions); `axes`, (statements, dimensions), unit columns; `means` and
    `variances` of statements and of axes. The sign of an axis is such that its heaviest statement is positive."""

    positions: Floats
    axes: Floats
    means: Floats
    variances: Floats


def map_opinions(table: VoteTable, dimensions: int = 2) -> OpinionMap:
    """Place people on the main axes of disagreement.

    Principal components of the votes centred by statement, a missing vote being the mean (so zero: the matrix stays
    sparse), and positions stretched by sqrt(statements / votes of the person) so that people who voted little do not
    pile up in the middle: Small, Bjorkegren, Erkkilä, Shaw and Megill (2021), « Polis: Scaling Deliberation by Mapping
    High Dimensional Opinion Spaces ». Complexity: O(votes of a person, squared, summed + statements cubed). Exact, no seed.
    """
    _, statements = table.shape
    dimensions = min(dimensions, statements)
    seen = np.bincount(table.columns, minlength=statements)
    means = np.bincount(table.columns, table.values, minlength=statements) / np.maximum(seen, 1)
    centred = table.matrix(table.values - means[table.columns])
    variances, axes = np.linalg.eigh((centred.T @ centred).toarray() / max(1, len(table.people) - 1))
    order = np.argsort(-variances)[:dimensions]
    axes = _signed(axes[:, order])
    stretch = np.sqrt(statements / np.maximum(table.votes_of_people, 1))
    return OpinionMap((centred @ axes) * stretch[:, None], axes, means, np.maximum(variances[order], 0))


def _signed(axes: Floats) -> Floats:
    heaviest = np.abs(axes).argmax(axis=0)
    signs = np.sign(axes[heaviest, np.arange(axes.shape[1])])
    return axes * np.where(signs == 0, 1, signs)
