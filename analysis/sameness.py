"""Tell whether a new idea is one already given: copied, or said in other words."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from analysis.civic import civic_vectors
from analysis.creole import in_french
from analysis.duplicates import SAME_FROM, Spellings, spelling
from analysis.encoders import Cache, Encoder, Vectors, encode_cached
from analysis.features import unit
from analysis.languages import detect_languages
from analysis.lemmas import stem
from analysis.lists import word_list
from analysis.text import fold, tokens
from analysis.words import Reading, keys, read

SIGNALS = ("meaning", "civic", "shared stems", "shared rare stems", "nearness", "one denies")

WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "fr": (1.09, 1.99, -2.79, 6.02, 2.18, -0.09, -1.11),
    "other": (4.52, 0.0, -5.54, 11.2, -0.48, -0.26, -0.87),
}
"""Of the signals in order, then the constant: benchmarks/analysis/train_sameness.py. `other`: learned in English."""

LOOKED_AT = 20
NEAREST = 10
SHRINKAGE = 20
"""Ideas that the origin weighs as, in the mean that is taken away: of three ideas, the mean says nothing yet."""

PARAPHRASES_UP_TO = 5000
COMPARED_AT_ONCE = 256
MOST_PARAPHRASES = 20
LEAST_CHANCE = 0.8

Pair = tuple[int, int, float]
"""Row, later row, chance."""

_NEGATIONS = word_list("polarity", "negations")


@dataclass(frozen=True, slots=True)
class Likely:
    """An idea already given (its row), the chance that people would code both alike, and whether it is a copy.

    The chance is calibrated (docs/analysis.md): a hint, far from the certainty `copy` gives.
    """

    row: int
    chance: float
    copy: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What is compared of one idea: unit vectors of its meaning (less what all say) and of its civic words, its stems."""

    meaning: NDArray[np.float32]
    civic: NDArray[np.float32]
    stems: frozenset[str]
    denies: bool
    language: str


@dataclass(frozen=True)
class Given:
    """The ideas already given, ready to be compared with new ones: build once, ask many times."""

    texts: tuple[str, ...]
    encoder: Encoder
    vectors: Vectors
    centre: NDArray[np.float32]
    civic_centre: NDArray[np.float32]
    rarity: Mapping[str, float]
    heard: tuple[Heard, ...]
    spellings: Spellings

    def closest(self, text: str, count: int = 3) -> tuple[Likely, ...]:
        """The ideas most likely the same as a new one, the likeliest first; copies before all.

        Looks at the twenty nearest in meaning and the six nearest in spelling; about 12 ms among 5 000 ideas.
        """
        if not self.texts:
            return ()
        told, language = _told(text, detect_languages([text], "fr")[0])
        vector = encode_cached(self.encoder, [told])[0]
        likeness = self.vectors @ vector
        best = np.argsort(-likeness, kind="stable")[:LOOKED_AT].tolist()
        new = self.hear(told, vector, language)
        near = nearness(likeness[best])
        spelled = self.spellings.near(text)
        judged = [
            Likely(row, self.chance(new, self.heard[row], near), self.spellings.likeness(text, row) >= SAME_FROM)
            for row in {*best, *spelled}
        ]
        return tuple(sorted(judged, key=lambda found: (not found.copy, -found.chance, found.row))[:count])

    def paraphrases(self, most: int = MOST_PARAPHRASES, least: float = LEAST_CHANCE) -> tuple[Pair, ...]:
        """Pairs that people would likely code alike and that are no copies, likeliest first; each idea in one pair only.

        Each idea is compared with its ten nearest in meaning. Quadratic, but in vectors only: none above
        `PARAPHRASES_UP_TO` ideas.
        """
        if not 1 < len(self.texts) <= PARAPHRASES_UP_TO:
            return ()
        chances: dict[tuple[int, int], float] = {}
        for row, others, near in self._neighbours():
            for other in others:
                pair = (min(row, other), max(row, other))
                chance = self.chance(self.heard[row], self.heard[other], near)
                chances[pair] = min(chance, chances.get(pair, 1.0))  # seen from both, when each is near the other
        likely = sorted((pair for pair, chance in chances.items() if chance >= least), key=lambda p: (-chances[p], p))
        return tuple(itertools.islice(self._apart(likely, chances), most))

    def _neighbours(self) -> Iterator[tuple[int, list[int], float]]:
        """Of each row: the rows nearest in meaning, and how near they are."""
        count = min(NEAREST, len(self.texts) - 1)
        for start in range(0, len(self.texts), COMPARED_AT_ONCE):
            likeness = self.vectors[start : start + COMPARED_AT_ONCE] @ self.vectors.T
            here = np.arange(len(likeness))
            likeness[here, start + here] = -np.inf
            best = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
            for place in here.tolist():
                yield start + place, best[place].tolist(), nearness(likeness[place, best[place]])

    def _apart(self, likely: Sequence[tuple[int, int]], chances: Mapping[tuple[int, int], float]) -> Iterator[Pair]:
        taken: set[int] = set()
        for low, high in likely:
            if taken.isdisjoint((low, high)) and self.spellings.likeness(self.texts[low], high) < SAME_FROM:
                taken |= {low, high}
                yield low, high, chances[low, high]

    def hear(self, text: str, vector: NDArray[np.float32], language: str) -> Heard:
        """A text as it is compared with those given."""
        return _heard(read(text, language), text, vector - self.centre, self.civic_centre, language)

    def chance(self, new: Heard, known: Heard, near: float) -> float:
        """The chance, 0 to 1, that people would code both alike; `near`: see `nearness`."""
        weights = WEIGHTS["fr" if new.language == known.language == "fr" else "other"]
        found = (*signals(new, known, self.rarity, near), 1.0)
        return round(1 / (1 + exp(-sum(w * s for w, s in zip(weights, found, strict=True)))), 3)


