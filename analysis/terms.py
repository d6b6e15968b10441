"""Count what people say, once a text: the list a word cloud, a label or a table is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.expressions import LEAST_COUNT, LEAST_NPMI, join_expressions
from analysis.words import Reading, keys, natural_form, read, read_all


@dataclass(frozen=True, slots=True)
class Term:
    """A word or an expression, and the texts that hold it.

    `key` never changes from one spelling to the next; `surface` is what people read; `rows` are the places
    of the texts in the list given, ascending.
    """

    key: str
    surface: str
    rows: tuple[int, ...]
    expression: bool = False

    @property
    def count(self) -> int:
        """Number of texts, not of occurrences: one loud person counts once."""
        return len(self.rows)


def count_terms(
    texts: Sequence[str],
    *,
    question: str = "",
    stop: Iterable[str] = (),
    languages: Sequence[str] | None = None,
    expressions: bool = True,
) -> tuple[Term, ...]:
    """Terms of the texts, the most widespread first; ties in alphabetical order of the key.

    Words of the question are left out, and those of `stop` in any of their forms; an expression made only of
    such words goes with them. Linear in the number of words.
    """
    readings = read_all(texts, languages)
    if expressions:
        readings = join_expressions(readings, least_count=LEAST_COUNT, least_strength=LEAST_NPMI)
    return count_readings(readings, without=stop_keys([question, *stop]))


def stop_keys(texts: Iterable[str]) -> frozenset[str]:
    """Keys of every content word of the texts, and each whole text as an expression: a stop list."""
    found: set[str] = set()
    for text in texts:
        words = keys(read(text))
        found.update(words)
        found.add(" ".join(words))
    return frozenset(found - {""})


def count_readings(
    readings: Sequence[Reading], *, without: frozenset[str] = frozenset(), least: int = 1
) -> tuple[Term, ...]:
    """Terms of at least `least` of the texts, already read (see `count_terms`)."""
    rows: dict[str, list[int]] = {}
    forms: dict[str, list[str]] = {}
    compound: set[str] = set()
    for row, reading in enumerate(readings):
        for word in {word for clause in reading for word in clause if word.content}:
            seen = rows.setdefault(word.key, [])
            if not seen or seen[-1] != row:
                seen.append(row)
            forms.setdefault(word.key, []).append(word.form)
            if word.expression:
                compound.add(word.key)
    kept = [
        key
        for key in rows
        if len(rows[key]) >= least and key not in without and not all(part in without for part in key.split())
    ]
    kept.sort(key=lambda key: (-len(rows[key]), key))
    return tuple(Term(key, natural_form(forms[key]), tuple(rows[key]), key in compound) for key in kept)
