"""What people type when they are asked for one to three words."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class WordGroup:
    """Words that answer one family of questions, with how often each is typed."""

    key: str
    keywords: tuple[str, ...]
    frequencies: Mapping[str, int]

    def draw(self, count: int, rng: Random) -> list[str]:
        """Draw `count` different answers (fewer if there are fewer), the frequent ones more often."""
        left = dict(self.frequencies)
        drawn: list[str] = []
        while left and len(drawn) < count:
            word = rng.choices(list(left), list(left.values()))[0]
            del left[word]
            drawn.append(word)
        return drawn


def read_words(page: Mapping[str, Any]) -> tuple[WordGroup, ...]:
    """Build the groups from the data file of words; the last one must answer any question."""
    return tuple(WordGroup(group["key"], tuple(group["keywords"]), dict(group["words"])) for group in page["groups"])
