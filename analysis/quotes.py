"""Choose the ideas to read aloud from a theme: the ones that speak for most, and those that disagree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.features import Matrix
from analysis.lists import word_list
from analysis.stopwords import FRENCH_RUDE
from analysis.text import fold, tokens

MOST_QUOTES = 3
MOST_DISSENT = 2
SHORTEST, LONGEST = 15, 220
LEAST_THEME = 6
MOST_READ = 2_000

_RUDE = frozenset(fold(word) for word in FRENCH_RUDE)
_AGAINST = word_list("polarity", "against")
_FOR = word_list("polarity", "for")


def quotes(rows: Matrix, texts: Sequence[str], members: NDArray[np.int64]) -> tuple[int, ...]:
    """Rows of at most three members closest to all the others (medoids), readable and unlike each other."""
    centre = rows[members].mean(axis=0)
    score = rows[members] @ centre - np.array([_unreadable(texts[m]) for m in members])
    chosen: list[int] = []
    for place in np.lexsort((members, -score)):
        row = int(members[place])
        if all(float(rows[row] @ rows[other]) < 0.9 and texts[row] != texts[other] for other in chosen):
            chosen.append(row)
        if len(chosen) == MOST_QUOTES:
            break
    return tuple(chosen)


def dissent(
    rows: Matrix, texts: Sequence[str], members: NDArray[np.int64], spoken_for: Sequence[int]
) -> tuple[int, ...]:
    """Rows of at most two members that the quotes do not speak for: the other side, or the least like the rest.

    Distance to the centre alone finds such answers poorly, so the leaning of the words (« supprimer » against
    « développer ») counts as much: on four pairs of opposed codes, .31 of those shown are of the other side, where
    distance finds .24 and chance .20 (benchmarks/analysis/voices.py). A hint for a reader, not a measure. Themes under
    six ideas have none.
    """
    if len(members) < LEAST_THEME:
        return ()
    centre = rows[members].mean(axis=0)
    members = members[:: 1 + len(members) // MOST_READ]
    likeness = rows[members] @ centre
    far = 1 - np.argsort(np.argsort(likeness)) / max(len(members) - 1, 1)
    leaning = np.array([polarity(texts[m]) for m in members])
    usual = np.sign(leaning.sum()) if abs(leaning.sum()) > 0.3 * np.abs(leaning).sum() else 0.0
    contrary = (leaning * usual < 0).astype(float)
    score = far + contrary - np.array([_unreadable(texts[m]) for m in members])
    order = [int(members[place]) for place in np.lexsort((members, -score)) if score[place] > 0.75]
    return tuple(row for row in order if row not in spoken_for)[:MOST_DISSENT]


def polarity(text: str) -> int:
    """+1 when the words ask for more, -1 when they ask for less or refuse, 0 when they lean to neither."""
    words = [fold(token).rstrip("'") for token in tokens(text)]
    balance = sum(word in _FOR for word in words) - sum(word in _AGAINST for word in words)
    return (balance > 0) - (balance < 0)


def _unreadable(text: str) -> float:
    """Penalty from 0 to 1 for a text too short, too long or too rude to be read aloud."""
    if any(fold(token) in _RUDE for token in tokens(text)):
        return 0.5
    if len(text) < SHORTEST:
        return 0.1
    return min(0.5, max(0, len(text) - LONGEST) / 1_000)
