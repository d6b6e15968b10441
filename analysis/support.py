"""Count which ideas speak of a word: those that hold it, and those that hold one akin to it (« bus », « tram »)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.civic import civic_vectors
from analysis.features import unit
from analysis.lemmas import stem
from analysis.words import Reading

AKIN_FROM = 0.55
"""Cosine of two civic word vectors above which one speaks for the other: crèche–garderie .57, bus–tram .70."""


AKIN_UP_TO = 3_000
"""Ideas above which people repeat the words themselves often enough, and comparing all their words would take long."""


@dataclass
class Support:
    """For each stem, the ideas that hold it; `akin` adds those that hold a word close to it in civic French."""

    size: int
    holders: Mapping[str, NDArray[np.int64]]
    keys: Mapping[str, str]
    """A dictionary form of each stem."""
    _akin: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    _table: tuple[list[str], NDArray[np.float32]] | None = None

    def holding(self, name: str) -> NDArray[np.int64]:
        """Rows of the ideas that hold this stem, ascending."""
        return self.holders.get(name, np.zeros(0, np.int64))

    def akin(self, name: str) -> NDArray[np.int64]:
        """Rows of the ideas that hold this stem or a word akin to it, ascending."""
        if name not in self._akin:
            close = [self.holding(other) for other in self._close(name)]
            self._akin[name] = np.unique(np.concatenate([self.holding(name), *close]))
        return self._akin[name]

    def _close(self, name: str) -> list[str]:
        civic = civic_vectors()
        place = civic.places.get(self.keys.get(name, ""))
        if place is None or self.size > AKIN_UP_TO:
            return []
        stems, rows = self._known()
        likeness = rows @ _directions()[place]
        return [stems[spot] for spot in np.flatnonzero(likeness >= AKIN_FROM)]

    def _known(self) -> tuple[list[str], NDArray[np.float32]]:
        """Stems with a civic vector, and those vectors as unit rows."""
        if self._table is None:
            civic = civic_vectors()
            stems = [name for name, key in self.keys.items() if key in civic.places]
            self._table = stems, _directions()[[civic.places[self.keys[name]] for name in stems]]
        return self._table


@lru_cache(maxsize=1)
def _directions() -> NDArray[np.float32]:
    """The civic word vectors brought to length 1."""
    return unit(civic_vectors().vectors)


def support_of(readings: Sequence[Reading]) -> Support:
    """Which ideas hold each stem; words inside an expression count too. Linear in the words."""
    rows: dict[str, list[int]] = {}
    keys: dict[str, str] = {}
    for row, reading in enumerate(readings):
        held: dict[str, str] = {}
        for clause in reading:
            for word in clause:
                if word.content:
                    held.update((stem(key), key) for key in word.key.split())
        for name, key in held.items():
            rows.setdefault(name, []).append(row)
            keys.setdefault(name, key)
    return Support(len(readings), {name: np.array(held, np.int64) for name, held in rows.items()}, keys)
