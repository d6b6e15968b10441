"""Name each theme by the words that set it apart, written as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from analysis.features import Matrix
from analysis.lemmas import stem
from analysis.merging import Labels
from analysis.phrasing import Labeller
from analysis.support import support_of
from analysis.terms import Term, count_readings, stop_keys
from analysis.words import Reading

MOST_WORDS = 8
LEAST_RECALL = 0.04


@dataclass(frozen=True)
class Name:
    """A label of at most five words, and the words that set the theme apart, the most telling first."""

    label: str
    words: tuple[str, ...]


def name_themes(
    readings: Sequence[Reading],
    labels: Labels,
    *,
    question: str = "",
    least: int = 1,
    languages: Sequence[str] | None = None,
    central: Sequence[Sequence[int]] = (),
) -> tuple[Name, ...]:
    """A name for each theme, no two labels alike; the words of the question name nothing.

    Words are ranked by F½ of « holds the word » as a guess of « is in the theme », times their rarity: frequent in
    the theme, rare elsewhere. `readings` have their expressions joined; words of fewer than `least` texts are left
    out; `languages` of the texts, French if not said; `central`: rows that speak best for each theme, if known.
    Labels: see `phrasing`. Time: terms × texts that hold them.
    """
    without = stop_keys([question])
    terms = count_readings(readings, without=without, least=least)
    counts = _counts(terms, labels)
    spoken = np.array(languages if languages else ["fr"] * len(readings))
    asked = frozenset(stem(key) for text in without for key in text.split())
    labeller = Labeller(readings, labels, support_of(readings), asked, spoken, central)
    names: list[Name] = []
    for theme in range(counts.shape[1]):
        chosen = _distinct(_ranked(terms, counts[:, theme], int((labels == theme).sum()), int((labels >= 0).sum())))
        words = tuple(term.surface for _, term in chosen[:MOST_WORDS])
        names.append(Name(labeller.label(theme, [name.label for name in names]), words))
    return tuple(names)


def _counts(terms: Sequence[Term], labels: Labels) -> NDArray[np.int64]:
    """(terms, themes) texts of each theme that hold each term."""
    counts = np.zeros((len(terms), int(labels.max(initial=-1)) + 1), np.int64)
    for place, term in enumerate(terms):
        inside = labels[list(term.rows)]
        np.add.at(counts[place], inside[inside >= 0], 1)
    return counts


def _ranked(terms: Sequence[Term], inside: NDArray[np.int64], size: int, total: int) -> list[tuple[float, Term]]:
    scored = []
    for place in np.flatnonzero(inside >= max(min(2, size), LEAST_RECALL * size)).tolist():
        term, held = terms[place], int(inside[place])
        precision, recall = held / term.count, held / size
        rarity = log(1 + total / term.count)
        whole = 1.15 if term.expression else 1.0
        scored.append((1.25 * precision * recall / (0.25 * precision + recall) * rarity * whole, term))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].key))


def _distinct(ranked: list[tuple[float, Term]]) -> list[tuple[float, Term]]:
    """The best terms, none a part of another already chosen nor found in just the same texts."""
    chosen: list[tuple[float, Term]] = []
    for score, term in ranked:
        parts = _stems(term)
        if any(parts & _stems(other) or _same_texts(term, other) for _, other in chosen):
            continue
        chosen.append((score, term))
        if len(chosen) >= 2 * MOST_WORDS:
            break
    return chosen


def _stems(term: Term) -> set[str]:
    return {stem(part) for part in term.key.split()}


def _same_texts(one: Term, other: Term) -> bool:
    mine, theirs = set(one.rows), set(other.rows)
    return len(mine & theirs) > 0.9 * len(mine | theirs)


def coherence(rows: Matrix, labels: Labels) -> float:
    """Mean likeness of two ideas of a same theme, less that of any two ideas; 0 means themes say nothing."""
    kept = labels >= 0
    if kept.sum() < 2:
        return 0.0
    inside, pairs = 0.0, 0
    for theme in range(int(labels.max()) + 1):
        members = rows[labels == theme]
        if len(members) > 1:
            total = members.sum(axis=0)
            inside += float(total @ total - (members**2).sum())
            pairs += len(members) * (len(members) - 1)
    everyone = rows[kept].sum(axis=0)
    overall = float(everyone @ everyone - (rows[kept] ** 2).sum()) / (kept.sum() * (kept.sum() - 1))
    return round(float(inside / max(pairs, 1) - overall), 4)
