"""Find the expressions people really use: « pouvoir d'achat », « transports en commun »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from analysis.stopwords import LINKS, NEVER_FIRST
from analysis.words import Reading, Word

MOST_LINKS = 2
LEAST_COUNT = 3
LEAST_NPMI = 0.55


@dataclass(frozen=True, slots=True)
class Pair:
    """Two content words that follow each other, and how strongly (normalised PMI, -1 to 1)."""

    first: str
    second: str
    count: int
    strength: float


def find_pairs(
    readings: Sequence[Reading], *, least_count: int = LEAST_COUNT, least_strength: float = LEAST_NPMI
) -> dict[tuple[str, str], Pair]:
    """Pairs of keys that make an expression, counted once a text.

    Strength is the normalised pointwise mutual information of Bouma (2009, "Normalized (pointwise) mutual
    information in collocation extraction") over texts. Linear in the number of words.
    """
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        singles.update({word.key for clause in reading for word in clause if not word.function})
        pairs.update({(a.key, b.key) for clause in reading for a, b, _ in _neighbours(clause)})
    total = max(len(readings), 1)
    found: dict[tuple[str, str], Pair] = {}
    for (first, second), count in pairs.items():
        if count < least_count:
            continue
        strength = _npmi(count, singles[first], singles[second], total)
        if strength >= least_strength:
            found[first, second] = Pair(first, second, count, strength)
    return found


def join(readings: Sequence[Reading], pairs: dict[tuple[str, str], Pair]) -> list[Reading]:
    """Readings in which each pair has become one word, its links inside: one left-to-right pass."""
    return [tuple(_join_clause(clause, pairs) for clause in reading) for reading in readings]


def join_expressions(
    readings: Sequence[Reading], *, least_count: int = LEAST_COUNT, least_strength: float = LEAST_NPMI
) -> list[Reading]:
    """Readings with their expressions joined; two passes, so that three words may meet."""
    for _ in range(2):
        pairs = find_pairs(readings, least_count=least_count, least_strength=least_strength)
        if not pairs:
            break
        readings = join(readings, pairs)
    return list(readings)


def _npmi(both: int, first: int, second: int, total: int) -> float:
    if both >= total:
        return 1.0
    return log(both * total / (first * second)) / -log(both / total)


def _neighbours(clause: tuple[Word, ...]) -> Iterator[tuple[Word, Word, tuple[int, int]]]:
    """Content or weak words that follow each other, with at most two links between them, and their places."""
    previous, links = -1, 0
    for place, word in enumerate(clause):
        if word.function:
            links = links + 1 if word.form.lower() in LINKS else MOST_LINKS + 1
            continue
        if previous >= 0 and links <= MOST_LINKS and _may_meet(clause[previous], word):
            yield clause[previous], word, (previous, place)
        previous, links = place, 0


def _may_meet(first: Word, second: Word) -> bool:
    return first.key != second.key and not second.weak and first.key not in NEVER_FIRST


def _join_clause(clause: tuple[Word, ...], pairs: dict[tuple[str, str], Pair]) -> tuple[Word, ...]:
    meetings = [(pairs[a.key, b.key], places) for a, b, places in _neighbours(clause) if (a.key, b.key) in pairs]
    if not meetings:
        return clause
    taken: dict[int, int] = {}
    for _, (start, end) in sorted(meetings, key=lambda m: (-m[0].strength, m[1])):
        if not any(low <= end and start <= high for low, high in taken.items()):
            taken[start] = end
    joined: list[Word] = []
    place = 0
    while place < len(clause):
        end = taken.get(place, place)
        joined.append(_merge(clause[place : end + 1]) if end > place else clause[place])
        place = end + 1
    return tuple(joined)


def _merge(words: tuple[Word, ...]) -> Word:
    written = "".join(w.form if w.form.endswith("'") else w.form + " " for w in words).strip()
    return Word(written, " ".join(w.key for w in words if not w.function), expression=True)
