"""Describe a grouping: names, quotes, second themes, and sub-themes of the large ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.features import Matrix, Space
from analysis.grouping import Grouping, group, spread
from analysis.merging import Labels, centres
from analysis.naming import Name, name_themes
from analysis.neighbours import link
from analysis.quotes import dissent, quotes
from analysis.result import Theme
from analysis.words import Reading

TWO_LEVELS_FROM = 60
DETAILED_FROM = 24
SECOND_FROM = 0.7
MOST_READ = 40_000
"""Texts that names are made from; of more, every second or third is enough."""


@dataclass(frozen=True)
class Said:
    """What people said, row by row: texts, readings with their expressions joined, languages."""

    texts: Sequence[str]
    readings: Sequence[Reading]
    languages: Sequence[str]

    def only(self, rows: Sequence[int]) -> Said:
        """Some of it."""
        return Said([self.texts[r] for r in rows], [self.readings[r] for r in rows], [self.languages[r] for r in rows])


def describe(said: Said, rows: Matrix, grouping: Grouping, question: str) -> list[Theme]:
    """A `Theme` for each group, its id the group's number and its rows places in what was said."""
    groups = [np.flatnonzero(grouping.labels == number) for number in range(len(grouping.stability))]
    central = [quotes(rows, said.texts, members) for members in groups]
    names = _names(said, grouping.labels, question, central)
    found = []
    for number, (name, stability) in enumerate(zip(names, grouping.stability, strict=True)):
        members, spoken_for = groups[number], central[number]
        apart = dissent(rows, said.texts, members, spoken_for)
        found.append(Theme(number, name.label, name.words, len(members), stability, spoken_for, apart))
    return found


def second_themes(rows: Matrix, labels: Labels, least: float = SECOND_FROM) -> Labels:
    """(n,) another group the idea clearly belongs to, -1 when there is none.

    The best other group, when the idea is at least `least` times as like it as its own.
    """
    count = int(labels.max(initial=-1)) + 1
    second = np.full(len(labels), -1, np.int64)
    if count < 2:
        return second
    likeness = rows @ centres(rows, labels, np.arange(count)).T
    inside = np.flatnonzero(labels >= 0)
    own = likeness[inside, labels[inside]]
    likeness[inside, labels[inside]] = -np.inf
    other = likeness[inside].argmax(axis=1)
    clear = (own > 0) & (likeness[inside, other] >= least * own)
    second[inside[clear]] = other[clear]
    return second


def subdivide(
    said: Said,
    space: Space,
    copy_of: Labels,
    labels: Labels,
    *,
    question: str = "",
    seed: int = 0,
) -> tuple[list[Theme], Labels]:
    """Sub-themes of the groups of 24 ideas or more, when there are at least 60 ideas; and (n,) where each idea went.

    `space` holds distinct texts, `copy_of` (n,) which of them each text is. The second result numbers
    sub-themes across the whole, -1 for none; `within` of each is its group's number.
    """
    details = np.full(len(labels), -1, np.int64)
    found: list[Theme] = []
    if len(labels) < TWO_LEVELS_FROM:
        return found, details
    for number in range(int(labels.max(initial=-1)) + 1):
        members = np.flatnonzero(labels == number)
        if len(members) < DETAILED_FROM:
            continue
        distinct, copies = np.unique(copy_of[members], return_inverse=True)
        part = space.only(distinct)
        rows = part.joined()[copies]
        inner = spread(group(link(part, seed), part.joined(), seed=seed, redrawings=4), copies, rows)
        if int(inner.labels.max(initial=-1)) < 1:
            continue
        for theme in describe(said.only(members.tolist()), rows, inner, question):
            details[members[inner.labels == theme.id]] = len(found)
            found.append(_moved(theme, len(found), members, number))
    return found, details


def _names(said: Said, labels: Labels, question: str, central: Sequence[Sequence[int]]) -> tuple[Name, ...]:
    step = 1 + len(said.readings) // MOST_READ
    return name_themes(
        said.readings[::step],
        labels[::step],
        question=question,
        least=2 if len(said.readings) > TWO_LEVELS_FROM else 1,
        languages=said.languages[::step],
        central=central if step == 1 else (),
    )


def _moved(theme: Theme, number: int, members: np.ndarray, within: int) -> Theme:
    """A sub-theme whose rows were places among `members`, told in the places of the whole."""
    return Theme(
        number,
        theme.label,
        theme.words,
        theme.size,
        theme.stability,
        tuple(int(members[row]) for row in theme.quotes),
        tuple(int(members[row]) for row in theme.dissent),
        within,
    )


def renumbered(theme: Theme, ids: Mapping[int, int], rows: Sequence[int], given: Mapping[int, str]) -> Theme:
    """The theme under its lasting id, its rows told in the whole list, and the label people gave it if any."""
    lasting = ids[theme.id]
    return Theme(
        lasting,
        given.get(lasting, theme.label),
        theme.words,
        theme.size,
        theme.stability,
        tuple(int(rows[row]) for row in theme.quotes),
        tuple(int(rows[row]) for row in theme.dissent),
    )
