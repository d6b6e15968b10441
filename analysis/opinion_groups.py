"""How many opinion groups there are, none included, and who is in which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # publishes no types

from analysis.opinion_classes import Classes, base_support, belonging_of, find_classes
from analysis.opinion_votes import LEAST_PEOPLE, LEAST_STATEMENTS, Floats, Ints, VoteTable

LEAST_GROUP = 10
"""People under which a group is not shown: no figure is cut finer than that."""

MOST_GROUPS = 5

SURE = 2.0
"""Standard errors by which groups must foretell votes better than the room as a whole."""

LEAST_GAIN = 0.005
"""Gain in log-likelihood per vote under which groups, however sure, would be of no use to anybody."""

WORTH = 0.5
"""Share of what each earlier group brought that one more group must bring. A group that merely cuts a continuum brings
less (.27 on one axis of Gaussian opinions, .5 at most on two), a camp apart brings as much as the first cut did."""

_FOLDS = 5
_SAMPLE = 4000
"""People from whom the number of groups is learned: beyond, only time is gained or lost."""


@dataclass(frozen=True)
class Foretelling:
    """How well `number` groups foretell votes put aside: mean gain in log-likelihood per vote over the whole room's
    shares (0: nothing), and that gain in standard errors over people."""

    number: int
    gain: float
    sureness: float


@dataclass(frozen=True)
class Grouping:
    """`labels`, (people,), -1 for who voted too little, groups from the largest; `sureness`, (people,), chance of the
    label; `fidelity`, (people,), see `fidelity_of`; `classes` of the groups in the same order; `apart`, labels of a
    sample of votes learned without each vote."""

    labels: Ints
    sureness: Floats
    fidelity: Floats
    classes: Classes
    apart: "VotesApart"


@dataclass(frozen=True)
class VotesApart:
    """A sample of people and, for each of their votes, the group they were put in by their *other* votes: the only
    honest way to test what a group says, since it was made of what it says."""

    table: VoteTable
    labels_of_votes: Ints


@dataclass(frozen=True)
class _Trial:
    foretelling: Foretelling
    apart: VotesApart


def enough(table: VoteTable) -> bool:
    """Whether there are people and statements enough to look for groups."""
    return int(table.placeable.sum()) >= LEAST_PEOPLE and len(table.statements) >= LEAST_STATEMENTS


# On one thread: a few hundred people are placed before the threads of a busy machine have met.
@threadpool_limits.wrap(limits=1)  # type: ignore[untyped-decorator]  # publishes no types
def find_groups(
    table: VoteTable, *, wanted: int | None = None, seed: int = 0
) -> tuple[Grouping | None, tuple[Foretelling, ...]]:
    """The groups that the votes show, or None; and how well each number of groups foretells votes put aside.

    Each vote is foretold from groups learned without it (five folds of votes: Owen and Perry 2009, « Bi-cross-validation
    »); groups are kept if they foretell better than the room's shares by SURE standard errors, and one more group if it
    is WORTH it. `wanted` forces the number. Linear in votes; the number is learned on 4 000 people at most.
    """
    placed = table.only(table.placeable)
    sample = placed.only(_sampled(len(placed.people), seed))
    numbers = [wanted] if wanted else range(2, MOST_GROUPS + 1)
    trials = [_tried(sample, number, seed) for number in numbers if number * LEAST_GROUP <= len(sample.people)]
    ranked = _ordered(trials) if not wanted else trials
    told = tuple(trial.foretelling for trial in trials)
    for trial in ranked:
        found = _grouped(table, placed, trial, seed)
        sizes = np.bincount(found.labels[found.labels >= 0], minlength=trial.foretelling.number)
        if wanted or int(sizes.min()) >= LEAST_GROUP:
            return found, told
    return None, told


def _sampled(people: int, seed: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    chosen = np.zeros(people, dtype=bool)
    chosen[np.random.default_rng(seed).permutation(people)[:_SAMPLE]] = True
    return chosen


def _ordered(trials: Sequence[_Trial]) -> list[_Trial]:
    """The number chosen first, then the smaller ones: what to fall back on if a group turns out too small."""
    chosen: list[_Trial] = []
    for trial in trials:
        told = trial.foretelling
        helps = told.sureness > SURE and told.gain > LEAST_GAIN
        if helps and (not chosen or _worth(told, chosen[0].foretelling)):
            chosen.insert(0, trial)
    return chosen


def _worth(more: Foretelling, fewer: Foretelling) -> bool:
    each = fewer.gain / (fewer.number - 1)
    return more.gain - fewer.gain >= WORTH * each * (more.number - fewer.number)


def _tried(table: VoteTable, number: int, seed: int) -> _Trial:
    """Foretell every vote from the groups that the other folds show."""
    gains = np.zeros(len(table.people))
    labels = np.full(len(table.values), -1, dtype=np.int64)
    whole = find_classes(table, number, seed, random_starts=0)
    for fold, rest in _folds(table, seed):
        known = VoteTable(table.people, table.statements, table.rows[rest], table.columns[rest], table.values[rest])
        classes = _aligned(find_classes(known, number, seed, random_starts=0), whole.belonging)
        rows, columns, values = table.rows[fold], table.columns[fold], table.values[fold]
        labels[fold] = classes.belonging.argmax(axis=1)[rows]
        chances = np.einsum("vk,vk->v", classes.belonging[rows], classes.support[columns])
        gain = _log_chance(chances, values) - _log_chance(base_support(known)[columns], values)
        gains += np.bincount(rows, np.where(values == 0, 0, gain), minlength=len(gains))
    decided = max(1, int((table.values != 0).sum()))
    spread = float(np.sqrt((gains**2).sum()))
    sureness = float(gains.sum() / spread) if spread > 0 else 0.0
    return _Trial(Foretelling(number, float(gains.sum() / decided), sureness), VotesApart(table, labels))


def _folds(table: VoteTable, seed: int) -> Iterator[tuple[Ints, Ints]]:
    """Places of the votes put aside, and of the others, five times; each vote is put aside once."""
    places = np.random.default_rng(seed).permutation(len(table.values))
    for fold in range(_FOLDS):
        aside = np.arange(len(places)) % _FOLDS == fold
        yield places[aside], places[~aside]


def _log_chance(chances: Floats, values: Ints) -> Floats:
    return np.log(np.where(values > 0, chances, 1 - chances))


def _aligned(classes: Classes, model: Floats) -> Classes:
    """The same classes, numbered as those of `model` (people, classes) that share most people."""
    _, order = linear_sum_assignment(-(model.T @ classes.belonging))
    return _reordered(classes, order)


def _reordered(classes: Classes, order: Ints) -> Classes:
    return Classes(classes.belonging[:, order], classes.support[:, order], classes.weights[order], classes.likelihood)


def _grouped(table: VoteTable, placed: VoteTable, trial: _Trial, seed: int) -> Grouping:
    """Everybody's group, from all their votes, largest group first."""
    number = trial.foretelling.number
    sample = trial.apart.table
    classes = find_classes(sample, number, seed)
    belonging = _everybody(placed, classes)
    order = np.argsort(-np.bincount(belonging.argmax(axis=1), minlength=number), kind="stable")
    belonging = belonging[:, order]
    classes = _reordered(classes, order)
    labels, sureness = np.full(len(table.people), -1, dtype=np.int64), np.zeros(len(table.people))
    labels[table.placeable] = belonging.argmax(axis=1)
    sureness[table.placeable] = belonging.max(axis=1)
    fidelity = np.zeros(len(table.people))
    fidelity[table.placeable] = fidelity_of(
        placed.matrix(placed.values.astype(np.float64)), classes.support, belonging.argmax(axis=1)
    )
    return Grouping(labels, sureness, fidelity, classes, _renumbered(trial.apart, classes))


