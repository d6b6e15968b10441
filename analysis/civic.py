"""Word vectors of French civic speech, trained on open answers of a national debate and shipped with us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from analysis.words import Reading

FAINT = 0.3
HALF_HEARD = 7
"""Words of content after which the next one weighs half of the first."""


@dataclass(frozen=True)
class CivicVectors:
    """Vectors of the words, (size, 300) float32, and the weight of each: log of its rarity."""

    places: dict[str, int]
    vectors: NDArray[np.float32]
    rarity: NDArray[np.float32]

    def encode(self, readings: Sequence[Reading], faint: frozenset[str] = frozenset()) -> NDArray[np.float32]:
        """One vector a text, (n, 300): the weighted sum of its words, zero when it has none we know.

        Arora, Liang and Ma (2017), "A simple but tough-to-beat baseline for sentence embeddings", with the square
        root of log rarity in place of their weight. People say their idea first: the eighth word weighs half of the
        first. Words in `faint` (those of the question) weigh a third.
        """
        found = np.zeros((len(readings), self.vectors.shape[1]), np.float32)
        for row, reading in enumerate(readings):
            words = (word.key for clause in reading for word in clause if word.content)
            known = [key for key in words if key in self.places]
            if known:
                spots = [self.places[key] for key in known]
                heard = np.sqrt(self.rarity[spots]) * np.where([key in faint for key in known], FAINT, 1.0)
                weights = heard * HALF_HEARD / (HALF_HEARD + np.arange(len(known)))
                found[row] = weights.astype(np.float32) @ self.vectors[spots]
        return found

    def coverage(self, readings: Sequence[Reading]) -> float:
        """Share of the content words met that we have a vector for, 0 to 1."""
        keys = [w.key for reading in readings for clause in reading for w in clause if w.content]
        return sum(key in self.places for key in keys) / len(keys) if keys else 0.0


@lru_cache(maxsize=1)
def civic_vectors() -> CivicVectors:
    """The vectors shipped in `analysis/data/` (see the model card beside them). 0.1 s, then cached."""
    with files("analysis").joinpath("data/civic_fr.npz").open("rb") as file, np.load(file) as shipped:
        words = str(shipped["words"]).split("\n")
        vectors = shipped["codes"].astype(np.float32) * shipped["scale"][:, None]
        rarity = np.log(float(shipped["total"]) / shipped["texts"]).astype(np.float32)
    return CivicVectors({word: place for place, word in enumerate(words)}, vectors, rarity)
