"""Who said what of which statement: a sparse table of votes for, against and pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Vote = tuple[str, str, int]
"""Participant, statement, and 1 (for), -1 (against) or 0 (pass)."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ENOUGH_VOTES = 7
"""Votes from which a person can be placed (Small et al. 2021); of fewer than eleven statements, two thirds of them:
to demand them all would leave out whoever passes over a single one."""

LEAST_PEOPLE = 20
"""People with enough votes under which no group is looked for."""

LEAST_STATEMENTS = 4


def votes_needed(statements: int) -> int:
    """Votes a person casts, of so many statements, to be placed: 4 of 6, 6 of 9, 7 of 11 or of a thousand."""
    return min(ENOUGH_VOTES, -(-2 * statements // 3))


class CannotStudy(ValueError):
    """The votes, or what is asked of them, do not allow a study; the message is a French sentence."""


class BadVote(CannotStudy):
    """A vote that is neither 1, 0 nor -1."""


@dataclass(frozen=True)
class VoteTable:
    """Votes as three parallel arrays, one entry per (person, statement): `rows` into `people`, `columns` into
    `statements`, `values` among -1, 0 and 1. Ids are in the order they were first met."""

    people: tuple[str, ...]
    statements: tuple[str, ...]
    rows: Ints
    columns: Ints
    values: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """People, statements."""
        return len(self.people), len(self.statements)

    @cached_property
    def votes_of_people(self) -> Ints:
        """Number of votes of each person, passes included."""
        return np.bincount(self.rows, minlength=len(self.people))

    @cached_property
    def placeable(self) -> NDArray[np.bool_]:
        """People with enough votes to be placed in a group."""
        return self.votes_of_people >= votes_needed(len(self.statements))

    def matrix(self, entries: Floats, chosen: NDArray[np.bool_] | None = None) -> sparse.csr_array:
        """A people x statements matrix of the entries (one per vote), or of the chosen votes only."""
        kept = slice(None) if chosen is None else chosen
        coordinates = (self.rows[kept], self.columns[kept])
        return sparse.csr_array((entries[kept], coordinates), shape=self.shape)

    def counts(self, groups: Ints, number: int) -> NDArray[np.int64]:
        """How many of each group said -1, 0, 1 of each statement; shape (number, statements, 3). Group -1 is left out."""
        return self.counts_of_votes(groups[self.rows], number)

    def counts_of_votes(self, groups: Ints, number: int) -> NDArray[np.int64]:
        """The same where each *vote* has its group, -1 left out; shape (number, statements, 3)."""
        inside, width = groups >= 0, len(self.statements) * 3
        place = groups[inside] * width + self.columns[inside] * 3 + self.values[inside] + 1
        return np.bincount(place, minlength=number * width).reshape(number, len(self.statements), 3)

    def only(self, people: NDArray[np.bool_]) -> "VoteTable":
        """The table of some of the people; statements stay, even those that nobody left has seen."""
        kept, place = people[self.rows], np.cumsum(people) - 1
        names = tuple(name for name, chosen in zip(self.people, people, strict=True) if chosen)
        return VoteTable(names, self.statements, place[self.rows[kept]], self.columns[kept], self.values[kept])


def vote_table(votes: Iterable[Vote]) -> VoteTable:
    """Gather votes; of several votes of one person on one statement the last counts. Raises BadVote. Linear."""
    cast: dict[tuple[str, str], int] = {}
    for person, statement, value in votes:
        if value not in (-1, 0, 1):
            raise BadVote(f"Un vote vaut 1 (pour), -1 (contre) ou 0 (passe) ; « {value} » n’en est pas un.")
        cast[person, statement] = value
    people = _places(person for person, _ in cast)
    statements = _places(statement for _, statement in cast)
    return VoteTable(
        tuple(people),
        tuple(statements),
        _array([people[person] for person, _ in cast]),
        _array([statements[statement] for _, statement in cast]),
        _array(list(cast.values())),
    )


def _places(names: Iterable[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def _array(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