def fidelity_of(votes: sparse.csr_array, support: Floats, labels: Ints) -> Floats:
    """How far people vote like their group rather than like the group they resemble next, from 0 to 1; shape (people,).

    `votes` holds 1, -1 and 0. Each vote for or against weighs as much as the two groups differ on the statement: two
    camps have faithful members, a continuum cut in two has people in between. O(votes x groups).
    """
    decided, likeness = abs(votes), np.ones((len(labels), support.shape[1]))
    for group in range(support.shape[1]):
        members = np.flatnonzero(labels == group)
        apart = support[:, [group]] - support
        alike, weight = votes[members] @ apart, decided[members] @ np.abs(apart)
        likeness[members] = np.where(weight > 0, (1 + alike / np.where(weight > 0, weight, 1)) / 2, 1)
    return np.asarray(likeness.min(axis=1))


def _everybody(placed: VoteTable, classes: Classes) -> Floats:
    ones = np.ones(len(placed.values))
    agreed, decided = placed.matrix(ones, placed.values == 1), placed.matrix(ones, placed.values != 0)
    return belonging_of(agreed, decided, classes.support, classes.weights)


def _renumbered(apart: VotesApart, classes: Classes) -> VotesApart:
    """Labels apart, numbered as the groups are."""
    number = len(classes.weights)
    shared = np.zeros((number, number))
    np.add.at(shared, (classes.belonging.argmax(axis=1)[apart.table.rows], apart.labels_of_votes), 1)
    groups, labels = linear_sum_assignment(-shared)
    place = np.empty(number, dtype=np.int64)
    place[labels] = groups
    return VotesApart(apart.table, place[apart.labels_of_votes])
