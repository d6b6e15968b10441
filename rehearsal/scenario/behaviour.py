"""The manners of the simulated councillors: how fast, how often, and how each one's thumb writes."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from rehearsal.scenario.matching import fold

SHORTEST_GIST = 15


@dataclass(frozen=True)
class Pace:
    """A delay in seconds (or a rate) drawn from a log-normal law: most near the median, a few far above."""

    median: float
    spread: float
    longest: float

    def draw(self, rng: Random) -> float:
        return min(rng.lognormvariate(math.log(self.median), self.spread), self.longest)


@dataclass(frozen=True)
class Behaviour:
    """Paces in seconds at ordinary speed, and shares between 0 and 1; the data file explains each."""

    arrival: Pace
    late_share: float
    late_arrival: Pace
    reading: Pace
    choosing: Pace
    between_presses: Pace
    between_ideas: Pace
    change_after: Pace
    patience: Pace
    thanks_after: Pace
    letters_per_second: Pace
    silent_share: float
    refuse_share: float
    skip_share: float
    change_share: float
    sticker_share: float
    thanks_share: float
    one_too_many_share: float
    types_number_share: float
    edit_share: float
    multiple_presses: Mapping[int, float]
    ideas_each: Mapping[int, float]
    words_each: Mapping[int, float]
    thanks: tuple[str, ...]
    stickers: tuple[str, ...]
    pens: Mapping[str, float]


def draw_from(shares: Mapping[Any, float], rng: Random) -> Any:
    """Draw one key of a table of shares."""
    return rng.choices(list(shares), list(shares.values()))[0]


def rewrite(text: str, pen: str) -> str:
    """The same sentence as another hand would type it; raises KeyError for a pen nobody holds."""
    return {
        "gist": lambda: _first_clause(text),
        "lower": lambda: text.lower().rstrip(". !"),
        "without_accents": lambda: " ".join(_bare(word) for word in text.split()),
        "shouting": lambda: text.upper().rstrip(".") + " !!",
        "hurried": lambda: fold(text).strip(),
    }[pen]()


def read_behaviour(page: Mapping[str, Any]) -> Behaviour:
    """Build the manners from the data file; raises TypeError when a line is missing or too many."""
    return Behaviour(**{name: _read_line(line) for name, line in page.items()})


def _first_clause(text: str) -> str:
    clauses = [clause.strip() for clause in re.split(r"[,.;:!?…]", text)]
    return next((clause for clause in clauses if len(clause) >= SHORTEST_GIST), text).lower()


def _bare(word: str) -> str:
    for accented, plain in zip("àâçéèêëîïôùûü", "aaceeeeiiouuu", strict=True):
        word = word.replace(accented, plain)
    return word


def _read_line(line: Any) -> Any:
    if isinstance(line, dict) and "median" in line:
        return Pace(**line)
    return tuple(line) if isinstance(line, list) else line
