"""How the crowd leans between the options of a vote, known or never seen before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from zlib import crc32

from rehearsal.scenario.matching import hits


@dataclass(frozen=True)
class Leaning:
    """A weight for the options in which one of the words is met."""

    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Leanings:
    """The weights of options by their words; by their own text and place when no word is known."""

    lines: tuple[Leaning, ...]
    places: tuple[float, ...]
    lowest: float
    highest: float

    def weigh(self, options: Sequence[str]) -> list[float]:
        """One positive weight per option, the same for the same options in every run."""
        return [self._weigh_one(option, place) for place, option in enumerate(options)]

    def choose(self, options: Sequence[str], count: int, rng: Random) -> list[int]:
        """Positions of `count` different options (of all if there are fewer), the best liked first."""
        left = list(range(len(options)))
        weights = self.weigh(options)
        chosen: list[int] = []
        while left and len(chosen) < count:
            drawn = rng.choices(left, [weights[i] for i in left])[0]
            left.remove(drawn)
            chosen.append(drawn)
        return chosen

    def _weigh_one(self, option: str, place: int) -> float:
        for line in self.lines:
            if hits(line.words, option):
                return line.weight
        spread = crc32(option.encode()) / 0xFFFFFFFF
        favour = self.places[min(place, len(self.places) - 1)]
        return (self.lowest + (self.highest - self.lowest) * spread) * favour


def read_leanings(page: Mapping[str, Any]) -> Leanings:
    """Build the leanings from the data file of votes."""
    lines = tuple(Leaning(tuple(line["words"]), float(line["weight"])) for line in page["leanings"])
    unknown = page["unknown"]
    return Leanings(lines, tuple(page["places"]), unknown["lowest"], unknown["highest"])