def given(
    texts: Sequence[str], encoder: Encoder, cache: Cache | None = None, languages: Sequence[str] | None = None
) -> Given:
    """The ideas already given. `encoder` must know something of a text (not the one named « tfidf »)."""
    told = [_told(text, code) for text, code in zip(texts, languages or detect_languages(texts), strict=True)]
    vectors = encode_cached(encoder, [text for text, _ in told], cache)
    readings = [read(text, language) for text, language in told]
    centre = _shrunk(vectors)
    civic_centre = _shrunk(unit(civic_vectors().encode(readings)))
    heard = tuple(
        _heard(reading, text, vector - centre, civic_centre, language)
        for reading, (text, language), vector in zip(readings, told, vectors, strict=True)
    )
    held = Counter(name for idea in heard for name in idea.stems)
    rarity = {name: log(1 + len(texts) / count) for name, count in held.items()}
    return Given(
        tuple(texts), encoder, vectors, centre, civic_centre, rarity, heard, Spellings.of(map(spelling, texts))
    )


def signals(new: Heard, known: Heard, rarity: Mapping[str, float], near: float) -> tuple[float, ...]:
    """`SIGNALS` of a pair, each about 0 to 1; a stem never met is as rare as one met once."""
    both, either = new.stems & known.stems, new.stems | known.stems
    rarest = max(rarity.values(), default=1.0)
    weigh = sum(rarity.get(name, rarest) for name in either)
    return (
        float(new.meaning @ known.meaning),
        float(new.civic @ known.civic),
        len(both) / len(either) if either else 0.0,
        sum(rarity.get(name, rarest) for name in both) / weigh if weigh else 0.0,
        near,
        float(new.denies != known.denies),
    )


def nearness(likeness: NDArray[np.float32]) -> float:
    """How near the ideas given are to the new one at all: mean likeness of the ten nearest."""
    return float(np.sort(likeness)[::-1][:NEAREST].mean())


def _told(text: str, language: str) -> tuple[str, str]:
    """A text as it is compared, and in which language: Creole word by word in French."""
    french = in_french(text, language)
    return (text, language) if french is None else (french, "fr")


def _heard(
    reading: Reading, text: str, meaning: NDArray[np.float32], civic_centre: NDArray[np.float32], language: str
) -> Heard:
    civic = unit(civic_vectors().encode([reading]))[0]
    return Heard(
        unit(meaning[None])[0],
        unit((civic - civic_centre)[None])[0] if civic.any() else civic,
        frozenset(stem(key) for key in keys(reading)),
        any(fold(token) in _NEGATIONS for token in tokens(text)),
        language,
    )


def _shrunk(rows: Vectors) -> NDArray[np.float32]:
    total: NDArray[np.float32] = rows.sum(axis=0) / (len(rows) + SHRINKAGE)
    return total
